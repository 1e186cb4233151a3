// What a line looks like is said in the style sheet alone: here it is read off a line that nobody sees.

import { svgElement } from "./dom.js";
import { getOrMake } from "./get_or_make.js";

/** @typedef {{ colour: string, width: number, opacity: number, dash: number[], cap: CanvasLineCap, hidden: boolean }} Stroke */

export class LineStyles {
  /** @param {HTMLElement} container */
  constructor(container) {
    const svg = svgElement("svg", { style: "position:absolute;width:0;height:0;visibility:hidden" });
    this.probe = svg.appendChild(svgElement("path"));
    container.append(svg);
    /** @type {Map<string, Stroke>} */
    this.known = new Map();
  }

  // Stroke of a line of these classes, subject and number of records, for a canvas.
  /** @type {(classes: string, theme: string, count: number) => Stroke} */
  of(classes, theme, count) {
    return getOrMake(this.known, `${classes}/${theme}/${count}`, () => this.read(classes, theme, count));
  }

  /** @type {(classes: string, theme: string, count: number) => Stroke} */
  read(classes, theme, count) {
    this.probe.setAttribute("class", classes);
    this.probe.style.setProperty("--c", `var(--theme-${theme})`);
    this.probe.style.setProperty("--n", String(count));
    const style = getComputedStyle(this.probe);
    const dash = style.strokeDasharray === "none" ? [] : style.strokeDasharray.split(",").map(parseFloat);
    const read = {
      colour: style.stroke,
      width: parseFloat(style.strokeWidth),
      opacity: parseFloat(style.strokeOpacity),
      dash,
      cap: /** @type {CanvasLineCap} */ (style.strokeLinecap),
      hidden: style.display === "none",
    };
    this.probe.removeAttribute("class");
    return read;
  }

  forget() {
    this.known.clear();
  }
}
