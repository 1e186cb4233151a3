// Which room on the map is taken: boxes in pixels, as [left, top, right, bottom].

const SQUARE = 64; // pixels

// Boxes that only touch leave each other their room.
function overlaps(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

// Boxes by the squares of a grid that they touch: a box is compared with its neighbours only.
export class Taken {
  constructor(boxes) {
    this.squares = new Map();
    for (const box of boxes) this.add(box);
  }

  *near([left, top, right, bottom]) {
    for (let x = Math.floor(left / SQUARE); x <= right / SQUARE; x += 1) {
      for (let y = Math.floor(top / SQUARE); y <= bottom / SQUARE; y += 1) yield x * 100003 + y;
    }
  }

  add(box) {
    for (const square of this.near(box)) {
      if (!this.squares.has(square)) this.squares.set(square, []);
      this.squares.get(square).push(box);
    }
  }

  overlaps(box) {
    for (const square of this.near(box)) {
      if (this.squares.get(square)?.some((other) => overlaps(box, other))) return true;
    }
    return false;
  }
}
