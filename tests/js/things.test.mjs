// Which chokepoints are drawn, where the browser answers before Python.

import assert from "node:assert/strict";
import { test } from "node:test";

import { atHand, helping, needed } from "../../dashboard/static/atlas/things.js";

const SCENE = {
  records: [{ layer: "flows" }, { layer: "corridors" }, { layer: "events" }],
  objects: {
    "actor:IRN": { title: "Iran" },
    "area:d": { title: "Always there, and no symbol" },
    "place:a": { layer: "chokepoints", helps: "0-1" },
    "place:b": { layer: "chokepoints", helps: "2" },
    "place:c": { layer: "chokepoints", helps: "" },
  },
};

test("a chokepoint helps to read some records", () => {
  assert.deepEqual(helping(SCENE, [], [0, 2], []), ["place:a", "place:b"]);
  assert.deepEqual(helping(SCENE, [], [1], []), ["place:a"]);
  assert.deepEqual(helping(SCENE, [], [], [0]), []);
  assert.deepEqual(helping(SCENE, ["chokepoints"], [], [0]), ["place:a"]);
});

test("what helps to read nothing in particular is always at hand", () => {
  const scene = { objects: { "lamp:a": { layer: "lamps" } } };
  assert.deepEqual(
    atHand(scene, [], [], () => []),
    ["lamp:a"],
  );
  assert.deepEqual(needed(scene, null, ["lamp:a"], [], new Set(["flows"])), ["lamp:a"]);
});

test("chosen as a kind they help to read what passes all other filters", () => {
  const all = () => [0, 1, 2];
  assert.deepEqual(atHand(SCENE, ["flows"], [0], all), ["place:a"]);
  assert.deepEqual(atHand(SCENE, ["flows", "chokepoints"], [0], all), ["place:a", "place:b"]);
});

test("what helps to read only what is switched off is not drawn, unless it was asked for", () => {
  const places = ["place:a", "place:b"];
  const off = new Set(["flows"]);
  assert.deepEqual(needed(SCENE, null, places, [0, 1, 2], new Set()), places);
  assert.deepEqual(needed(SCENE, null, places, [0, 1, 2], off), places);
  assert.deepEqual(needed(SCENE, null, places, [0, 2], off), ["place:b"]);
  assert.deepEqual(needed(SCENE, ["chokepoints"], places, [0, 2], off), places);
});
