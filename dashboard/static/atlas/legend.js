// The legend: only what is on the map, in the order of the layer registry.

import { element, part } from "./dom.js";
import { symbol } from "./glyphs.js";
import { getOrMake } from "./get_or_make.js";
import { entriesOf, legendKeys } from "./legend_entries.js";

/** @import { Drawing } from "./browser" */
/** @import { Glyph } from "./contract" */

/** @type {(sign: Record<string, string>, look: { glyphs: Record<string, Glyph>, colour?: string }) => HTMLElement} */
function sample({ glyph, line, fill }, { glyphs, colour }) {
  const box = element("span", "sample");
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
  /** @type {Drawing | undefined} */ drawn;
  height = 0;
  written = "";

  /** @param {import("leaflet").Map} map */
  constructor(map) {
    this.map = map;
    this.box = element("section", "atlas-legend");
    this.box.setAttribute("aria-label", "Legend");
    this.button = element("button", "toggle", "Legend");
    this.button.type = "button";
    this.button.addEventListener("click", () => this.open(Boolean(this.body.hidden)));
    const head = element("h2");
    head.setAttribute("aria-label", "Legend"); // while somebody presents, the button is not there
    head.append(this.button);
    this.body = element("div", "entries");
    this.box.append(head, this.body);
    map.getContainer().after(this.box);
    this.controls = part(map.getContainer(), ".leaflet-control-container");
    const { x, y } = map.getSize();
    this.open(x > 640 && y > 420);
    map.on("moveend", () => this.draw(this.drawn));
    new ResizeObserver(() => this.measure()).observe(this.box);
  }

  /** @type {(yes: boolean) => void} */
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
    /** @type {(point: [number, number]) => import("leaflet").LatLng} */
    const at = (point) => this.map.containerPointToLatLng(point);
    return L.latLngBounds(at([0, 0]), at([x, Math.max(1, y - this.height)]));
  }

  // What has to be explained of what is drawn and in sight.
  /** @type {(drawn: Drawing) => ReturnType<typeof legendKeys>} */
  explained(drawn) {
    const view = this.sight();
    /** @type {import("./legend_entries.js").Sight} */
    const sight = [view.getSouth(), view.getWest(), view.getNorth(), view.getEast()];
    return legendKeys(
      drawn,
      sight,
      drawn.scene.disputed.some((bounds) => view.intersects(bounds)),
    );
  }

  /** @type {(drawn?: Drawing) => void} */
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
    /** @type {Map<string, HTMLElement[]>} */
    const groups = new Map();
    for (const { group, label, sign, colour, definition } of entriesOf(scene, { themes, keys, alliances })) {
      const row = element("li");
      row.append(sample(sign, { glyphs: scene.glyphs, colour }), label);
      if (definition) row.title = definition;
      getOrMake(groups, group, () => []).push(row);
    }
    const parts = [];
    for (const [group, rows] of groups) {
      const list = element("ul");
      list.append(...rows);
      const part = element("div", "group");
      part.append(element("h3", "", group), list);
      parts.push(part);
    }
    this.body.replaceChildren(...parts);
    // At first the map asks at once how much the strip covers; later the observer sees to it, without
    // a layout of its own in the middle of a click.
    if (!this.explains) this.measure();
    this.explains = true;
  }
}
