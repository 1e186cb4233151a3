// Whoever asks the system for less motion gets none: the map is where it goes at once, and does not
// roll on after a drag. The style sheets end transitions and animations.

const LESS = "(prefers-reduced-motion: reduce)";

export const less = () => window.matchMedia(LESS).matches;

// All ways to another view end in one of these, with what they ask for as their last argument.
export function stillWhereAsked(map) {
  const ways = { panBy: 1, setView: 2, flyTo: 2 };
  for (const [name, last] of Object.entries(ways)) {
    const way = map[name];
    map[name] = (...given) => {
      if (less()) given[last] = { ...given[last], animate: false };
      return way.apply(map, given);
    };
  }
  Object.defineProperty(map.options, "inertia", { get: () => !less() });
}
