// Answers the questions of node.py, a line of JSON each, until its input ends.

import { createInterface } from "node:readline";
import vm from "node:vm";

// Leaflet, as far as modules need it to be read: a class that they extend.
globalThis.L = { Renderer: class {} };

function plain(_, value) {
  if (value instanceof Map) return Object.fromEntries(value);
  if (value instanceof Set || ArrayBuffer.isView(value)) return [...value];
  if (value === undefined) return null;
  if (typeof value === "function") return "a function";
  if (typeof value === "number" && !Number.isFinite(value)) throw new Error(`JSON cannot say ${value}`);
  return value;
}

const named = (module, path) => {
  let [owner, found] = [undefined, module];
  for (const name of path.split(".")) [owner, found] = [found, found?.[name]];
  if (typeof found !== "function") throw new Error(`no function ${path}`);
  return (...given) => found.apply(owner, given);
};

const does = {
  async call({ module, function: path, cases }) {
    const called = named(await import(module), path);
    return cases.map((given) => called(...given));
  },

  async exports({ module }) {
    const entries = Object.entries(await import(module));
    const said = entries.map(async ([name, value]) => {
      if (typeof value !== "function") return [name, value];
      if (String(value).startsWith("class")) return [name, Object.keys(new value())];
      return [name, await value()];
    });
    return Object.fromEntries(await Promise.all(said));
  },

  async link({ sources }) {
    const modules = new Map();
    const faults = {};
    const of = (name) => {
      if (!(name in sources)) throw new Error(`there is no ${name}`);
      if (!modules.has(name)) modules.set(name, new vm.SourceTextModule(sources[name], { identifier: name }));
      return modules.get(name);
    };
    for (const name of Object.keys(sources)) {
      try {
        if (of(name).status === "unlinked") await of(name).link((path) => of(path.replace("./", "")));
      } catch (error) {
        faults[name] = String(error);
      }
    }
    return faults;
  },
};

// A module that cannot be read is refused to each that imports it, and all but the first refusal find
// nobody who waits.
process.on("unhandledRejection", () => {});

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    const question = JSON.parse(line);
    answer = JSON.stringify({ value: await does[question.does](question) }, plain);
  } catch (error) {
    answer = JSON.stringify({ error: error.stack || String(error) });
  }
  process.stdout.write(`${answer}\n`);
}
