// Where lines run, and what is near them: arithmetic alone, without the map.

import { worldX, worldY } from "./mercator.js";

/** @import { Box, Course } from "./browser" */
/** @import { At, Path } from "./contract" */

// A path is a list of places; of one that is cut at ±180°, a list of such lists.
/** @type {(path: Path) => At[][]} */
const partsOf = (path) => (Array.isArray(path[0][0]) ? /** @type {At[][]} */ (path) : [/** @type {At[]} */ (path)]);

// All bends of a line.
/** @type {(line: { path: Path }) => At[]} */
export const bends = ({ path }) => partsOf(path).flat();

// Its middle one.
/** @type {(line: { path: Path }) => At} */
export function middleOf(line) {
  const course = bends(line);
  return course[course.length >> 1];
}

// Where a line runs, in pixels of zoom 0, part by part, and its outermost values.
/** @type {(path: Path) => { course: Course; box: Box }} */
export function courseOf(path) {
  /** @type {Box} */
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  const course = partsOf(path).map((part) => {
    const run = new Float64Array(2 * part.length);
    part.forEach(([lat, lon], i) => {
      const [x, y] = [worldX(lon), worldY(lat)];
      run[2 * i] = x;
      run[2 * i + 1] = y;
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    });
    return run;
  });
  return { course, box };
}

/** @type {(a: Box, b: Box) => boolean} */
export const touches = (a, b) => a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];

// How far a point is from a course, in its pixels.
/** @type {(course: Course, x: number, y: number) => number} */
export function distance(course, x, y) {
  let least = Infinity;
  for (const part of course) {
    for (let i = 2; i < part.length; i += 2) {
      const [ax, ay] = [part[i - 2], part[i - 1]];
      const [dx, dy] = [part[i] - ax, part[i + 1] - ay];
      const along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1);
      const t = Math.max(0, Math.min(1, along));
      least = Math.min(least, (x - ax - t * dx) ** 2 + (y - ay - t * dy) ** 2);
    }
  }
  return Math.sqrt(least);
}
