// Names of the countries in play and of the places that carry a symbol. A name is left out rather
// than laid over another name or a symbol.

import { Taken } from "./taken.js";

const LINE_HEIGHT = 1.15;
const FAR = 600; // pixels out of view, at which no part of a name can be in it

export class LabelLayer {
  constructor(map, points, legend) {
    this.map = map;
    this.legend = legend;
    this.points = points;
    this.pane = map.getPane("labels");
    this.pane.setAttribute("aria-hidden", "true"); // what can be reached says where it is
    this.widths = new Map();
    this.context = document.createElement("canvas").getContext("2d");
    map.on("zoomstart", () => this.pane.classList.add("moving"));
    map.on("moveend zoomend resize", () => this.later());
    points.cluster.on("animationend spiderfied unspiderfied", () => this.later());
  }

  load(scene, countries) {
    this.setScene(scene);
    this.countries = new Map(countries.features.map(({ properties }) => [properties.id, properties]));
    // Names are set once, in their own font: not in another one first. The map is seen before them.
    const { fontFamily } = getComputedStyle(this.map.getContainer());
    const fonts = [500, 600].map((weight) => document.fonts.load(`${weight} 12px ${fontFamily}`));
    Promise.allSettled(fonts).then(() => {
      this.ready = true;
      requestAnimationFrame(() => setTimeout(() => this.place()));
    });
  }

  setScene(scene) {
    this.scene = scene;
  }

  draw(drawn) {
    const countries = drawn.update.countries.join();
    const same = drawn.same && countries === this.named;
    this.named = countries;
    this.drawn = drawn;
    if (!same) this.later();
  }

  later() {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.place());
  }

  // Countries by how many shown records name them, then places; bigger names first.
  wanted() {
    const zoom = this.map.getZoom();
    const { update } = this.drawn;
    const names = [];
    update.countries.forEach((code, index) => {
      const country = this.countries.get(code);
      if (!country) return;
      const [lon, lat] = country.label;
      const size = Math.max(10.5, Math.min(15, 8 + Math.log10(country.area_km2 + 1) + (zoom - 4)));
      const text = this.scene.objects[`actor:${code}`]?.title || country.name;
      names.push({ text, at: [lat, lon], size, type: "country", first: index < 40 });
    });
    if (zoom >= 4.25) {
      // A point that stands for a country would repeat its name.
      const seen = new Set(names.map(({ text }) => text));
      for (const index of this.points.shown) {
        const point = this.scene.points[index];
        if (!point.place || seen.has(point.place)) continue;
        seen.add(point.place);
        names.push({ text: point.place, at: point.at, size: 11, type: "place" });
      }
    }
    return names;
  }

  // Measured once: a browser takes its time to set a font.
  width(text, font) {
    const key = `${font}/${text}`;
    if (!this.widths.has(key)) {
      this.context.font = font;
      this.widths.set(key, this.context.measureText(text).width);
    }
    return this.widths.get(key);
  }

  place() {
    if (!this.drawn || !this.ready) return;
    this.pane.classList.remove("moving");
    const view = this.map.getSize().clone();
    view.y -= this.legend.height; // no name where the legend would cut it
    const corner = this.map.containerPointToLayerPoint([0, 0]);
    const frame = [corner.x, corner.y, corner.x + view.x, corner.y + view.y];
    const taken = new Taken(this.points.boxes());
    const family = getComputedStyle(this.map.getContainer()).fontFamily;
    const nodes = document.createDocumentFragment();
    for (const name of this.wanted()) {
      const spot = this.map.latLngToLayerPoint(name.at);
      const far = Math.max(frame[0] - spot.x, spot.x - frame[2], frame[1] - spot.y, spot.y - frame[3]);
      if (far > FAR) continue;
      const spacing = name.type === "country" ? 0.04 * name.size * name.text.length : 0;
      const weight = name.type === "country" ? 600 : 500;
      const width = this.width(name.text, `${weight} ${name.size}px ${family}`) + spacing + 4;
      const height = name.size * LINE_HEIGHT;
      const tries =
        name.type === "country"
          ? [
              [0, 0],
              [0, 20],
              [0, -20],
              [0, 34],
              [0, -34],
            ]
          : [
              [0, 21],
              [0, -21],
              [width / 2 + 17, 0],
              [-width / 2 - 17, 0],
            ];
      for (const [dx, dy] of tries) {
        const [x, y] = [spot.x + dx, spot.y + dy];
        const box = [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
        const inside = box[0] > frame[0] + 2 && box[1] > frame[1] + 2 && box[2] < frame[2] - 2 && box[3] < frame[3] - 2;
        if (!inside || taken.overlaps(box)) continue;
        taken.add(box);
        const node = document.createElement("div");
        node.className = `label ${name.type}`;
        node.textContent = name.text;
        node.style.fontSize = `${name.size}px`;
        node.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px) translate(-50%, -50%)`;
        nodes.append(node);
        break;
      }
    }
    this.pane.replaceChildren(nodes);
  }
}
