// Flows, relations and corridor legs: each an element of its own, or, where they are very many, one
// picture, see line_crowd.js. What each sort looks like stands with its layer.

import { columnsOf } from "./columns.js";
import { Detours } from "./corridors.js";
import { bends, middleOf } from "./courses.js";
import { getOrMake } from "./get_or_make.js";
import { reachable } from "./keyboard.js";
import { bundled, Crowd, strengthOf } from "./line_crowd.js";
import { Heads } from "./line_heads.js";
import { Item } from "./line_item.js";
import { nameOfLine } from "./names.js";
import { openChoice, tooltipFor, tooltipForSeveral } from "./popup.js";

/** @import { LatLngBounds, LeafletMouseEvent } from "leaflet" */
/** @import { Drawing, MapScene, OnSelect } from "./browser" */
/** @import { PointLayer } from "./points.js" */
/** @import { Built } from "./line_item.js" */

const MOST_SINGLE = 120; // lines up to which each is an element

/** @type {Item[]} */
const NONE = [];

export class LineLayer {
  /** @type {MapScene} */ scene;
  /** @type {string | null} */ selected = null;

  /** @param {import("leaflet").Map} map @param {PointLayer} points @param {OnSelect} onSelect */
  constructor(map, points, onSelect) {
    this.map = map;
    this.onSelect = onSelect;
    this.options = { pane: "lines", renderer: L.svg({ pane: "lines", padding: 0.6 }), noClip: true };
    this.items = NONE;
    /** @type {Map<string, Item[]>} */
    this.byRecord = new Map();
    /** @type {Set<Item>} those whose elements are on the map */
    this.on = new Set();
    this.heads = new Heads(map, points);
    this.detours = new Detours(map, this.options);
    this.crowd = new Crowd(map, points, () => this.lift());
    map.on("zoomend", () => this.clearHeads());
    points.cluster.on("animationend spiderfied unspiderfied", () => this.clearHeads());
  }

  /** @type {(scene: MapScene) => void} */
  load(scene) {
    for (const item of this.on) item.group.remove();
    this.on.clear();
    this.crowd.end();
    this.scene = this.crowd.scene = this.heads.scene = scene;
    const make = (/** @type {Item} */ item) => this.make(item);
    const single = scene.lines.length <= MOST_SINGLE;
    this.items = single ? scene.lines.map((line) => new Item([line], scene, make)) : bundled(scene, make);
    this.byRecord.clear();
    for (const item of this.items) {
      for (const { id } of item.records) getOrMake(this.byRecord, id, () => []).push(item);
    }
  }

  /** @type {(item: Item) => Built} */
  make(item) {
    const { line, sort, classes } = item;
    const base = { ...this.options, smoothFactor: 0.5 };
    const names = sort.strokes(line);
    const strokes = names.map((name) =>
      L.polyline(line.path, { ...base, interactive: false, className: name + classes }),
    );
    const main = strokes[names.indexOf("")];
    const hit = L.polyline(line.path, { ...base, className: "hit" });
    strokes.push(hit);
    hit.on("add", () => this.dress(item)); // the last of them
    hit.bindTooltip(() => this.tip(item), { sticky: true, className: "atlas" });
    hit.on("mouseover", () => this.hover(item, true));
    hit.on("mouseout", () => this.hover(item, false));
    hit.on("add", () => this.followFocus(item, main.getElement(), hit.getElement()));
    hit.on("click", (event) => this.click(item, event));
    return { group: L.layerGroup(strokes), strokes, main };
  }

  /** @type {(item: Item, path?: Element, wide?: Element) => void} */
  followFocus(item, path, wide) {
    if (!path || !wide) return;
    path.atlasHit = wide;
    const look = (/** @type {boolean} */ on) => {
      this.hover(item, on);
      wide.classList.toggle("focused", on && path.matches(":focus-visible"));
    };
    path.addEventListener("focus", () => look(true));
    path.addEventListener("blur", () => look(false));
  }

  /** @type {(item: Item, event: LeafletMouseEvent) => void} */
  click({ shown }, event) {
    L.DomEvent.stop(event);
    if (shown.length === 1) this.onSelect(shown[0].id, event.latlng);
    else openChoice(this.map, this.scene, shown, event.latlng, this.onSelect);
  }

  /** @type {(item: Item) => HTMLElement} */
  tip({ lines, shown }) {
    if (shown.length > 1) return tooltipForSeveral(shown);
    const [{ id }] = shown;
    const own = lines.find(({ records }) => records.some((index) => this.scene.records[index].id === id));
    return tooltipFor(this.scene, id, own && "tip" in own ? own.tip : "");
  }

  // Colour, strength and ends by what is shown of the line's records.
  /** @type {(item: Item) => void} */
  dress(item) {
    const { shown, strokes, main } = item;
    const strength = strengthOf(this.scene, item);
    for (const stroke of strokes) {
      const node = /** @type {SVGElement | undefined} */ (stroke.getElement());
      if (!node) continue;
      node.style.setProperty("--c", `var(--theme-${this.scene.themeOf(shown[0])})`);
      node.style.setProperty("--n", String(shown.length));
      for (const name of ["light", "context"]) node.classList.toggle(name, strength.includes(name));
    }
    const path = /** @type {SVGElement | undefined} */ (main.getElement());
    if (path) path.dataset.records = shown.map(({ id }) => id).join(" ");
    this.heads.set(item);
  }

  // Symbols have moved.
  clearHeads() {
    this.heads.boxes = null;
    for (const item of this.on) this.heads.set(item);
  }

  /** @type {(drawn: Drawing) => void} */
  draw(drawn) {
    this.heads.boxes = null;
    if (!drawn.same) this.drawItems(this.wanted(drawn));
    this.detours.draw(drawn.update.detours);
  }

  /** @type {(wanted: Item[]) => void} */
  drawItems(wanted) {
    if (wanted.length > MOST_SINGLE) {
      this.crowd.draw(wanted);
      this.lift();
      return;
    }
    this.crowd.end();
    this.put(wanted);
  }

  // Items of which something is shown; notes on each what that is.
  /** @type {(drawing: Drawing) => Item[]} */
  wanted({ scene, shown, layers, update }) {
    const { layer } = columnsOf(scene);
    const flags = layer.flags([...layers]);
    const on = scene.records.map((_, index) => shown.has(index) && layer.any(index, flags));
    const parts = update.parts && new Set(update.parts);
    const themes = update.themes.join();
    for (const item of this.items) {
      const left = item.left(on, parts);
      const same = left.length === item.shown.length && left.every((one, i) => one === item.shown[i]);
      item.changed ||= themes !== item.themes || !same;
      item.shown = left;
      item.themes = themes;
    }
    return this.items.filter((item) => item.shown.length);
  }

  // Exactly these as elements; only what differs is touched.
  /** @type {(wanted: Item[]) => void} */
  put(wanted) {
    const kept = new Set(wanted);
    for (const item of this.on) {
      if (kept.has(item)) continue;
      item.group.remove();
      this.on.delete(item);
    }
    for (const item of wanted) {
      if (!this.on.has(item)) {
        this.on.add(item);
        item.group.addTo(this.map);
      } else if (item.changed) this.dress(item);
      else this.heads.set(item);
      item.changed = false;
    }
    for (const item of wanted) reachable(item.main.getElement(), this.nameFor(item), middleOf(item.line));
  }

  // A record of many legs is reached once, at the first that is drawn.
  /** @type {(item: Item) => string} */
  nameFor(item) {
    const { shown } = item;
    const all = this.byRecord.get(shown[0].id) ?? NONE;
    const first = all.find((one) => this.on.has(one) && one.shown.includes(shown[0]));
    return shown.length > 1 || first === item ? nameOfLine(this.scene, shown) : "";
  }

  /** @type {(item: Item, name: string, on: boolean) => void} */
  toggle(item, name, on) {
    if (this.on.has(item)) for (const stroke of item.strokes) stroke.getElement()?.classList.toggle(name, on);
  }

  /** @type {(item: Item, on: boolean) => void} */
  hover(item, on) {
    const together = item.shown.length === 1 ? this.of(item.shown[0].id) : [item];
    for (const one of together) this.toggle(one, "hover", on);
  }

  // Items of a record.
  /** @type {(id: string | null) => Item[]} */
  of(id) {
    return this.byRecord.get(id ?? "") ?? NONE;
  }

  /** @type {(id: string | null) => void} */
  highlight(id) {
    for (const item of this.of(this.selected)) this.toggle(item, "selected", false);
    this.selected = id;
    this.crowd.pointed = null;
    if (this.crowd.on) this.lift();
    for (const item of this.of(id)) {
      this.toggle(item, "selected", true);
      if (!this.on.has(item)) continue;
      for (const stroke of item.strokes) if (this.map.hasLayer(stroke)) stroke.bringToFront();
    }
  }

  // Out of a crowd, as elements: the line under the pointer, and what is selected.
  lift() {
    const selected = this.of(this.selected).filter(({ shown }) => shown.length);
    this.put([...new Set([...selected, ...(this.crowd.pointed ? [this.crowd.pointed] : NONE)])]);
    for (const item of selected) this.toggle(item, "selected", true);
  }

  /** @type {(id: string) => LatLngBounds} */
  boundsOf(id) {
    return L.latLngBounds(this.of(id).flatMap(({ line }) => bends(line)));
  }
}
