// The page's address, as the map reads and writes it.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

let replaced;

globalThis.window = {
  parent: {
    location: { href: "" },
    history: { state: { step: 3 }, replaceState: (state, _, url) => (replaced = { state, url: String(url) }) },
  },
};

const { AddressBar, page, parseView, rewrite } = await import("../../dashboard/static/atlas/address.js");

beforeEach(() => {
  window.parent.location.href = "http://localhost:8501/?theme=a&view=1.00,2.00,3";
  replaced = null;
});

test("the address is that of the page around the map", () => {
  assert.equal(page().searchParams.get("view"), "1.00,2.00,3");
});

test("a page of another origin has no address for us", () => {
  const { parent } = window;
  window.parent = Object.create({}, { location: { get: () => assert.fail() } });
  assert.equal(page(), null);
  window.parent = parent;
});

test("an address is rewritten readably, without a step of its own", () => {
  rewrite(page(), (parameters) => {
    parameters.set("view", "4.50,-6.25,7");
    parameters.append("off", "a:b");
  });
  assert.deepEqual(replaced, {
    state: { step: 3 },
    url: "http://localhost:8501/?theme=a&view=4.50,-6.25,7&off=a:b",
  });
});

// A map that looks there, as far as it is asked.
function bar(lat, lng, zoom, more = {}) {
  const written = { centre: { lat, lng }, zoom };
  const project = ({ lat: y, lng: x }) => ({ x, y, distanceTo: (to) => Math.hypot(to.x - x, to.y - y) });
  const map = { getCenter: () => written.centre, getZoom: () => zoom, project };
  return Object.assign(Object.create(AddressBar.prototype), { map, written, ...more });
}

test("what is written is read again", () => {
  const params = new URLSearchParams("view=x");
  bar(-12.3456, 170.001, 3.25).set()(params);
  assert.equal(params.get("view"), "-12.35,170.00,3.25");
  assert.deepEqual(parseView(params.get("view")), { lat: -12.35, lon: 170, zoom: 3.25 });
});

test("a view that could not be read is not written", () => {
  const params = new URLSearchParams("view=1,2,3");
  bar(10, 200, 3).set()(params);
  assert.equal(params.has("view"), false);
});

test("a move is written, one of a few pixels is not", () => {
  const still = bar(10, 20, 4, { written: { centre: { lat: 13, lng: 24 }, zoom: 4 } });
  still.write();
  assert.equal(replaced, null);
  const moved = bar(10, 20, 4, { written: { centre: { lat: 18, lng: 20 }, zoom: 4 } });
  moved.write();
  assert.equal(replaced.url, "http://localhost:8501/?theme=a&view=10.00,20.00,4");
  assert.equal(moved.hadView, true);
  replaced = null;
  bar(10, 20, 4, { written: { centre: { lat: 10, lng: 20 }, zoom: 4.25 } }).write();
  assert.ok(replaced);
});

test("a view comes back into an address that Python wrote, if the reader had one", () => {
  window.parent.location.href = "http://localhost:8501/?theme=b";
  bar(10, 20, 4).keep();
  assert.equal(replaced, null);
  bar(10, 20, 4, { hadView: true }).keep();
  assert.equal(replaced.url, "http://localhost:8501/?theme=b&view=10.00,20.00,4");
});

test("a map of another size shows the same extent, within what zoom there is", () => {
  const view = { lat: 1, lon: 2, zoom: 3 };
  const zoom = (x, y, from = 3) => AddressBar.fit({ ...view, zoom: from }, { x, y }).zoom;
  assert.deepEqual(AddressBar.fit(view, { x: 800, y: 680 }), view);
  assert.equal(zoom(1600, 1360), 4);
  assert.equal(zoom(1600, 680), 3);
  assert.equal(zoom(400, 680), 2);
  assert.equal(zoom(566, 680), 2.5);
  assert.equal(zoom(0, 0), 3);
  assert.equal(zoom(100, 100, 2), 1);
  assert.equal(zoom(8000, 6800, 11), 12);
});

test("a page opens on its extent only where the reader has not moved the map", () => {
  const extent = [
    [1, 2],
    [3, 4],
  ];
  const one = bar(1, 2, 3, { hadView: false });
  assert.deepEqual(
    [
      one.open(extent),
      one.open([
        [1, 2],
        [3, 4],
      ]),
      one.open([
        [1, 2],
        [3, 5],
      ]),
    ],
    [true, false, true],
  );
  assert.equal(bar(1, 2, 3, { hadView: true }).open(extent), false);
});

test("what is to be seen stands in the middle of what the legend leaves", () => {
  const point = (x, y) => ({ x, y, add: ([dx, dy]) => point(x + dx, y + dy) });
  const map = {
    getSize: () => ({ x: 1600, y: 1360 }),
    project: ([lat, lon]) => point(lon * 10, lat * -10),
    unproject: ({ x, y }) => ({ lat: y / -10, lng: x / 10 }),
  };
  const one = bar(0, 0, 1, { fallback: { lat: 20, lon: 30, zoom: 3 }, covered: 340 });
  Object.assign(one.map, map);
  assert.deepEqual(one.home(), { lat: 3, lon: 30, zoom: 3.5 });
  one.covered = 0;
  assert.deepEqual(one.home(), { lat: 20, lon: 30, zoom: 4 });
});

test("a map whose frame has another size is told so, and one that has not is left alone", () => {
  const sizes = [
    [800, 600],
    [801, 600],
    [800, 599],
  ];
  const told = sizes.map(([clientWidth, clientHeight]) => {
    let times = 0;
    const one = bar(1, 2, 3, { hadView: true });
    one.map.getContainer = () => ({ clientWidth, clientHeight });
    one.map.getSize = () => ({ x: 800, y: 600 });
    one.map.invalidateSize = () => (times += 1);
    one.resized();
    return times;
  });
  assert.deepEqual(told, [0, 1, 1]);
});
