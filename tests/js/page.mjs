// As much of a page as our modules ask for: an address with its steps, and an element with attributes.

export class Bar {
  constructor(search = "") {
    this.entries = [search];
  }

  get search() {
    return this.entries.at(-1);
  }

  pathname = "/";
  hash = "";

  get href() {
    return `http://atlas.test${this.pathname}${this.search}`;
  }

  // What `history` is, for this address.
  get history() {
    const text = (url) => new URL(url, this.href).search;
    return {
      state: null,
      pushState: (state, title, url) => this.entries.push(text(url)),
      replaceState: (state, title, url) => (this.entries[this.entries.length - 1] = text(url)),
    };
  }
}

// Elements by id, made when asked for: what a word is written into.
export class Elements {
  constructor() {
    this.byId = new Map();
  }

  create() {
    return { dataset: {}, textContent: "", setAttribute: () => {} };
  }

  append(made) {
    this.byId.set(made.id, made);
  }

  get word() {
    return this.byId.get("atlas-word")?.textContent || "";
  }
}

// Sets the globals that a module finds in a browser; `more` are those of the document.
export function openPage(search, more = {}) {
  const bar = new Bar(search);
  const elements = new Elements();
  globalThis.window = new EventTarget();
  globalThis.location = bar;
  globalThis.history = bar.history;
  const frames = [];
  globalThis.requestAnimationFrame = (draw) => frames.push(draw);
  const frame = () => frames.splice(0).forEach((draw) => draw());
  const listeners = {};
  globalThis.document = {
    addEventListener: (name, listener) => (listeners[name] = listener),
    getElementById: (id) => elements.byId.get(id) || null,
    createElement: () => elements.create(),
    body: { append: (made) => elements.append(made) },
    querySelector: () => null,
    querySelectorAll: () => [],
    ...more,
  };
  return { bar, elements, listeners, frame };
}
