// The list of what is shown, in the page itself, not in the map's frame. Python sends positions only;
// titles come from the scene that the map fetched, which the browser has already.

import { GLYPHS } from "./glyphs.js";
import { followLinks } from "./links.js";
import { positions } from "./positions.js";

const scenes = new Map();

function sceneOf(url, version) {
  if (!scenes.has(version)) {
    scenes.clear();
    const asked = fetch(url).then((answer) => {
      if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
      return answer.json();
    });
    asked.catch(() => scenes.delete(version));
    scenes.set(version, asked);
  }
  return scenes.get(version);
}

function node(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text; // text only: data never becomes markup
  return made;
}

function row(record, scene, selected) {
  const link = node("a", `record evidence-${record.evidence}`);
  link.href = `?select=${encodeURIComponent(record.id)}`;
  link.dataset.select = record.id;
  if (record.id === selected) link.setAttribute("aria-current", "true");
  // An alliance is a fill on the map, not a theme's line or symbol.
  const alliance = scene.alliances.find(({ id }) => id === record.id);
  link.style.setProperty("--c", alliance?.colour || `var(--theme-${record.themes[0]})`);
  const icon = node("span", "icon");
  icon.innerHTML = GLYPHS[record.glyph]
    ? `<svg viewBox="0 0 24 24" aria-hidden="true">${GLYPHS[record.glyph]}</svg>`
    : `<svg viewBox="0 0 24 24" aria-hidden="true" class="stroke ${record.kind}"><path d="M2 12H22"/></svg>`;
  const words = node("span", "words");
  words.append(node("span", "title", record.title));
  const facts = [record.when, scene.terms[record.evidence].toLowerCase()];
  if (!["stands", "unverified"].includes(record.verdict)) facts.push(scene.terms[record.verdict].toLowerCase());
  words.append(node("span", "facts", facts.join(" · ")));
  link.append(icon, words);
  return link;
}

function fill(list, scene, data) {
  const groups = new Map();
  for (const position of positions(data.shown)) {
    const record = scene.records[position];
    if (!record) continue;
    if (!groups.has(record.layer)) groups.set(record.layer, []);
    groups.get(record.layer).push(record);
  }
  const parts = [];
  for (const [layer, label] of data.layers) {
    const records = groups.get(layer);
    if (!records) continue;
    const part = node("section");
    part.append(node("h3", "", `${label} (${records.length})`));
    records.sort((a, b) => a.start.localeCompare(b.start) || a.title.localeCompare(b.title));
    const items = node("ul");
    for (const record of records) {
      const item = node("li");
      item.append(row(record, scene, data.select));
      items.append(item);
    }
    part.append(items);
    parts.push(part);
  }
  list.replaceChildren(...parts);
}

export default function recordList({ parentElement, data, setTriggerValue }) {
  const list = parentElement.querySelector(".atlas-list");
  list.hidden = Boolean(data.hidden);
  const key = `${data.version}/${data.shown}/${data.select}`;
  if (list.dataset.key !== key) {
    list.dataset.key = key;
    sceneOf(data.scene, data.version).then((scene) => {
      if (list.dataset.key === key) fill(list, scene, data);
    });
  }
  return followLinks(setTriggerValue);
}
