// A briefing in one file: the map with its data in the page, the list beside it, and switches. There
// is no app around it, so what is switched and selected is kept here.

import { allianceColour } from "./alliances.js";
import { boot } from "./atlas.js";
import { middleOf } from "./courses.js";
import { element, part } from "./dom.js";
import { openPopup } from "./popup.js";

/** @import { Atlas } from "./atlas.js" */
/** @import { MapScene } from "./browser" */
/** @import { SceneRecord, StandalonePage } from "./contract" */

/** @type {(name: string) => any} */
const read = (name) => JSON.parse(part(document, `#data-${name}`).textContent ?? "");

class RecordList {
  /** @param {(id: string | null) => void} onChoose */
  constructor(onChoose) {
    /** @type {Map<string, HTMLDetailsElement>} */
    this.entries = new Map();
    /** @type {NodeListOf<HTMLDetailsElement>} */
    const all = document.querySelectorAll("details[data-record]");
    for (const entry of all) {
      const { record = "" } = entry.dataset;
      this.entries.set(record, entry);
      part(entry, "summary").addEventListener("click", (event) => {
        event.preventDefault();
        onChoose(entry.open ? null : record);
      });
    }
    /** @type {NodeListOf<HTMLElement>} */
    const links = document.querySelectorAll("[data-choose]");
    for (const link of links) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        onChoose(link.dataset.choose ?? null);
      });
    }
  }

  /** @type {(id: string, colour: string) => void} */
  colour(id, colour) {
    this.entries.get(id)?.style.setProperty("--c", colour);
  }

  // One entry is open: the one that is selected.
  /** @type {(id: string | null) => void} */
  mark(id) {
    for (const [record, entry] of this.entries) entry.open = record === id;
    const entry = this.entries.get(id ?? "");
    if (!entry) return;
    // Where the list lies beneath the map, that stays in sight above it.
    const list = /** @type {HTMLElement} */ (entry.closest("aside"));
    const apart = list.scrollHeight > list.clientHeight;
    const { top, bottom } = list.getBoundingClientRect();
    const from = apart ? top : Math.max(0, part(document, "#stage").getBoundingClientRect().bottom);
    const to = apart ? bottom : window.innerHeight;
    const head = part(entry, "summary").getBoundingClientRect();
    if (head.top < from || head.bottom > to) entry.scrollIntoView({ block: "start" });
  }

  /** @type {(on: Set<string>) => void} */
  show(on) {
    for (const [record, entry] of this.entries) entry.hidden = !on.has(record);
    /** @type {NodeListOf<HTMLElement>} */
    const groups = document.querySelectorAll(".records .group");
    for (const group of groups) {
      const left = group.querySelectorAll("details:not([hidden])").length;
      group.hidden = !left;
      part(group, ".count").textContent = String(left);
    }
    const all = this.entries.size;
    part(document, "h2 .count").textContent = on.size < all ? `${on.size} of ${all}` : String(all);
    part(document, ".nothing").hidden = on.size > 0;
  }
}

// Subjects, each with a box. A subject is what gives a record its colour on the map; layers have the
// map's own switch.
class Switches {
  /** @param {HTMLElement} box @param {() => void} onChange */
  constructor(box, onChange) {
    this.box = box;
    this.onChange = onChange;
    /** @type {Set<string | null>} */
    this.off = new Set();
  }

  /** @type {(choices: { id: string, label: string, colour: string, count: number }[]) => void} */
  offer(choices) {
    const field = element("fieldset");
    field.append(element("legend", "", "Subjects"));
    for (const { id, label, colour, count } of choices) {
      const row = element("label", "switch");
      const input = element("input");
      input.type = "checkbox";
      input.checked = true;
      input.value = id;
      input.addEventListener("change", () => {
        if (input.checked) this.off.delete(id);
        else this.off.add(id);
        this.onChange();
      });
      const dot = element("span", "dot");
      dot.style.setProperty("--c", colour);
      row.append(input, dot, element("span", "name", label), element("span", "count", String(count)));
      field.append(row);
    }
    this.box.append(field);
    this.box.hidden = false;
  }
}

class Page {
  /** @param {Atlas} atlas @param {MapScene} scene @param {StandalonePage} page */
  constructor(atlas, scene, page) {
    this.atlas = atlas;
    this.scene = scene;
    this.list = new RecordList((id) => this.choose(id));
    this.switches = new Switches(part(document, ".switches"), () => this.refresh());
    atlas.tell = (id) => this.list.mark(id);
    // There is no card for a country or an area here: a popup says what it is.
    atlas.areas.onSelect = atlas.disputed.onSelect = (id, at) => atlas.select(id, at);
    this.offer();
    for (const record of this.scene.records) {
      this.list.colour(record.id, allianceColour(scene, record.id) || `var(--theme-${this.scene.themeOf(record)})`);
    }
    if (page.select) this.point(page.select);
  }

  // What the map shows: it has been told.
  update() {
    return /** @type {import("./browser").Now} */ (this.atlas.update);
  }

  // A fill has its alliance's colour, not a subject's.
  /** @type {(record: SceneRecord) => string | null} */
  subject(record) {
    return record.layer === "alliances" ? null : this.scene.themeOf(record);
  }

  offer() {
    /** @type {Map<string | null, number>} */
    const subjects = new Map();
    for (const record of this.scene.records) {
      const subject = this.subject(record);
      subjects.set(subject, (subjects.get(subject) || 0) + 1);
    }
    const choices = this.scene.themes.filter(({ id }) => subjects.has(id));
    if (choices.length < 2) return;
    this.switches.offer(
      choices.map(({ id, label }) => ({ id, label, colour: `var(--theme-${id})`, count: subjects.get(id) ?? 0 })),
    );
  }

  // A subject is off: what has its colour goes from the map, the legend and the list.
  refresh() {
    const { records } = this.scene;
    const on = records.flatMap((record, position) => (this.switches.off.has(this.subject(record)) ? [] : [position]));
    const ids = new Set(on.map((position) => records[position].id));
    const update = this.update();
    const { select } = update;
    const gone = select !== null && this.scene.byId.has(select) && !ids.has(select);
    this.atlas.apply({ ...update, shown: on.join(","), select: gone ? null : select });
    if (gone) this.list.mark(null);
    this.list.show(ids);
  }

  // From the list: brought into view if it is not.
  /** @type {(id: string | null) => void} */
  choose(id) {
    this.atlas.keyboard.opener = document.activeElement; // where Escape leads back to
    this.atlas.apply({ ...this.update(), select: id });
    this.list.mark(id);
    if (id && !this.atlas.points.positionOf(id)) this.explain(id);
  }

  // What the briefing opens with: pointed at where it is.
  /** @type {(id: string) => void} */
  point(id) {
    this.atlas.select(id);
    this.explain(id);
  }

  /** @type {(id: string) => void} */
  explain(id) {
    const { lines, points, map } = this.atlas;
    const drawn = lines.of(id).find(({ group }) => map.hasLayer(group));
    // The popup of a record without a symbol stands in the middle of its first line.
    const at = points.positionOf(id) || (drawn && middleOf(drawn.line));
    if (at) openPopup(map, this.scene, id, at);
  }
}

async function start() {
  /** @type {StandalonePage} */
  const page = read("page");
  const map = L.map("map_div", { center: [30, 40], zoom: 3, ...page.options });
  // On a small screen popups need the upper corners; a phone that is turned is another screen.
  const small = window.matchMedia("(max-width: 820px)");
  const corner = () => /** @type {import("leaflet").ControlPosition} */ (small.matches ? "bottomleft" : "topright");
  const zoom = L.control.zoom({ position: corner() }).addTo(map);
  small.addEventListener("change", () => zoom.setPosition(corner()));
  const data = { scene: read("scene"), countries: read("countries"), disputed: read("disputed"), water: read("water") };
  const atlas = await boot(map, data, { alone: true });
  atlas.apply(page.update);
  await atlas.loaded;
  if (atlas.scene) new Page(atlas, atlas.scene, page);
}

start();
