// Flows, relations and corridor legs: each an element of its own, or, where they are very many, one
// picture of the most firmly claimed ones, out of which the pointer and the selection lift elements.

import { columnsOf } from "./columns.js";
import { bends, middleOf, touches } from "./courses.js";
import { define, svgElement } from "./dom.js";
import { reachable } from "./keyboard.js";
import { CLEARANCE, LineCanvas } from "./line_canvas.js";
import { Item } from "./line_item.js";
import { classesOf, LineStyles } from "./line_style.js";
import { noteOn } from "./map_note.js";
import { nameOfLine } from "./names.js";
import { openChoice, tooltipFor, tooltipForSeveral } from "./popup.js";

const MOST_SINGLE = 120; // lines up to which each is an element
const MOST_DRAWN = 300; // lines of the picture: more than that would be a tangle, and slow

const NONE = [];

export class LineLayer {
  constructor(map, points, onSelect) {
    this.map = map;
    this.points = points;
    this.onSelect = onSelect;
    this.renderer = L.svg({ pane: "lines", padding: 0.6 });
    this.items = NONE;
    this.byRecord = new Map();
    this.on = new Set(); // items whose elements are on the map
    map.on("zoomend", () => this.clearHeads());
    points.cluster.on("animationend spiderfied unspiderfied", () => this.clearHeads());
    this.prepareCrowd();
  }

  load(scene) {
    for (const item of this.on) item.group.remove();
    this.on.clear();
    this.lifted = null;
    this.crowd = false;
    this.canvas?.remove();
    this.say("");
    this.scene = scene;
    const single = scene.lines.length <= MOST_SINGLE;
    this.items = single ? scene.lines.map((line) => new Item(this, [line], scene)) : this.bundle(scene);
    this.byRecord = new Map();
    for (const item of this.items) {
      for (const { id } of item.records) {
        if (!this.byRecord.has(id)) this.byRecord.set(id, []);
        this.byRecord.get(id).push(item);
      }
    }
  }

  make(item) {
    const { line } = item;
    const base = { pane: "lines", renderer: this.renderer, noClip: true, smoothFactor: 0.5 };
    const name = classesOf(line);
    const strokes = [];
    if (line.type !== "relation") {
      strokes.push(L.polyline(line.path, { ...base, interactive: false, className: `casing ${name}` }));
    }
    const main = L.polyline(line.path, { ...base, interactive: false, className: name });
    strokes.push(main);
    if (line.type === "leg" && line.mode === "rail") {
      strokes.push(L.polyline(line.path, { ...base, interactive: false, className: `ties ${name}` }));
    }
    const hit = L.polyline(line.path, { ...base, className: "hit" });
    strokes.push(hit);
    const group = L.layerGroup(strokes);
    hit.on("add", () => this.dress(item)); // the last of them
    hit.bindTooltip(() => this.tip(item), { sticky: true, className: "atlas" });
    hit.on("mouseover", () => this.hover(item, true));
    hit.on("mouseout", () => this.hover(item, false));
    hit.on("add", () => {
      const path = main.getElement();
      path.atlasHit = hit.getElement();
      for (const [event, on] of [
        ["focus", true],
        ["blur", false],
      ]) {
        path.addEventListener(event, () => {
          this.hover(item, on);
          path.atlasHit.classList.toggle("focused", on && path.matches(":focus-visible"));
        });
      }
    });
    hit.on("click", (event) => {
      L.DomEvent.stop(event);
      if (item.shown.length === 1) this.onSelect(item.shown[0].id, event.latlng);
      else openChoice(this.map, this.scene, item.shown, event.latlng, this.onSelect);
    });
    return { group, strokes, main };
  }

  tip({ lines, shown }) {
    if (shown.length > 1) return tooltipForSeveral(shown);
    const [{ id }] = shown;
    const own = lines.find(({ records }) => records.some((index) => this.scene.records[index].id === id));
    return tooltipFor(this.scene, id, own.tip);
  }

  isLight(records) {
    return records.every(({ evidence }) => this.scene.light.includes(evidence));
  }

  // Colour, strength and ends by what is shown of the line's records.
  dress(item) {
    const { shown, strokes, main } = item;
    const theme = this.scene.themeOf(shown[0]);
    const [light, context] = [this.isLight(shown), shown.every(({ evidence }) => evidence === "context")];
    for (const stroke of strokes) {
      const node = stroke.getElement();
      if (!node) continue;
      node.style.setProperty("--c", `var(--theme-${theme})`);
      node.style.setProperty("--n", shown.length);
      node.classList.toggle("light", light);
      node.classList.toggle("context", context);
    }
    const path = main.getElement();
    if (!path) return;
    path.dataset.records = shown.map(({ id }) => id).join(" ");
    if (item.line.type !== "leg") this.setHeads(item, theme);
  }

  // Heads stand clear of a symbol at the line's end: under it they would not be seen.
  setHeads({ line, main, head, ends }, theme) {
    this.boxes ||= this.points.boxes();
    const path = main.getElement();
    const course = bends(line);
    for (const [bit, name, at] of [
      [1, "marker-end", course.at(-1)],
      [2, "marker-start", course[0]],
    ]) {
      if (!(ends & bit)) {
        path.removeAttribute(name);
        continue;
      }
      const { x, y } = this.map.latLngToLayerPoint(at);
      const covered = this.boxes.some(([left, top, right, bottom]) => x > left && x < right && y > top && y < bottom);
      const mark = `url(#${this.head(head, theme, covered)})`;
      if (path.getAttribute(name) !== mark) path.setAttribute(name, mark);
    }
  }

  clearHeads() {
    this.boxes = null; // symbols have moved
    for (const item of this.on) if (item.line.type !== "leg") this.setHeads(item, this.scene.themeOf(item.shown[0]));
  }

  // SVG markers do not inherit the stroke of their line everywhere: one per shape and theme.
  head(shape, theme, covered) {
    const id = `head-${shape}-${theme}${covered ? "-clear" : ""}`;
    if (document.getElementById(id)) return id;
    const forms = {
      arrow: { d: "M0,0 L12,5.5 L0,11 L3,5.5 z", w: 12, h: 11, x: 10.4, y: 5.5 },
      bar: { d: "M0,0 H2.2 V9 H0 z", w: 3, h: 9, x: 1.1, y: 4.5 },
      dot: { d: "M3,0 a3,3 0 1 0 .01,0 z", w: 6, h: 6, x: 3, y: 3 },
    };
    const form = forms[shape];
    const values = {
      id,
      viewBox: `0 0 ${form.w} ${form.h}`,
      markerWidth: form.w,
      markerHeight: form.h,
      refX: form.x + (covered ? CLEARANCE : 0),
      refY: form.y,
      orient: "auto-start-reverse",
      markerUnits: "userSpaceOnUse",
    };
    const marker = svgElement("marker", values);
    const path = svgElement("path", { d: form.d });
    path.style.fill = `var(--theme-${theme})`;
    marker.append(path);
    define(this.map.getPane("lines"), marker);
    return id;
  }

  // Ways that a page offers instead of those drawn.
  drawDetours(detours = []) {
    const key = JSON.stringify(detours);
    if (key === this.detourKey) {
      this.detours?.eachLayer((line) => line.bringToFront());
      return;
    }
    this.detourKey = key;
    this.detours?.remove();
    this.detours = L.layerGroup(
      detours.flatMap(({ path, tip }) => {
        const base = { pane: "lines", renderer: this.renderer, noClip: true };
        const line = L.polyline(path, { ...base, className: "line detour" });
        line.bindTooltip(tip, { sticky: true, className: "atlas" });
        return [L.polyline(path, { ...base, interactive: false, className: "casing detour" }), line];
      }),
    ).addTo(this.map);
  }

  draw(drawn) {
    this.boxes = null;
    if (!drawn.same) this.drawItems(drawn);
    this.drawDetours(drawn.update.detours);
  }

  drawItems(drawn) {
    const wanted = this.wanted(drawn);
    this.crowd = wanted.length > MOST_SINGLE;
    if (this.crowd) {
      this.drawCrowd(wanted);
      return;
    }
    this.canvas?.remove();
    this.say("");
    this.put(wanted);
  }

  // Items of which something is shown; notes on each what that is.
  wanted({ scene, shown, layers, update }) {
    const { layer } = columnsOf(scene);
    const flags = layer.flags([...layers]);
    const on = scene.records.map((_, index) => shown.has(index) && layer.any(index, flags));
    const parts = update.parts && new Set(update.parts);
    const themes = update.themes.join();
    const found = [];
    for (const item of this.items) {
      const left = item.left(on, parts);
      item.changed ||=
        themes !== item.themes || left.length !== item.shown.length || left.some((one, i) => one !== item.shown[i]);
      item.shown = left;
      item.themes = themes;
      if (left.length) found.push(item);
    }
    return found;
  }

  // Exactly these as elements; only what differs is touched.
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
      else if (item.line.type !== "leg") this.setHeads(item, this.scene.themeOf(item.shown[0]));
      item.changed = false;
    }
    for (const item of wanted) {
      reachable(item.main.getElement(), this.nameFor(item), middleOf(item.line));
    }
  }

  // A record of many legs is reached once, at the first that is drawn.
  nameFor(item) {
    const { shown } = item;
    const first = this.byRecord.get(shown[0].id).find((one) => this.on.has(one) && one.shown.includes(shown[0]));
    return shown.length > 1 || first === item ? nameOfLine(this.scene, shown) : "";
  }

  toggle(item, name, on) {
    if (this.on.has(item)) for (const stroke of item.strokes) stroke.getElement()?.classList.toggle(name, on);
  }

  hover(item, on) {
    const together = item.shown.length === 1 ? this.byRecord.get(item.shown[0].id) : [item];
    for (const one of together) this.toggle(one, "hover", on);
  }

  highlight(id) {
    for (const item of this.byRecord.get(this.selected) || NONE) this.toggle(item, "selected", false);
    this.selected = id;
    if (this.crowd) this.lift();
    for (const item of this.byRecord.get(id) || NONE) {
      this.toggle(item, "selected", true);
      if (this.on.has(item)) for (const stroke of item.strokes) if (this.map.hasLayer(stroke)) stroke.bringToFront();
    }
  }

  boundsOf(id) {
    return L.latLngBounds((this.byRecord.get(id) || NONE).flatMap(({ line }) => bends(line)));
  }

  // --- very many ---

  prepareCrowd() {
    const pane = this.map.createPane("crowd");
    pane.style.zIndex = 419;
    pane.style.pointerEvents = "none";
    const container = this.map.getContainer();
    container.addEventListener("mousemove", (event) => this.crowd && this.pointed(event));
    // Light or dark: other colours.
    new MutationObserver(() => {
      this.styles?.forget();
      if (this.crowd) this.canvas.paint();
    }).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  }

  // Lines that run alike are drawn as one. Of each type the same share comes early: where not all
  // are drawn, none is left out for its type.
  bundle(scene) {
    const alike = new Map();
    for (const line of scene.lines) {
      const course = bends(line);
      const sort = [classesOf(line), course.length, course[0], course[course.length >> 1], course.at(-1)].join();
      const key = line.type === "relation" ? line : sort;
      if (!alike.has(key)) alike.set(key, []);
      alike.get(key).push(line);
    }
    const items = [...alike.values()].map((lines) => new Item(this, lines, scene));
    const [sizes, before] = [new Map(), new Map()];
    for (const { line } of items) sizes.set(line.type, (sizes.get(line.type) || 0) + 1);
    items.forEach((item, number) => {
      const { type } = item.line;
      before.set(type, (before.get(type) || 0) + 1);
      item.turn = before.get(type) / sizes.get(type);
      item.number = number;
    });
    const order = scene.order.evidence;
    this.firmness = new Map(order.map((evidence, place) => [evidence, place]));
    return items.sort((a, b) => a.turn - b.turn);
  }

  drawCrowd(items) {
    this.styles ||= new LineStyles(this.map.getContainer());
    this.canvas ||= new LineCanvas(
      (box) => this.choose(box),
      () => this.points.boxes(),
    );
    const ranks = this.firmness.size;
    const byRank = Array.from({ length: ranks }, () => []);
    for (const item of items) {
      byRank[Math.min(...item.shown.map(({ evidence }) => this.firmness.get(evidence)))].push(item);
    }
    this.ranked = byRank.flat();
    if (this.map.hasLayer(this.canvas)) this.canvas.paint();
    else this.canvas.addTo(this.map);
    this.lift();
  }

  // The most firmly claimed of the lines in and around view, lowest first.
  choose(box) {
    const inSight = this.ranked.filter((item) => touches(item.box, box));
    const chosen = inSight.slice(0, MOST_DRAWN);
    const [some, all] = [chosen.length, inSight.length].map((count) => count.toLocaleString("en"));
    const left = inSight.length > MOST_DRAWN;
    this.say(left ? `${some} of ${all} lines drawn, the most firmly claimed: filter or zoom in` : "");
    chosen.sort((a, b) => a.number - b.number);
    return chosen.map((item) => this.sketch(item));
  }

  sketch(item) {
    const { line, shown, course, box } = item;
    const theme = this.scene.themeOf(shown[0]);
    const count = Math.min(shown.length, 6);
    let classes = classesOf(line);
    if (this.isLight(shown)) classes += " light";
    if (shown.every(({ evidence }) => evidence === "context")) classes += " context";
    const stroke = (name) => this.styles.of(`${name}${classes}`, theme, count);
    const strokes = [stroke("")];
    if (line.type !== "relation") strokes.unshift(this.styles.of(`casing ${classes}`, "", 1));
    if (line.type === "leg" && line.mode === "rail") strokes.push(stroke("ties "));
    const { ends, head: shape } = item;
    const { colour } = strokes.at(line.type === "relation" ? 0 : 1);
    const heads = [1, 2].filter((bit) => ends & bit).map((bit) => ({ shape, colour, start: bit === 2 }));
    return { item, course, box, strokes, heads };
  }

  // As elements: the line under the pointer, and what is selected.
  lift(pointed = null) {
    this.lifted = pointed;
    const selected = (this.byRecord.get(this.selected) || NONE).filter(({ shown }) => shown.length);
    this.put([...new Set([...selected, ...(pointed ? [pointed] : NONE)])]);
    for (const item of selected) this.toggle(item, "selected", true);
  }

  pointed(event) {
    if (event.buttons || event.target.closest(".hit, .leaflet-marker-icon, .leaflet-popup, .leaflet-control")) return;
    const found = this.canvas.at(this.map.mouseEventToLatLng(event))?.item || null;
    if (found !== this.lifted) this.lift(found);
  }

  // Says on the map what is not on it.
  say(text) {
    this.note?.remove();
    this.note = text ? noteOn(this.map, "bottomleft", "atlas-cap", text) : null;
  }
}
