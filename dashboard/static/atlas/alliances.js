// Alliances: they fill the countries of those who belong to them, as of the day that a page shows.

import { getOrMake } from "./get_or_make.js";

/** @import { Drawing, Fill, Layer, MapScene } from "./browser" */
/** @import { Alliance, Drawn } from "./contract" */

// Those that are chosen, each with its members of that day.
/** @type {(drawing: Drawing) => Alliance[]} */
export function chosen({ scene, layers, update }) {
  if (!layers.has("alliances")) return [];
  return scene.alliances
    .filter(({ id }) => update.alliances.includes(id))
    .map((one) => ({ ...one, members: update.standings?.[one.id] || one.members }));
}

// Those of them that fill something, and whether anything less than fully.
/** @type {(drawing: Drawing) => (Alliance & { lesser: boolean })[]} */
export function filling(drawing) {
  return chosen(drawing)
    .filter(({ members }) => members.length)
    .map((one) => ({ ...one, lesser: one.members.some(({ full }) => !full) }));
}

/** @type {Layer} */
export const alliances = {
  explains: (drawing) => (filling(drawing).some(({ lesser }) => lesser) ? ["alliance-lesser"] : []),
};

// In a list, a record has the colour of its alliance's fill, not of a subject.
/** @type {(scene: Pick<Drawn, "alliances">, id: string) => string | undefined} */
export const allianceColour = (scene, id) => scene.alliances.find((one) => one.id === id)?.colour;

// What each country is filled with.
/** @type {(drawing: Drawing) => Map<string, Fill[]>} */
export function fills(drawing) {
  const of = new Map();
  for (const alliance of chosen(drawing)) {
    for (const { country, actor, status, full } of alliance.members) {
      getOrMake(of, country, () => /** @type {Fill[]} */ ([])).push({ alliance, actor, status, full });
    }
  }
  return of;
}

// One alliance and full member: plain fill. Otherwise stripes: one per alliance, and a pale stripe
// beside each standing that is less than full membership.
/** @type {(scene: MapScene, fill: Fill[]) => { colour: string, width: number }[]} */
export function stripesOf(scene, fill) {
  const { stripe, lesser } = scene.look;
  // Several movements of one country make one stripe.
  const each = fill.filter(({ alliance }, i) => fill.findIndex((one) => one.alliance === alliance) === i);
  return each.flatMap(({ alliance: { colour }, full }) =>
    full
      ? [{ colour, width: stripe }]
      : [
          { colour, width: stripe * lesser },
          { colour: "var(--land)", width: stripe * (1 - lesser) },
        ],
  );
}

// Who in a country belongs to which alliance, in words.
/** @type {(scene: MapScene, code: string, fill: Fill[]) => string[]} */
export function standingsOf(scene, code, fill) {
  return fill.map(({ alliance, actor, status }) => {
    const who = actor === code ? "" : `${scene.objects[`actor:${actor}`].title}, `;
    return `${alliance.short}: ${who}${scene.terms[status].toLowerCase()}`;
  });
}
