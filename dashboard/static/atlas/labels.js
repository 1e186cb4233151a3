// Names of the countries in play and of the places that carry a symbol. A name is left out rather
// than laid over another name or a symbol.

import { getOrMake } from "./get_or_make.js";
import { element, paneOf, pen } from "./dom.js";
import { Taken } from "./taken.js";

/** @import { Box, Drawing, MapScene, Outline, Outlines } from "./browser" */
/** @import { At } from "./contract" */
/** @import { Legend } from "./legend.js" */
/** @import { PointLayer } from "./points.js" */
/** @typedef {{ text: string, at: At, size: number, type: "country" | "place" }} Name */

const LINE_HEIGHT = 1.15;
const IN_COUNTRY = [0, 20, -20, 34, -34].map((down) => [0, down]); // pixels from where it stands best
const AT_PLACE = [21, -21].map((down) => [0, down]);
const FAR = 600; // pixels out of view, at which no part of a name can be in it

export class LabelLayer {
  /** @type {MapScene} */ scene;
  /** @type {Map<string, Outline>} */ countries;
  /** @type {Drawing | undefined} */ drawn;
  frame = 0;

  /** @param {import("leaflet").Map} map @param {PointLayer} points @param {Legend} legend */
  constructor(map, points, legend) {
    this.map = map;
    this.legend = legend;
    this.points = points;
    this.pane = paneOf(map, "labels");
    this.pane.setAttribute("aria-hidden", "true"); // what can be reached says where it is
    /** @type {Map<string, number>} */
    this.widths = new Map();
    this.context = pen(document.createElement("canvas"));
    map.on("zoomstart", () => this.pane.classList.add("moving"));
    map.on("moveend zoomend resize", () => this.later());
    points.cluster.on("animationend spiderfied unspiderfied", () => this.later());
  }

  /** @type {(countries: Outlines) => void} */
  load(countries) {
    this.countries = new Map(countries.features.map(({ properties }) => [properties.id, properties]));
    // Names are set once, in their own font: not in another one first. The map is seen before them.
    const { fontFamily } = getComputedStyle(this.map.getContainer());
    const fonts = [500, 600].map((weight) => document.fonts.load(`${weight} 12px ${fontFamily}`));
    Promise.allSettled(fonts).then(() => {
      this.ready = true;
      requestAnimationFrame(() => setTimeout(() => this.place()));
    });
  }

  /** @type {(drawn: Drawing) => void} */
  draw(drawn) {
    const countries = drawn.update.countries.join();
    const same = drawn.same && countries === this.named;
    this.named = countries;
    this.drawn = drawn;
    if (!same) this.later();
  }

  later() {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.place());
  }

  // Countries by how many shown records name them, then places; bigger names first.
  /** @type {(drawn: Drawing) => Name[]} */
  wanted({ update }) {
    const zoom = this.map.getZoom();
    /** @type {Name[]} */
    const names = [];
    for (const code of update.countries) {
      const country = this.countries.get(code);
      if (!country) continue;
      const [lon, lat] = country.label;
      const size = Math.max(10.5, Math.min(15, 8 + Math.log10(country.area_km2 + 1) + (zoom - 4)));
      const text = this.scene.objects[`actor:${code}`]?.title || country.name;
      names.push({ text, at: [lat, lon], size, type: "country" });
    }
    if (zoom >= 4.25) {
      // A point that stands for a country would repeat its name.
      const seen = new Set(names.map(({ text }) => text));
      for (const index of this.points.shown ?? []) {
        const point = this.scene.points[index];
        if (!point.place || seen.has(point.place)) continue;
        seen.add(point.place);
        names.push({ text: point.place, at: point.at, size: 11, type: "place" });
      }
    }
    return names;
  }

  // Measured once: a browser takes its time to set a font.
  /** @type {(text: string, font: string) => number} */
  width(text, font) {
    return getOrMake(this.widths, `${font}/${text}`, () => {
      this.context.font = font;
      return this.context.measureText(text).width;
    });
  }

  place() {
    if (!this.drawn || !this.ready) return;
    this.pane.classList.remove("moving");
    const view = this.map.getSize().clone();
    view.y -= this.legend.height; // no name where the legend would cut it
    const corner = this.map.containerPointToLayerPoint([0, 0]);
    /** @type {Box} */
    const frame = [corner.x, corner.y, corner.x + view.x, corner.y + view.y];
    const taken = new Taken(this.points.boxes());
    const family = getComputedStyle(this.map.getContainer()).fontFamily;
    const nodes = document.createDocumentFragment();
    for (const name of this.wanted(this.drawn)) {
      const spot = this.map.latLngToLayerPoint(name.at);
      const far = Math.max(frame[0] - spot.x, spot.x - frame[2], frame[1] - spot.y, spot.y - frame[3]);
      const box = far > FAR ? null : this.roomFor(name, spot, family, frame, taken);
      if (!box) continue;
      taken.add(box);
      const [x, y] = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
      const node = element("div", `label ${name.type}`, name.text);
      node.style.fontSize = `${name.size}px`;
      node.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px) translate(-50%, -50%)`;
      nodes.append(node);
    }
    this.pane.replaceChildren(nodes);
  }

  // The first box at or beside a name's spot that lies within the frame and is free.
  /** @type {(name: Name, spot: { x: number, y: number }, family: string, frame: Box, taken: Taken) => Box | undefined} */
  roomFor({ type, text, size }, spot, family, frame, taken) {
    const spacing = type === "country" ? 0.04 * size * text.length : 0;
    const width = this.width(text, `${type === "country" ? 600 : 500} ${size}px ${family}`) + spacing + 4;
    const height = size * LINE_HEIGHT;
    const beside = width / 2 + 17;
    const tries = type === "country" ? IN_COUNTRY : [...AT_PLACE, [beside, 0], [-beside, 0]];
    const boxes = tries.map(([dx, dy]) => {
      const [x, y] = [spot.x + dx, spot.y + dy];
      return /** @type {Box} */ ([x - width / 2, y - height / 2, x + width / 2, y + height / 2]);
    });
    const inside = (/** @type {Box} */ box) =>
      box[0] > frame[0] + 2 && box[1] > frame[1] + 2 && box[2] < frame[2] - 2 && box[3] < frame[3] - 2;
    return boxes.find((box) => inside(box) && !taken.overlaps(box));
  }
}
