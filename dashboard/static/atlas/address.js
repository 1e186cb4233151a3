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
    this.fallback = fallback;
    const asked = parseView(page()?.searchParams.get("view"));
    this.hadView = Boolean(asked);
    if (!asked) this.drop();
    this.go(asked || AddressBar.fit(fallback, map.getSize()));
    map.on("moveend", () => this.write());
  }

  go({ lat, lon, zoom }) {
    this.map.setView([lat, lon], zoom, { animate: false });
    this.written = this.text();
  }

  // The legend has taken its room: fit the default view to what is left.
  settle() {
    if (!this.hadView) this.go(AddressBar.fit(this.fallback, this.map.getSize()));
  }

  // The dossier's default view is meant for a map 800 by 680: show the same extent on others.
  static fit(view, size) {
    const scale = Math.min(size.x / 800, size.y / 680) || 1;
    const zoom = Math.round((view.zoom + Math.log2(scale)) * 4) / 4;
    return { ...view, zoom: Math.max(LIMITS.zoomMin, Math.min(LIMITS.zoomMax, zoom)) };
  }

  text() {
    const { lat, lng } = this.map.getCenter();
    return `${lat.toFixed(2)},${lng.toFixed(2)},${Number(this.map.getZoom().toFixed(2))}`;
  }

  write() {
    const text = this.text();
    const url = page();
    // A resize ends in a move that moves nothing.
    if (!url || text === this.written || !parseView(text)) return;
    this.written = text;
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
