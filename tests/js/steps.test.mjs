// The steps that back and forward lead through.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { openPage } from "./page.mjs";

const { steps } = await import("../../dashboard/static/atlas/steps.js");

let bar;
let frame;
let listeners;

// A picture is drawn, and what waited for it runs.
async function drawn() {
  frame();
  await new Promise((resolve) => setTimeout(resolve));
}

beforeEach(() => {
  ({ bar, frame, listeners } = openPage("?view=1,2,3"));
  steps();
});

// As Streamlit does when Python has changed the address.
const python = (search) => history.pushState({}, "", `/${search}`);

function back(times = 1) {
  bar.entries.splice(bar.entries.length - times);
  window.dispatchEvent(new Event("popstate"));
}

// A page with a list, which has said what it shows at first.
function led(address = "") {
  steps().led = true;
  steps().show(address);
}

test("without a list, a step of Python's is a step", () => {
  python("?theme=a");
  assert.deepEqual(bar.entries, ["?view=1,2,3", "?theme=a"]);
});

test("with a list, the step comes with what is shown, and keeps where the map looks", () => {
  led();
  python("?theme=a");
  assert.deepEqual(bar.entries, ["?view=1,2,3"]);
  steps().show("theme=a");
  steps().show("theme=a");
  assert.deepEqual(bar.entries, ["?view=1,2,3", "?theme=a&view=1,2,3"]);
});

test("what Python knows otherwise from the start makes no step", () => {
  led("theme=a");
  assert.deepEqual(bar.entries, ["?view=1,2,3"]);
});

test("the click is drawn before its step is taken", async () => {
  led();
  steps().foresee("?theme=a");
  assert.deepEqual(bar.entries, ["?view=1,2,3"]);
  await drawn();
  assert.deepEqual(bar.entries, ["?view=1,2,3", "?theme=a"]);
  steps().show("theme=a");
  assert.equal(bar.entries.length, 2);
});

test("back before the step was taken leaves it out", async () => {
  led();
  steps().foresee("?theme=a");
  back(0);
  await drawn();
  assert.deepEqual(bar.entries, ["?view=1,2,3"]);
});

test("what was foreseen and is confirmed is no second step", () => {
  led();
  steps().foresee("?theme=a&view=1,2,3");
  python("?theme=a");
  steps().show("theme=a");
  assert.deepEqual(bar.entries, ["?view=1,2,3", "?theme=a&view=1,2,3"]);
});

test("what else Python did meanwhile is a step of its own", () => {
  led();
  steps().foresee("?theme=a");
  steps().show("theme=a&select=r");
  assert.deepEqual(bar.entries, ["?view=1,2,3", "?theme=a", "?theme=a&select=r"]);
});

test("what Python undid is a step, be it the address from before the click", () => {
  led();
  steps().foresee("?theme=a");
  steps().show("");
  assert.deepEqual(bar.entries, ["?view=1,2,3", "?theme=a", ""]);
});

test("what is taken back is the address that Python says", () => {
  led();
  steps().foresee("?theme=a&view=1,2,3");
  steps().takeBack("");
  assert.deepEqual(bar.entries, ["?view=1,2,3", "?view=1,2,3"]);
  steps().show("");
  assert.equal(bar.entries.length, 2);
});

test("who goes back stays there, however many answers to earlier clicks come", async () => {
  led();
  const clicks = ["?theme=a", "?theme=a&theme=b", "?theme=b"];
  for (const search of clicks) {
    steps().foresee(search);
    await drawn();
  }
  back(clicks.length);
  for (const search of clicks) {
    python(search);
    history.replaceState({}, "", `/${search}`); // as Streamlit does after back and forward
    steps().show(search.slice(1));
  }
  assert.deepEqual(bar.entries, ["?view=1,2,3"]);
  steps().show("");
  steps().show("q=x"); // what is done from there on
  assert.deepEqual(bar.entries, ["?view=1,2,3", "?q=x&view=1,2,3"]);
});

test("without a list, too", () => {
  python("?with=a");
  back();
  python("?with=a");
  history.replaceState({}, "", "/?with=a");
  history.pushState({}, "", "/timeline"); // an answer to a link
  assert.deepEqual(bar.entries, ["?view=1,2,3"]);
});

for (const name of ["pointerdown", "keydown"]) {
  test(`what a reader does after going back counts, even if that was never answered: ${name}`, () => {
    led();
    back(0);
    steps().show("theme=a");
    assert.equal(bar.search, "?view=1,2,3");
    listeners[name]();
    steps().show("q=x");
    assert.equal(bar.search, "?q=x&view=1,2,3");
  });
}

test("the map writes where it looks, at any time", () => {
  led();
  back(0);
  history.replaceState({}, "", "/?view=4,5,6");
  assert.equal(bar.search, "?view=4,5,6");
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
