// The switch that hides layers of the map. It is answered here, with no word to Python: the filters
// say which records are spoken of, this only what of them is drawn. What is off stands in the page's
// address, which the map writes itself, like its view.

import { onReturn, page, rewrite } from "./address.js";
import { part } from "./dom.js";

/** @import { Named } from "./contract" */

export class LayerSwitch {
  // `onOnline` hears of the online basemap; a map without it cannot have one.
  /** @param {import("leaflet").Map} map @param {() => void} onChange @param {((on: boolean) => void) | null} onOnline */
  constructor(map, onChange, onOnline) {
    this.map = map;
    this.onChange = onChange;
    this.onOnline = onOnline;
    /** @type {Set<string>} */
    this.off = new Set();
    /** @type {Named[]} */
    this.layers = [];
    /** @type {Map<string, HTMLInputElement>} */
    this.boxes = new Map();
    this.button = L.DomUtil.create("button", "toggle");
    this.list = L.DomUtil.create("fieldset", "list");
    onReturn(() => {
      this.read();
      this.onChange();
    });
  }

  /** @type {(layers: Named[]) => void} */
  load(layers) {
    this.layers = layers;
    this.control?.remove();
    this.control = new L.Control({ position: "topleft" });
    this.control.onAdd = () => this.build();
    this.control.addTo(this.map);
    this.read();
  }

  build() {
    const box = L.DomUtil.create("div", "atlas-layers leaflet-bar");
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.disableScrollPropagation(box);
    this.button = L.DomUtil.create("button", "toggle", box);
    this.button.type = "button";
    this.button.setAttribute("aria-expanded", "false");
    this.list = L.DomUtil.create("fieldset", "list", box);
    this.list.hidden = true;
    this.list.setAttribute("aria-label", "Layers drawn on the map");
    this.boxes = new Map();
    for (const { id, label, definition } of this.layers) {
      const tick = this.row(label, definition);
      tick.value = id;
      tick.addEventListener("change", () => this.toggle(id, tick.checked));
      this.boxes.set(id, tick);
    }
    const { onOnline } = this;
    if (onOnline) {
      // Not in the address: no link may send a reader's browser to another server.
      const note = "Needs the internet: tiles from OpenStreetMap's servers, which then see what you look at.";
      const tick = this.row("Online basemap", note);
      part(this.list, "label:last-child").className = "online";
      tick.addEventListener("change", () => onOnline(tick.checked));
    }
    this.button.addEventListener("click", () => this.open(Boolean(this.list.hidden)));
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      this.open(false);
      this.button.focus();
    });
    this.map.on("click", () => this.open(false));
    return box;
  }

  /** @type {(label: string, definition: string) => HTMLInputElement} */
  row(label, definition) {
    const row = L.DomUtil.create("label", "", this.list);
    row.title = definition;
    const tick = L.DomUtil.create("input", "", row);
    tick.type = "checkbox";
    row.append(label);
    return tick;
  }

  /** @type {(yes: boolean) => void} */
  open(yes) {
    this.list.hidden = !yes;
    this.button.setAttribute("aria-expanded", String(yes));
  }

  /** @type {(id: string, on: boolean) => void} */
  toggle(id, on) {
    if (on) this.off.delete(id);
    else this.off.add(id);
    this.show();
    this.write();
    this.onChange();
  }

  show() {
    for (const [id, tick] of this.boxes) tick.checked = !this.off.has(id);
    const hidden = this.off.size;
    this.button.textContent = hidden ? `Layers (${hidden} off)` : "Layers";
  }

  // From the address: at the start, and after back or forward.
  read() {
    const asked = page()?.searchParams.getAll("off") || [];
    this.off = new Set(this.layers.map(({ id }) => id).filter((id) => asked.includes(id)));
    this.show();
  }

  write() {
    const url = page();
    if (!url) return;
    rewrite(url, (parameters) => {
      parameters.delete("off");
      for (const id of this.off) parameters.append("off", id);
    });
  }

  // Python wrote a new address, which knows nothing of this.
  keep() {
    const url = page();
    if (!url || !this.layers.length) return;
    const there = url.searchParams.getAll("off");
    if (there.length !== this.off.size || there.some((id) => !this.off.has(id))) this.write();
  }
}
