// The steps that back and forward lead through.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { openPage } from "./page.mjs";

const { steps } = await import("../../dashboard/static/atlas/steps.js");

let bar;
let frame;

// A picture is drawn, and what waited for it runs.
async function drawn() {
  frame();
  await new Promise((resolve) => setTimeout(resolve));
}

beforeEach(() => {
  ({ bar, frame } = openPage("?view=1,2,3"));
  steps();
});

// As Streamlit does when Python has changed the address.
const python = (search) => history.pushState({}, "", `/${search}`);

test("a step of Python's is a step", () => {
  python("?theme=a");
  assert.deepEqual(bar.entries, ["?view=1,2,3", "?theme=a"]);
});

test("the click is drawn before its step is taken", async () => {
  steps().foresee("?theme=a");
  assert.deepEqual(bar.entries, ["?view=1,2,3"]);
  await drawn();
  assert.deepEqual(bar.entries, ["?view=1,2,3", "?theme=a"]);
  steps().keep();
  assert.equal(bar.entries.length, 2);
});

test("what Python confirms is no second step, and keeps where the map looks", async () => {
  steps().foresee("?theme=a&view=1,2,3");
  await drawn();
  assert.deepEqual(bar.entries, ["?view=1,2,3", "?theme=a&view=1,2,3"]);
  python("?theme=a");
  steps().keep();
  assert.deepEqual(bar.entries, ["?view=1,2,3", "?theme=a&view=1,2,3"]);
  python("?theme=a&select=r");
  assert.equal(bar.entries.length, 3);
});

test("an answer to an earlier click leaves the address ahead of it", () => {
  steps().foresee("?theme=a");
  steps().foresee("?theme=a&theme=b");
  python("?theme=a");
  assert.equal(bar.search, "?theme=a&theme=b");
  python("?theme=a&theme=b");
  assert.deepEqual(bar.entries, ["?view=1,2,3", "?theme=a", "?theme=a&theme=b"]);
});

test("what else Python did meanwhile is a step of its own", () => {
  steps().foresee("?theme=a");
  python("?theme=a&select=r");
  assert.deepEqual(bar.entries, ["?view=1,2,3", "?theme=a", "?theme=a&select=r"]);
});

test("what is taken back is the address that was confirmed last", () => {
  steps().foresee("?theme=a");
  steps().takeBack();
  assert.equal(bar.search, "?view=1,2,3");
  steps().foresee("?theme=a");
  steps().foresee("?theme=a&theme=b");
  python("?theme=a");
  steps().takeBack();
  assert.equal(bar.search, "?theme=a");
  steps().takeBack();
  assert.equal(bar.search, "?theme=a");
});

test("back before the step was taken leaves it out", async () => {
  steps().foresee("?theme=a");
  window.dispatchEvent(new Event("popstate"));
  await drawn();
  assert.deepEqual(bar.entries, ["?view=1,2,3"]);
});

test("back ends the wait: the address is the reader's", async () => {
  steps().foresee("?theme=a");
  await drawn();
  bar.entries.pop();
  window.dispatchEvent(new Event("popstate"));
  steps().takeBack();
  assert.equal(bar.search, "?view=1,2,3");
  python("?theme=b");
  assert.equal(bar.search, "?theme=b");
});

test("the way to another page is one step", () => {
  steps().leave();
  python("?theme=a");
  assert.equal(bar.entries.length, 1);
  history.pushState({}, "", "/timeline");
  assert.deepEqual(bar.entries, ["?view=1,2,3", "?theme=a"]);
  python("?theme=b");
  assert.equal(bar.search, "?theme=b");
});

test("there is one for the page", () => assert.equal(steps(), steps()));
