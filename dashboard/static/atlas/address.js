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
  constructor(map) {
    this.map = map;
    const { lat, lng } = map.getCenter();
    this.fallback = { lat, lon: lng, zoom: map.getZoom() };
    const asked = parseView(page()?.searchParams.get("view"));
    this.asked = asked;
    this.hadView = Boolean(asked);
    if (!asked) this.drop();
    this.go(asked || AddressBar.fit(this.fallback, map.getSize()));
    map.on("moveend", () => this.resizing || this.write());
    const back = () => this.return();
    window.parent.addEventListener("popstate", back);
    window.addEventListener("pagehide", () => window.parent.removeEventListener("popstate", back));
  }

  // Back and forward: to where the map was then.
  return() {
    const asked = parseView(page()?.searchParams.get("view"));
    this.hadView = Boolean(asked);
    this.go(asked || AddressBar.fit(this.fallback, this.map.getSize()));
  }

  // Python wrote a new address, which knows nothing of the view.
  keep() {
    const url = page();
    if (this.hadView && url && !url.searchParams.has("view")) this.replace(url, this.set());
  }

  go({ lat, lon, zoom }) {
    this.map.setView([lat, lon], zoom, { animate: false });
    this.written = { centre: this.map.getCenter(), zoom: this.map.getZoom() };
  }

  // The legend has taken its room: show the view in what is left.
  settle() {
    this.go(this.asked || AddressBar.fit(this.fallback, this.map.getSize()));
  }

  // The dossier's default view is meant for a map 800 by 680: show the same extent on others.
  static fit(view, size) {
    const scale = Math.min(size.x / 800, size.y / 680) || 1;
    const zoom = Math.round((view.zoom + Math.log2(scale)) * 4) / 4;
    return { ...view, zoom: Math.max(LIMITS.zoomMin, Math.min(LIMITS.zoomMax, zoom)) };
  }

  // A resize ends in a move too: not a new view.
  unmoved(centre, zoom) {
    if (zoom !== this.written.zoom) return false;
    const was = this.map.project(this.written.centre, zoom);
    return was.distanceTo(this.map.project(centre, zoom)) < 8;
  }

  write() {
    const [centre, zoom] = [this.map.getCenter(), this.map.getZoom()];
    const url = page();
    if (!url || this.unmoved(centre, zoom)) return;
    this.written = { centre, zoom };
    this.hadView = true;
    this.replace(url, this.set());
  }

  set() {
    const { centre, zoom } = this.written;
    const text = `${centre.lat.toFixed(2)},${centre.lng.toFixed(2)},${Number(zoom.toFixed(2))}`;
    return (params) => (parseView(text) ? params.set("view", text) : params.delete("view"));
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
