// The list of what is shown, in the page itself, not in the map's frame. Python sends positions only;
// titles come from the scene that the map fetched, which the browser has already.

import { themeOf } from "./columns.js";
import { Forecast } from "./forecast.js";
import { symbol } from "./glyphs.js";
import { followLinks } from "./links.js";
import { grouped } from "./list_order.js";
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
    // Geometry is the map's: here it would only take room.
    const kept = asked.then(({ lines, points, ...scene }) => scene);
    kept.catch(() => scenes.delete(version));
    scenes.set(version, kept);
  }
  return scenes.get(version);
}

function node(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text; // text only: data never becomes markup
  return made;
}

function row(record, scene, selected, themes) {
  const link = node("a", `record evidence-${record.evidence}`);
  link.href = `?select=${encodeURIComponent(record.id)}`;
  link.dataset.select = record.id;
  if (record.id === selected) link.setAttribute("aria-current", "true");
  // An alliance is a fill on the map, not a theme's line or symbol.
  const alliance = scene.alliances.find(({ id }) => id === record.id);
  link.style.setProperty("--c", alliance?.colour || `var(--theme-${themeOf(record, themes)})`);
  const icon = node("span", "icon");
  const glyph = scene.glyphs[record.glyph];
  icon.innerHTML = glyph
    ? symbol(glyph)
    : `<svg viewBox="0 0 24 24" aria-hidden="true" class="stroke ${record.kind}"><path d="M2 12H22"/></svg>`;
  const words = node("span", "words");
  words.append(node("span", "title", record.title));
  const facts = [record.when, scene.terms[record.evidence].toLowerCase()];
  if (scene.corrected.includes(record.verdict)) facts.push(scene.terms[record.verdict].toLowerCase());
  words.append(node("span", "facts", facts.join(" · ")));
  link.append(icon, words);
  return link;
}

const WHOLE = 150; // rows up to which the list is written whole
const CHUNK = 40; // rows of a longer list that are written at a time, when they come into sight
const ROW = 43; // pixels: about the height of a row that is not there yet

class List {
  constructor(box) {
    this.box = box;
    this.waiting = new Map(); // parts that nobody has seen yet, and their positions
    this.sight = new IntersectionObserver(
      (seen) => seen.filter((one) => one.isIntersecting).forEach(({ target }) => this.write(target)),
      { rootMargin: "600px", scrollMargin: "600px" },
    );
  }

  paint(scene, shown, select, themes) {
    const alike = (one, other) => one.length === other.length && one.every((value, i) => value === other[i]);
    // Rows take the colour of a theme that is filtered by, as what they name does on the map.
    const same = scene === this.scene && alike(shown, this.shown) && alike(themes, this.themes);
    if (same && select === this.select) return;
    Object.assign(this, { scene, shown, select, themes });
    if (same) this.mark();
    else this.fill();
  }

  mark() {
    this.box.querySelector("[aria-current]")?.removeAttribute("aria-current");
    const links = [...this.box.querySelectorAll("a[data-select]")];
    links.find(({ dataset }) => dataset.select === this.select)?.setAttribute("aria-current", "true");
  }

  fill() {
    this.sight.disconnect();
    this.waiting.clear();
    const size = this.shown.length > WHOLE ? CHUNK : WHOLE;
    const groups = grouped(this.scene, this.shown);
    const parts = [];
    for (const { id, label } of this.scene.layers) {
      const group = groups.get(id);
      if (!group.length) continue;
      const part = node("section");
      part.append(node("h3", "", `${label} (${group.length})`));
      for (let start = 0; start < group.length; start += size) {
        const items = node("ul");
        part.append(items);
        this.waiting.set(items, group.slice(start, start + size));
      }
      parts.push(part);
    }
    const whole = this.shown.length <= WHOLE;
    let room = CHUNK;
    for (const [items, those] of this.waiting) {
      room -= those.length;
      if (whole || room >= 0) this.write(items);
      else {
        items.style.minHeight = `${those.length * ROW}px`;
        this.sight.observe(items);
      }
    }
    this.box.replaceChildren(...parts);
  }

  write(items) {
    const rows = (this.waiting.get(items) || []).map((position) => {
      const item = node("li");
      item.append(row(this.scene.records[position], this.scene, this.select, this.themes));
      return item;
    });
    this.waiting.delete(items);
    this.sight.unobserve(items);
    items.style.minHeight = "";
    items.append(...rows);
  }
}

const lists = new WeakMap();

function paint(box, scene, data, shown, themes) {
  if (!lists.has(box)) lists.set(box, new List(box));
  lists.get(box).paint(scene, shown, data.select, themes);
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
    forecast = new Forecast((scene, said, shown, themes) => {
      current = { list: current.list, scene, shown };
      paint(current.list, scene, said, shown, themes);
    });
    watchSummary();
  }
  current = { ...current, list };
  const asked = { ...data, shown: positions(data.shown), reachable: positions(data.reachable) };
  sceneOf(data.scene, data.version).then((scene) => {
    if (current.list === list && list.isConnected) forecast.said(scene, asked);
  });
  const unfollow = followLinks(setTriggerValue);
  return () => {
    if (current.list === list) forecast.forget();
    unfollow();
  };
}
