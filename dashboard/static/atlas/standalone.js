// A briefing in one file: the map with its data in the page, the list beside it, and switches. There
// is no app around it, so what is switched and selected is kept here.

import { boot } from "./atlas.js";
import { middleOf } from "./courses.js";
import { element } from "./dom.js";
import { openPopup } from "./popup.js";

const read = (name) => JSON.parse(document.getElementById(`data-${name}`).textContent);

class RecordList {
  constructor(onChoose) {
    this.entries = new Map();
    for (const entry of document.querySelectorAll("details[data-record]")) {
      const { record } = entry.dataset;
      this.entries.set(record, entry);
      entry.querySelector("summary").addEventListener("click", (event) => {
        event.preventDefault();
        onChoose(entry.open ? null : record);
      });
    }
    for (const link of document.querySelectorAll("[data-choose]")) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        onChoose(link.dataset.choose);
      });
    }
  }

  colour(id, colour) {
    this.entries.get(id).style.setProperty("--c", colour);
  }

  // One entry is open: the one that is selected.
  mark(id) {
    for (const [record, entry] of this.entries) entry.open = record === id;
    const entry = this.entries.get(id);
    if (!entry) return;
    // Where the list lies beneath the map, that stays in sight above it.
    const list = entry.closest("aside");
    const apart = list.scrollHeight > list.clientHeight;
    const { top, bottom } = list.getBoundingClientRect();
    const from = apart ? top : Math.max(0, document.getElementById("stage").getBoundingClientRect().bottom);
    const to = apart ? bottom : window.innerHeight;
    const head = entry.querySelector("summary").getBoundingClientRect();
    if (head.top < from || head.bottom > to) entry.scrollIntoView({ block: "start" });
  }

  show(on) {
    for (const [record, entry] of this.entries) entry.hidden = !on.has(record);
    for (const group of document.querySelectorAll(".records .group")) {
      const left = group.querySelectorAll("details:not([hidden])").length;
      group.hidden = !left;
      group.querySelector(".count").textContent = left;
    }
    const all = this.entries.size;
    document.querySelector("h2 .count").textContent = on.size < all ? `${on.size} of ${all}` : all;
    document.querySelector(".nothing").hidden = on.size > 0;
  }
}

// Subjects, each with a box. A subject is what gives a record its colour on the map; layers have the
// map's own switch.
class Switches {
  constructor(box, onChange) {
    this.box = box;
    this.onChange = onChange;
    this.off = new Set();
  }

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
  constructor(atlas, page) {
    this.atlas = atlas;
    this.scene = atlas.scene;
    this.list = new RecordList((id) => this.choose(id));
    this.switches = new Switches(document.querySelector(".switches"), () => this.refresh());
    atlas.tell = (id) => this.list.mark(id);
    // There is no card for a country or an area here: a popup says what it is.
    atlas.areas.onSelect = (id, at) => atlas.select(id, at);
    this.filled = new Map(this.scene.alliances.map((one) => [one.id, one.colour]));
    this.offer();
    for (const record of this.scene.records) {
      this.list.colour(record.id, this.filled.get(record.id) || `var(--theme-${this.scene.themeOf(record)})`);
    }
    if (page.select) this.point(page.select);
  }

  // A fill has its alliance's colour, not a subject's.
  subject(record) {
    return record.layer === "alliances" ? null : this.scene.themeOf(record);
  }

  offer() {
    const subjects = new Map();
    for (const record of this.scene.records) {
      const subject = this.subject(record);
      subjects.set(subject, (subjects.get(subject) || 0) + 1);
    }
    const choices = this.scene.themes.filter(({ id }) => subjects.has(id));
    if (choices.length < 2) return;
    this.switches.offer(
      choices.map(({ id, label }) => ({ id, label, colour: `var(--theme-${id})`, count: subjects.get(id) })),
    );
  }

  // A subject is off: what has its colour goes from the map, the legend and the list.
  refresh() {
    const { records } = this.scene;
    const on = records.flatMap((record, position) => (this.switches.off.has(this.subject(record)) ? [] : [position]));
    const ids = new Set(on.map((position) => records[position].id));
    const { select } = this.atlas.update;
    const gone = this.scene.byId.has(select) && !ids.has(select);
    this.atlas.apply({ ...this.atlas.update, shown: on.join(","), select: gone ? null : select });
    if (gone) this.list.mark(null);
    this.list.show(ids);
  }

  // From the list: brought into view if it is not.
  choose(id) {
    this.atlas.keyboard.opener = document.activeElement; // where Escape leads back to
    this.atlas.apply({ ...this.atlas.update, select: id });
    this.list.mark(id);
    if (!this.atlas.points.positionOf(id)) this.explain(id);
  }

  // What the briefing opens with: pointed at where it is.
  point(id) {
    this.atlas.select(id);
    this.explain(id);
  }

  explain(id) {
    const { lines, points, map } = this.atlas;
    const drawn = lines.byRecord.get(id)?.find(({ group }) => map.hasLayer(group));
    // The popup of a record without a symbol stands in the middle of its first line.
    const at = points.positionOf(id) || (drawn && middleOf(drawn.line));
    if (at) openPopup(map, this.scene, id, at);
  }
}

async function start() {
  const page = read("page");
  const map = L.map("map_div", { center: [30, 40], zoom: 3, ...page.options });
  // On a small screen popups need the upper corners; a phone that is turned is another screen.
  const small = window.matchMedia("(max-width: 820px)");
  const corner = () => (small.matches ? "bottomleft" : "topright");
  const zoom = L.control.zoom({ position: corner() }).addTo(map);
  small.addEventListener("change", () => zoom.setPosition(corner()));
  const data = Object.fromEntries(["scene", "countries", "disputed", "water"].map((name) => [name, read(name)]));
  const atlas = await boot(map, data, { alone: true });
  atlas.apply(page.update);
  await atlas.loaded;
  if (atlas.scene) new Page(atlas, page);
}

start();
