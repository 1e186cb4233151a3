// What a line looks like is said in the style sheet alone: here it is read off a line that nobody sees.

import { svgElement } from "./dom.js";

export function classesOf(line) {
  return [
    "line",
    line.type,
    line.state && `state-${line.state}`,
    line.mode && `mode-${line.mode}`,
    line.status && `status-${line.status}`,
    line.stance && `stance-${line.stance}`,
  ]
    .filter(Boolean)
    .join(" ");
}

export class LineStyles {
  constructor(container) {
    const svg = svgElement("svg", { style: "position:absolute;width:0;height:0;visibility:hidden" });
    this.probe = svg.appendChild(svgElement("path"));
    container.append(svg);
    this.known = new Map();
  }

  // Stroke of a line of these classes, subject and number of records, for a canvas.
  of(classes, theme, count) {
    const key = `${classes}/${theme}/${count}`;
    if (!this.known.has(key)) this.known.set(key, this.read(classes, theme, count));
    return this.known.get(key);
  }

  read(classes, theme, count) {
    this.probe.setAttribute("class", classes);
    this.probe.style.setProperty("--c", `var(--theme-${theme})`);
    this.probe.style.setProperty("--n", count);
    const style = getComputedStyle(this.probe);
    const dash = style.strokeDasharray === "none" ? [] : style.strokeDasharray.split(",").map(parseFloat);
    const read = {
      colour: style.stroke,
      width: parseFloat(style.strokeWidth),
      opacity: parseFloat(style.strokeOpacity),
      dash,
      cap: style.strokeLinecap,
      hidden: style.display === "none",
    };
    this.probe.removeAttribute("class");
    return read;
  }

  forget() {
    this.known.clear();
  }
}
