// The wire to the server: what is said when it is back, and what the reader is told.

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { openPage } from "./page.mjs";

const { wire } = await import("../../dashboard/static/atlas/wire.js");
const { WORDS } = await import("../../dashboard/static/atlas/word.js");

let page;
let app;
let told;
let changed;
let answer;
let map;
let loaded;

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const state = { "data-test-connection-state": "CONNECTED", "data-test-script-state": "notRunning" };
  app = { getAttribute: (name) => state[name], state };
  map = null;
  const querySelector = (selector) => (selector.startsWith("iframe") ? map : app);
  page = openPage("?theme=a&view=1,2,3", { querySelector });
  loaded = 0;
  page.bar.reload = () => (loaded += 1);
  globalThis.MutationObserver = class {
    constructor(callback) {
      changed = callback;
    }

    observe() {}
  };
  globalThis.PopStateEvent = globalThis.CloseEvent = Event;
  answer = { status: 200 };
  globalThis.fetch = async () => answer;
  told = [];
  wire().voice = (name, value) => told.push([name, value]);
});

afterEach(() => mock.timers.reset());

function set(name, value) {
  app.state[`data-test-${name}-state`] = value;
  changed();
}

const lose = () => set("connection", "PINGING_SERVER");
const regain = () => set("connection", "CONNECTED");
const run = () => {
  set("script", "running");
  set("script", "notRunning");
};
const say = () => page.elements.word;

test("who is back says so, with the address that stands there", () => {
  lose();
  assert.deepEqual(told, []);
  regain();
  assert.deepEqual(told, [["again", "?theme=a&view=1,2,3"]]);
  run();
  assert.equal(told.length, 1);
});

test("what is told goes out at once, and once", () => {
  wire().tell("select", "r");
  assert.deepEqual(told, [["select", "r"]]);
  run();
  lose();
  regain();
  assert.deepEqual(told.slice(1), [["again", "?theme=a&view=1,2,3"]]);
});

test("what was told on a wire that broke is told again", () => {
  wire().tell("select", "r");
  lose();
  regain();
  assert.deepEqual(
    told.map(([name]) => name),
    ["select", "again", "select"],
  );
  run();
  lose();
  regain();
  assert.equal(told.length, 4);
});

test("what is told without a wire waits for it, with a word", () => {
  lose();
  wire().tell("select", "r");
  wire().tell("select", "s");
  assert.deepEqual(told, []);
  assert.equal(say(), WORDS.kept);
  regain();
  assert.equal(say(), "");
  assert.deepEqual(told, [
    ["again", "?theme=a&view=1,2,3"],
    ["select", "s"],
  ]);
});

test("a wire that breaks for a moment is not worth a word; later there is one", () => {
  lose();
  mock.timers.tick(999);
  regain();
  mock.timers.tick(60_000);
  assert.equal(say(), "");
  lose();
  mock.timers.tick(1000);
  assert.equal(say(), WORDS.lost);
  regain();
  assert.equal(say(), "");
});

test("a server that has no room is asked, once, and the reader is told", async () => {
  answer = { status: 503 };
  lose();
  mock.timers.tick(1000);
  assert.equal(say(), WORDS.lost);
  mock.timers.tick(6000);
  await new Promise(setImmediate);
  assert.equal(say(), WORDS.full);
  regain();
  assert.equal(say(), "");
});

test("an answer that is late is told, until it is there", () => {
  wire().tell("select", "r");
  set("script", "running");
  mock.timers.tick(3999);
  assert.equal(say(), "");
  mock.timers.tick(1);
  assert.equal(say(), WORDS.late);
  set("script", "notRunning");
  assert.equal(say(), "");
});

// A page that waits for an answer, of which no run has begun; `late` milliseconds pass until the
// server is heard of otherwise.
async function doubt(late, more = () => {}) {
  let left = 0;
  let heard;
  globalThis.fetch = () => new Promise((resolve, reject) => (heard = { resolve, reject }));
  window.atlasSocket = new EventTarget();
  window.atlasSocket.addEventListener("close", () => (left += 1));
  wire().tell("select", "r");
  mock.timers.tick(4000);
  more();
  mock.timers.tick(late);
  if (heard) late === Infinity ? heard.reject(new Error("timeout")) : heard.resolve(answer);
  await new Promise(setImmediate);
  return left;
}

test("a server that hangs is left: it was answered for late, or nobody answers", async () => {
  assert.equal(await doubt(2000), 1);
  set("connection", "PINGING_SERVER");
  regain();
  run();
  assert.equal(await doubt(Infinity), 1);
});

test("a server that is only slow is not left", async () => {
  assert.equal(await doubt(1999), 0);
  run();
  assert.equal(await doubt(2000, run), 0, "it has answered meanwhile");
  assert.equal(await doubt(2000, lose), 0, "the wire is gone already");
  regain();
  run();
  wire().tell("select", "r");
  set("script", "running");
  mock.timers.tick(60_000);
  assert.equal(say(), WORDS.late);
  assert.equal(await doubt(0), 0);
});

test("a filter that is not answered is late, too", () => {
  page.listeners.click({ isTrusted: true, target: { closest: (asked) => asked.includes("stButtonGroup") && {} } });
  mock.timers.tick(4000);
  assert.equal(say(), WORDS.late);
  run();
  assert.equal(say(), "");
});

test("back without a wire is gone once more when it is there", () => {
  let gone = 0;
  window.addEventListener("popstate", () => (gone += 1));
  lose();
  window.dispatchEvent(new Event("popstate"));
  regain();
  assert.equal(gone, 2);
  assert.deepEqual(told, []);
  run();
  lose();
  regain();
  assert.equal(gone, 2);
  assert.deepEqual(told, [["again", "?theme=a&view=1,2,3"]]);
});

const mapThat = (dataset) => ({ contentDocument: { querySelector: () => ({ dataset }) } });

test("a page that misses a part of it when the wire is back is loaded anew", () => {
  map = mapThat({ ready: "true" });
  lose();
  regain();
  assert.equal(loaded, 0);
  for (const broken of [mapThat({}), { contentDocument: null }]) {
    map = broken;
    lose();
    regain();
  }
  assert.equal(loaded, 2);
  map = null;
  window.dispatchEvent(new Event("vite:preloadError"));
  assert.equal(loaded, 2);
  lose();
  regain();
  assert.equal(loaded, 3);
});

// A button of Streamlit's, as far as it is asked.
function button(words) {
  const made = {
    pressed: 0,
    textContent: words,
    disabled: false,
    checkVisibility: () => true,
    click: () => (made.pressed += 1),
    closest: (selector) => (selector.includes("st-key") ? { className: "x st-key-present-button y" } : made),
  };
  return made;
}

const press = (made) => page.listeners.click({ isTrusted: true, target: made });

test("a button that was pressed on a wire that broke is pressed again, if nothing has come of it", () => {
  let shown = button("Present");
  document.querySelectorAll = () => [shown];
  press(shown);
  lose();
  regain();
  assert.equal(shown.pressed, 0);
  run();
  assert.equal(shown.pressed, 1);
  run();
  assert.equal(shown.pressed, 1);
  press(shown);
  lose();
  shown = button("Leave");
  regain();
  run();
  assert.equal(shown.pressed, 0);
  press(shown);
  history.pushState({}, "", "/?present=1");
  lose();
  regain();
  run();
  assert.equal(shown.pressed, 0);
});

test("a button that was answered is not pressed again", () => {
  const shown = button("Present");
  document.querySelectorAll = () => [shown];
  press(shown);
  run();
  lose();
  regain();
  run();
  assert.equal(shown.pressed, 0);
});
