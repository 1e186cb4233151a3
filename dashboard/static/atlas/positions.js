// Positions as Python writes them: spans of numbers, "0-23,25,30-41".

/** @type {(text?: string | number[]) => number[]} */
export function positions(text) {
  if (!text) return [];
  if (typeof text !== "string") return text; // what the browser has worked out itself
  /** @type {number[]} */
  const all = [];
  for (const span of text.split(",")) {
    const [first, last = first] = span.split("-").map(Number);
    for (let position = first; position <= last; position += 1) all.push(position);
  }
  return all;
}

// Which of so many records are shown: one byte each, where a Set would take its time.
export class Shown {
  /** @param {number[]} all @param {number} count */
  constructor(all, count) {
    this.on = new Uint8Array(count);
    for (const position of all) this.on[position] = 1;
    this.size = this.on.reduce((sum, one) => sum + one, 0);
  }

  /** @type {(position: number) => boolean} */
  has(position) {
    return this.on[position] === 1;
  }

  /** @type {(other: { on: Uint8Array }) => boolean} */
  equals({ on }) {
    return on.length === this.on.length && on.every((one, position) => one === this.on[position]);
  }
}
