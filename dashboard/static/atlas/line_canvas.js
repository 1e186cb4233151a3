// Very many lines at once, as one picture: an element for each would take the browser seconds. What
// is under the pointer or selected is not drawn here but as an element, on top (see lines.js).

import { distance, touches } from "./courses.js";
import { pen } from "./dom.js";
import { getOrMake } from "./get_or_make.js";
import { worldBox, worldX, worldY } from "./mercator.js";

/** @import { Bounds, LatLng, Point } from "leaflet" */
/** @import { Box, Course, Head, Sketch } from "./browser" */
/** @import { Stroke } from "./line_style.js" */

export const CLEARANCE = 17; // pixels between a symbol's middle and a head: half of the largest
const FINEST = 0.4; // pixels by which a bend must stand out to be drawn
const BESIDE = 20; // pixels beside the picture in which a line may still reach into it
const REACH = 7; // pixels from the pointer within which a line is meant: half of the stroke that is hit

// What a renderer has to do itself, and what it is given, bears names with a dash: Leaflet calls for no others.
export class LineCanvas extends L.Renderer {
  /** @type {Bounds} */ _bounds;
  /** @type {HTMLCanvasElement} */ _container;
  /** @type {CanvasRenderingContext2D} */ context;
  /** @type {Point} */ origin;
  /** @type {Box[]} */ symbols = [];
  sharp = 1;
  scale = 1;
  width = 0;
  height = 0;

  // Where it is drawn, if it is.
  get map() {
    return /** @type {import("leaflet").Map} */ (this._map);
  }

  // `choose` gives the lines to draw for a box of the world, `boxes` the screen boxes of the symbols,
  // of which heads stand clear.
  /** @param {(box: Box) => Sketch[]} choose @param {() => Box[]} boxes */
  constructor(choose, boxes) {
    super({ pane: "crowd", padding: 0.1 });
    this.choose = choose;
    this.boxes = boxes;
    /** @type {Sketch[]} */
    this.lines = [];
  }

  _initContainer() {
    this._container = document.createElement("canvas");
    this.context = pen(this._container);
  }

  _destroyContainer() {
    this._container.remove();
    this._container = /** @type {any} */ (null);
  }

  // Leaflet calls this whenever the view has changed.
  _update() {
    if (/** @type {any} */ (this.map)._animatingZoom && this._bounds) return;
    /** @type {any} */ (L.Renderer.prototype)._update.call(this);
    const { min } = this._bounds;
    const size = this._bounds.getSize();
    const sharp = window.devicePixelRatio || 1;
    L.DomUtil.setPosition(this._container, /** @type {Point} */ (min));
    this._container.width = size.x * sharp;
    this._container.height = size.y * sharp;
    this._container.style.width = `${size.x}px`;
    this._container.style.height = `${size.y}px`;
    this.sharp = sharp;
    this.paint();
  }

  paint() {
    if (!this._map) return;
    const { width, height } = this._container;
    this.scale = 2 ** this.map.getZoom();
    this.origin = this.map.getPixelOrigin().add(/** @type {Point} */ (this._bounds.min));
    this.context.setTransform(1, 0, 0, 1, 0, 0);
    this.context.clearRect(0, 0, width, height);
    [this.width, this.height] = [width / this.sharp, height / this.sharp];
    this.lines = this.choose(worldBox(this.map.getBounds().pad(this.options.padding ?? 0)));
    for (const [stroke, lines] of this.batches()) this.stroke(stroke, lines);
    this.heads();
  }

  // Lines that are stroked alike are stroked at once; what is drawn first is lowest.
  /** @type {() => Map<Stroke, Sketch[]>} */
  batches() {
    /** @type {Map<Stroke, Sketch[]>} */
    const batches = new Map();
    for (const line of this.lines) {
      for (const stroke of line.strokes) {
        getOrMake(batches, stroke, () => []).push(line);
      }
    }
    return batches;
  }

  /** @type {(stroke: Stroke, lines: Sketch[]) => void} */
  stroke({ colour, width, opacity, dash, cap, hidden }, lines) {
    if (hidden) return;
    const { context, sharp } = this;
    context.setTransform(sharp, 0, 0, sharp, 0, 0);
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.globalAlpha = opacity;
    context.lineCap = cap;
    context.lineJoin = "bevel";
    context.setLineDash(dash);
    for (const { course } of lines) {
      context.beginPath();
      for (const part of course) this.trace(part);
      context.stroke();
    }
    context.globalAlpha = 1;
  }

  // Bends that would not be seen are left out, most of an arc's, and so is what runs beside the picture.
  /** @type {(part: Float64Array) => void} */
  trace(part) {
    const { context, scale, origin } = this;
    let [x, y] = [part[0] * scale - origin.x, part[1] * scale - origin.y];
    let side = this.side(x, y);
    let there = false; // whether the pen is at x, y
    const last = part.length - 2;
    let [nextX, nextY] = [part[2] * scale - origin.x, part[3] * scale - origin.y];
    for (let i = 2; i <= last; i += 2) {
      const [thisX, thisY] = [nextX, nextY];
      if (i < last) {
        nextX = part[i + 2] * scale - origin.x;
        nextY = part[i + 3] * scale - origin.y;
        const [dx, dy] = [nextX - x, nextY - y];
        const off = Math.abs((thisX - x) * dy - (thisY - y) * dx);
        if (off * off < FINEST * FINEST * (dx * dx + dy * dy)) continue;
      }
      const thisSide = this.side(thisX, thisY);
      const beside = Boolean(side & thisSide);
      if (!beside && !there) context.moveTo(x, y);
      if (!beside) context.lineTo(thisX, thisY);
      there = !beside;
      [x, y, side] = [thisX, thisY, thisSide];
    }
  }

  // On which sides of the picture a point lies, one bit each; 0 within it.
  /** @type {(x: number, y: number) => number} */
  side(x, y) {
    const { width, height } = this;
    return (x < -BESIDE ? 1 : 0) | (x > width + BESIDE ? 2 : 0) | (y < -BESIDE ? 4 : 0) | (y > height + BESIDE ? 8 : 0);
  }

  heads() {
    const { context } = this;
    /** @type {Map<string, [Course, Head][]>} */
    const fills = new Map();
    const min = /** @type {Point} */ (this._bounds.min);
    this.symbols = this.boxes().map(([a, b, c, d]) => [a - min.x, b - min.y, c - min.x, d - min.y]);
    for (const line of this.lines) {
      for (const head of line.heads) {
        getOrMake(fills, head.colour, () => []).push([line.course, head]);
      }
    }
    for (const [colour, heads] of fills) {
      context.beginPath();
      for (const [course, head] of heads) this.head(course, head);
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.fillStyle = colour;
      context.fill();
    }
  }

  /** @type {(course: Course, head: Head) => void} */
  head(course, { form, start }) {
    const { context, sharp, scale, origin } = this;
    const part = start ? course[0] : course[course.length - 1];
    const [end, before] = start ? [0, 2] : [part.length - 2, part.length - 4];
    const x = part[end] * scale - origin.x;
    const y = part[end + 1] * scale - origin.y;
    const back = this.symbols.some(([a, b, c, d]) => x > a && x < c && y > b && y < d) ? CLEARANCE : 0;
    const angle = Math.atan2(part[end + 1] - part[before + 1], part[end] - part[before]);
    const [across, down] = [Math.cos(angle) * sharp, Math.sin(angle) * sharp];
    context.setTransform(across, down, -down, across, x * sharp, y * sharp);
    context.moveTo(form[0] - back, form[1]);
    for (let i = 2; i < form.length; i += 2) context.lineTo(form[i] - back, form[i + 1]);
    context.closePath();
  }

  // The uppermost line within reach of a point of the map.
  /** @type {(latlng: LatLng) => Sketch | undefined} */
  at(latlng) {
    const [x, y] = [worldX(latlng.lng), worldY(latlng.lat)];
    const reach = REACH / this.scale;
    /** @type {Box} */
    const near = [x - reach, y - reach, x + reach, y + reach];
    return this.lines.findLast(({ course, box }) => touches(box, near) && distance(course, x, y) < reach);
  }
}
