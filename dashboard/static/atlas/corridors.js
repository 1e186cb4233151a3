// Corridors: leg by leg, with ties across the rails, and the ways that a page offers instead.

/** @import { Layer } from "./browser" */
/** @import { Detour, LegLine } from "./contract" */

/** @type {Layer<LegLine>} */
export const corridors = {
  line: {
    classes: ({ mode, status }) => `leg mode-${mode} status-${status}`,
    strokes: ({ mode }) => (mode === "rail" ? ["casing ", "", "ties "] : ["casing ", ""]),
  },
  explains: ({ update }) => (update.detours?.length ? ["detour"] : []),
};

export class Detours {
  /** @param {import("leaflet").Map} map @param {import("leaflet").PolylineOptions} options of any line */
  constructor(map, options) {
    this.map = map;
    this.options = options;
    this.key = "[]";
  }

  /** @type {(detours?: Detour[]) => void} */
  draw(detours = []) {
    const key = JSON.stringify(detours);
    if (key === this.key) {
      this.lines?.eachLayer((line) => /** @type {import("leaflet").Path} */ (line).bringToFront());
      return;
    }
    this.key = key;
    this.lines?.remove();
    const strokes = detours.flatMap(({ path, tip }) => {
      const line = L.polyline(path, { ...this.options, className: "line detour" });
      line.bindTooltip(tip, { sticky: true, className: "atlas" });
      return [L.polyline(path, { ...this.options, interactive: false, className: "casing detour" }), line];
    });
    this.lines = L.layerGroup(strokes).addTo(this.map);
  }
}
