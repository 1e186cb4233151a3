// Records as columns of small numbers: filtered and counted in one pass, however many there are.

// A record's own values of each filter that has buttons.
const VALUES = {
  theme: ({ themes }) => themes,
  layer: ({ layer }) => [layer],
  status: ({ evidence }) => [evidence],
  verdict: ({ verdict }) => [verdict],
};

// A record takes the colour of the theme that is filtered by, else of its first.
export const themeOf = ({ themes }, chosen) => themes.find((theme) => chosen.includes(theme)) || themes[0];

class Column {
  constructor(records, valuesOf) {
    const numbers = new Map();
    const codes = [];
    this.starts = new Uint32Array(records.length + 1);
    records.forEach((record, position) => {
      for (const value of valuesOf(record)) {
        if (!numbers.has(value)) numbers.set(value, numbers.size);
        codes.push(numbers.get(value));
      }
      this.starts[position + 1] = codes.length;
    });
    this.codes = Uint16Array.from(codes);
    this.values = [...numbers.keys()];
  }

  // One flag a value: whether it is among those given.
  flags(values) {
    return Uint8Array.from(this.values, (value) => values.includes(value));
  }

  // A record's first value, or the first of them that has a flag.
  first(position, flags) {
    const { codes, starts } = this;
    for (let i = starts[position]; i < starts[position + 1]; i += 1) if (flags[codes[i]]) return codes[i];
    return codes[starts[position]];
  }

  any(position, flags) {
    const { codes, starts } = this;
    for (let i = starts[position]; i < starts[position + 1]; i += 1) if (flags[codes[i]]) return true;
    return false;
  }

  // Value → how many of the records have it; only those that occur.
  count(positions) {
    const { codes, starts } = this;
    const counts = new Uint32Array(this.values.length);
    for (const position of positions) {
      for (let i = starts[position]; i < starts[position + 1]; i += 1) counts[codes[i]] += 1;
    }
    const pairs = this.values.map((value, code) => [value, counts[code]]);
    return new Map(pairs.filter(([, count]) => count));
  }
}

const made = new WeakMap();

export function columnsOf(scene) {
  if (!made.has(scene)) {
    const columns = Object.entries(VALUES).map(([facet, of]) => [facet, new Column(scene.records, of)]);
    made.set(scene, Object.fromEntries(columns));
  }
  return made.get(scene);
}
