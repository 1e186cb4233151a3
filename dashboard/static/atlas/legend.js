// The legend: only what is on the map, in the order of the layer registry.

import { columnsOf } from "./columns.js";
import { symbol } from "./glyphs.js";

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

// South, west, north and east of a course.
function boundsOf(course) {
  let [south, west, north, east] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lat, lon] of course) {
    south = Math.min(south, lat);
    north = Math.max(north, lat);
    west = Math.min(west, lon);
    east = Math.max(east, lon);
  }
  return [south, west, north, east];
}

function inSight(part, [south, west, north, east]) {
  part.bounds ||= boundsOf(part.at ? [part.at] : part.path.flat(Array.isArray(part.path[0][0]) ? 1 : 0));
  const [s, w, n, e] = part.bounds;
  return n >= south && s <= north && e >= west && w <= east;
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
    this.body = document.createElement("div");
    this.body.className = "entries";
    this.box.append(this.button, this.body);
    map.getContainer().after(this.box);
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
    document.documentElement.style.setProperty("--legend", `${this.height}px`);
  }

  // What of the map is not under the strip.
  sight() {
    const { x, y } = this.map.getSize();
    const at = (point) => this.map.containerPointToLatLng(point);
    return L.latLngBounds(at([0, 0]), at([x, Math.max(1, y - this.height)]));
  }

  // Keys of everything drawn and in sight: themes and the entries that each feature names.
  keys({ scene, shown, layers, update }) {
    const [themes, keys, signs] = [new Set(), new Set(), new Set()];
    const columns = columnsOf(scene);
    const chosen = columns.theme.flags(scene.chosenThemes);
    const on = columns.layer.flags([...layers]);
    const light = columns.status.flags(scene.light);
    const view = this.sight();
    const sight = [view.getSouth(), view.getWest(), view.getNorth(), view.getEast()];
    const parts = update.parts && new Set(update.parts);
    if (update.detours?.length) keys.add("detour");
    const drawn = (index) => shown.has(index) && columns.layer.any(index, on);
    const look = (part) => {
      const without = !part.records && layers.has(part.layer) && update.places.includes(part.id);
      if (!(without || part.records?.some(drawn)) || !inSight(part, sight)) return;
      if (part.part && parts && !parts.has(part.part)) return;
      signs.add(part.legend);
      for (const index of part.records || []) {
        if (!drawn(index)) continue;
        themes.add(columns.theme.first(index, chosen));
        if (columns.status.any(index, light)) keys.add("light");
      }
    };
    scene.lines.forEach(look);
    scene.points.forEach(look);
    for (const sign of signs) for (const key of sign) keys.add(key);
    if (layers.has("disputed") && scene.disputed.some((bounds) => view.intersects(bounds))) {
      keys.add("disputed");
    }
    const alliances = layers.has("alliances")
      ? scene.alliances.filter(({ id }) => update.alliances.includes(id))
      : [];
    return { themes: new Set([...themes].map((code) => columns.theme.values[code])), keys, alliances };
  }

  draw(drawn) {
    this.drawn = drawn;
    if (!drawn) return;
    const { scene } = drawn;
    const { themes, keys, alliances } = this.keys(drawn);
    const members = ({ id, members }) => drawn.update.standings?.[id] || members;
    if (alliances.some((one) => members(one).some(({ full }) => !full))) keys.add("alliance-lesser");
    // Most moves and filters change nothing here.
    const entries = [[...themes], [...keys], alliances.map(({ id }) => id)].map((some) => some.sort().join());
    const written = [scene.version, ...entries].join("/");
    if (written === this.written) return;
    this.written = written;
    const groups = new Map();
    const add = (group, label, node, title) => {
      if (!groups.has(group)) groups.set(group, []);
      const row = document.createElement("li");
      row.append(node, label);
      if (title) row.title = title;
      groups.get(group).push(row);
    };
    for (const theme of scene.colourless ? [] : scene.themes) {
      if (themes.has(theme.id)) {
        add("Subject", theme.label, sample({ fill: "dot" }, { colour: `var(--theme-${theme.id})` }), theme.definition);
      }
    }
    for (const alliance of alliances) {
      add("Filled", alliance.short, sample({ fill: "plain" }, { colour: alliance.colour }), alliance.title);
    }
    for (const entry of scene.legend) {
      if (keys.has(entry.key)) add(entry.group, entry.label, sample(entry.sample, { glyphs: scene.glyphs }), entry.definition);
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
    this.measure();
  }
}
