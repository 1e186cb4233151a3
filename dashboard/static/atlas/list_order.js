// The order of the list: by date, then by title, whatever language the reader's browser speaks. A
// briefing's list has the same, see dashboard/atlas/list_order.py.

import { Shown } from "./positions.js";

// A title as it is compared: without accents, capitals like small letters.
const plain = (title) =>
  title
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase();

const orders = new WeakMap();

function inOrder(scene) {
  if (!orders.has(scene)) {
    const keys = scene.records.map(({ start, title }) => [start, plain(title), title]);
    const compare = (a, b) => {
      const differs = keys[a].findIndex((part, i) => part !== keys[b][i]);
      if (differs < 0) return a - b;
      return keys[a][differs] < keys[b][differs] ? -1 : 1;
    };
    orders.set(scene, [...scene.records.keys()].sort(compare));
  }
  return orders.get(scene);
}

// Positions of the records shown, of each layer in the list's order.
export function grouped(scene, shown) {
  const on = new Shown(shown, scene.records.length);
  const groups = new Map(scene.layers.map(({ id }) => [id, []]));
  for (const position of inOrder(scene)) {
    if (on.has(position)) groups.get(scene.records[position].layer).push(position);
  }
  return groups;
}
