// A crowd of symbols as counted rings. What lies near what depends on the zoom alone, not on what is
// shown: a filter only counts again, and only what is in and around view is in the document.

import { worldBox, worldX, worldY } from "./mercator.js";

const NEAR = 38; // pixels within which places gather: rings beside each other do not touch
const AROUND = 0.15; // of the view's size, on each side

export function ringHtml(shares, count) {
  let turned = 0;
  const stops = shares.map(([colour, share]) => {
    const from = (turned / count) * 360;
    turned += share;
    return `${colour} ${from}deg ${(turned / count) * 360}deg`;
  });
  return `<div class="band" style="background:conic-gradient(${stops.join(",")})"></div><span>${count}</span>`;
}

export const ringSize = (count) => (count < 10 ? 30 : count < 1000 ? 36 : 42);

export class Rings {
  // `single` gives the marker of a point that stands alone, `dress` its colour, `open` answers a
  // click on a ring, `name` says what several points are called.
  constructor(map, { single, dress, open, name }) {
    Object.assign(this, { map, single, dress, open, name });
    this.layer = L.layerGroup().addTo(map);
    this.drawn = new Map();
    map.on("zoomend moveend", () => this.points && this.place());
  }

  load(points) {
    this.clear();
    this.groupings = new Map();
    const places = new Map();
    this.placeOf = Uint32Array.from(points, ({ at }) => {
      const key = at.join();
      if (!places.has(key)) places.set(key, { at, number: places.size, points: 0 });
      places.get(key).points += 1;
      return places.get(key).number;
    });
    this.places = [...places.values()];
    this.x = Float64Array.from(this.places, ({ at }) => worldX(at[1]));
    this.y = Float64Array.from(this.places, ({ at }) => worldY(at[0]));
  }

  // Group of each place at a zoom. The places with most records come first: others gather to them.
  grouping(zoom) {
    if (this.groupings.has(zoom)) return this.groupings.get(zoom);
    const reach = NEAR / 2 ** zoom;
    const cells = new Map();
    const of = new Uint32Array(this.places.length);
    const heads = [];
    const cell = (column, line) => column * 1e7 + line;
    for (const { number } of [...this.places].sort((a, b) => b.points - a.points)) {
      const [x, y] = [this.x[number], this.y[number]];
      const [column, line] = [Math.floor(x / reach), Math.floor(y / reach)];
      let best = null;
      let least = reach ** 2;
      for (let i = column - 1; i <= column + 1; i += 1) {
        for (let j = line - 1; j <= line + 1; j += 1) {
          for (const group of cells.get(cell(i, j)) || []) {
            const far = (this.x[heads[group]] - x) ** 2 + (this.y[heads[group]] - y) ** 2;
            if (far < least) [best, least] = [group, far];
          }
        }
      }
      if (best === null) {
        best = heads.push(number) - 1;
        const key = cell(column, line);
        if (!cells.has(key)) cells.set(key, []);
        cells.get(key).push(best);
      }
      of[number] = best;
    }
    const made = { of, heads };
    this.groupings.set(zoom, made);
    return made;
  }

  // Points that are shown, and the number of the colour that each has.
  draw(points, colours, names) {
    Object.assign(this, { points, colours, names });
    this.place();
  }

  clear() {
    this.points = null;
    this.layer.clearLayers();
    this.drawn.clear();
  }

  place() {
    const zoom = this.map.getZoom();
    if (zoom !== this.zoom) {
      this.layer.clearLayers();
      this.drawn.clear();
      this.zoom = zoom;
    }
    const wanted = new Map();
    for (const ring of this.rings(zoom)) wanted.set(ring.key, ring);
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
  rings(zoom) {
    const { of, heads } = this.grouping(zoom);
    const kinds = this.names.length;
    const counts = new Uint32Array(heads.length);
    const shares = new Uint32Array(heads.length * kinds);
    const last = new Uint32Array(heads.length);
    const [west, north, east, south] = worldBox(this.map.getBounds().pad(AROUND));
    this.points.forEach((point, i) => {
      const group = of[this.placeOf[point]];
      counts[group] += 1;
      shares[group * kinds + this.colours[i]] += 1;
      last[group] = point;
    });
    const found = [];
    heads.forEach((head, group) => {
      const [x, y] = [this.x[head], this.y[head]];
      if (!counts[group] || x < west || x > east || y < north || y > south) return;
      if (counts[group] === 1) {
        found.push({ key: `point-${last[group]}`, group, point: last[group] });
        return;
      }
      const parts = this.names.map((name, kind) => [name, shares[group * kinds + kind]]).filter(([, share]) => share);
      found.push({ key: `ring-${group}`, group, count: counts[group], shares: parts, at: this.places[head].at });
    });
    return found;
  }

  add(ring) {
    const marker = ring.point === undefined ? this.make(ring) : this.single(ring.point);
    this.drawn.set(ring.key, { ...ring, marker, html: ring.point === undefined && ringHtml(ring.shares, ring.count) });
    this.layer.addLayer(marker);
  }

  make({ group, at, count, shares }) {
    const size = ringSize(count);
    const icon = L.divIcon({ className: "ring", iconSize: [size, size], html: ringHtml(shares, count) });
    const marker = L.marker(at, { icon, riseOnHover: true });
    marker.on("add", () => this.describe(marker, group));
    marker.on("click", () => this.open(this.within(group), marker.getLatLng()));
    return marker;
  }

  describe(marker, group) {
    const node = marker.getElement();
    node.atlasPoints = this.within(group);
    node.setAttribute("aria-label", this.name(node.atlasPoints));
  }

  // A ring that stays is written over: that costs a tenth of a new one.
  change(there, ring) {
    if (ring.point !== undefined) {
      this.dress(there.marker); // its colour, too, can depend on the filter
      return;
    }
    const html = ringHtml(ring.shares, ring.count);
    if (html === there.html) return;
    const node = there.marker.getElement();
    const size = ringSize(ring.count);
    if (size !== ringSize(there.count)) {
      node.style.width = node.style.height = `${size}px`;
      node.style.marginLeft = node.style.marginTop = `${-size / 2}px`;
    }
    node.innerHTML = html;
    this.describe(there.marker, ring.group);
    Object.assign(there, ring, { html });
  }

  // Points that a ring stands for.
  within(group) {
    const { of } = this.grouping(this.zoom);
    return this.points.filter((point) => of[this.placeOf[point]] === group);
  }

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
