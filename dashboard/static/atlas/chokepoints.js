// Which chokepoints help to read what is shown: as `chokepoints_drawn` of dashboard/atlas/shown.py says.

import { positions } from "./positions.js";

/** @import { Listed } from "./browser" */

const LAYER = "chokepoints";

// Those that help to read one of these records.
/** @type {(scene: Listed, records: number[]) => string[]} */
export function helping(scene, records) {
  const on = new Set(records);
  return Object.entries(scene.objects)
    .filter(([, { helps }]) => helps && positions(helps).some((position) => on.has(position)))
    .map(([id]) => id);
}

// Those at hand. Chosen as a kind beside others, they help to read what passes all other filters.
/** @type {(scene: Listed, kinds: string[], shown: number[], ofAnyKind: () => number[]) => string[]} */
export const atHand = (scene, kinds, shown, ofAnyKind) => helping(scene, kinds.includes(LAYER) ? ofAnyKind() : shown);

// Those to draw where kinds are switched off on the map: what helps to read only these is not needed,
// unless chokepoints were asked for by name.
/** @type {(scene: Listed, kinds: string[] | null, places: string[], shown: number[], off: Set<string>) => string[]} */
export function needed(scene, kinds, places, shown, off) {
  if (!off.size || kinds?.includes(LAYER)) return places;
  const wanted = new Set(
    helping(
      scene,
      shown.filter((position) => !off.has(scene.records[position].layer)),
    ),
  );
  return places.filter((place) => wanted.has(place));
}
