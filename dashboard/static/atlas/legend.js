// The legend: only what is on the map, in the order of the layer registry.

import { symbol } from "./glyphs.js";
import { entriesOf, legendKeys } from "./legend_entries.js";

function sample({ glyph, line, fill }, { glyphs, colour }) {
  const box = document.createElement("span");
  box.className = "sample";
  if (colour) box.style.setProperty("--c", colour);
  if (glyph) {
    box.innerHTML = symbol(glyphs[glyph], 'class="glyph"');
  } else if (line) {
    const rail = line.includes("mode-rail") ? `<path class="ties ${line}" d="M1 7H37"/>` : "";
    box.innerHTML = `<svg viewBox="0 0 38 14" class="stroke" aria-hidden="true"><path class="${line}" d="M1 7H37"/>${rail}</svg>`;
  } else {
    box.classList.add("fill", fill);
  }
  return box;
}

// The legend is a strip along the foot of the map. The map goes on beneath it, so that its size,
// and with it the view, never depends on how many entries there are.
export class Legend {
  constructor(map) {
    this.map = map;
    this.box = document.createElement("section");
    this.box.className = "atlas-legend";
    this.box.setAttribute("aria-label", "Legend");
    this.button = document.createElement("button");
    this.button.className = "toggle";
    this.button.type = "button";
    this.button.textContent = "Legend";
    this.button.addEventListener("click", () => this.open(this.body.hidden));
    const head = document.createElement("h2");
    head.setAttribute("aria-label", "Legend"); // while somebody presents, the button is not there
    head.append(this.button);
    this.body = document.createElement("div");
    this.body.className = "entries";
    this.box.append(head, this.body);
    map.getContainer().after(this.box);
    this.controls = map.getContainer().querySelector(".leaflet-control-container");
    const { x, y } = map.getSize();
    this.open(x > 640 && y > 420);
    map.on("moveend", () => this.draw(this.drawn));
    new ResizeObserver(() => this.measure()).observe(this.box);
  }

  open(yes) {
    this.body.hidden = !yes;
    this.button.setAttribute("aria-expanded", String(yes));
    this.measure();
  }

  // Everything at the foot of the map stands above the strip.
  measure() {
    this.height = this.box.offsetHeight;
    // What scrolls has to be reached by keyboard, too.
    if (this.body.scrollHeight > this.body.clientHeight) this.body.tabIndex = 0;
    else this.body.removeAttribute("tabindex");
    // Only controls ask for it: of the whole page, the browser would work out all styles anew.
    this.controls.style.setProperty("--legend", `${this.height}px`);
  }

  // What of the map is not under the strip.
  sight() {
    const { x, y } = this.map.getSize();
    const at = (point) => this.map.containerPointToLatLng(point);
    return L.latLngBounds(at([0, 0]), at([x, Math.max(1, y - this.height)]));
  }

  // What has to be explained of what is drawn and in sight.
  explained(drawn) {
    const view = this.sight();
    const sight = [view.getSouth(), view.getWest(), view.getNorth(), view.getEast()];
    return legendKeys(
      drawn,
      sight,
      drawn.scene.disputed.some((bounds) => view.intersects(bounds)),
    );
  }

  draw(drawn) {
    this.drawn = drawn;
    if (!drawn) return;
    const { scene } = drawn;
    const { themes, keys, alliances } = this.explained(drawn);
    // Most moves and filters change nothing here.
    const entries = [[...themes], [...keys], alliances.map(({ id }) => id)].map((some) => some.sort().join());
    const written = [scene.version, ...entries].join("/");
    if (written === this.written) return;
    this.written = written;
    const groups = new Map();
    for (const { group, label, sign, colour, definition } of entriesOf(scene, { themes, keys, alliances })) {
      if (!groups.has(group)) groups.set(group, []);
      const row = document.createElement("li");
      row.append(sample(sign, { glyphs: scene.glyphs, colour }), label);
      if (definition) row.title = definition;
      groups.get(group).push(row);
    }
    const parts = [];
    for (const [group, rows] of groups) {
      const head = document.createElement("h3");
      head.textContent = group;
      const list = document.createElement("ul");
      list.append(...rows);
      const part = document.createElement("div");
      part.className = "group";
      part.append(head, list);
      parts.push(part);
    }
    this.body.replaceChildren(...parts);
    // At first the map asks at once how much the strip covers; later the observer sees to it, without
    // a layout of its own in the middle of a click.
    if (!this.explains) this.measure();
    this.explains = true;
  }
}
