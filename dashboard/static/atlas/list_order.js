// The order of the list: by date, then by title, whatever language the reader's browser speaks. A
// briefing's list has the same, see dashboard/atlas/list_order.py.

import { getOrMake } from "./get_or_make.js";
import { Shown } from "./positions.js";

/** @import { Listed } from "./browser" */

// A title as it is compared: without accents, capitals like small letters.
/** @type {(title: string) => string} */
const plain = (title) =>
  title
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase();

/** @type {WeakMap<Listed, number[]>} */
const orders = new WeakMap();

/** @type {(scene: Listed) => number[]} */
function inOrder(scene) {
  return getOrMake(orders, scene, () => {
    const keys = scene.records.map(({ start, title }) => [start, plain(title), title]);
    /** @type {(a: number, b: number) => number} */
    const compare = (a, b) => {
      const differs = keys[a].findIndex((part, i) => part !== keys[b][i]);
      if (differs < 0) return a - b;
      return keys[a][differs] < keys[b][differs] ? -1 : 1;
    };
    return [...scene.records.keys()].sort(compare);
  });
}

// Positions of the records shown, of each layer in the list's order.
/** @type {(scene: Listed, shown: number[]) => Map<string, number[]>} */
export function grouped(scene, shown) {
  const on = new Shown(shown, scene.records.length);
  /** @type {Map<string, number[]>} */
  const groups = new Map(scene.layers.map(({ id }) => [id, []]));
  for (const position of inOrder(scene)) {
    if (on.has(position)) groups.get(scene.records[position].layer)?.push(position);
  }
  return groups;
}
