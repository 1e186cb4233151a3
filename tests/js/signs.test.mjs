// Symbols, the classes of lines, and light or dark.

import assert from "node:assert/strict";
import { test } from "node:test";

import { symbol } from "../../dashboard/static/atlas/glyphs.js";
import { LAYERS } from "../../dashboard/static/atlas/layers.js";
import { classesOf } from "../../dashboard/static/atlas/line_item.js";
import { isDark } from "../../dashboard/static/atlas/theme.js";

test("a symbol has a body and, where there is one, a mark", () => {
  const both = symbol({ shape: "M0 0", mark: "M1 1" }, 'class="glyph"');
  assert.match(both, /^<svg viewBox="0 0 24 24" aria-hidden="true" class="glyph">/);
  assert.match(both, /<path class="body" d="M0 0"\/><path class="mark" d="M1 1"\/><\/svg>$/);
  assert.doesNotMatch(symbol({ shape: "M0 0", mark: "" }), /class="mark"/);
});

test("a line's classes say what it is", () => {
  const { corridors, flows, relations } = LAYERS;
  assert.equal(classesOf({ state: "agreed" }, flows.line), "line flow state-agreed");
  assert.equal(classesOf({ mode: "rail", status: "gap" }, corridors.line), "line leg mode-rail status-gap");
  assert.equal(classesOf({ stance: "opposes" }, relations.line), "line relation stance-opposes");
});

test("dark is a background on which white is read", () => {
  for (const dark of ["#0e1117", "rgb(14, 17, 23)", "rgba(0, 0, 255, 1)", "#7f0000"]) assert.ok(isDark(dark), dark);
  for (const light of ["#ffffff", "rgb(240, 242, 246)", "#00ff00", ""]) assert.ok(!isDark(light), light);
});
