// Areas as drawings, and the stripes with which they are filled.

import { define, paneOf, svgElement } from "./dom.js";

// Options of outlines that one drawing in a pane holds: a little more than is in sight.
/** @type {(pane: string, more?: import("leaflet").PolylineOptions) => import("leaflet").PolylineOptions} */
export const drawnIn = (pane, more = {}) => ({ pane, renderer: L.svg({ pane, padding: 0.6 }), ...more });

// Defines stripes in a pane under a name: side by side, so many pixels wide, turned by so many degrees.
/** @type {(map: import("leaflet").Map, pane: string, id: string, parts: { colour: string, width: number }[], slant: number) => void} */
export function defineStripes(map, pane, id, parts, slant) {
  const width = parts.reduce((sum, part) => sum + part.width, 0);
  const patternTransform = `rotate(${slant})`;
  const pattern = svgElement("pattern", { id, width, height: width, patternUnits: "userSpaceOnUse", patternTransform });
  let x = 0;
  for (const part of parts) {
    const rect = svgElement("rect", { x, y: 0, width: part.width + 0.05, height: width });
    rect.style.fill = part.colour;
    pattern.append(rect);
    x += part.width;
  }
  define(paneOf(map, pane), pattern);
}
