// Disputed areas: hatched, over whatever fills the land beneath.

import { paneOf } from "./dom.js";
import { reachable } from "./keyboard.js";
import { nameOf } from "./names.js";
import { tooltipFor } from "./popup.js";
import { defineStripes, drawnIn } from "./stripes.js";

/** @import { LatLngBounds, Polygon } from "leaflet" */
/** @import { Layer, MapScene, OnSelect, Outlines } from "./browser" */

const PANE = "disputed";

/** @type {Layer} */
export const disputed = {
  explains: ({ layers }, inSight) => (layers.has("disputed") && inSight ? ["disputed"] : []),
};

export class DisputedAreas {
  /** @type {MapScene} */ scene;

  /** @param {import("leaflet").Map} map @param {OnSelect} onSelect */
  constructor(map, onSelect) {
    this.map = map;
    this.onSelect = onSelect;
    /** @type {Map<string, Polygon>} */
    this.byId = new Map();
  }

  // Where they lie.
  bounds() {
    return [...this.byId.values()].map((area) => area.getBounds());
  }

  /** @type {(outlines: Outlines) => void} */
  load(outlines) {
    this.base = L.geoJSON(outlines, {
      ...drawnIn(PANE, { className: "disputed" }),
      onEachFeature: (feature, layer) => {
        const area = /** @type {Polygon} */ (layer);
        const id = `area:${feature.properties.id}`;
        this.byId.set(id, area);
        area.bindTooltip(() => tooltipFor(this.scene, id), { sticky: true, className: "atlas" });
        area.on("click", (event) => {
          L.DomEvent.stop(event);
          this.onSelect(id, event.latlng);
        });
      },
    });
  }

  stand() {
    this.base?.addTo(this.map);
    for (const [id, area] of this.byId) {
      reachable(area.getElement(), nameOf(this.scene, id), area.getBounds().getCenter());
    }
    const { width, period, slant } = this.scene.look.hatch;
    const parts = [
      { colour: "var(--hatch)", width },
      { colour: "transparent", width: period - width },
    ];
    defineStripes(this.map, PANE, "hatch-disputed", parts, slant);
  }

  /** @type {(layers: Set<string>) => void} */
  draw(layers) {
    paneOf(this.map, PANE).style.display = layers.has("disputed") ? "" : "none";
  }

  /** @type {(id: string | null) => void} */
  highlight(id) {
    for (const [one, area] of this.byId) area.getElement()?.classList.toggle("selected", one === id);
  }

  /** @type {(id: string) => LatLngBounds | undefined} */
  boundsOf(id) {
    return this.byId.get(id)?.getBounds();
  }
}
