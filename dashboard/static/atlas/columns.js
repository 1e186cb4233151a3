// Records as columns of small numbers: filtered and counted in one pass, however many there are.

import { getOrMake } from "./get_or_make.js";

/** @import { Listed } from "./browser" */
/** @import { SceneRecord } from "./contract" */
/** @typedef {"theme" | "layer" | "status" | "verdict"} Facet */

// A record's own values of each filter that has buttons.
/** @type {Record<Facet, (record: SceneRecord) => string[]>} */
const VALUES = {
  theme: ({ themes }) => themes,
  layer: ({ layer }) => [layer],
  status: ({ evidence }) => [evidence],
  verdict: ({ verdict }) => [verdict],
};

// A record takes the colour of the theme that is filtered by, else of its first.
/** @type {(record: { themes: string[] }, chosen: string[]) => string} */
export const themeOf = ({ themes }, chosen) => themes.find((theme) => chosen.includes(theme)) || themes[0];

class Column {
  /** @param {SceneRecord[]} records @param {(record: SceneRecord) => string[]} valuesOf */
  constructor(records, valuesOf) {
    /** @type {Map<string, number>} */
    const numbers = new Map();
    /** @type {number[]} */
    const codes = [];
    this.starts = new Uint32Array(records.length + 1);
    records.forEach((record, position) => {
      for (const value of valuesOf(record)) {
        codes.push(getOrMake(numbers, value, () => numbers.size));
      }
      this.starts[position + 1] = codes.length;
    });
    this.codes = Uint16Array.from(codes);
    this.values = [...numbers.keys()];
  }

  // One flag a value: whether it is among those given.
  /** @type {(values: string[]) => Uint8Array} */
  flags(values) {
    return Uint8Array.from(this.values, (value) => Number(values.includes(value)));
  }

  // A record's first value, or the first of them that has a flag.
  /** @type {(position: number, flags: Uint8Array) => number} */
  first(position, flags) {
    const { codes, starts } = this;
    for (let i = starts[position]; i < starts[position + 1]; i += 1) if (flags[codes[i]]) return codes[i];
    return codes[starts[position]];
  }

  /** @type {(position: number, flags: Uint8Array) => boolean} */
  any(position, flags) {
    const { codes, starts } = this;
    for (let i = starts[position]; i < starts[position + 1]; i += 1) if (flags[codes[i]]) return true;
    return false;
  }

  // Value → how many of the records have it; only those that occur.
  /** @type {(positions: Iterable<number>) => Map<string, number>} */
  count(positions) {
    const { codes, starts } = this;
    const counts = new Uint32Array(this.values.length);
    for (const position of positions) {
      for (let i = starts[position]; i < starts[position + 1]; i += 1) counts[codes[i]] += 1;
    }
    /** @type {Map<string, number>} */
    const found = new Map();
    this.values.forEach((value, code) => counts[code] && found.set(value, counts[code]));
    return found;
  }
}

/** @type {WeakMap<Listed, Record<Facet, Column>>} */
const made = new WeakMap();

/** @type {(scene: Listed) => Record<Facet, Column>} */
export function columnsOf(scene) {
  return getOrMake(made, scene, () => {
    const column = (/** @type {Facet} */ facet) => new Column(scene.records, VALUES[facet]);
    return { theme: column("theme"), layer: column("layer"), status: column("status"), verdict: column("verdict") };
  });
}
