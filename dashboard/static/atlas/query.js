// The text of a page's address, as Python reads and writes it: see dashboard/atlas/address.py.

/** @typedef {[string, string]} Entry */

// Written by the map in the browser, or read by Streamlit: Python knows nothing of them.
const NOT_PYTHONS = ["view", "off", "embed", "embed_options"];

// The order in which Python writes what a filter's button sets; what else stands there comes after.
const BUTTONS = ["theme", "layer", "status", "verdict", "alliance"];
const FIRST = ["actor", ...BUTTONS];

/** @type {(search: string, wanted: (key: string) => boolean) => Entry[]} */
const entriesOf = (search, wanted) => [...new URLSearchParams(search)].filter(([key]) => wanted(key));
/** @type {(entries: Entry[]) => string} */
const text = (entries) => {
  const written = new URLSearchParams(entries).toString();
  // Commas and colons are legal in a query and far easier to read unescaped.
  return written && `?${written.replaceAll("%2C", ",").replaceAll("%3A", ":")}`;
};
/** @type {(one: string, other: string, wanted: (key: string) => boolean) => boolean} */
const alike = (one, other, wanted) => {
  /** @type {(search: string) => string} */
  const sorted = (search) => JSON.stringify(entriesOf(search, wanted).sort(([a], [b]) => (a < b ? -1 : Number(a > b))));
  return sorted(one) === sorted(other);
};

// Whether two addresses show the same, wherever their maps look.
/** @type {(one: string, other: string) => boolean} */
export const sameScreen = (one, other) => alike(one, other, (key) => !NOT_PYTHONS.includes(key));

// An address of Python's, with what it does not know of this one.
/** @type {(search: string, here: string) => string} */
export function withMaps(search, here) {
  const kept = entriesOf(here, (key) => NOT_PYTHONS.includes(key) && !new URLSearchParams(search).has(key));
  return text([...new URLSearchParams(search), ...kept]);
}

// This address with other buttons pressed. Alliances that are drawn anyway go without saying; that
// there are none is said.
/** @type {(search: string, chosen: import("./browser").Chosen, usualAlliances: string[]) => string} */
export function withButtons(search, chosen, usualAlliances) {
  /** @type {Entry[]} */
  const pressed = Object.entries(chosen).flatMap(([key, values]) => {
    if (key !== "alliance") return values.map((value) => /** @type {Entry} */ ([key, value]));
    if (values.join() === usualAlliances.join()) return [];
    return (values.length ? values : [""]).map((value) => /** @type {Entry} */ ([key, value]));
  });
  const others = entriesOf(search, (key) => !(key in chosen));
  /** @type {(entry: Entry) => number} */
  const rank = ([key]) => (FIRST.includes(key) ? FIRST.indexOf(key) : FIRST.length);
  return text([...pressed, ...others].sort((a, b) => rank(a) - rank(b)));
}
