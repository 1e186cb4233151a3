// Land and water, and what fills the land.

import { fills, standingsOf, stripesOf } from "./alliances.js";
import { tip } from "./popup.js";
import { defineStripes, drawnIn } from "./stripes.js";

/** @import { LatLngBounds, LeafletMouseEvent, Polygon } from "leaflet" */
/** @import { Drawing, Fill, MapData, MapScene, OnSelect, Outlines } from "./browser" */

export class AreaLayer {
  /** @type {MapScene} */ scene;
  /** @type {Map<string, Fill[]>} */ fills = new Map();
  /** @type {import("leaflet").GeoJSON[]} */ base = [];

  /** @param {import("leaflet").Map} map @param {OnSelect} onSelect */
  constructor(map, onSelect) {
    this.map = map;
    this.onSelect = onSelect;
    /** @type {Map<string, { layer: Polygon, name: string, label: [number, number] }>} */
    this.byCode = new Map();
    this.patterns = new Set();
  }

  /** @type {(data: Pick<MapData, "countries" | "water">) => void} */
  load({ countries, water }) {
    const land = L.geoJSON(countries, {
      ...drawnIn("land", { className: "country", smoothFactor: 0.6 }),
      onEachFeature: (feature, layer) => {
        const { id, name, label } = feature.properties;
        this.byCode.set(id, { layer: /** @type {Polygon} */ (layer), name, label });
        layer.on("click", (event) => this.click(event, id));
        layer.bindTooltip(() => this.countryTip(id), { sticky: true, className: "atlas" });
      },
    });
    const lakes = L.geoJSON(water, {
      ...drawnIn("water"),
      interactive: false,
      style: (feature) => ({ className: `water ${feature?.properties.kind}` }),
    });
    this.base = [land, lakes];
  }

  // On the map, once it is known where that looks: each area is projected once.
  stand() {
    for (const part of this.base) part.addTo(this.map);
  }

  // The same countries with all their corners.
  /** @type {(finer: Outlines) => void} */
  refine({ features }) {
    for (const { properties, geometry } of features) {
      this.byCode.get(properties.id)?.layer.setLatLngs(L.GeoJSON.coordsToLatLngs(geometry.coordinates, 2));
    }
    this.map.getContainer().dataset.fine = "true";
  }

  /** @type {(event: LeafletMouseEvent, code: string) => void} */
  click(event, code) {
    if (!this.scene.objects[`actor:${code}`]) return;
    L.DomEvent.stop(event);
    this.onSelect(`actor:${code}`, event.latlng);
  }

  /** @type {(code: string) => HTMLElement} */
  countryTip(code) {
    const title = this.scene.objects[`actor:${code}`]?.title || this.byCode.get(code)?.name || code;
    return tip(title, standingsOf(this.scene, code, this.fills.get(code) ?? []));
  }

  /** @type {(drawing: Drawing) => void} */
  draw(drawing) {
    this.fills = fills(drawing);
    for (const [code, { layer }] of this.byCode) {
      const path = /** @type {SVGElement | undefined} */ (layer.getElement());
      if (!path) continue;
      const fill = this.fills.get(code);
      path.classList.toggle("member", Boolean(fill));
      path.style.fill = fill ? this.paint(fill) : "";
      path.classList.toggle("in-play", drawing.update.countries.includes(code));
    }
  }

  // Plain, or stripes that are defined when they are first asked for.
  /** @type {(fill: Fill[]) => string} */
  paint(fill) {
    const parts = stripesOf(this.scene, fill);
    if (parts.length === 1) return parts[0].colour;
    const id = `fill-${parts.map(({ colour, width }) => `${colour}.${width}`).join("_")}`.replace(/[^\w.-]/g, "");
    if (!this.patterns.has(id)) defineStripes(this.map, "land", id, parts, this.scene.look.slant);
    this.patterns.add(id);
    return `url(#${id})`;
  }

  /** @type {(id: string | null) => void} */
  highlight(id) {
    const code = id?.startsWith("actor:") ? this.scene.objects[id]?.country : null;
    for (const [one, { layer }] of this.byCode) layer.getElement()?.classList.toggle("selected", one === code);
  }

  // Of an actor, or of all members of an alliance.
  /** @type {(id: string) => LatLngBounds} */
  boundsOf(id) {
    const alliance = this.scene.alliances.find((one) => one.id === id);
    const codes = alliance ? alliance.members.map(({ country }) => country) : [this.scene.objects[id]?.country ?? ""];
    const labels = codes.map((code) => this.byCode.get(code)?.label).filter((label) => label !== undefined);
    return L.latLngBounds(labels.map(([lon, lat]) => [lat, lon]));
  }
}
