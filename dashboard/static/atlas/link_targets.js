// Where links lead, and what they take along of this page's address: text alone.

/** @type {(target: string, query: string) => string} */
const joined = (target, query) => (query ? [target, query].join(target.includes("?") ? "&" : "?") : target);

// A link may keep parts of this page's address: it names their keys, with spaces between them.
/** @type {(target: string, keys?: string, search?: string) => string} */
export function withKept(target, keys = "", search = "") {
  const here = new URLSearchParams(search);
  const kept = new URLSearchParams();
  for (const key of keys.split(" ")) for (const value of here.getAll(key)) kept.append(key, value);
  return joined(target, kept.toString());
}

// A briefing can show what the map shows, and only the browser knows where that looks and what is
// switched off on it. Where the reader has moved it, that is what the briefing opens with. Edges are
// degrees: west, south, east, north.
/** @type {(target: string, edges: number[] | null | undefined, search?: string) => string} */
export function withSight(target, edges, search = "") {
  if (!edges) return target;
  const here = new URLSearchParams(search);
  const parts = [`bbox=${edges.map((edge) => edge.toFixed(3)).join()}`];
  const view = here.get("view");
  if (view) parts.push("extent=view", `view=${encodeURIComponent(view)}`);
  parts.push(...here.getAll("off").map((layer) => `off=${encodeURIComponent(layer)}`));
  return joined(target, parts.join("&"));
}
