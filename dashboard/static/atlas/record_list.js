// The list of what is shown, in the page itself, not in the map's frame. Python sends positions only;
// titles come from the scene that the map fetched, which the browser has already.

import { Forecast } from "./forecast.js";
import { symbol } from "./glyphs.js";
import { followLinks } from "./links.js";
import { positions } from "./positions.js";
import { paintSummary } from "./summary.js";

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
  const glyph = scene.glyphs[record.glyph];
  icon.innerHTML = glyph
    ? symbol(glyph)
    : `<svg viewBox="0 0 24 24" aria-hidden="true" class="stroke ${record.kind}"><path d="M2 12H22"/></svg>`;
  const words = node("span", "words");
  words.append(node("span", "title", record.title));
  const facts = [record.when, scene.terms[record.evidence].toLowerCase()];
  if (!["stands", "unverified"].includes(record.verdict)) facts.push(scene.terms[record.verdict].toLowerCase());
  words.append(node("span", "facts", facts.join(" · ")));
  link.append(icon, words);
  return link;
}

function fill(list, scene, data, shown) {
  const groups = new Map();
  for (const position of shown) {
    const record = scene.records[position];
    if (!record) continue;
    if (!groups.has(record.layer)) groups.set(record.layer, []);
    groups.get(record.layer).push(record);
  }
  const parts = [];
  for (const { id, label } of scene.layers) {
    const records = groups.get(id);
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

function paint(list, scene, data, shown) {
  const key = `${data.version}/${shown.join()}/${data.select}`;
  if (list.dataset.key !== key) {
    list.dataset.key = key;
    fill(list, scene, data, shown);
  }
  paintSummary(scene, shown);
}

let forecast = null;
let current = null; // list, scene, data and what is shown: painted again where the page was redrawn

// The page puts in the summary's frame anew whenever its number changes: fill it before it is seen.
function watchSummary() {
  new MutationObserver(() => {
    const bars = document.querySelector(".atlas-summary:not(.nothing) .bars");
    if (bars && !bars.childElementCount && current?.shown && current.list.isConnected) {
      paintSummary(current.scene, current.shown);
    }
  }).observe(document.body, { childList: true, subtree: true });
}

export default function recordList({ parentElement, data, setTriggerValue }) {
  const list = parentElement.querySelector(".atlas-list");
  list.hidden = Boolean(data.hidden);
  if (!forecast) {
    forecast = new Forecast((scene, said, shown) => {
      current = { list: current.list, scene, shown };
      paint(current.list, scene, said, shown);
    });
    watchSummary();
  }
  current = { ...current, list };
  const asked = { ...data, shown: positions(data.shown), reachable: positions(data.reachable) };
  sceneOf(data.scene, data.version).then((scene) => {
    if (current.list === list && list.isConnected) forecast.said(scene, asked);
  });
  return followLinks(setTriggerValue);
}
