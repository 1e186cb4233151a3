// Which records a line stands for, and which signs it ends in.

import { courseOf } from "./courses.js";
import { LAYERS } from "./layers.js";

/** @import { LayerGroup, Polyline } from "leaflet" */
/** @import { Box, Course, LineSort, MapScene } from "./browser" */
/** @import { Line, SceneRecord } from "./contract" */
/** @typedef {{ group: LayerGroup, strokes: Polyline[], main: Polyline }} Built */

/** @type {SceneRecord[]} */
const NONE = [];

// How the layer draws it that a line's records are of.
/** @type {(line: Line, scene: MapScene) => LineSort} */
export const sortOf = (line, scene) => /** @type {LineSort} */ (LAYERS[scene.records[line.records[0]].layer].line);

/** @type {(line: Line, sort: LineSort) => string} */
export const classesOf = (line, sort) => `line ${sort.classes(line)}`;

// What is drawn in one stroke: one line of the scene, or several of one course and sort.
export class Item {
  /** @type {Built | undefined} */ built;
  /** @type {{ course: Course, box: Box } | undefined} */ where;
  changed = false;
  themes = "";
  turn = 0;
  number = 0;

  /** @param {Line[]} lines @param {MapScene} scene @param {(item: Item) => Built} make */
  constructor(lines, scene, make) {
    this.lines = lines;
    this.line = lines[0];
    this.make = make;
    this.sort = sortOf(this.line, scene);
    this.classes = classesOf(this.line, this.sort);
    /** @type {string | undefined} its sign, where it ends in one: see dashboard/look */
    this.head = scene.look.head_of["stance" in this.line ? this.line.stance : this.line.type];
    this.positions = lines.flatMap(({ records }) => records);
    this.records = this.positions.map((position) => scene.records[position]);
    this.parts = lines.flatMap((line) => line.records.map(() => ("part" in line ? line.part : "")));
    this.shown = NONE;
  }

  // Records of the line that are shown; the same list again where it is all or none of them.
  /** @type {(on: boolean[], parts?: Set<string>) => SceneRecord[]} */
  left(on, parts) {
    const { positions, records } = this;
    const stays = (/** @type {unknown} */ _, /** @type {number} */ i) =>
      on[positions[i]] && !(parts && this.parts[i] && !parts.has(this.parts[i]));
    if (records.every(stays)) return records;
    return records.length > 1 && records.some(stays) ? records.filter(stays) : NONE;
  }

  get elements() {
    this.built ??= this.make(this);
    return this.built;
  }

  get group() {
    return this.elements.group;
  }

  get strokes() {
    return this.elements.strokes;
  }

  get main() {
    return this.elements.main;
  }

  get run() {
    this.where ??= courseOf(this.line.path);
    return this.where;
  }

  // Bits of the ends that carry a head: 1 the line's end, 2 its start.
  get ends() {
    if (!this.head) return 0;
    const ends = "ends" in this.line ? this.line.ends : null;
    return ends ? this.records.reduce((bits, one, i) => (this.shown.includes(one) ? bits | ends[i] : bits), 0) : 1;
  }
}
