// The map's projection without Leaflet's objects, for tens of thousands of points at once: pixels of
// zoom 0, of which each further zoom has twice as many.

const WORLD = 256;
const LIMIT = 85.0511287798;

/** @type {(lon: number) => number} */
export const worldX = (lon) => WORLD * (lon / 360 + 0.5);

/** @type {(lat: number) => number} */
export function worldY(lat) {
  const sine = Math.sin((Math.max(-LIMIT, Math.min(LIMIT, lat)) * Math.PI) / 180);
  return WORLD * (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI));
}

// A view of the map as [west, north, east, south] in these pixels.
/** @type {(bounds: import("leaflet").LatLngBounds) => import("./browser").Box} */
export function worldBox(bounds) {
  return [worldX(bounds.getWest()), worldY(bounds.getNorth()), worldX(bounds.getEast()), worldY(bounds.getSouth())];
}
