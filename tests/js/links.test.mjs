// What links take along of the page's address.

import assert from "node:assert/strict";
import { test } from "node:test";

import { withKept, withSight } from "../../dashboard/static/atlas/link_targets.js";

test("a link keeps what it names of the address, and nothing else", () => {
  assert.equal(withKept("actors", "theme off", "?theme=a&q=x&theme=b&off=c"), "actors?theme=a&theme=b&off=c");
  assert.equal(withKept("actors?actor=IRN", "theme", "?theme=a"), "actors?actor=IRN&theme=a");
  assert.equal(withKept("actors", "theme", "?q=x"), "actors");
  assert.equal(withKept("actors", "", "?q=x"), "actors");
  assert.equal(withKept("actors"), "actors");
});

test("what is kept is still one value when it is read again", () => {
  const target = withKept("search", "q", `?${new URLSearchParams({ q: "a&b=c d" })}`);
  assert.equal(new URLSearchParams(target.split("?")[1]).get("q"), "a&b=c d");
});

test("a briefing is told what the map shows", () => {
  assert.equal(withSight("briefing", [1, -2.34567, 3, 4], ""), "briefing?bbox=1.000,-2.346,3.000,4.000");
});

test("without a map there is nothing to tell", () => {
  assert.equal(withSight("briefing?of=map", undefined, "?view=1,2,3"), "briefing?of=map");
});

test("a view and what is switched off go along", () => {
  const target = withSight("briefing?of=map", [1, 2, 3, 4], "?view=1,2,3&off=a&off=b&theme=c");
  const said = new URLSearchParams(target.split("?")[1]);
  assert.equal(said.get("of"), "map");
  assert.equal(said.get("extent"), "view");
  assert.equal(said.get("view"), "1,2,3");
  assert.deepEqual(said.getAll("off"), ["a", "b"]);
  assert.equal(said.has("theme"), false);
});
