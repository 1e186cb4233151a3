// What the legend has to explain, and in which words: reckoned from the scene and from where the map
// looks, without the page. A briefing's legend has the same entries, see dashboard/sheet/sheet.py.

import { filling } from "./alliances.js";
import { columnsOf } from "./columns.js";
import { bends } from "./courses.js";
import { getOrMake } from "./get_or_make.js";
import { LAYERS } from "./layers.js";

/** @import { Drawing, MapScene } from "./browser" */
/** @import { Alliance, At, Line, Point } from "./contract" */
/** @typedef {[south: number, west: number, north: number, east: number]} Sight */
/** @typedef {{ themes: Set<string>, keys: Set<string>, alliances: Alliance[] }} Explained */
/** @typedef {{ group: string, label: string, definition: string, sign: Record<string, string>, colour?: string }} Entry */

/** @type {WeakMap<Line | Point, Sight>} */
const bounds = new WeakMap();

// South, west, north and east of a course.
/** @type {(course: At[]) => Sight} */
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

/** @type {(part: Line | Point, sight: Sight) => boolean} */
function inSight(part, [south, west, north, east]) {
  const [s, w, n, e] = getOrMake(bounds, part, () => boundsOf("at" in part ? [part.at] : bends(part)));
  return n >= south && s <= north && e >= west && w <= east;
}

// Whether something drawn stands for these records or, where it has none, for itself.
/** @type {(drawing: Drawing, part: Line | Point, shown: number[]) => boolean} */
function isDrawn({ layers, update }, part, shown) {
  if ("part" in part && update.parts && !update.parts.includes(part.part)) return false;
  return "records" in part ? shown.length > 0 : layers.has(part.layer) && update.places.includes(part.id);
}

// Keys of everything drawn and in sight: themes, the entries that each feature names, and the
// alliances that are filled.
/** @type {(drawing: Drawing, sight: Sight, disputedInSight: boolean) => Explained} */
export function legendKeys(drawing, sight, disputedInSight) {
  const { scene, shown, layers } = drawing;
  const columns = columnsOf(scene);
  const chosen = columns.theme.flags(scene.chosenThemes);
  const on = columns.layer.flags([...layers]);
  const light = columns.status.flags(scene.light);
  const isOn = (/** @type {number} */ index) => shown.has(index) && columns.layer.any(index, on);
  const recordsOf = (/** @type {Line | Point} */ part) => ("records" in part ? part.records.filter(isOn) : []);
  /** @type {Set<string>} */
  const keys = new Set();
  /** @type {Set<number>} */
  const records = new Set();
  for (const part of [...scene.lines, ...scene.points]) {
    const those = recordsOf(part);
    if (!isDrawn(drawing, part, those) || !inSight(part, sight)) continue;
    for (const key of part.legend) keys.add(key);
    for (const index of those) records.add(index);
  }
  for (const layer of Object.values(LAYERS)) {
    for (const key of layer.explains?.(drawing, disputedInSight) ?? []) keys.add(key);
  }
  const codes = new Set();
  for (const index of records) {
    codes.add(columns.theme.first(index, chosen));
    if (columns.status.any(index, light)) keys.add("light");
  }
  const themes = new Set([...codes].map((code) => columns.theme.values[code]));
  return { themes, keys, alliances: filling(drawing) };
}

// The entries in their order: subjects, alliances, then signs as the layer registry has them.
/** @type {(scene: MapScene, explained: Explained) => Entry[]} */
export function entriesOf(scene, { themes, keys, alliances }) {
  const subjects = scene.colourless ? [] : scene.themes.filter(({ id }) => themes.has(id));
  return [
    ...subjects.map(({ id, label, definition }) => ({
      group: "Subject",
      label,
      definition,
      sign: { fill: "dot" },
      colour: `var(--theme-${id})`,
    })),
    ...alliances.map(({ short, title, colour }) => ({
      group: "Filled",
      label: short,
      definition: title,
      sign: { fill: "plain" },
      colour,
    })),
    ...scene.legend
      .filter(({ key }) => keys.has(key))
      .map(({ group, label, definition, sample }) => ({ group, label, definition, sign: sample })),
  ];
}
