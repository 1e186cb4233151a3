// Flows, relations and corridor legs.

import { tooltipFor } from "./popup.js";

const SVG = "http://www.w3.org/2000/svg";

export class LineLayer {
  constructor(map, onSelect) {
    this.map = map;
    this.onSelect = onSelect;
    this.renderer = L.svg({ pane: "lines", padding: 0.6 });
    this.items = [];
    this.byRecord = new Map();
  }

  load(scene) {
    for (const item of this.items) item.group.remove();
    this.items = [];
    this.byRecord = new Map();
    this.scene = scene;
    for (const line of scene.lines) {
      const item = this.make(line, scene.records[line.record]);
      this.items.push(item);
      const id = item.record.id;
      if (!this.byRecord.has(id)) this.byRecord.set(id, []);
      this.byRecord.get(id).push(item);
    }
  }

  make(line, record) {
    const base = { pane: "lines", renderer: this.renderer, noClip: true, smoothFactor: 0.5 };
    const name = [
      "line",
      line.type,
      line.state && `state-${line.state}`,
      line.mode && `mode-${line.mode}`,
      line.status && `status-${line.status}`,
      `evidence-${record.evidence}`,
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
    const item = { line, record, group, strokes, main };
    group.on("add", () => this.dress(item));
    hit.on("add", () => this.dress(item));
    hit.bindTooltip(() => tooltipFor(this.scene, record.id, line.tip), {
      sticky: true,
      className: "atlas",
    });
    hit.on("mouseover", () => this.hover(record.id, true));
    hit.on("mouseout", () => this.hover(record.id, false));
    hit.on("click", (event) => {
      L.DomEvent.stop(event);
      this.onSelect(record.id, event.latlng);
    });
    return item;
  }

  dress({ line, record, strokes, main }) {
    const colour = `var(--theme-${record.themes[0]})`;
    for (const stroke of strokes) stroke.getElement()?.style.setProperty("--c", colour);
    const path = main.getElement();
    if (!path) return;
    path.dataset.record = record.id;
    if (line.type === "leg") return;
    const shape = line.type === "flow" ? "arrow" : line.stance === "opposes" ? "bar" : "dot";
    const head = this.head(shape, record.themes[0]);
    path.setAttribute("marker-end", `url(#${head})`);
    if (line.mutual) path.setAttribute("marker-start", `url(#${head})`);
  }

  // SVG markers do not inherit the stroke of their line everywhere: one per shape and theme.
  head(shape, theme) {
    const id = `head-${shape}-${theme}`;
    if (document.getElementById(id)) return id;
    const svg = this.renderer._container;
    let defs = svg.querySelector("defs");
    if (!defs) {
      defs = document.createElementNS(SVG, "defs");
      svg.prepend(defs);
    }
    const marker = document.createElementNS(SVG, "marker");
    const forms = {
      arrow: { d: "M0,0 L10,4.5 L0,9 L2.4,4.5 z", w: 10, h: 9, x: 8.4, y: 4.5 },
      bar: { d: "M0,0 H2.2 V9 H0 z", w: 3, h: 9, x: 1.1, y: 4.5 },
      dot: { d: "M3,0 a3,3 0 1 0 .01,0 z", w: 6, h: 6, x: 3, y: 3 },
    };
    const form = forms[shape];
    const values = {
      id,
      viewBox: `0 0 ${form.w} ${form.h}`,
      markerWidth: form.w,
      markerHeight: form.h,
      refX: form.x,
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

  draw({ shown, layers }) {
    for (const item of this.items) {
      const on = shown.has(item.line.record) && layers.has(item.record.layer);
      if (on && !this.map.hasLayer(item.group)) item.group.addTo(this.map);
      if (!on && this.map.hasLayer(item.group)) item.group.remove();
    }
  }

  toggle(id, name, on) {
    for (const item of this.byRecord.get(id) || []) {
      for (const stroke of item.strokes) stroke.getElement()?.classList.toggle(name, on);
    }
  }

  hover(id, on) {
    this.toggle(id, "hover", on);
  }

  highlight(id) {
    if (this.selected) this.toggle(this.selected, "selected", false);
    this.selected = id;
    if (!id) return;
    this.toggle(id, "selected", true);
    for (const { strokes } of this.byRecord.get(id) || []) {
      for (const stroke of strokes) if (stroke._map) stroke.bringToFront();
    }
  }

  boundsOf(id) {
    const bounds = L.latLngBounds([]);
    for (const { main } of this.byRecord.get(id) || []) bounds.extend(main.getBounds());
    return bounds;
  }

  positionOf(id) {
    const items = this.byRecord.get(id) || [];
    if (!items.length) return null;
    const longest = items.reduce((a, b) => (b.line.km > a.line.km ? b : a));
    const path = longest.line.path.flat(Array.isArray(longest.line.path[0][0]) ? 1 : 0);
    return path[Math.floor(path.length / 2)];
  }
}
