// Calls of our browser modules with what JSON cannot say, for node.py.

import { columnsOf } from "../../dashboard/static/atlas/columns.js";
import { unpackOutlines } from "../../dashboard/static/atlas/outlines.js";
import { worldBox } from "../../dashboard/static/atlas/mercator.js";
import { passing } from "../../dashboard/static/atlas/forecast.js";
import { Shown } from "../../dashboard/static/atlas/positions.js";

// Value → number of the records at these positions that have it.
export function counts(scene, facet, positions) {
  return columnsOf(scene)[facet].count(positions);
}

// Each record's value of a facet that counts where some are chosen.
export function firsts(scene, facet, chosen) {
  const column = columnsOf(scene)[facet];
  const flags = column.flags(chosen);
  return scene.records.map((_, position) => column.values[column.first(position, flags)]);
}

// What passes of one scene, for many choices.
export function passingEach(scene, cases) {
  return cases.map(([reachable, chosen]) => passing(scene, reachable, chosen));
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
