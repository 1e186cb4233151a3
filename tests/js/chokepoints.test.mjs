// Which chokepoints are drawn, where the browser answers before Python.

import assert from "node:assert/strict";
import { test } from "node:test";

import { atHand, helping, needed } from "../../dashboard/static/atlas/chokepoints.js";

const SCENE = {
  records: [{ layer: "flows" }, { layer: "corridors" }, { layer: "events" }],
  objects: {
    "actor:IRN": { title: "Iran" },
    "place:a": { helps: "0-1" },
    "place:b": { helps: "2" },
    "place:c": { helps: "" },
  },
};

test("a chokepoint helps to read some records", () => {
  assert.deepEqual(helping(SCENE, [0, 2]), ["place:a", "place:b"]);
  assert.deepEqual(helping(SCENE, [1]), ["place:a"]);
  assert.deepEqual(helping(SCENE, []), []);
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
