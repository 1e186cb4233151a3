// Records at a place: symbols that gather into a counted ring where they would cover one another.

import { columnsOf } from "./columns.js";
import { paneOf, part } from "./dom.js";
import { getOrMake } from "./get_or_make.js";
import { symbol } from "./glyphs.js";
import { namedIcon } from "./keyboard.js";
import { less } from "./motion.js";
import { nameOf, nameOfSeveral } from "./names.js";
import { openChoice, tooltipFor } from "./popup.js";
import { ringHtml, Rings, ringSize } from "./rings.js";

/** @import { DivIcon, LatLng, LatLngBounds, LatLngExpression, Marker, MarkerCluster } from "leaflet" */
/** @import { Box, Drawing, MapScene, OnSelect } from "./browser" */
/** @import { Point, SceneRecord } from "./contract" */
/** @typedef {Marker & { atlas: { id: string, index: number, record: SceneRecord | null } }} PointMarker */

const NEAR = 30; // pixels within which symbols gather
const MOST_SINGLE = 120; // symbols up to which each is a marker of its own; rings count more than that
const MOST_FANNED = 24; // symbols of one place that are fanned out; of more a list is given
const CLOSEST = 9; // zoom to which a click on a ring leads

// Leaflet moves everything in three dimensions, which makes a layer of its own of each symbol: a
// hundred, that the browser puts together anew with every picture.
function flatten() {
  const { _setPos } = /** @type {any} */ (L.Marker.prototype);
  L.Marker.include({
    /** @param {import("leaflet").Point} at */
    _setPos(at) {
      _setPos.call(this, at);
      /** @type {any} */ (this)._icon.style.transform = `translate(${at.x}px, ${at.y}px)`;
    },
  });
}

/** @type {(cluster: MarkerCluster) => PointMarker[]} */
const childrenOf = (cluster) => /** @type {any[]} */ (cluster.getAllChildMarkers());

export class PointLayer {
  /** @type {MapScene} */ scene;
  /** @type {number[] | null} */ shown = null;
  /** @type {PointMarker[]} */ drawn = [];
  /** @type {string | null} */ selected = null;
  colours = "";

  /** @param {import("leaflet").Map} map @param {OnSelect} onSelect */
  constructor(map, onSelect) {
    flatten();
    this.map = map;
    this.onSelect = onSelect;
    /** @type {Map<number, PointMarker>} */
    this.markers = new Map();
    /** @type {Map<string, number[]>} */
    this.byId = new Map();
    this.cluster = L.markerClusterGroup({
      maxClusterRadius: NEAR,
      spiderfyOnMaxZoom: false,
      zoomToBoundsOnClick: false,
      showCoverageOnHover: false,
      spiderLegPolylineOptions: { className: "spider-leg", interactive: false },
      iconCreateFunction: (cluster) => this.ring(cluster),
      animate: !less(),
    });
    this.cluster.on("clusterclick", ({ layer }) => this.open(layer));
    this.cluster.addTo(map);
    this.rings = new Rings(map, {
      single: (index) => this.marker(index),
      dress: (marker) => this.dress(/** @type {PointMarker} */ (marker)),
      open: (indices, at) => this.approach(indices, at),
      name: (indices) =>
        nameOfSeveral(
          this.scene,
          indices.map((index) => this.scene.points[index]),
        ),
    });
  }

  /** @type {(scene: MapScene) => void} */
  load(scene) {
    this.scene = scene;
    this.cluster.clearLayers();
    this.markers.clear();
    this.shown = null;
    this.drawn = [];
    this.rings.load(scene.points);
    this.byId.clear();
    scene.points.forEach((point, index) => getOrMake(this.byId, this.idOf(point), () => []).push(index));
  }

  /** @type {(point: Point) => SceneRecord | null} */
  recordOf(point) {
    return "records" in point ? this.scene.records[point.records[0]] : null;
  }

  /** @type {(point: Point) => string} */
  idOf(point) {
    return "records" in point ? this.scene.records[point.records[0]].id : point.id;
  }

  // Made when it is first needed: of most points of a large dossier only the ring is ever seen.
  /** @type {(index: number) => PointMarker} */
  marker(index) {
    return getOrMake(this.markers, index, () => this.make(index));
  }

  /** @type {(index: number) => PointMarker} */
  make(index) {
    const { scene } = this;
    const point = scene.points[index];
    const record = this.recordOf(point);
    const id = this.idOf(point);
    const theme = this.colour(record);
    const names = ["symbol", `shape-${point.shape}`, record ? `evidence-${record.evidence}` : ""];
    const look = {
      className: names.filter(Boolean).join(" "),
      iconSize: L.point(26, 26),
      html: symbol(scene.glyphs[point.glyph] || scene.glyphs.dot, `style="--c:${theme}"`),
    };
    const icon = namedIcon(look, nameOf(scene, id), [index]);
    const atlas = { id, index, record };
    const marker = Object.assign(L.marker(point.at, { icon, keyboard: true, riseOnHover: true }), { atlas });
    marker.bindTooltip(() => tooltipFor(this.scene, id, "tip" in point ? point.tip : ""), {
      className: "atlas",
      direction: "top",
      offset: [0, -12],
    });
    marker.on("click", (event) => {
      L.DomEvent.stop(event);
      this.onSelect(id, marker.getLatLng());
    });
    marker.on("add", () => this.dress(marker));
    return marker;
  }

  /** @type {(marker: PointMarker) => void} */
  dress(marker) {
    const { id, record } = marker.atlas;
    const node = /** @type {HTMLElement} */ (marker.getElement());
    node.dataset.record = id;
    node.classList.toggle("selected", id === this.selected);
    part(node, "svg").style.setProperty("--c", this.colour(record));
  }

  /** @type {(record?: SceneRecord | null) => string} */
  colour(record) {
    return record ? `var(--theme-${this.scene.themeOf(record)})` : "var(--choke)";
  }

  /** @type {(cluster: MarkerCluster) => DivIcon} */
  ring(cluster) {
    const children = childrenOf(cluster);
    /** @type {Map<string, number>} */
    const shares = new Map();
    for (const { atlas } of children) {
      const theme = this.colour(atlas.record);
      shares.set(theme, (shares.get(theme) || 0) + 1);
    }
    const size = ringSize(children.length);
    const selected = children.some(({ atlas }) => atlas.id === this.selected);
    const look = {
      className: selected ? "ring selected" : "ring",
      iconSize: L.point(size, size),
      html: ringHtml([...shares], children.length),
    };
    const indices = this.indicesOf(cluster);
    return namedIcon(
      look,
      nameOfSeveral(
        this.scene,
        indices.map((index) => this.scene.points[index]),
      ),
      indices,
    );
  }

  // Indices of the points that a cluster gathers.
  /** @type {(cluster: MarkerCluster) => number[]} */
  indicesOf(cluster) {
    return childrenOf(cluster).map(({ atlas }) => atlas.index);
  }

  // Fan out what shares a place; zoom in on what is only near.
  /** @type {(cluster: MarkerCluster) => void} */
  open(cluster) {
    const indices = this.indicesOf(cluster);
    if (indices.length <= MOST_FANNED && this.together(cluster.getBounds())) cluster.spiderfy();
    else this.approach(indices, cluster.getLatLng());
  }

  // Zoom in on what is only near; a list of what shares a place.
  /** @type {(indices: number[], at: LatLngExpression) => void} */
  approach(indices, at) {
    const points = indices.map((index) => this.scene.points[index]);
    const bounds = L.latLngBounds(points.map((point) => point.at));
    if (!this.together(bounds)) {
      this.map.flyToBounds(bounds, { padding: [80, 80], maxZoom: CLOSEST, duration: 0.5 });
      return;
    }
    const ids = [...new Set(points.map((point) => this.idOf(point)))];
    const things = ids.map((id) => this.scene.byId.get(id) || { ...this.scene.objects[id], id, themes: [] });
    openChoice(this.map, this.scene, things, at, this.onSelect);
  }

  /** @type {(bounds: LatLngBounds) => boolean} */
  together(bounds) {
    const corner = this.map.project(bounds.getNorthEast(), CLOSEST);
    return corner.distanceTo(this.map.project(bounds.getSouthWest(), CLOSEST)) < NEAR;
  }

  // Indices of the points that are shown.
  /** @type {(drawing: Drawing) => number[]} */
  visible({ scene, shown, layers, update }) {
    const places = new Set(update.places);
    const { layer } = columnsOf(scene);
    const on = layer.flags([...layers]);
    /** @type {number[]} */
    const found = [];
    scene.points.forEach((point, index) => {
      const visible =
        "records" in point
          ? shown.has(point.records[0]) && layer.any(point.records[0], on)
          : layers.has(point.layer) && places.has(point.id);
      if (visible) found.push(index);
    });
    return found;
  }

  /** @type {(drawn: Drawing) => void} */
  draw(drawn) {
    if (drawn.same && this.shown) return;
    this.shown = this.visible(drawn);
    if (this.shown.length > MOST_SINGLE) this.gather(this.shown);
    else this.stand(this.shown);
  }

  /** @type {(shown: number[]) => void} */
  gather(shown) {
    this.empty();
    const { points, chosenThemes } = this.scene;
    const { theme } = columnsOf(this.scene);
    const flags = theme.flags(chosenThemes);
    const names = [...theme.values.map((id) => `var(--theme-${id})`), "var(--choke)"];
    const colours = shown.map((index) => {
      const point = points[index];
      return "records" in point ? theme.first(point.records[0], flags) : theme.values.length;
    });
    this.rings.draw(shown, colours, names);
  }

  empty() {
    if (this.drawn.length) this.cluster.clearLayers();
    this.drawn = [];
    this.colours = "";
  }

  /** @type {(shown: number[]) => void} */
  stand(shown) {
    this.rings.clear();
    const wanted = shown.map((index) => this.marker(index));
    const colours = wanted.map(({ atlas }) => this.colour(atlas.record)).join();
    const same =
      colours === this.colours &&
      wanted.length === this.drawn.length &&
      wanted.every((marker, i) => marker === this.drawn[i]);
    if (same) return;
    this.cluster.clearLayers();
    this.cluster.addLayers(wanted);
    this.colours = colours;
    this.drawn = wanted;
  }

  /** @type {(id: string | null) => void} */
  highlight(id) {
    if (id === this.selected) return;
    this.selected = id;
    this.rings.highlight(this.byId.get(id ?? ""));
    if (!this.drawn.length) return;
    for (const marker of this.drawn) {
      marker.getElement()?.classList.toggle("selected", marker.atlas.id === id);
    }
    this.cluster.refreshClusters();
  }

  /** @type {(id: string) => LatLngBounds} */
  boundsOf(id) {
    return L.latLngBounds((this.byId.get(id) || []).map((index) => this.scene.points[index].at));
  }

  /** @type {(id: string) => LatLng | null} */
  positionOf(id) {
    const [index] = this.byId.get(id) || [];
    return index === undefined ? null : L.latLng(this.scene.points[index].at);
  }

  // Screen boxes of what is drawn, for the labels to keep clear of. Sizes are known without asking
  // the browser, which would lay out the whole page for an answer.
  boxes() {
    /** @type {Box[]} */
    const boxes = [];
    for (const child of paneOf(this.map, "markerPane").children) {
      const node = /** @type {HTMLElement} */ (child);
      const at = L.DomUtil.getPosition(node);
      const half = (parseFloat(node.style.width) || 26) / 2;
      if (at) boxes.push([at.x - half, at.y - half, at.x + half, at.y + half]);
    }
    return boxes;
  }
}
