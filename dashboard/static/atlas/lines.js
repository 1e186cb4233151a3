// Flows, relations and corridor legs.

import { openChoice, tooltipFor, tooltipForSeveral } from "./popup.js";

const CLEARANCE = 17; // pixels: half of the largest symbol
const SVG = "http://www.w3.org/2000/svg";

export class LineLayer {
  constructor(map, points, onSelect) {
    this.map = map;
    this.points = points;
    this.onSelect = onSelect;
    this.renderer = L.svg({ pane: "lines", padding: 0.6 });
    this.items = [];
    this.byRecord = new Map();
    map.on("zoomend", () => this.clearHeads());
    points.cluster.on("animationend spiderfied unspiderfied", () => this.clearHeads());
  }

  load(scene) {
    for (const item of this.items) item.group.remove();
    this.items = [];
    this.byRecord = new Map();
    this.scene = scene;
    for (const line of scene.lines) {
      const item = this.make(line, line.records.map((index) => scene.records[index]));
      this.items.push(item);
      for (const { id } of item.records) {
        if (!this.byRecord.has(id)) this.byRecord.set(id, []);
        this.byRecord.get(id).push(item);
      }
    }
  }

  make(line, records) {
    const base = { pane: "lines", renderer: this.renderer, noClip: true, smoothFactor: 0.5 };
    const name = [
      "line",
      line.type,
      line.state && `state-${line.state}`,
      line.mode && `mode-${line.mode}`,
      line.status && `status-${line.status}`,
      line.stance && `stance-${line.stance}`,
    ]
      .filter(Boolean)
      .join(" ");
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
    const item = { line, records, shown: records, group, strokes, main };
    group.on("add", () => this.dress(item));
    hit.on("add", () => this.dress(item));
    hit.bindTooltip(() => this.tip(item), { sticky: true, className: "atlas" });
    hit.on("mouseover", () => this.hover(item, true));
    hit.on("mouseout", () => this.hover(item, false));
    hit.on("click", (event) => {
      L.DomEvent.stop(event);
      if (item.shown.length === 1) this.onSelect(item.shown[0].id, event.latlng);
      else openChoice(this.map, this.scene, item.shown, event.latlng, this.onSelect);
    });
    return item;
  }

  tip({ line, shown }) {
    if (shown.length === 1) return tooltipFor(this.scene, shown[0].id, line.tip);
    return tooltipForSeveral(this.scene, shown);
  }

  // Colour, strength and ends by what is shown of the line's records.
  dress(item) {
    const { line, shown, strokes, main, records } = item;
    const theme = this.scene.themeOf(shown[0]);
    for (const stroke of strokes) {
      const node = stroke.getElement();
      if (!node) continue;
      node.style.setProperty("--c", `var(--theme-${theme})`);
      node.style.setProperty("--n", Math.min(shown.length, 6));
      node.classList.toggle("light", shown.every(({ evidence }) => this.scene.light.includes(evidence)));
      node.classList.toggle("context", shown.every(({ evidence }) => evidence === "context"));
    }
    const path = main.getElement();
    if (!path) return;
    path.dataset.records = shown.map(({ id }) => id).join(" ");
    if (line.type === "leg") return;
    const ends = line.ends
      ? records.reduce((bits, one, i) => (shown.includes(one) ? bits | line.ends[i] : bits), 0)
      : 1;
    this.setHeads(item, theme, ends, this.points.boxes());
  }

  // Heads stand clear of a symbol at the line's end: under it they would not be seen.
  setHeads({ line, main }, theme, ends, boxes) {
    const shape = line.type === "flow" ? "arrow" : line.stance === "opposes" ? "bar" : "dot";
    const path = main.getElement();
    const course = line.path.flat(Array.isArray(line.path[0][0]) ? 1 : 0);
    for (const [bit, name, at] of [[1, "marker-end", course.at(-1)], [2, "marker-start", course[0]]]) {
      if (!(ends & bit)) {
        path.removeAttribute(name);
        continue;
      }
      const { x, y } = this.map.latLngToLayerPoint(at);
      const covered = boxes.some(([left, top, right, bottom]) => x > left && x < right && y > top && y < bottom);
      path.setAttribute(name, `url(#${this.head(shape, theme, covered)})`);
    }
  }

  clearHeads() {
    for (const item of this.items) if (this.map.hasLayer(item.group)) this.dress(item);
  }

  // SVG markers do not inherit the stroke of their line everywhere: one per shape and theme.
  head(shape, theme, covered) {
    const id = `head-${shape}-${theme}${covered ? "-clear" : ""}`;
    if (document.getElementById(id)) return id;
    const svg = this.renderer._container;
    let defs = svg.querySelector("defs");
    if (!defs) {
      defs = document.createElementNS(SVG, "defs");
      svg.prepend(defs);
    }
    const marker = document.createElementNS(SVG, "marker");
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
    for (const [name, value] of Object.entries(values)) marker.setAttribute(name, value);
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", form.d);
    path.style.fill = `var(--theme-${theme})`;
    marker.append(path);
    defs.append(marker);
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
        return [L.polyline(path, { ...base, interactive: false, className: "casing leg" }), line];
      }),
    ).addTo(this.map);
  }

  draw({ shown, layers, update }) {
    const parts = update.parts && new Set(update.parts);
    for (const item of this.items) {
      item.shown = item.records.filter(
        (record, i) => shown.has(item.line.records[i]) && layers.has(record.layer),
      );
      const on = item.shown.length > 0 && (!parts || !item.line.part || parts.has(item.line.part));
      const was = this.map.hasLayer(item.group);
      if (on && !was) item.group.addTo(this.map);
      else if (!on && was) item.group.remove();
      else if (on) this.dress(item);
    }
    this.drawDetours(update.detours);
  }

  toggle(item, name, on) {
    for (const stroke of item.strokes) stroke.getElement()?.classList.toggle(name, on);
  }

  hover(item, on) {
    const together = item.shown.length === 1 ? this.byRecord.get(item.shown[0].id) : [item];
    for (const one of together) this.toggle(one, "hover", on);
  }

  highlight(id) {
    for (const item of this.byRecord.get(this.selected) || []) this.toggle(item, "selected", false);
    this.selected = id;
    for (const item of this.byRecord.get(id) || []) {
      this.toggle(item, "selected", true);
      for (const stroke of item.strokes) if (stroke._map) stroke.bringToFront();
    }
  }

  boundsOf(id) {
    const bounds = L.latLngBounds([]);
    for (const { main } of this.byRecord.get(id) || []) bounds.extend(main.getBounds());
    return bounds;
  }
}
