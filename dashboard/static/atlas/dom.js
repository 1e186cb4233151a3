// Elements of a page and of a drawing, made in one call.

const SVG = "http://www.w3.org/2000/svg";

/** @template {keyof HTMLElementTagNameMap} T @param {T} tag @param {string} [className] @param {string} [text] */
export function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text; // text only: data never becomes markup
  return made;
}

/** @template {keyof SVGElementTagNameMap} T @param {T} tag @param {Record<string, string | number>} [attributes] */
export function svgElement(tag, attributes = {}) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return made;
}

// What an event's target stands in, if it is an element at all.
/** @type {(target: EventTarget | null, selector: string) => HTMLElement | null} */
export const closest = (target, selector) => /** @type {any} */ (target)?.closest?.(selector) ?? null;

// A part of what we have written ourselves: it is there.
/** @type {(whole: ParentNode, selector: string) => HTMLElement} */
export const part = (whole, selector) => /** @type {HTMLElement} */ (whole.querySelector(selector));

// Adds what shapes of a pane refer to: to its drawing, of which a pane has one.
/** @type {(pane: HTMLElement, definition: SVGElement) => void} */
export function define(pane, definition) {
  const svg = /** @type {SVGElement} */ (pane.querySelector("svg"));
  const definitions = svg.querySelector("defs") || svg.insertBefore(svgElement("defs"), svg.firstChild);
  definitions.append(definition);
}

// A pane of the map, which has it.
/** @type {(map: import("leaflet").Map, name: string) => HTMLElement} */
export const paneOf = (map, name) => /** @type {HTMLElement} */ (map.getPane(name));

// What draws on a canvas; every browser of ours has it.
/** @type {(canvas: HTMLCanvasElement) => CanvasRenderingContext2D} */
export const pen = (canvas) => /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
