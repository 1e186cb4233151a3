// Which room on the map is taken: boxes in pixels, as [left, top, right, bottom].

import { getOrMake } from "./get_or_make.js";

/** @import { Box } from "./browser" */

const SQUARE = 64; // pixels

// Boxes that only touch leave each other their room.
/** @type {(a: Box, b: Box) => boolean} */
function overlaps(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

// Boxes by the squares of a grid that they touch: a box is compared with its neighbours only.
export class Taken {
  /** @param {Box[]} boxes */
  constructor(boxes) {
    /** @type {Map<number, Box[]>} */
    this.squares = new Map();
    for (const box of boxes) this.add(box);
  }

  /** @param {Box} box */
  *near([left, top, right, bottom]) {
    for (let x = Math.floor(left / SQUARE); x <= right / SQUARE; x += 1) {
      for (let y = Math.floor(top / SQUARE); y <= bottom / SQUARE; y += 1) yield x * 100003 + y;
    }
  }

  /** @type {(box: Box) => void} */
  add(box) {
    for (const square of this.near(box)) {
      getOrMake(this.squares, square, () => []).push(box);
    }
  }

  /** @type {(box: Box) => boolean} */
  overlaps(box) {
    for (const square of this.near(box)) {
      if (this.squares.get(square)?.some((other) => overlaps(box, other))) return true;
    }
    return false;
  }
}
