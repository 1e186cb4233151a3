// Elements of a page and of a drawing, made in one call.

const SVG = "http://www.w3.org/2000/svg";

export function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text; // text only: data never becomes markup
  return made;
}

export function svgElement(tag, attributes = {}) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

// Adds what shapes of a pane refer to: to its drawing, of which a pane has one.
export function define(pane, definition) {
  const svg = pane.querySelector("svg");
  const definitions = svg.querySelector("defs") || svg.insertBefore(svgElement("defs"), svg.firstChild);
  definitions.append(definition);
}
