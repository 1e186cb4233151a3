// Which records a line stands for, and which sign it ends in.

import { courseOf } from "./courses.js";

const NONE = [];

// What is drawn in one stroke: one line of the scene, or several of one course and sort.
export class Item {
  constructor(layer, lines, scene) {
    this.layer = layer;
    this.lines = lines;
    [this.line] = lines;
    this.positions = lines.flatMap(({ records }) => records);
    this.records = this.positions.map((position) => scene.records[position]);
    this.parts = lines.flatMap(({ records, part }) => records.map(() => part));
    this.shown = NONE;
  }

  // Records of the line that are shown; the same list again where it is all or none of them.
  left(on, parts) {
    const { positions, records } = this;
    const stays = (_, i) => on[positions[i]] && !(parts && this.parts[i] && !parts.has(this.parts[i]));
    if (records.every(stays)) return records;
    return records.length > 1 && records.some(stays) ? records.filter(stays) : NONE;
  }

  get group() {
    this.built ||= this.layer.make(this);
    return this.built.group;
  }

  get strokes() {
    return this.group && this.built.strokes;
  }

  get main() {
    return this.group && this.built.main;
  }

  get course() {
    this.where ||= courseOf(this.line.path);
    return this.where.course;
  }

  get box() {
    return this.course && this.where.box;
  }

  // Bits of the ends that carry a head: 1 the line's end, 2 its start.
  get ends() {
    const { ends } = this.line;
    if (this.line.type === "leg") return 0;
    return ends ? this.records.reduce((bits, one, i) => (this.shown.includes(one) ? bits | ends[i] : bits), 0) : 1;
  }

  get head() {
    if (this.line.type === "flow") return "arrow";
    return this.line.stance === "opposes" ? "bar" : "dot";
  }
}
