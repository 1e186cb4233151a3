// The signs that lines end in. They stand clear of a symbol there: under it they would not be seen.

import { bends } from "./courses.js";
import { define, paneOf, svgElement } from "./dom.js";
import { CLEARANCE } from "./line_canvas.js";

/** @import { Box, MapScene } from "./browser" */
/** @import { Item } from "./line_item.js" */
/** @import { PointLayer } from "./points.js" */

export class Heads {
  /** @type {MapScene} */ scene;
  /** @type {Box[] | null} */ boxes = null;

  /** @param {import("leaflet").Map} map @param {PointLayer} points */
  constructor(map, points) {
    this.map = map;
    this.points = points;
  }

  /** @type {(item: Item) => void} */
  set({ line, main, head, ends, shown }) {
    const path = /** @type {SVGElement | undefined} */ (main.getElement());
    if (!head || !path) return;
    const theme = this.scene.themeOf(shown[0]);
    const course = bends(line);
    this.put(path, "marker-end", ends & 1 && this.head(head, theme, this.covers(course[course.length - 1])));
    this.put(path, "marker-start", ends & 2 && this.head(head, theme, this.covers(course[0])));
  }

  /** @type {(path: SVGElement, name: string, id: string | 0) => void} */
  put(path, name, id) {
    const mark = `url(#${id})`;
    if (!id) path.removeAttribute(name);
    else if (path.getAttribute(name) !== mark) path.setAttribute(name, mark);
  }

  // Whether a symbol covers a place.
  /** @type {(at: [number, number]) => boolean} */
  covers(at) {
    this.boxes ??= this.points.boxes();
    const { x, y } = this.map.latLngToLayerPoint(at);
    return this.boxes.some(([left, top, right, bottom]) => x > left && x < right && y > top && y < bottom);
  }

  // SVG markers do not inherit the stroke of their line everywhere: one per shape and theme.
  /** @type {(shape: string, theme: string, covered: boolean) => string} */
  head(shape, theme, covered) {
    const id = `head-${shape}-${theme}${covered ? "-clear" : ""}`;
    if (document.getElementById(id)) return id;
    const refX = covered ? CLEARANCE : 0;
    const placed = { orient: "auto-start-reverse", markerUnits: "userSpaceOnUse", overflow: "visible" };
    const marker = svgElement("marker", { id, refX, ...placed });
    const form = svgElement("polygon", { points: this.scene.look.heads[shape].join(" ") });
    form.style.fill = `var(--theme-${theme})`;
    marker.append(form);
    define(paneOf(this.map, "lines"), marker);
    return id;
  }
}
