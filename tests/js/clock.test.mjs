// What waits: the steps of a page that plays, and a file that is handed over.

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import player from "../../dashboard/static/atlas/player.js";
import save from "../../dashboard/static/atlas/save.js";

let saved;

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1000 });
  saved = [];
  globalThis.window = {};
  globalThis.document = {
    createElement: () => ({
      click() {
        saved.push({ name: this.download, address: this.href });
      },
    }),
  };
});
afterEach(() => mock.timers.reset());

const message = (about, content) =>
  new Uint8Array([...new TextEncoder().encode(`${JSON.stringify(about)}\n`), ...content]);

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

test("a file is handed over once, with its name and all its bytes", async () => {
  const data = message({ number: 5, name: "records.csv", type: "text/csv" }, [0, 10, 255]);
  save({ data });
  save({ data }); // the page was drawn once more
  assert.deepEqual(
    saved.map(({ name }) => name),
    ["records.csv"],
  );
  const file = await (await fetch(saved[0].address)).blob();
  assert.equal(file.type, "text/csv");
  assert.deepEqual([...new Uint8Array(await file.arrayBuffer())], [0, 10, 255]);
  save({ data: message({ number: 6, name: "map.svg", type: "image/svg+xml" }, []) });
  assert.equal(saved.length, 2);
});

test("what a browser has read is let go, and nothing is handed over where there is nothing", async () => {
  save({ data: message({ number: 7, name: "a", type: "text/plain" }, [1]) });
  mock.timers.tick(59_999);
  assert.ok((await fetch(saved[0].address)).ok);
  mock.timers.tick(1);
  await assert.rejects(fetch(saved[0].address));
  save({});
  save({ data: new Uint8Array() });
  assert.equal(saved.length, 1);
});
