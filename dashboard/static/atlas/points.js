// Records at a place: symbols that gather into a counted ring where they would cover one another.

import { GLYPHS } from "./glyphs.js";
import { tooltipFor } from "./popup.js";

const NEAR = 30; // pixels within which symbols gather

export class PointLayer {
  constructor(map, onSelect) {
    this.map = map;
    this.onSelect = onSelect;
    this.markers = [];
    this.byId = new Map();
    this.cluster = L.markerClusterGroup({
      maxClusterRadius: NEAR,
      spiderfyOnMaxZoom: false,
      zoomToBoundsOnClick: false,
      showCoverageOnHover: false,
      spiderLegPolylineOptions: { className: "spider-leg", interactive: false },
      iconCreateFunction: (cluster) => this.ring(cluster),
      animate: !window.matchMedia("(prefers-reduced-motion: reduce)").matches,
    });
    this.cluster.on("clusterclick", (event) => this.open(event));
    this.cluster.on("clusterkeypress", (event) => {
      if (event.originalEvent.key === "Enter") this.open(event);
    });
    this.cluster.addTo(map);
  }

  load(scene) {
    this.scene = scene;
    this.cluster.clearLayers();
    this.markers = scene.points.map((point) => this.make(point, scene));
    this.byId = new Map();
    for (const marker of this.markers) {
      const { id } = marker.atlas;
      if (!this.byId.has(id)) this.byId.set(id, []);
      this.byId.get(id).push(marker);
    }
  }

  make(point, scene) {
    const record = point.records ? scene.records[point.records[0]] : null;
    const id = record ? record.id : point.id;
    const theme = this.colour(record);
    const names = ["symbol", `shape-${point.shape}`, record ? `evidence-${record.evidence}` : ""];
    const icon = L.divIcon({
      className: names.filter(Boolean).join(" "),
      iconSize: [26, 26],
      html: `<svg viewBox="0 0 24 24" style="--c:${theme}" aria-hidden="true">${GLYPHS[point.glyph] || GLYPHS.dot}</svg>`,
    });
    const title = record ? record.title : scene.objects[id].title;
    const marker = L.marker(point.at, { icon, keyboard: true, alt: title, riseOnHover: true });
    marker.atlas = { id, point, record };
    marker.bindTooltip(() => tooltipFor(this.scene, id, point.tip), {
      className: "atlas",
      direction: "top",
      offset: [0, -12],
    });
    marker.on("click", (event) => {
      L.DomEvent.stop(event);
      this.onSelect(id, marker.getLatLng());
    });
    marker.on("add", () => {
      const node = marker.getElement();
      node.dataset.record = id;
      node.classList.toggle("selected", id === this.selected);
      node.firstElementChild.style.setProperty("--c", this.colour(record));
    });
    return marker;
  }

  colour(record) {
    return record ? `var(--theme-${this.scene.themeOf(record)})` : "var(--choke)";
  }

  ring(cluster) {
    const children = cluster.getAllChildMarkers();
    const shares = new Map();
    for (const { atlas } of children) {
      const theme = this.colour(atlas.record);
      shares.set(theme, (shares.get(theme) || 0) + 1);
    }
    let turned = 0;
    const stops = [...shares].map(([colour, count]) => {
      const from = (turned / children.length) * 360;
      turned += count;
      return `${colour} ${from}deg ${(turned / children.length) * 360}deg`;
    });
    const size = children.length < 10 ? 30 : 36;
    const selected = children.some(({ atlas }) => atlas.id === this.selected);
    return L.divIcon({
      className: selected ? "ring selected" : "ring",
      iconSize: [size, size],
      html: `<div class="band" style="background:conic-gradient(${stops.join(",")})"></div><span>${children.length}</span>`,
    });
  }

  // Fan out what shares a place; zoom in on what is only near.
  open({ layer }) {
    const bounds = layer.getBounds();
    const corner = this.map.project(bounds.getNorthEast(), 9);
    const apart = corner.distanceTo(this.map.project(bounds.getSouthWest(), 9));
    if (apart < NEAR) layer.spiderfy();
    else this.map.flyToBounds(bounds, { padding: [80, 80], maxZoom: 9, duration: 0.5 });
  }

  draw({ shown, layers, update }) {
    const wanted = this.markers.filter(({ atlas }) =>
      atlas.record
        ? shown.has(atlas.point.records[0]) && layers.has(atlas.record.layer)
        : layers.has(atlas.point.layer) && update.places.includes(atlas.id),
    );
    const colours = wanted.map(({ atlas }) => this.colour(atlas.record)).join();
    const same =
      colours === this.colours &&
      wanted.length === this.drawn?.length &&
      wanted.every((marker, i) => marker === this.drawn[i]);
    if (same) return;
    this.colours = colours;
    this.drawn = wanted;
    this.cluster.clearLayers();
    this.cluster.addLayers(wanted);
  }

  highlight(id) {
    if (id === this.selected) return;
    this.selected = id;
    for (const marker of this.drawn || []) {
      marker.getElement()?.classList.toggle("selected", marker.atlas.id === id);
    }
    this.cluster.refreshClusters();
  }

  boundsOf(id) {
    return L.latLngBounds((this.byId.get(id) || []).map((marker) => marker.getLatLng()));
  }

  positionOf(id) {
    return this.byId.get(id)?.[0].getLatLng() || null;
  }

  // Screen boxes of what is drawn, for the labels to keep clear of.
  boxes() {
    const boxes = [];
    for (const node of this.map.getPane("markerPane").children) {
      const at = L.DomUtil.getPosition(node);
      const half = (node.offsetWidth || 26) / 2;
      if (at) boxes.push([at.x - half, at.y - half, at.x + half, at.y + half]);
    }
    return boxes;
  }
}
