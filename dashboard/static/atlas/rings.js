// A crowd of symbols as counted rings. What lies near what depends on the zoom alone, not on what is
// shown: a filter only counts again, and only what is in and around view is in the document.

import { getOrMake } from "./get_or_make.js";
import { worldBox, worldX, worldY } from "./mercator.js";

/** @import { Map as LeafletMap, LatLngExpression, Marker } from "leaflet" */
/** @import { At, Point } from "./contract" */
/** @typedef {[colour: string, share: number]} Share */
/** @typedef {{ of: Uint32Array, heads: number[] }} Grouping */
/** @typedef {{ key: string, group: number, point: number }} Single */
/** @typedef {{ key: string, group: number, point?: undefined, count: number, shares: Share[], at: At }} Gathered */
/** @typedef {Single | Gathered} Ring */
/** @typedef {{ group: number, marker: Marker, count: number, html: string }} Stands */
/** @typedef {{ single: (index: number) => Marker, dress: (marker: Marker) => void, open: (indices: number[], at: LatLngExpression) => void, name: (indices: number[]) => string }} RingHooks */

const NEAR = 38; // pixels within which places gather: rings beside each other do not touch
const AROUND = 0.15; // of the view's size, on each side

/** @type {(shares: Share[], count: number) => string} */
export function ringHtml(shares, count) {
  let turned = 0;
  const stops = shares.map(([colour, share]) => {
    const from = (turned / count) * 360;
    turned += share;
    return `${colour} ${from}deg ${(turned / count) * 360}deg`;
  });
  return `<div class="band" style="background:conic-gradient(${stops.join(",")})"></div><span>${count}</span>`;
}

/** @type {(count: number) => number} */
export const ringSize = (count) => (count < 10 ? 30 : count < 1000 ? 36 : 42);

/** @type {number[]} */
const NONE = [];

const cell = (/** @type {number} */ column, /** @type {number} */ line) => column * 1e7 + line;

export class Rings {
  /** @type {{ at: At, number: number, points: number }[]} */ places = [];
  /** @type {Map<number, Grouping>} */ groupings = new Map();
  placeOf = new Uint32Array();
  x = new Float64Array();
  y = new Float64Array();
  /** @type {number[] | null} */ points = null;
  /** @type {number[]} */ colours = [];
  /** @type {string[]} */ names = [];
  /** @type {number[]} */ selected = [];
  zoom = NaN;

  // `single` gives the marker of a point that stands alone, `dress` its colour, `open` answers a
  // click on a ring, `name` says what several points are called.
  /** @param {LeafletMap} map @param {RingHooks} hooks */
  constructor(map, { single, dress, open, name }) {
    this.map = map;
    this.hooks = { single, dress, open, name };
    this.layer = L.layerGroup().addTo(map);
    /** @type {Map<string, Stands>} */
    this.drawn = new Map();
    map.on("zoomend moveend", () => this.points && this.place(this.points));
  }

  /** @type {(points: Point[]) => void} */
  load(points) {
    this.clear();
    this.groupings = new Map();
    /** @type {Map<string, { at: At, number: number, points: number }>} */
    const places = new Map();
    this.placeOf = Uint32Array.from(points, ({ at }) => {
      const place = getOrMake(places, at.join(), () => ({ at, number: places.size, points: 0 }));
      place.points += 1;
      return place.number;
    });
    this.places = [...places.values()];
    this.x = Float64Array.from(this.places, ({ at }) => worldX(at[1]));
    this.y = Float64Array.from(this.places, ({ at }) => worldY(at[0]));
  }

  // Group of each place at a zoom. The places with most records come first: others gather to them.
  /** @type {(zoom: number) => Grouping} */
  grouping(zoom) {
    return getOrMake(this.groupings, zoom, () => {
      const reach = NEAR / 2 ** zoom;
      /** @type {Map<number, number[]>} */
      const cells = new Map();
      const of = new Uint32Array(this.places.length);
      /** @type {number[]} */
      const heads = [];
      for (const { number } of [...this.places].sort((a, b) => b.points - a.points)) {
        const [x, y] = [this.x[number], this.y[number]];
        let group = this.nearest(cells, heads, number, reach);
        if (group < 0) {
          group = heads.push(number) - 1;
          getOrMake(cells, cell(Math.floor(x / reach), Math.floor(y / reach)), () => []).push(group);
        }
        of[number] = group;
      }
      return { of, heads };
    });
  }

  // The nearest of the groups within reach of a place; -1 if there is none.
  /** @type {(cells: Map<number, number[]>, heads: number[], number: number, reach: number) => number} */
  nearest(cells, heads, number, reach) {
    const [x, y] = [this.x[number], this.y[number]];
    const [column, line] = [Math.floor(x / reach), Math.floor(y / reach)];
    let best = -1;
    let least = reach ** 2;
    for (let i = 0; i < 9; i += 1) {
      for (const group of cells.get(cell(column - 1 + Math.floor(i / 3), line - 1 + (i % 3))) ?? NONE) {
        const far = (this.x[heads[group]] - x) ** 2 + (this.y[heads[group]] - y) ** 2;
        if (far < least) [best, least] = [group, far];
      }
    }
    return best;
  }

  // Points that are shown, and the number of the colour that each has.
  /** @type {(points: number[], colours: number[], names: string[]) => void} */
  draw(points, colours, names) {
    Object.assign(this, { points, colours, names });
    this.place(points);
  }

  clear() {
    this.points = null;
    this.layer.clearLayers();
    this.drawn.clear();
  }

  /** @type {(points: number[]) => void} */
  place(points) {
    const zoom = this.map.getZoom();
    if (zoom !== this.zoom) {
      this.layer.clearLayers();
      this.drawn.clear();
      this.zoom = zoom;
    }
    const wanted = new Map();
    for (const ring of this.rings(zoom, points)) wanted.set(ring.key, ring);
    for (const [key, { marker }] of this.drawn) {
      if (wanted.has(key)) continue;
      this.layer.removeLayer(marker);
      this.drawn.delete(key);
    }
    for (const [key, ring] of wanted) {
      const there = this.drawn.get(key);
      if (there) this.change(there, ring);
      else this.add(ring);
    }
    this.highlight(this.selected);
  }

  // What stands in and around view: how many points, of which colours, around which place.
  /** @type {(zoom: number, points: number[]) => Ring[]} */
  rings(zoom, points) {
    const { of, heads } = this.grouping(zoom);
    const kinds = this.names.length;
    const counts = new Uint32Array(heads.length);
    const shares = new Uint32Array(heads.length * kinds);
    const last = new Uint32Array(heads.length);
    const [west, north, east, south] = worldBox(this.map.getBounds().pad(AROUND));
    points.forEach((point, i) => {
      const group = of[this.placeOf[point]];
      counts[group] += 1;
      shares[group * kinds + this.colours[i]] += 1;
      last[group] = point;
    });
    /** @type {Ring[]} */
    const found = [];
    heads.forEach((head, group) => {
      const [x, y] = [this.x[head], this.y[head]];
      if (!counts[group] || x < west || x > east || y < north || y > south) return;
      if (counts[group] === 1) {
        found.push({ key: `point-${last[group]}`, group, point: last[group] });
        return;
      }
      /** @type {Share[]} */
      const parts = this.names.map((name, kind) => [name, shares[group * kinds + kind]]);
      found.push({
        key: `ring-${group}`,
        group,
        count: counts[group],
        shares: parts.filter(([, share]) => share),
        at: this.places[head].at,
      });
    });
    return found;
  }

  /** @type {(ring: Ring) => void} */
  add(ring) {
    const single = ring.point !== undefined;
    const marker = single ? this.hooks.single(ring.point) : this.make(ring);
    const [count, html] = single ? [1, ""] : [ring.count, ringHtml(ring.shares, ring.count)];
    this.drawn.set(ring.key, { group: ring.group, marker, count, html });
    this.layer.addLayer(marker);
  }

  /** @type {(ring: Gathered) => Marker} */
  make({ group, at, count, shares }) {
    const size = ringSize(count);
    const icon = L.divIcon({ className: "ring", iconSize: [size, size], html: ringHtml(shares, count) });
    const marker = L.marker(at, { icon, riseOnHover: true });
    marker.on("add", () => this.describe(marker, group));
    marker.on("click", () => this.hooks.open(this.within(group), marker.getLatLng()));
    return marker;
  }

  /** @type {(marker: Marker, group: number) => void} */
  describe(marker, group) {
    const node = /** @type {HTMLElement} */ (marker.getElement());
    node.atlasPoints = this.within(group);
    node.setAttribute("aria-label", this.hooks.name(node.atlasPoints));
  }

  // A ring that stays is written over: that costs a tenth of a new one.
  /** @type {(there: Stands, ring: Ring) => void} */
  change(there, ring) {
    if (ring.point !== undefined) {
      this.hooks.dress(there.marker); // its colour, too, can depend on the filter
      return;
    }
    const html = ringHtml(ring.shares, ring.count);
    if (html === there.html) return;
    const node = /** @type {HTMLElement} */ (there.marker.getElement());
    const size = ringSize(ring.count);
    if (size !== ringSize(there.count)) {
      node.style.width = node.style.height = `${size}px`;
      node.style.marginLeft = node.style.marginTop = `${-size / 2}px`;
    }
    node.innerHTML = html;
    this.describe(there.marker, ring.group);
    Object.assign(there, { count: ring.count, html });
  }

  // Points that a ring stands for.
  /** @type {(group: number) => number[]} */
  within(group) {
    const { of } = this.grouping(this.zoom);
    return (this.points ?? []).filter((point) => of[this.placeOf[point]] === group);
  }

  /** @type {(points?: number[]) => void} */
  highlight(points = []) {
    this.selected = points;
    if (!this.points) return;
    const { of } = this.grouping(this.zoom);
    const shown = new Set(this.points);
    const groups = new Set(points.filter((point) => shown.has(point)).map((point) => of[this.placeOf[point]]));
    for (const { group, marker } of this.drawn.values()) {
      marker.getElement()?.classList.toggle("selected", groups.has(group));
    }
  }
}
