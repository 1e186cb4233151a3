// What waits: the steps of a page that plays, and a file that is handed over.

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import player from "../../dashboard/static/atlas/player.js";
import save from "../../dashboard/static/atlas/save.js";

let frames;
let button;

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1000 });
  frames = [];
  button = null;
  globalThis.window = {};
  globalThis.document = { querySelector: () => button };
  globalThis.requestAnimationFrame = (called) => frames.push(called);
  globalThis.cancelAnimationFrame = (number) => (frames[number - 1] = () => {});
});
afterEach(() => mock.timers.reset());

function pass(count) {
  for (let i = 0; i < count; i += 1) frames.splice(0, 1).forEach((called) => called());
}

test("a page that plays is told its next step once the pause is over", () => {
  const told = [];
  player({ data: { playing: true, step: 4, pause: 700 }, setTriggerValue: (...said) => told.push(said) });
  mock.timers.tick(699);
  assert.deepEqual(told, []);
  mock.timers.tick(1);
  assert.deepEqual(told, [["tick", 4]]);
});

test("a page that stands still, or was left, is told nothing", () => {
  const told = [];
  const setTriggerValue = (...said) => told.push(said);
  player({ data: { playing: false, step: 4, pause: 1 }, setTriggerValue })();
  player({ data: { playing: true, step: 4, pause: 1 }, setTriggerValue })();
  mock.timers.tick(1000);
  assert.deepEqual(told, []);
});

test("a file's button is pressed once, when it is there", () => {
  let clicks = 0;
  save({ data: { number: 5 } });
  pass(4);
  button = { disabled: true, click: () => (clicks += 1) };
  pass(2);
  assert.equal(clicks, 0);
  button.disabled = false;
  pass(2);
  assert.equal(clicks, 1);
  assert.equal(save({ data: { number: 5 } }), undefined);
  save({ data: { number: 6 } });
  pass(2);
  assert.equal(clicks, 2);
});

test("a button that never comes is not waited for for ever", () => {
  save({ data: { number: 5 } });
  pass(3);
  assert.equal(frames.length, 1);
  mock.timers.tick(5000);
  pass(1);
  assert.equal(frames.length, 0);
  assert.equal(save({ data: {} }), undefined);
});
