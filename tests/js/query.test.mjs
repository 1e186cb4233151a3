// The text of an address, where the browser writes what Python will write.

import assert from "node:assert/strict";
import { test } from "node:test";

import { sameScreen, withButtons, withMaps } from "../../dashboard/static/atlas/query.js";

const NONE = { theme: [], layer: [], status: [], verdict: [], alliance: ["x"] };

test("buttons stand in their order, before what else the address says", () => {
  const chosen = { ...NONE, theme: ["b"], verdict: ["stands"] };
  assert.equal(
    withButtons("?select=r&actor=IRN&theme=a&view=1,2,3", chosen, ["x"]),
    "?actor=IRN&theme=b&verdict=stands&select=r&view=1,2,3",
  );
  assert.equal(withButtons("?theme=a", NONE, ["x"]), "");
});

test("alliances that are drawn anyway go without saying; none is said", () => {
  assert.equal(withButtons("?alliance=y", NONE, ["x"]), "");
  assert.equal(withButtons("", { ...NONE, alliance: [] }, ["x"]), "?alliance=");
  assert.equal(withButtons("", { ...NONE, alliance: [] }, []), "");
  assert.equal(withButtons("", { ...NONE, alliance: ["x", "y"] }, ["x"]), "?alliance=x&alliance=y");
});

test("two addresses show the same wherever their maps look, and in whichever order they say it", () => {
  assert.ok(sameScreen("?theme=a&select=r&view=1,2,3&off=flows", "?select=r&theme=a"));
  assert.ok(!sameScreen("?theme=a", "?theme=a&theme=b"));
  assert.ok(!sameScreen("?theme=a", "?theme=a&present=1"));
  assert.ok(sameScreen("?q=a+b", "?q=a%20b"));
  assert.ok(sameScreen("", "?view=1,2,3"));
  assert.ok(sameScreen("?theme=a", "?embed=true&embed_options=show_padding&theme=a"));
});

test("an address of Python's gets what the map had written", () => {
  assert.equal(
    withMaps("?theme=a", "?theme=b&view=1,2,3&off=flows&off=events"),
    "?theme=a&view=1,2,3&off=flows&off=events",
  );
  assert.equal(withMaps("?view=4,5,6", "?view=1,2,3"), "?view=4,5,6");
  assert.equal(withMaps("", "?theme=b"), "");
  assert.equal(withMaps("?theme=a", "?embed=true"), "?theme=a&embed=true");
});
