// The list of what is shown, in the page itself, not in the map's frame. Python sends positions only;
// titles come from the scene that the map fetched, which the browser has already.

import { allianceColour } from "./alliances.js";
import { themeOf } from "./columns.js";
import { element, part } from "./dom.js";
import { Forecast } from "./forecast.js";
import { symbol } from "./glyphs.js";
import { getOrMake } from "./get_or_make.js";
import { followLinks } from "./links.js";
import { grouped } from "./list_order.js";
import { positions } from "./positions.js";
import { steps } from "./steps.js";
import { paintSummary } from "./summary.js";

/** @import { ListScene, ListState } from "./browser" */
/** @import { SceneRecord } from "./contract" */
/** @typedef {{ part: HTMLElement, head: HTMLElement, items: HTMLElement }} Part */

/** @type {Map<string, Promise<ListScene>>} */
const scenes = new Map();

/** @type {(url: string, version: string) => Promise<ListScene>} */
function sceneOf(url, version) {
  return getOrMake(scenes, version, () => {
    scenes.clear();
    const asked = fetch(url).then((answer) => {
      if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
      return answer.json();
    });
    // Geometry is the map's: here it would only take room.
    const kept = asked.then(({ lines, points, ...scene }) => scene);
    kept.catch(() => scenes.delete(version));
    return kept;
  });
}

/** @type {(link: HTMLElement, record: SceneRecord, scene: ListScene, themes: string[]) => void} */
function dye(link, record, scene, themes) {
  const colour = allianceColour(scene, record.id) || `var(--theme-${themeOf(record, themes)})`;
  if (link.style.getPropertyValue("--c") !== colour) link.style.setProperty("--c", colour);
}

/** @type {(record: SceneRecord, scene: ListScene, selected: string | null, themes: string[]) => HTMLElement} */
function row(record, scene, selected, themes) {
  const link = element("a", `record evidence-${record.evidence}`);
  link.href = `?select=${encodeURIComponent(record.id)}`;
  link.dataset.select = record.id;
  if (record.id === selected) link.setAttribute("aria-current", "true");
  dye(link, record, scene, themes);
  const icon = element("span", "icon");
  const glyph = scene.glyphs[record.glyph];
  icon.innerHTML = glyph
    ? symbol(glyph)
    : `<svg viewBox="0 0 24 24" aria-hidden="true" class="stroke ${record.kind}"><path d="M2 12H22"/></svg>`;
  const words = element("span", "words");
  words.append(element("span", "title", record.title));
  const facts = [record.when, scene.terms[record.evidence].toLowerCase()];
  if (scene.corrected.includes(record.verdict)) facts.push(scene.terms[record.verdict].toLowerCase());
  words.append(element("span", "facts", facts.join(" · ")));
  link.append(icon, words);
  return link;
}

const WHOLE = 150; // rows up to which the list is written whole
const MOST_KEPT = 4 * WHOLE; // rows kept for the next click
const CHUNK = 40; // rows of a longer list that are written at a time, when they come into sight
const ROW = 43; // pixels: about the height of a row that is not there yet

// A node holds these in this order: what stays is not touched, and costs nothing.
/** @type {(parent: Node, wanted: ChildNode[]) => void} */
function hold(parent, wanted) {
  const stays = new Set(wanted);
  for (const child of [...parent.childNodes]) if (!stays.has(child)) child.remove();
  let next = parent.firstChild;
  for (const child of wanted) {
    if (child === next) next = next.nextSibling;
    else parent.insertBefore(child, next);
  }
}

class List {
  /** @type {ListScene} */ scene;
  /** @type {number[]} */ shown = [];
  /** @type {string[]} */ themes = [];
  /** @type {string | null} */ select = null;
  /** @type {ListScene} */ written;

  /** @param {HTMLElement} box */
  constructor(box) {
    this.box = box;
    /** @type {Map<string, Part>} */
    this.parts = new Map(); // of a list that is written whole, by layer
    /** @type {Map<number, HTMLElement>} */
    this.items = new Map(); // and its rows, by position
    /** @type {Map<HTMLElement, number[]>} */
    this.waiting = new Map(); // parts that nobody has seen yet, and their positions
    this.sight = new IntersectionObserver(
      (seen) =>
        seen
          .filter((one) => one.isIntersecting)
          .forEach(({ target }) => this.write(/** @type {HTMLElement} */ (target))),
      { rootMargin: "600px", scrollMargin: "600px" },
    );
  }

  /** @type {(...state: [scene: ListScene, shown: number[], select: string | null, themes: string[]]) => void} */
  paint(scene, shown, select, themes) {
    /** @type {<T>(one: T[], other: T[]) => boolean} */
    const alike = (one, other) => one.length === other.length && one.every((value, i) => value === other[i]);
    // Rows take the colour of a theme that is filtered by, as what they name does on the map.
    const same = scene === this.scene && alike(shown, this.shown) && alike(themes, this.themes);
    if (same && select === this.select) return;
    Object.assign(this, { scene, shown, select, themes });
    if (same) this.mark();
    else this.fill();
  }

  mark() {
    // A row that comes back may still bear the mark of its time.
    this.box.querySelectorAll("[aria-current]").forEach((link) => link.removeAttribute("aria-current"));
    /** @type {NodeListOf<HTMLElement>} */
    const all = this.box.querySelectorAll("a[data-select]");
    [...all].find(({ dataset }) => dataset.select === this.select)?.setAttribute("aria-current", "true");
  }

  fill() {
    this.sight.disconnect();
    this.waiting.clear();
    const groups = grouped(this.scene, this.shown);
    if (this.shown.length <= WHOLE) this.fillWhole(groups);
    else this.fillByChunks(groups);
  }

  // Most clicks on a filter leave most rows where they are.
  /** @type {(groups: Map<string, number[]>) => void} */
  fillWhole(groups) {
    if (this.scene !== this.written || this.items.size > MOST_KEPT) {
      this.parts.clear();
      this.items.clear();
      this.written = this.scene;
    }
    const parts = [];
    for (const { id, label } of this.scene.layers) {
      const group = groups.get(id) ?? [];
      if (!group.length) continue;
      const { part, head, items } = this.part(id);
      const words = `${label} (${group.length})`;
      if (head.textContent !== words) head.textContent = words;
      hold(
        items,
        group.map((position) => this.item(position)),
      );
      parts.push(part);
    }
    hold(this.box, parts);
    this.mark();
  }

  /** @type {(id: string) => Part} */
  part(id) {
    return getOrMake(this.parts, id, () => {
      const made = { part: element("section"), head: element("h3"), items: element("ul") };
      made.part.append(made.head, made.items);
      return made;
    });
  }

  /** @type {(position: number) => HTMLElement} */
  item(position) {
    const record = this.scene.records[position];
    const there = this.items.get(position);
    if (there) dye(/** @type {HTMLElement} */ (there.firstChild), record, this.scene, this.themes);
    return there ?? getOrMake(this.items, position, () => this.made(record));
  }

  /** @type {(record: SceneRecord) => HTMLElement} */
  made(record) {
    const item = element("li");
    item.append(row(record, this.scene, this.select, this.themes));
    return item;
  }

  /** @type {(groups: Map<string, number[]>) => void} */
  fillByChunks(groups) {
    const parts = [];
    for (const { id, label } of this.scene.layers) {
      const group = groups.get(id) ?? [];
      if (!group.length) continue;
      const part = element("section");
      part.append(element("h3", "", `${label} (${group.length})`));
      for (let start = 0; start < group.length; start += CHUNK) {
        const items = element("ul");
        part.append(items);
        this.waiting.set(items, group.slice(start, start + CHUNK));
      }
      parts.push(part);
    }
    let room = CHUNK;
    for (const [items, those] of this.waiting) {
      room -= those.length;
      if (room >= 0) this.write(items);
      else {
        items.style.minHeight = `${those.length * ROW}px`;
        this.sight.observe(items);
      }
    }
    this.box.replaceChildren(...parts);
  }

  /** @type {(items: HTMLElement) => void} */
  write(items) {
    const rows = (this.waiting.get(items) || []).map((position) => this.made(this.scene.records[position]));
    this.waiting.delete(items);
    this.sight.unobserve(items);
    items.style.minHeight = "";
    items.append(...rows);
  }
}

/** @type {WeakMap<HTMLElement, List>} */
const lists = new WeakMap();

/** @type {(box: HTMLElement, scene: ListScene, data: ListState, shown: number[], themes: string[]) => void} */
function paint(box, scene, data, shown, themes) {
  getOrMake(lists, box, () => new List(box)).paint(scene, shown, data.select, themes);
  paintSummary(scene, shown);
}

/** @type {Forecast} */
let forecast;
/** @type {{ list: HTMLElement, scene?: ListScene, shown?: number[] }} */
let current; // list, scene, data and what is shown: painted again where the page was redrawn

// The page puts in the summary's frame anew whenever its number changes: fill it before it is seen.
function watchSummary() {
  new MutationObserver(() => {
    const bars = document.querySelector(".atlas-summary:not(.nothing) .bars");
    if (bars && !bars.childElementCount && current?.scene && current.shown && current.list.isConnected) {
      paintSummary(current.scene, current.shown);
    }
  }).observe(document.body, { childList: true, subtree: true });
}

/** @type {(component: import("./browser").Component<import("./contract").ListData>) => () => void} */
export default function recordList({ parentElement, data, setTriggerValue }) {
  const list = part(parentElement, ".atlas-list");
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
  const here = () => current.list === list && list.isConnected;
  steps().led = true;
  sceneOf(data.scene, data.version).then(
    (scene) => here() && forecast.said(scene, asked),
    (error) => {
      if (here()) steps().show(data.address); // all else says what it shows
      throw error;
    },
  );
  const unfollow = followLinks(setTriggerValue);
  return () => {
    if (current.list === list) {
      forecast.forget();
      steps().led = false;
    }
    unfollow();
  };
}
