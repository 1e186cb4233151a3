// What the legend has to explain, and in which words: reckoned from the scene and from where the map
// looks, without the page. A briefing's legend has the same entries, see dashboard/sheet/sheet.py.

import { columnsOf } from "./columns.js";
import { bends } from "./courses.js";

// South, west, north and east of a course.
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

function inSight(part, [south, west, north, east]) {
  part.bounds ||= boundsOf(part.at ? [part.at] : bends(part));
  const [s, w, n, e] = part.bounds;
  return n >= south && s <= north && e >= west && w <= east;
}

// Alliances that are chosen and fill something, as is drawn now.
function filled({ scene, layers, update }) {
  if (!layers.has("alliances")) return [];
  const members = ({ id, members }) => update.standings?.[id] || members;
  return scene.alliances
    .filter((one) => update.alliances.includes(one.id) && members(one).length)
    .map((one) => ({ ...one, lesser: members(one).some(({ full }) => !full) }));
}

// Keys of everything drawn and in sight (south, west, north, east): themes, the entries that each
// feature names, and the alliances that are filled.
export function legendKeys(drawn, sight, disputedInSight) {
  const { scene, shown, layers, update } = drawn;
  const [themes, keys, signs] = [new Set(), new Set(), new Set()];
  const columns = columnsOf(scene);
  const chosen = columns.theme.flags(scene.chosenThemes);
  const on = columns.layer.flags([...layers]);
  const light = columns.status.flags(scene.light);
  const parts = update.parts && new Set(update.parts);
  if (update.detours?.length) keys.add("detour");
  const isDrawn = (index) => shown.has(index) && columns.layer.any(index, on);
  const look = (part) => {
    const without = !part.records && layers.has(part.layer) && update.places.includes(part.id);
    if (!(without || part.records?.some(isDrawn)) || !inSight(part, sight)) return;
    if (part.part && parts && !parts.has(part.part)) return;
    signs.add(part.legend);
    for (const index of part.records || []) {
      if (!isDrawn(index)) continue;
      themes.add(columns.theme.first(index, chosen));
      if (columns.status.any(index, light)) keys.add("light");
    }
  };
  scene.lines.forEach(look);
  scene.points.forEach(look);
  for (const sign of signs) for (const key of sign) keys.add(key);
  if (layers.has("disputed") && disputedInSight) keys.add("disputed");
  const alliances = filled(drawn);
  if (alliances.some(({ lesser }) => lesser)) keys.add("alliance-lesser");
  return { themes: new Set([...themes].map((code) => columns.theme.values[code])), keys, alliances };
}

// The entries in their order: subjects, alliances, then signs as the layer registry has them.
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
