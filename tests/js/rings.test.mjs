// Symbols gathered into counted rings.

import assert from "node:assert/strict";
import { test } from "node:test";

import { worldX, worldY } from "../../dashboard/static/atlas/mercator.js";
import { ringHtml, Rings, ringSize } from "../../dashboard/static/atlas/rings.js";

const NEAR = 38; // pixels

// Numbers from 0 to 1, the same each time.
function random(seed) {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}

function points(count) {
  const next = random(7);
  const places = Array.from({ length: count / 4 }, () => [next() * 120 - 60, next() * 300 - 150]);
  return Array.from({ length: count }, () => ({ at: places[Math.floor(next() * places.length)] }));
}

const WORLD = [-180, -80, 180, 80];

function ringsOf(all, [west, south, east, north] = WORLD) {
  const edges = { getWest: () => west, getSouth: () => south, getEast: () => east, getNorth: () => north };
  const rings = Object.create(Rings.prototype);
  rings.map = { getBounds: () => ({ pad: () => edges }) };
  rings.layer = { clearLayers() {} };
  rings.drawn = new Map();
  rings.load(all);
  return rings;
}

const far = (rings, a, b) => Math.hypot(rings.x[a] - rings.x[b], rings.y[a] - rings.y[b]);

for (const zoom of [1, 2.25, 4, 8]) {
  test(`at zoom ${zoom} each place gathers to one that is near, and those keep apart`, () => {
    const rings = ringsOf(points(400));
    const { of, heads } = rings.grouping(zoom);
    const reach = NEAR / 2 ** zoom;
    rings.places.forEach(({ number }) => assert.ok(far(rings, number, heads[of[number]]) < reach));
    heads.forEach((one, i) => heads.slice(i + 1).forEach((other) => assert.ok(far(rings, one, other) >= reach)));
    assert.equal(new Set(of).size, heads.length);
  });
}

test("a place gathers to the nearest of those that are near", () => {
  const rings = ringsOf(points(400));
  const { of, heads } = rings.grouping(3);
  const later = rings.places.filter(({ number }) => heads[of[number]] !== number);
  assert.ok(later.length > 10);
  for (const { number } of later) {
    const mine = far(rings, number, heads[of[number]]);
    const busier = heads.filter((head) => rings.places[head].points > rings.places[number].points);
    for (const head of busier) assert.ok(far(rings, number, head) >= mine);
  }
});

test("others gather to the place with most records", () => {
  const busy = Array.from({ length: 5 }, () => ({ at: [10, 10] }));
  const rings = ringsOf([{ at: [10, 10.1] }, ...busy, { at: [10, 9.9] }]);
  const { of, heads } = rings.grouping(2);
  assert.equal(heads.length, 1);
  assert.deepEqual(rings.places[heads[0]].at, [10, 10]);
  assert.deepEqual([...of], [0, 0, 0]);
});

test("what is counted is what is shown, in its colours", () => {
  const all = points(400);
  const rings = ringsOf(all);
  const shown = [...all.keys()].filter((index) => index % 3);
  const names = ["red", "green", "grey"];
  Object.assign(rings, { points: shown, colours: shown.map((index) => index % names.length), names });
  const found = rings.rings(2, shown);
  const counted = found.map(({ count = 1 }) => count);
  assert.equal(
    counted.reduce((a, b) => a + b),
    shown.length,
  );
  assert.ok(found.some(({ point }) => point !== undefined) && found.some(({ count }) => count > 9));
  for (const { group, count, shares, point } of found) {
    rings.zoom = 2;
    const within = rings.within(group);
    if (point !== undefined) {
      assert.deepEqual(within, [point]);
      continue;
    }
    assert.equal(within.length, count);
    const expected = names.map((name, kind) => [name, within.filter((index) => index % 3 === kind).length]);
    assert.deepEqual(
      shares,
      expected.filter(([, share]) => share),
    );
  }
});

test("what lies out of view is not drawn", () => {
  const all = points(400);
  const view = [-20, -30, 60, 40];
  const rings = ringsOf(all, view);
  Object.assign(rings, { points: [...all.keys()], colours: all.map(() => 0), names: ["red"] });
  const [west, north, east, south] = [worldX(view[0]), worldY(view[3]), worldX(view[2]), worldY(view[1])];
  const { heads } = rings.grouping(4);
  const inside = heads.filter((head) => {
    const [x, y] = [rings.x[head], rings.y[head]];
    return x >= west && x <= east && y >= north && y <= south;
  });
  assert.ok(inside.length && inside.length < heads.length);
  assert.equal(rings.rings(4, [...all.keys()]).length, inside.length);
});

test("a ring is larger where it counts more", () => {
  assert.deepEqual([2, 9, 10, 999, 1000].map(ringSize), [30, 30, 36, 36, 42]);
});

test("each colour has its share of the ring", () => {
  const html = ringHtml(
    [
      ["red", 1],
      ["blue", 3],
    ],
    4,
  );
  assert.match(html, /conic-gradient\(red 0deg 90deg,blue 90deg 360deg\)/);
  assert.match(html, /<span>4<\/span>/);
});
