// Calls of our browser modules with what JSON cannot say, for node.py.

import { columnsOf } from "../../dashboard/static/atlas/columns.js";
import { entriesOf, legendKeys } from "../../dashboard/static/atlas/legend_entries.js";
import { strengthOf } from "../../dashboard/static/atlas/line_crowd.js";
import { Item } from "../../dashboard/static/atlas/line_item.js";
import { LineLayer } from "../../dashboard/static/atlas/lines.js";
import { grouped } from "../../dashboard/static/atlas/list_order.js";
import { unpackOutlines } from "../../dashboard/static/atlas/outlines.js";
import { mapScene } from "../../dashboard/static/atlas/map_scene.js";
import { worldBox } from "../../dashboard/static/atlas/mercator.js";
import { passing } from "../../dashboard/static/atlas/forecast.js";
import { PointLayer } from "../../dashboard/static/atlas/points.js";
import { positions, Shown } from "../../dashboard/static/atlas/positions.js";
import { unpacked } from "../../dashboard/static/atlas/save.js";

// Value → number of the records at these positions that have it.
export function counts(scene, facet, positions) {
  return columnsOf(scene)[facet].count(positions);
}

// What passes of one scene, for many choices.
export function passingEach(scene, cases) {
  return cases.map(([reachable, chosen]) => passing(scene, reachable, chosen));
}

// A file that was packed with its name, both in base 64.
export function savedFile(text) {
  const { content, ...about } = unpacked(new Uint8Array(Buffer.from(text, "base64")));
  return { ...about, content: Buffer.from(content).toString("base64") };
}

// What `Shown` says of these positions, and whether they are those others.
export function shown(some, others, count) {
  const on = new Shown(some, count);
  const has = Array.from({ length: count }, (_, position) => on.has(position));
  return { size: on.size, has, equals: on.equals(new Shown(others, count)) };
}

// The collection that packed outlines stand for, given in base 64.
export function outlines(text) {
  const { buffer, byteOffset, byteLength } = Buffer.from(text, "base64");
  return unpackOutlines(buffer.slice(byteOffset, byteOffset + byteLength));
}

// A view of Leaflet's, as far as it is asked for its edges.
const boundsOf = (west, south, east, north) => ({
  getWest: () => west,
  getSouth: () => south,
  getEast: () => east,
  getNorth: () => north,
});

export const worldBoxOf = (...edges) => worldBox(boundsOf(...edges));

// What the map draws of a scene for each update: as atlas.js asks for it, without a page.
export function drawnEach(scene, updates) {
  mapScene(scene);
  const items = scene.lines.map((line) => new Item([line], scene));
  const theme = columnsOf(scene).theme;
  return updates.map(({ off, ...update }) => {
    const shown = new Shown(positions(update.shown), scene.records.length);
    const asked = update.layers ?? scene.layers.map(({ id }) => id);
    const layers = new Set(asked.filter((id) => !off.includes(id)));
    scene.chosenThemes = update.themes;
    const drawn = { scene, shown, layers, update };
    const wanted = LineLayer.prototype.wanted.call({ items }, drawn);
    const points = PointLayer.prototype.visible.call({}, drawn).map((index) => scene.points[index]);
    const flags = theme.flags(update.themes);
    return {
      lines: wanted.map((item) => ({
        records: item.shown.map(({ id }) => id),
        tip: item.line.tip || "",
        theme: scene.themeOf(item.shown[0]),
        light: strengthOf(scene, item).includes("light"),
        head: item.head ?? null,
        ends: item.ends,
      })),
      points: points.map((point) => {
        const record = scene.records[point.records?.[0]];
        const colour = PointLayer.prototype.colour.call({ scene }, record);
        return { place: point.place, record: record?.id, colour, glyph: point.glyph };
      }),
      // In the rings that many symbols become, colours are counted by their numbers.
      themes: scene.records.map((_, position) => theme.values[theme.first(position, flags)]),
      legend: entriesOf(scene, legendKeys(drawn, update.sight, true)).map(({ group, label }) => [group, label]),
    };
  });
}

// Ids of the records shown, layer by layer, as the list has them.
export function listed(scene, shown) {
  const ids = (group) => group.map((position) => scene.records[position].id);
  return [...grouped(scene, shown)].filter(([, group]) => group.length).map(([layer, group]) => [layer, ids(group)]);
}
