// Room on the map: a name is not laid over another.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Taken } from "../../dashboard/static/atlas/taken.js";

test("room is taken where a box overlaps another, not where it only touches it", () => {
  const taken = new Taken([[0, 0, 10, 10]]);
  assert.ok(taken.overlaps([9, 9, 20, 20]));
  assert.ok(taken.overlaps([-5, -5, 50, 50]));
  assert.ok(taken.overlaps([2, 2, 3, 3]));
  for (const beside of [
    [10, 0, 20, 10],
    [0, 10, 10, 20],
    [-10, 0, 0, 10],
    [0, -10, 10, 0],
    [300, 300, 310, 310],
  ]) {
    assert.ok(!taken.overlaps(beside), beside.join());
  }
});

test("what is added is taken from then on", () => {
  const taken = new Taken([]);
  assert.ok(!taken.overlaps([0, 0, 5, 5]));
  taken.add([4, 4, 8, 8]);
  assert.ok(taken.overlaps([0, 0, 5, 5]));
});

test("boxes of any size and place are compared as if each were compared with each", () => {
  let state = 3;
  const next = (most) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return (state / 2147483648) * most;
  };
  const box = () => {
    const [left, top] = [next(3000) - 1500, next(3000) - 1500];
    return [left, top, left + next(300), top + next(60)];
  };
  const boxes = Array.from({ length: 60 }, box);
  const taken = new Taken(boxes);
  const answers = Array.from({ length: 300 }, () => {
    const one = box();
    const over = boxes.some((b) => one[0] < b[2] && b[0] < one[2] && one[1] < b[3] && b[1] < one[3]);
    assert.equal(taken.overlaps(one), over, one.join());
    return over;
  });
  assert.equal(new Set(answers).size, 2);
});
