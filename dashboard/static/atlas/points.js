// Records at a place: symbols that gather into a counted ring where they would cover one another.

import { columnsOf } from "./columns.js";
import { symbol } from "./glyphs.js";
import { namedIcon } from "./keyboard.js";
import { less } from "./motion.js";
import { nameOf, nameOfSeveral } from "./names.js";
import { openChoice, tooltipFor } from "./popup.js";
import { ringHtml, Rings, ringSize } from "./rings.js";

const NEAR = 30; // pixels within which symbols gather
const MOST_SINGLE = 120; // symbols up to which each is a marker of its own; rings count more than that
const MOST_FANNED = 24; // symbols of one place that are fanned out; of more a list is given
const CLOSEST = 9; // zoom to which a click on a ring leads

// Leaflet moves everything in three dimensions, which makes a layer of its own of each symbol: a
// hundred, that the browser puts together anew with every picture.
function flatten() {
  const { _setPos } = L.Marker.prototype;
  L.Marker.include({
    _setPos(at) {
      _setPos.call(this, at);
      this._icon.style.transform = `translate(${at.x}px, ${at.y}px)`;
    },
  });
}

export class PointLayer {
  constructor(map, onSelect) {
    flatten();
    this.map = map;
    this.onSelect = onSelect;
    this.markers = new Map();
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
      dress: (marker) => this.dress(marker),
      open: (indices, at) => this.approach(indices, at),
      name: (indices) => nameOfSeveral(indices.map((index) => this.scene.points[index])),
    });
  }

  load(scene) {
    this.scene = scene;
    this.cluster.clearLayers();
    this.markers.clear();
    this.shown = null;
    this.drawn = [];
    this.rings.load(scene.points);
    this.byId = new Map();
    scene.points.forEach((point, index) => {
      const id = this.idOf(point);
      if (!this.byId.has(id)) this.byId.set(id, []);
      this.byId.get(id).push(index);
    });
  }

  recordOf({ records }) {
    return records ? this.scene.records[records[0]] : null;
  }

  idOf(point) {
    return this.recordOf(point)?.id ?? point.id;
  }

  // Made when it is first needed: of most points of a large dossier only the ring is ever seen.
  marker(index) {
    if (!this.markers.has(index)) this.markers.set(index, this.make(index));
    return this.markers.get(index);
  }

  make(index) {
    const { scene } = this;
    const point = scene.points[index];
    const record = this.recordOf(point);
    const id = this.idOf(point);
    const theme = this.colour(record);
    const names = ["symbol", `shape-${point.shape}`, record ? `evidence-${record.evidence}` : ""];
    const look = {
      className: names.filter(Boolean).join(" "),
      iconSize: [26, 26],
      html: symbol(scene.glyphs[point.glyph] || scene.glyphs.dot, `style="--c:${theme}"`),
    };
    const icon = namedIcon(look, nameOf(scene, id), [index]);
    const marker = L.marker(point.at, { icon, keyboard: true, riseOnHover: true });
    marker.atlas = { id, index, record };
    marker.bindTooltip(() => tooltipFor(this.scene, id, point.tip), {
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

  dress(marker) {
    const { id, record } = marker.atlas;
    const node = marker.getElement();
    node.dataset.record = id;
    node.classList.toggle("selected", id === this.selected);
    node.firstElementChild.style.setProperty("--c", this.colour(record));
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
    const size = ringSize(children.length);
    const selected = children.some(({ atlas }) => atlas.id === this.selected);
    const look = {
      className: selected ? "ring selected" : "ring",
      iconSize: [size, size],
      html: ringHtml([...shares], children.length),
    };
    const indices = children.map(({ atlas }) => atlas.index);
    return namedIcon(look, nameOfSeveral(indices.map((index) => this.scene.points[index])), indices);
  }

  // Fan out what shares a place; zoom in on what is only near.
  open(cluster) {
    const markers = cluster.getAllChildMarkers();
    if (markers.length <= MOST_FANNED && this.together(cluster.getBounds())) cluster.spiderfy();
    else
      this.approach(
        markers.map(({ atlas }) => atlas.index),
        cluster.getLatLng(),
      );
  }

  // Zoom in on what is only near; a list of what shares a place.
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

  together(bounds) {
    const corner = this.map.project(bounds.getNorthEast(), CLOSEST);
    return corner.distanceTo(this.map.project(bounds.getSouthWest(), CLOSEST)) < NEAR;
  }

  // Indices of the points that are shown.
  visible({ scene, shown, layers, update }) {
    const places = new Set(update.places);
    const { layer } = columnsOf(scene);
    const on = layer.flags([...layers]);
    const found = [];
    scene.points.forEach((point, index) => {
      const [position] = point.records || [];
      const visible =
        position === undefined
          ? layers.has(point.layer) && places.has(point.id)
          : shown.has(position) && layer.any(position, on);
      if (visible) found.push(index);
    });
    return found;
  }

  draw(drawn) {
    if (drawn.same && this.shown) return;
    this.shown = this.visible(drawn);
    if (this.shown.length > MOST_SINGLE) this.gather();
    else this.stand();
  }

  gather() {
    this.empty();
    const { points, chosenThemes } = this.scene;
    const { theme } = columnsOf(this.scene);
    const flags = theme.flags(chosenThemes);
    const names = [...theme.values.map((id) => `var(--theme-${id})`), "var(--choke)"];
    const colours = this.shown.map((index) => {
      const [position] = points[index].records || [];
      return position === undefined ? theme.values.length : theme.first(position, flags);
    });
    this.rings.draw(this.shown, colours, names);
  }

  empty() {
    if (this.drawn.length) this.cluster.clearLayers();
    this.drawn = [];
    this.colours = "";
  }

  stand() {
    this.rings.clear();
    const wanted = this.shown.map((index) => this.marker(index));
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

  highlight(id) {
    if (id === this.selected) return;
    this.selected = id;
    this.rings.highlight(this.byId.get(id));
    if (!this.drawn?.length) return;
    for (const marker of this.drawn) {
      marker.getElement()?.classList.toggle("selected", marker.atlas.id === id);
    }
    this.cluster.refreshClusters();
  }

  boundsOf(id) {
    return L.latLngBounds((this.byId.get(id) || []).map((index) => this.scene.points[index].at));
  }

  positionOf(id) {
    const [index] = this.byId.get(id) || [];
    return index === undefined ? null : L.latLng(this.scene.points[index].at);
  }

  // Screen boxes of what is drawn, for the labels to keep clear of. Sizes are known without asking
  // the browser, which would lay out the whole page for an answer.
  boxes() {
    const boxes = [];
    for (const node of this.map.getPane("markerPane").children) {
      const at = L.DomUtil.getPosition(node);
      const half = (parseFloat(node.style.width) || 26) / 2;
      if (at) boxes.push([at.x - half, at.y - half, at.x + half, at.y + half]);
    }
    return boxes;
  }
}
