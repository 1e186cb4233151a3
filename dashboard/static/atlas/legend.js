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

export class Legend {
  constructor(map) {
    this.map = map;
    this.control = L.control({ position: "bottomleft" });
    this.control.onAdd = () => this.build();
    this.control.addTo(map);
  }

  build() {
    const box = L.DomUtil.create("section", "atlas-legend");
    box.setAttribute("aria-label", "Legend");
    this.button = L.DomUtil.create("button", "toggle", box);
    this.button.type = "button";
    this.body = L.DomUtil.create("div", "body", box);
    this.open(this.map.getSize().x > 640);
    this.button.addEventListener("click", () => this.open(this.body.hidden));
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.disableScrollPropagation(box);
    return box;
  }

  open(yes) {
    this.body.hidden = !yes;
    this.button.textContent = "Legend";
    this.button.setAttribute("aria-expanded", String(yes));
  }

  // Keys of everything drawn: themes and the entries that each feature names.
  keys({ scene, shown, layers, update }) {
    const themes = new Set();
    const keys = new Set();
    for (const part of [...scene.lines, ...scene.points]) {
      if (part.record === undefined) {
        if (layers.has(part.layer)) part.legend.forEach((key) => keys.add(key));
        continue;
      }
      const record = scene.records[part.record];
      if (!shown.has(part.record) || !layers.has(record.layer)) continue;
      themes.add(record.themes[0]);
      part.legend.forEach((key) => keys.add(key));
    }
    if (layers.has("disputed")) keys.add("disputed");
    const alliances = layers.has("alliances")
      ? scene.alliances.filter(({ id }) => update.alliances.includes(id))
      : [];
    return { themes, keys, alliances };
  }

  draw(drawn) {
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
        add("Subject (colour)", theme.label, sample({ fill: "dot" }, `var(--theme-${theme.id})`), theme.definition);
      }
    }
    for (const alliance of alliances) {
      add("Alliances (fill)", alliance.short, sample({ fill: "plain" }, alliance.colour), alliance.title);
      if (alliance.members.some(({ full }) => !full)) {
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
    this.body.dataset.empty = String(!parts.length);
  }
}
