// The view (centre and zoom) in the page's address: read at the start, written when it changes.
// It never causes a rerun: Python has no need to know where the map looks.

/** @import { LatLng, Map } from "leaflet" */
/** @import { At } from "./contract" */
/** @typedef {{ lat: number, lon: number, zoom: number }} View */

const LIMITS = { lat: 85, lon: 180, zoomMin: 1, zoomMax: 12 };

/** @type {(text?: string | null) => View | null} */
export function parseView(text) {
  const parts = (text || "").split(",");
  if (parts.length !== 3 || parts.some((part) => !/^-?\d{1,3}(\.\d{1,6})?$/.test(part))) return null;
  const [lat, lon, zoom] = parts.map(Number);
  const valid =
    Math.abs(lat) <= LIMITS.lat && Math.abs(lon) <= LIMITS.lon && zoom >= LIMITS.zoomMin && zoom <= LIMITS.zoomMax;
  return valid ? { lat, lon, zoom } : null;
}

let alone = false;

// The map is all there is: the address of its page says nothing and is left as it is.
export function standAlone() {
  alone = true;
}

export function page() {
  try {
    return alone ? null : new URL(window.parent.location.href);
  } catch {
    return null; // embedded in a page of another origin: no address to share
  }
}

// Back and forward in the page around the map.
/** @type {(back: () => void) => void} */
export function onReturn(back) {
  if (!page()) return;
  window.parent.addEventListener("popstate", back);
  window.addEventListener("pagehide", () => window.parent.removeEventListener("popstate", back));
}

// Change the page's parameters without a step for the back button, and without a run.
/** @type {(url: URL, change: (parameters: URLSearchParams) => void) => void} */
export function rewrite(url, change) {
  change(url.searchParams);
  // Commas and colons are legal in a query and far easier to read unescaped.
  url.search = url.search.replaceAll("%2C", ",").replaceAll("%3A", ":");
  const { history } = window.parent;
  history.replaceState(history.state, "", url);
}

export class AddressBar {
  /** @type {{ centre: LatLng, zoom: number }} */ written;

  /** @param {Map} map */
  constructor(map) {
    this.map = map;
    const { lat, lng } = map.getCenter();
    this.fallback = { lat, lon: lng, zoom: map.getZoom() };
    const asked = parseView(page()?.searchParams.get("view"));
    this.asked = asked;
    this.hadView = Boolean(asked);
    if (!asked) this.drop();
    this.go(asked || this.home());
    map.on("moveend", () => this.going || this.write());
    new ResizeObserver(() => this.resized()).observe(map.getContainer());
    // The frame takes its size when the page's styles are there: fit again what nobody has moved.
    map.on("resize", () => this.hadView || this.go(this.home()));
    onReturn(() => this.return());
  }

  // The page gave the map another size, perhaps before Leaflet listened: the same view in that.
  resized() {
    const { clientWidth, clientHeight } = this.map.getContainer();
    const { x, y } = this.map.getSize();
    if (clientWidth === x && clientHeight === y) return;
    this.going = true;
    this.map.invalidateSize({ animate: false });
    this.going = false;
    if (!this.hadView) this.go(this.home());
  }

  // Back and forward: to where the map was then.
  return() {
    const asked = parseView(page()?.searchParams.get("view"));
    this.asked = asked;
    this.hadView = Boolean(asked);
    this.go(asked || this.home());
  }

  // Python wrote a new address, which knows nothing of the view.
  keep() {
    const url = page();
    if (this.hadView && url && !url.searchParams.has("view")) this.replace(url, this.set());
  }

  /** @type {(view: View) => void} */
  go({ lat, lon, zoom }) {
    this.going = true; // the map says that it moved before it is known where to
    this.map.setView([lat, lon], zoom, { animate: false });
    this.going = false;
    this.written = { centre: this.map.getCenter(), zoom: this.map.getZoom() };
  }

  // The legend covers the foot of the map: move what is to be seen into what is left.
  /** @type {(covered: number) => void} */
  settle(covered) {
    this.covered = covered;
    this.go(this.asked || this.home());
  }

  // What a page shows, where it says so; else the dossier's default view.
  home() {
    const covered = this.covered || 0;
    const size = this.map.getSize();
    const room = { x: size.x, y: size.y - covered };
    let { lat, lon, zoom } = AddressBar.fit(this.fallback, room);
    let middle = this.map.project([lat, lon], zoom);
    if (this.extent) {
      const bounds = L.latLngBounds(this.extent);
      zoom = this.map.getBoundsZoom(bounds, false, L.point(48, 48 + covered));
      const corners = [bounds.getSouthWest(), bounds.getNorthEast()];
      const [west, east] = corners.map((corner) => this.map.project(corner, zoom));
      middle = west.add(east).divideBy(2);
    }
    const centre = this.map.unproject(middle.add([0, covered / 2]), zoom);
    return { lat: centre.lat, lon: centre.lng, zoom };
  }

  // A page shows something else now: look there, unless the reader has moved the map.
  /** @type {(extent?: [At, At]) => boolean} */
  open(extent) {
    const changed = JSON.stringify(extent) !== JSON.stringify(this.extent);
    this.extent = extent;
    return changed && !this.hadView;
  }

  // The dossier's default view is meant for a map 800 by 680: show the same extent on others.
  /** @type {(view: View, size: { x: number, y: number }) => View} */
  static fit(view, size) {
    const scale = Math.min(size.x / 800, size.y / 680) || 1;
    const zoom = Math.round((view.zoom + Math.log2(scale)) * 4) / 4;
    return { ...view, zoom: Math.max(LIMITS.zoomMin, Math.min(LIMITS.zoomMax, zoom)) };
  }

  // A resize ends in a move too: not a new view.
  /** @type {(centre: LatLng, zoom: number) => boolean} */
  unmoved(centre, zoom) {
    if (zoom !== this.written.zoom) return false;
    const was = this.map.project(this.written.centre, zoom);
    return was.distanceTo(this.map.project(centre, zoom)) < 8;
  }

  write() {
    const [centre, zoom] = [this.map.getCenter(), this.map.getZoom()];
    if (this.unmoved(centre, zoom)) return;
    this.written = { centre, zoom };
    this.hadView = true;
    const url = page();
    if (url) this.replace(url, this.set());
  }

  /** @type {() => (parameters: URLSearchParams) => void} */
  set() {
    const { centre, zoom } = this.written;
    const text = `${centre.lat.toFixed(2)},${centre.lng.toFixed(2)},${Number(zoom.toFixed(2))}`;
    return (params) => (parseView(text) ? params.set("view", text) : params.delete("view"));
  }

  drop() {
    const url = page();
    if (url?.searchParams.has("view")) this.replace(url, (params) => params.delete("view"));
  }

  /** @type {(url: URL, change: (parameters: URLSearchParams) => void) => void} */
  replace(url, change) {
    rewrite(url, change);
  }
}
