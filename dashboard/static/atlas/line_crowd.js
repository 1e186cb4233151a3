// Very many lines: those most firmly claimed as one picture, out of which the pointer and the
// selection lift elements.

import { bends, touches } from "./courses.js";
import { closest } from "./dom.js";
import { getOrMake } from "./get_or_make.js";
import { LineCanvas } from "./line_canvas.js";
import { classesOf, Item, sortOf } from "./line_item.js";
import { LineStyles } from "./line_style.js";
import { noteOn } from "./map_note.js";

/** @import { Control } from "leaflet" */
/** @import { Box, MapScene, Sketch } from "./browser" */
/** @import { Line } from "./contract" */
/** @import { PointLayer } from "./points.js" */

const MOST_DRAWN = 300; // lines of the picture: more than that would be a tangle, and slow

// Lines that run alike are drawn as one. Of each type the same share comes early: where not all are
// drawn, none is left out for its type.
/** @type {(scene: MapScene, make: ConstructorParameters<typeof Item>[2]) => Item[]} */
export function bundled(scene, make) {
  /** @type {Map<unknown, Line[]>} */
  const alike = new Map();
  for (const line of scene.lines) {
    const course = bends(line);
    const sort = sortOf(line, scene);
    const ends = [course[0], course[course.length >> 1], course[course.length - 1]];
    const key = sort.bundled ? line : [classesOf(line, sort), course.length, ...ends].join();
    getOrMake(alike, key, () => /** @type {Line[]} */ ([])).push(line);
  }
  const items = [...alike.values()].map((lines) => new Item(lines, scene, make));
  /** @type {Map<string, Item[]>} */
  const byType = new Map();
  items.forEach((item, number) => {
    item.number = number;
    getOrMake(byType, item.line.type, () => []).push(item);
  });
  for (const those of byType.values()) {
    those.forEach((item, before) => {
      item.turn = (before + 1) / those.length;
    });
  }
  return items.sort((a, b) => a.turn - b.turn);
}

export class Crowd {
  /** @type {MapScene} */ scene;
  /** @type {Item[]} */ ranked = [];
  /** @type {Item | null} */ pointed = null;
  /** @type {Control | null} */ note = null;
  /** @type {LineStyles} */ styles;
  on = false;

  // `lift` makes elements of the line under the pointer.
  /** @param {import("leaflet").Map} map @param {PointLayer} points @param {() => void} lift */
  constructor(map, points, lift) {
    this.map = map;
    this.lift = lift;
    const pane = map.createPane("crowd");
    pane.style.zIndex = "419";
    pane.style.pointerEvents = "none";
    this.canvas = new LineCanvas(
      (box) => this.choose(box),
      () => points.boxes(),
    );
    map.getContainer().addEventListener("mousemove", (event) => this.on && this.moved(event));
    // Light or dark: other colours.
    new MutationObserver(() => {
      this.styles?.forget();
      if (this.on) this.canvas.paint();
    }).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  }

  end() {
    this.on = false;
    this.pointed = null;
    this.canvas.remove();
    this.say("");
  }

  /** @type {(items: Item[]) => void} */
  draw(items) {
    this.on = true;
    this.pointed = null;
    this.styles ??= new LineStyles(this.map.getContainer());
    const order = this.scene.order.evidence;
    const firmness = new Map(order.map((evidence, place) => [evidence, place]));
    const rankOf = (/** @type {Item} */ { shown }) =>
      Math.min(...shown.map(({ evidence }) => firmness.get(evidence) ?? order.length));
    /** @type {Item[][]} */
    const byRank = [...order, ""].map(() => []);
    for (const item of items) byRank[rankOf(item)].push(item);
    this.ranked = byRank.flat();
    if (this.map.hasLayer(this.canvas)) this.canvas.paint();
    else this.canvas.addTo(this.map);
  }

  // The most firmly claimed of the lines in and around view, lowest first.
  /** @type {(box: Box) => Sketch[]} */
  choose(box) {
    const inSight = this.ranked.filter((item) => touches(item.run.box, box));
    const chosen = inSight.slice(0, MOST_DRAWN);
    const [some, all] = [chosen.length, inSight.length].map((count) => count.toLocaleString("en"));
    const left = inSight.length > MOST_DRAWN;
    this.say(left ? `${some} of ${all} lines drawn, the most firmly claimed: filter or zoom in` : "");
    chosen.sort((a, b) => a.number - b.number);
    return chosen.map((item) => this.sketch(item));
  }

  /** @type {(item: Item) => Sketch} */
  sketch(item) {
    const { line, shown, run, sort, ends, head } = item;
    const theme = this.scene.themeOf(shown[0]);
    const classes = [item.classes, ...strengthOf(this.scene, item)].join(" ");
    const count = Math.min(shown.length, 6);
    const names = sort.strokes(line);
    const strokes = names.map((name) =>
      // All casings look alike.
      name === "casing " ? this.styles.of(name + classes, "", 1) : this.styles.of(name + classes, theme, count),
    );
    const { colour } = strokes[names.indexOf("")];
    const form = this.scene.look.heads[head ?? ""];
    const heads = [1, 2].filter((bit) => ends & bit).map((bit) => ({ form, colour, start: bit === 2 }));
    return { item, ...run, strokes, heads };
  }

  /** @type {(event: MouseEvent) => void} */
  moved(event) {
    const busy = ".hit, .leaflet-marker-icon, .leaflet-popup, .leaflet-control";
    if (event.buttons || closest(event.target, busy)) return;
    const found = this.canvas.at(this.map.mouseEventToLatLng(event))?.item ?? null;
    if (found === this.pointed) return;
    this.pointed = found;
    this.lift();
  }

  // Says on the map what is not on it.
  /** @type {(text: string) => void} */
  say(text) {
    this.note?.remove();
    this.note = text ? noteOn(this.map, "bottomleft", "atlas-cap", text) : null;
  }
}

// Classes of a line by what is shown of it: claimed less than firmly, or context alone.
/** @type {(scene: MapScene, item: Item) => string[]} */
export function strengthOf(scene, { shown }) {
  const light = shown.every(({ evidence }) => scene.light.includes(evidence));
  const context = shown.every(({ evidence }) => evidence === "context");
  return [...(light ? ["light"] : []), ...(context ? ["context"] : [])];
}
