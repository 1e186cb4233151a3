// What is said to those who hear the page.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Announcer } from "../../dashboard/static/atlas/announce.js";

function heard(...texts) {
  const said = [];
  const announcer = new Announcer({
    set textContent(text) {
      said.push(text);
    },
  });
  for (const text of texts) announcer.hear(text);
  return said;
}

test("nothing is said at the start", () => assert.deepEqual(heard("122 of 122"), []));

test("each change is said once, however often it is heard", () => {
  assert.deepEqual(heard("122 of 122", "37 of 122", "37 of 122", "37 of 122"), ["37 of 122"]);
});

test("the way back is a change, too", () => {
  assert.deepEqual(heard("122 of 122", "37 of 122", "122 of 122"), ["37 of 122", "122 of 122"]);
});

test("a page that says nothing changes nothing", () => {
  assert.deepEqual(heard("122 of 122", undefined, "", "122 of 122"), []);
});
