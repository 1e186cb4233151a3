// Positions as Python writes them: spans of numbers, "0-23,25,30-41".

export function positions(text) {
  if (!text) return [];
  if (typeof text !== "string") return text; // what the browser has worked out itself
  const all = [];
  for (const span of text.split(",")) {
    const [first, last = first] = span.split("-").map(Number);
    for (let position = first; position <= last; position += 1) all.push(position);
  }
  return all;
}

// Which of so many records are shown: one byte each, where a Set would take its time.
export class Shown {
  constructor(all, count) {
    this.on = new Uint8Array(count);
    for (const position of all) this.on[position] = 1;
    this.size = this.on.reduce((sum, one) => sum + one, 0);
  }

  has(position) {
    return this.on[position] === 1;
  }

  equals({ on }) {
    return on.length === this.on.length && on.every((one, position) => one === this.on[position]);
  }
}
