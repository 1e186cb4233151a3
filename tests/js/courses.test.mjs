// Where lines run, and what is near them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { bends, courseOf, distance, touches } from "../../dashboard/static/atlas/courses.js";
import { worldX, worldY } from "../../dashboard/static/atlas/mercator.js";

const WHOLE = [
  [10, 20],
  [30, 40],
  [-5, 60],
];
const CUT = [
  [
    [10, 170],
    [12, 180],
  ],
  [
    [12, -180],
    [14, -170],
  ],
];

test("a line has all its bends, cut or not", () => {
  assert.deepEqual(bends({ path: WHOLE }), WHOLE);
  assert.deepEqual(bends({ path: CUT }), [...CUT[0], ...CUT[1]]);
});

test("a course is the line in the projection, part by part, within its box", () => {
  const { course, box } = courseOf(WHOLE);
  assert.equal(course.length, 1);
  assert.deepEqual(
    [...course[0]],
    WHOLE.flatMap(([lat, lon]) => [worldX(lon), worldY(lat)]),
  );
  assert.deepEqual(box, [worldX(20), worldY(30), worldX(60), worldY(-5)]);
});

test("a line that is cut at ±180° has two parts and one box", () => {
  const { course, box } = courseOf(CUT);
  assert.deepEqual(
    course.map((part) => part.length),
    [4, 4],
  );
  assert.deepEqual(box, [0, worldY(14), 256, worldY(10)]);
});

test("boxes touch that share an edge, a corner or more", () => {
  const box = [0, 0, 10, 10];
  for (const near of [
    [10, 0, 12, 5],
    [10, 10, 11, 11],
    [4, 4, 5, 5],
    [-5, -5, 50, 50],
    [-3, 2, 0, 3],
  ]) {
    assert.ok(touches(box, near) && touches(near, box), near.join());
  }
  for (const far of [
    [11, 0, 12, 5],
    [0, 11, 5, 12],
    [-5, 0, -1, 5],
    [0, -5, 5, -1],
  ]) {
    assert.ok(!touches(box, far) && !touches(far, box), far.join());
  }
});

test("the distance to a course is that to the nearest point of it", () => {
  const course = [Float64Array.of(0, 0, 10, 0, 10, 10), Float64Array.of(100, 100, 110, 100)];
  const cases = [
    [5, 3, 3],
    [-3, 4, 5],
    [12, 5, 2],
    [10, 10, 0],
    [13, 14, 5],
    [105, 98, 2],
    [5, 0, 0],
  ];
  for (const [x, y, far] of cases) assert.equal(distance(course, x, y), far, `${x}, ${y}`);
});

test("a course of one place twice is as far as that place", () => {
  assert.equal(distance([Float64Array.of(1, 1, 1, 1)], 4, 5), 5);
});
