// A click on a filter's button, answered before Python has confirmed it.

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { openPage } from "./page.mjs";

const PILLS = { theme: ["a", "b"], layer: ["flows", "events"], status: [], verdict: [], alliance: ["x"] };

const RECORDS = [
  { themes: ["a"], layer: "flows", evidence: "reported", verdict: "stands" },
  { themes: ["b", "a"], layer: "events", evidence: "reported", verdict: "stands" },
  { themes: ["b"], layer: "events", evidence: "reported", verdict: "stands" },
];

let opened;
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

const { chosenBy, Forecast, pressed } = await import("../../dashboard/static/atlas/forecast.js");
const { WORDS } = await import("../../dashboard/static/atlas/word.js");

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] }); // else the process would wait for what nobody answers
  told = [];
  page = pageOf({ theme: ["a"], layer: ["events"] });
  const atlas = {
    foresee: (change) => told.push(change),
    takeBack: () => told.push("taken back"),
    expect: (pressed) => told.push(["expects", pressed]),
    confirm: () => told.push("confirmed"),
  };
  opened = openPage("?theme=a&layer=events&view=1,2,3", {
    querySelector: () => ({ contentWindow: { atlas } }),
    querySelectorAll: (selector) => page[selector.match(/st-key-(\w+)/)[1]],
  });
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
  const forecast = new Forecast((scene, data, shown, themes) => painted.push([shown, themes.join()]));
  const scene = { records: RECORDS, pills: PILLS, alliances_shown: ["x"], objects: {} };
  const said = (change) => forecast.said(scene, { reachable: [0, 1, 2], ...change });
  const before = { shown: [1], pressed: "theme=a&layer=events&alliance=x", address: "theme=a&layer=events" };
  said(before);
  const click = (target) => opened.listeners.click({ target });
  return { painted, click, said, forecast };
}

const address = () => opened.bar.search;
const word = () => opened.elements.word;
const BOTH = "theme=a&theme=b&layer=events&alliance=x";

test("a click is shown at once: in the list, on the map and in the address", () => {
  const { painted, click } = started();
  page.alliance[0].getAttribute = () => "true";
  click(page.theme[1]);
  assert.deepEqual(painted, [
    [[1], "a"],
    [[1, 2], "a,b"],
  ]);
  assert.deepEqual(told, [
    { pressed: BOTH, shown: [1, 2], themes: ["a", "b"], layers: ["events"], alliances: ["x"], places: [] },
  ]);
  opened.frame();
  mock.timers.tick(1);
  assert.equal(address(), "?theme=a&theme=b&layer=events&view=1,2,3");
});

test("an answer to an earlier click decides nothing; that to the last confirms it", () => {
  const { painted, click, said } = started();
  page.alliance[0].getAttribute = () => "true";
  click(page.theme[1]);
  said({ shown: [9], pressed: "theme=b&layer=events&alliance=x" });
  said({ shown: [9], pressed: "theme=a", asked: "theme=a&layer=flows" });
  assert.deepEqual(painted.at(-1), [[1, 2], "a,b"]);
  said({ shown: [8], pressed: BOTH, address: "theme=a&theme=b&layer=events" });
  assert.deepEqual(painted.at(-1), [[8], "a,b"]);
  assert.deepEqual(told.slice(1), ["confirmed"]);
  assert.equal(opened.bar.entries.length, 2);
  said({ shown: [7], pressed: "", address: "" });
  assert.deepEqual(painted.at(-1), [[7], ""]);
  assert.equal(address(), "?view=1,2,3");
  assert.equal(word(), "");
});

test("what Python saw and did not do is taken back everywhere at once, with a word", () => {
  const { painted, click, said } = started();
  page.alliance[0].getAttribute = () => "true";
  click(page.theme[1]);
  said({ shown: [1], pressed: "theme=a&layer=events&alliance=x", address: "theme=a&layer=events", asked: BOTH });
  assert.deepEqual(painted.at(-1), [[1], "a"]);
  assert.equal(told.at(-1), "taken back");
  assert.equal(address(), "?theme=a&layer=events&view=1,2,3");
  assert.equal(word(), WORDS.takenBack);
  click(page.theme[1]);
  assert.equal(word(), "");
});

test("an answer that is late is waited for, with a word: no two places decide apart", () => {
  const { painted, click, said } = started();
  page.alliance[0].getAttribute = () => "true";
  click(page.theme[1]);
  mock.timers.tick(3999);
  assert.equal(word(), "");
  mock.timers.tick(100_000);
  assert.equal(word(), WORDS.late);
  assert.deepEqual(painted.at(-1), [[1, 2], "a,b"]);
  assert.equal(told.length, 1);
  said({ shown: [8], pressed: BOTH });
  assert.equal(word(), "");
  assert.deepEqual(painted.at(-1), [[8], "a,b"]);
});

test("who goes back before it is answered gets what Python said last, and no word", () => {
  const { painted, click } = started();
  click(page.theme[1]);
  window.dispatchEvent(new Event("popstate"));
  assert.deepEqual(painted.at(-1), [[1], "a"]);
  assert.equal(told.at(-1), "taken back");
  mock.timers.tick(100_000);
  assert.equal(word(), "");
});

const RESET = { closest: (selector) => (selector === ".st-key-reset button" ? RESET : null) };

test("a reset that follows a click is waited for instead: what is foreseen stays until then", () => {
  const { painted, click, said } = started();
  page.alliance[0].getAttribute = () => "true";
  click(RESET);
  assert.deepEqual(told, []); // nothing was foreseen: Python's answer is shown as it comes
  click(page.theme[1]);
  click(RESET);
  assert.deepEqual(told.at(-1), ["expects", "alliance=x"]);
  said({ shown: [8], pressed: BOTH, address: "theme=a&theme=b&layer=events" });
  assert.deepEqual(painted.at(-1), [[1, 2], "a,b"]);
  said({ shown: [0, 1, 2], pressed: "alliance=x", address: "" });
  assert.deepEqual(painted.at(-1), [[0, 1, 2], ""]);
  assert.equal(address(), "?view=1,2,3");
});

test("nothing is foreseen before Python has said what is in reach", () => {
  const painted = [];
  new Forecast((...all) => painted.push(all));
  opened.listeners.click({ target: page.theme[1] });
  assert.deepEqual([painted, told, address()], [[], [], "?theme=a&layer=events&view=1,2,3"]);
});
