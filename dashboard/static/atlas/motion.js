// Whoever asks the system for less motion gets none: the map is where it goes at once, and does not
// roll on after a drag. The style sheets end transitions and animations.

const LESS = "(prefers-reduced-motion: reduce)";

export const less = () => window.matchMedia(LESS).matches;

// All ways to another view end in one of these, with what they ask for as their last argument.
/** @type {(map: import("leaflet").Map) => void} */
export function stillWhereAsked(map) {
  const ways = /** @type {const} */ ({ panBy: 1, setView: 2, flyTo: 2 });
  /** @type {Record<string, (...given: any[]) => import("leaflet").Map>} */
  const moved = /** @type {any} */ (map);
  for (const [name, last] of Object.entries(ways)) {
    const way = moved[name];
    moved[name] = (...given) => {
      if (less()) given[last] = { ...given[last], animate: false };
      return way.apply(map, given);
    };
  }
  Object.defineProperty(map.options, "inertia", { get: () => !less() });
}
