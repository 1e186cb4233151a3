// What hangs on no record and is drawn: as `things_in_play` of dashboard/atlas/shown.py says.

import { positions } from "./positions.js";

/** @import { Thing } from "./contract" */
/** @import { Listed } from "./browser" */

// What is always there has no `helps`.
/** @type {(thing: Thing, records: Set<number>) => boolean} */
const helpsOneOf = ({ helps }, records) =>
  helps === undefined || positions(helps).some((position) => records.has(position));

// Those that help to read what is shown or, where their kind is chosen, what is of any kind.
/** @type {(scene: Listed, kinds: string[], shown: number[], ofAnyKind: number[]) => string[]} */
export function helping(scene, kinds, shown, ofAnyKind) {
  const [few, all] = [new Set(shown), new Set(ofAnyKind)];
  return Object.entries(scene.objects)
    .filter(([, thing]) => thing.layer && helpsOneOf(thing, kinds.includes(thing.layer) ? all : few))
    .map(([id]) => id);
}

// Those at hand. Chosen as a kind beside others, they help to read what passes all other filters.
/** @type {(scene: Listed, kinds: string[], shown: number[], ofAnyKind: () => number[]) => string[]} */
export function atHand(scene, kinds, shown, ofAnyKind) {
  const asked = Object.values(scene.objects).some(({ layer = "" }) => kinds.includes(layer));
  return helping(scene, kinds, shown, asked ? ofAnyKind() : shown);
}

// Those to draw where kinds are switched off on the map: what helps to read only these is not needed,
// unless it was asked for by its kind.
/** @type {(scene: Listed, kinds: string[] | null, places: string[], shown: number[], off: Set<string>) => string[]} */
export function needed(scene, kinds, places, shown, off) {
  if (!off.size) return places;
  const on = new Set(shown.filter((position) => !off.has(scene.records[position].layer)));
  return places.filter((id) => {
    const thing = scene.objects[id];
    return kinds?.includes(thing.layer ?? "") || helpsOneOf(thing, on);
  });
}
