// The view (centre and zoom) in the page's address: read at the start, written when it changes.
// It never causes a rerun: Python has no need to know where the map looks.

const LIMITS = { lat: 85, lon: 180, zoomMin: 1, zoomMax: 12 };

export function parseView(text) {
  const parts = (text || "").split(",");
  if (parts.length !== 3 || parts.some((part) => !/^-?\d{1,3}(\.\d{1,6})?$/.test(part))) return null;
  const [lat, lon, zoom] = parts.map(Number);
  const valid =
    Math.abs(lat) <= LIMITS.lat &&
    Math.abs(lon) <= LIMITS.lon &&
    zoom >= LIMITS.zoomMin &&
    zoom <= LIMITS.zoomMax;
  return valid ? { lat, lon, zoom } : null;
}

function page() {
  try {
    return new URL(window.parent.location.href);
  } catch {
    return null; // embedded in a page of another origin: no address to share
  }
}

export class AddressBar {
  constructor(map, fallback) {
    this.map = map;
    const asked = parseView(page()?.searchParams.get("view"));
    this.hadView = Boolean(asked);
    const view = asked || AddressBar.fit(fallback, map.getSize());
    map.setView([view.lat, view.lon], view.zoom, { animate: false });
    this.moved = false;
    map.on("moveend", () => this.write());
    if (!asked) this.drop();
  }

  // The dossier's default view is meant for a map 900 by 760: show the same extent on others.
  static fit(view, size) {
    const scale = Math.min(size.x / 900, size.y / 760) || 1;
    const zoom = Math.round((view.zoom + Math.log2(scale)) * 4) / 4;
    return { ...view, zoom: Math.max(LIMITS.zoomMin, Math.min(LIMITS.zoomMax, zoom)) };
  }

  write() {
    const url = page();
    if (!url) return;
    const { lat, lng } = this.map.getCenter();
    const zoom = this.map.getZoom();
    const text = `${lat.toFixed(2)},${lng.toFixed(2)},${Number(zoom.toFixed(2))}`;
    if (!parseView(text)) return;
    this.replace(url, (params) => params.set("view", text));
  }

  drop() {
    const url = page();
    if (url?.searchParams.has("view")) this.replace(url, (params) => params.delete("view"));
  }

  replace(url, change) {
    change(url.searchParams);
    // Commas and colons are legal in a query and far easier to read unescaped.
    url.search = url.search.replaceAll("%2C", ",").replaceAll("%3A", ":");
    const { history } = window.parent;
    history.replaceState(history.state, "", url);
  }
}
