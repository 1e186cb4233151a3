// A click on a filter's button, answered before Python has confirmed it.

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

const PILLS = { theme: ["a", "b"], layer: ["flows", "events"], status: [], verdict: [], alliance: ["x"] };

const RECORDS = [
  { themes: ["a"], layer: "flows", evidence: "reported", verdict: "stands" },
  { themes: ["b", "a"], layer: "events", evidence: "reported", verdict: "stands" },
  { themes: ["b"], layer: "events", evidence: "reported", verdict: "stands" },
];

let listeners;
let page;
let told;

// The page's buttons, as far as they are asked: group by group.
function pageOf(pressed) {
  const groups = {};
  for (const [key, values] of Object.entries(PILLS)) {
    groups[key] = values.map((value) => {
      const button = {
        getAttribute: () => String((pressed[key] || []).includes(value)),
        closest: (selector) => (selector.startsWith("button") || selector.includes(`.st-key-${key}`) ? button : null),
      };
      return button;
    });
  }
  return groups;
}

globalThis.document = {
  addEventListener: (name, listener) => (listeners[name] = listener),
  querySelector: () => ({ contentWindow: { atlas: { foresee: (change) => told.push(change) } } }),
  querySelectorAll: (selector) => page[selector.match(/st-key-(\w+)/)[1]],
};

const { chosenBy, Forecast, pressed } = await import("../../dashboard/static/atlas/forecast.js");

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] }); // else the process would wait for what nobody answers
  listeners = {};
  told = [];
  page = pageOf({ theme: ["a"], layer: ["events"] });
});

afterEach(() => mock.timers.reset());

test("a click turns one button over and leaves the others as they are", () => {
  const kept = { theme: ["a"], layer: ["events"], status: [], verdict: [], alliance: [] };
  assert.deepEqual(chosenBy(page.theme[0], PILLS), { ...kept, theme: [] });
  assert.deepEqual(chosenBy(page.theme[1], PILLS), { ...kept, theme: ["a", "b"] });
  assert.deepEqual(chosenBy(page.layer[0], PILLS), { ...kept, layer: ["flows", "events"] });
  assert.deepEqual(chosenBy(page.alliance[0], PILLS), { ...kept, alliance: ["x"] });
});

test("a click elsewhere is none on a filter", () => {
  assert.equal(chosenBy({}, PILLS), null);
  assert.equal(chosenBy({ closest: () => null }, PILLS), null);
  const other = { closest: (selector) => (selector.startsWith("button") ? other : null) };
  assert.equal(chosenBy(other, PILLS), null);
});

test("where the page has other buttons than Python described, Python answers", () => {
  page.theme = page.theme.slice(1);
  assert.equal(chosenBy(page.layer[0], PILLS), null);
});

test("what is pressed is written in the order of the filters", () => {
  assert.equal(pressed({ theme: ["a", "b"], layer: [], alliance: ["x"] }), "theme=a&theme=b&alliance=x");
  assert.equal(pressed({ theme: [] }), "");
});

function started() {
  const painted = [];
  const forecast = new Forecast((scene, data, shown) => painted.push(shown));
  const scene = { records: RECORDS, pills: PILLS };
  forecast.said(scene, { reachable: [0, 1, 2], shown: [1], pressed: "theme=a&layer=events" });
  const click = (target) => listeners.click({ target });
  const said = (change) => forecast.said(scene, { reachable: [0, 1, 2], ...change });
  return { painted, click, said };
}

test("a click is painted at once, and the map is told the same", () => {
  const { painted, click } = started();
  click(page.theme[1]);
  assert.deepEqual(painted, [[1], [1, 2]]);
  assert.deepEqual(told, [
    { pressed: "theme=a&theme=b&layer=events", shown: [1, 2], themes: ["a", "b"], layers: ["events"], alliances: [] },
  ]);
});

test("an answer to an earlier click waits for that to the last", () => {
  const { painted, click, said } = started();
  click(page.theme[1]);
  said({ shown: [9], pressed: "theme=b&layer=events" });
  assert.deepEqual(painted.at(-1), [1, 2]);
  said({ shown: [8], pressed: "theme=a&theme=b&layer=events" });
  assert.deepEqual(painted.at(-1), [8]);
  said({ shown: [7], pressed: "" });
  assert.deepEqual(painted.at(-1), [7]);
});

test("where no answer comes in time, what Python said last counts", () => {
  const { painted, click, said } = started();
  click(page.theme[1]);
  said({ shown: [9], pressed: "theme=b" });
  mock.timers.tick(3999);
  assert.deepEqual(painted.at(-1), [1, 2]);
  mock.timers.tick(1);
  assert.deepEqual(painted.at(-1), [9]);
});

test("nothing is foreseen before Python has said what is in reach", () => {
  const painted = [];
  new Forecast((...all) => painted.push(all));
  listeners.click({ target: page.theme[1] });
  assert.deepEqual([painted, told], [[], []]);
});
