// The legend: only what is on the map, in the order of the layer registry.

import { GLYPHS } from "./glyphs.js";

function sample({ glyph, line, fill }, theme) {
  const box = document.createElement("span");
  box.className = "sample";
  if (theme) box.style.setProperty("--c", theme);
  if (glyph) {
    box.innerHTML = `<svg viewBox="0 0 24 24" class="glyph" aria-hidden="true">${GLYPHS[glyph]}</svg>`;
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
    const themes = new Set();
    const keys = new Set();
    const add = (part) => part.legend.forEach((key) => keys.add(key));
    const view = this.sight();
    if (update.detours?.length) keys.add("detour");
    for (const part of [...scene.lines, ...scene.points]) {
      if (!this.inSight(part, view)) continue;
      if (part.part && update.parts && !update.parts.includes(part.part)) continue;
      if (!part.records && layers.has(part.layer) && update.places.includes(part.id)) add(part);
      for (const index of part.records || []) {
        const record = scene.records[index];
        if (!shown.has(index) || !layers.has(record.layer)) continue;
        themes.add(scene.themeOf(record));
        if (scene.light.includes(record.evidence)) keys.add("light");
        add(part);
      }
    }
    if (layers.has("disputed") && scene.disputed.some((bounds) => view.intersects(bounds))) {
      keys.add("disputed");
    }
    const alliances = layers.has("alliances")
      ? scene.alliances.filter(({ id }) => update.alliances.includes(id))
      : [];
    return { themes, keys, alliances };
  }

  inSight(part, view) {
    part.bounds ||= L.latLngBounds(part.at ? [part.at] : part.path.flat(Array.isArray(part.path[0][0]) ? 1 : 0));
    return view.intersects(part.bounds);
  }

  draw(drawn) {
    this.drawn = drawn;
    if (!drawn) return;
    const { scene } = drawn;
    const { themes, keys, alliances } = this.keys(drawn);
    const groups = new Map();
    const add = (group, label, node, title) => {
      if (!groups.has(group)) groups.set(group, []);
      const row = document.createElement("li");
      row.append(node, label);
      if (title) row.title = title;
      groups.get(group).push(row);
    };
    for (const theme of scene.themes) {
      if (themes.has(theme.id)) {
        add("Subject", theme.label, sample({ fill: "dot" }, `var(--theme-${theme.id})`), theme.definition);
      }
    }
    for (const alliance of alliances) {
      add("Filled", alliance.short, sample({ fill: "plain" }, alliance.colour), alliance.title);
      const members = drawn.update.standings?.[alliance.id] || alliance.members;
      if (members.some(({ full }) => !full)) {
        keys.add("alliance-lesser");
      }
    }
    for (const entry of scene.legend) {
      if (keys.has(entry.key)) add(entry.group, entry.label, sample(entry.sample), entry.definition);
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
