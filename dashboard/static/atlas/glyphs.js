// Symbols on a 24 × 24 grid; their paths come with the scene.

/** @type {(name: string, d: string) => string} */
const path = (name, d) => (d ? `<path class="${name}" d="${d}"/>` : "");

// `body` takes the theme's colour, `mark` the contrast colour.
/** @type {(glyph: import("./contract").Glyph, attributes?: string) => string} */
export function symbol({ shape, mark }, attributes = "") {
  return `<svg viewBox="0 0 24 24" aria-hidden="true" ${attributes}>${path("body", shape)}${path("mark", mark)}</svg>`;
}
