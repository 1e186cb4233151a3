// One object's popup: what it is, how firmly it is claimed, whether it stands, and where it is said.

import { element } from "./dom.js";

/** @import { LatLngExpression, Map } from "leaflet" */
/** @import { MapScene, OnSelect } from "./browser" */
/** @typedef {{ id: string, title: string, themes: string[] }} Choice */

/** @type {(scene: MapScene, id: string) => HTMLElement | null} */
export function describe(scene, id) {
  const record = scene.byId.get(id);
  const box = element("div", "atlas-popup");
  if (record) {
    const head = element("div", "kicker", record.layer_label);
    head.style.setProperty("--c", `var(--theme-${scene.themeOf(record)})`);
    box.append(head, element("div", "title", record.title));
    const badges = element("div", "badges");
    const evidence = element("span", `badge evidence ${record.evidence}`, scene.terms[record.evidence]);
    const verdict = element("span", `badge verdict ${record.verdict}`, scene.terms[record.verdict]);
    badges.append(evidence, verdict);
    box.append(badges, element("div", "lines", `${record.when} · ${record.lines}`));
    return box;
  }
  const object = scene.objects[id];
  if (!object) return null;
  box.append(element("div", "kicker", object.kicker), element("div", "title", object.title));
  if (object.text) box.append(element("div", "text", object.text));
  if (object.lines) box.append(element("div", "lines", object.lines));
  return box;
}

const MOST_TO_CHOOSE = 100;

// Several records on one line or at one place: a list to choose from.
/** @type {(map: Map, scene: MapScene, records: Choice[], at: LatLngExpression, onSelect: OnSelect) => void} */
export function openChoice(map, scene, records, at, onSelect) {
  const box = element("div", "atlas-popup choice");
  box.append(element("div", "kicker", `${records.length} records here`));
  const list = element("ul");
  for (const record of records.slice(0, MOST_TO_CHOOSE)) {
    const item = element("li");
    const button = element("button", "", record.title);
    button.type = "button";
    button.style.setProperty("--c", `var(--theme-${scene.themeOf(record)})`);
    button.addEventListener("click", () => onSelect(record.id, at));
    item.append(button);
    list.append(item);
  }
  box.append(list);
  const left = records.length - MOST_TO_CHOOSE;
  if (left > 0) box.append(element("div", "lines", `and ${left} more: filter, or use the list`));
  open(map, box, at);
}

/** @type {(map: Map, scene: MapScene, id: string, at: LatLngExpression) => void} */
export function openPopup(map, scene, id, at) {
  const content = describe(scene, id);
  if (content) open(map, content, at);
}

/** @type {(map: Map, content: HTMLElement, at: LatLngExpression) => void} */
function open(map, content, at) {
  L.popup({ maxWidth: 280, minWidth: 180, autoPanPadding: [24, 24], className: "atlas" })
    .setLatLng(at)
    .setContent(content)
    .openOn(map);
}

// What the pointer is told: a title, and lines beneath it.
/** @type {(title: string, lines: string[]) => HTMLElement} */
export function tip(title, lines) {
  const box = element("div", "atlas-tip");
  box.append(element("div", "title", title), ...lines.map((line) => element("div", "small", line)));
  return box;
}

const MOST_IN_TIP = 5;

/** @type {(records: { title: string }[]) => HTMLElement} */
export function tooltipForSeveral(records) {
  const titles = records.slice(0, MOST_IN_TIP).map(({ title }) => title);
  const left = records.length - MOST_IN_TIP;
  return tip(`${records.length} records`, left > 0 ? [...titles, `and ${left} more: click for the list`] : titles);
}

/** @type {(scene: MapScene, id: string, extra?: string) => HTMLElement} */
export function tooltipFor(scene, id, extra) {
  const record = scene.byId.get(id);
  const object = scene.objects[id];
  const small = extra || (record ? scene.terms[record.evidence] : object?.kicker);
  return tip((record || object)?.title || id, small ? [small] : []);
}
