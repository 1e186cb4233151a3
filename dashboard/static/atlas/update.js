// What Python sends on each run is as short as it can be said; here it becomes what the map reads.
// The way back is `packed` in dashboard/atlas/shown.py.

/** @type {(text?: string) => string[]} */
const words = (text = "") => text.split(" ").filter(Boolean);

/** @type {(sent: import("./contract").SentUpdate) => import("./contract").Update} */
export function unpacked(sent) {
  const pressed = new URLSearchParams(sent.pressed);
  const layers = pressed.getAll("layer");
  return {
    present: false,
    select: null,
    shown: "",
    pressed: "",
    ...sent,
    themes: pressed.getAll("theme"),
    alliances: pressed.getAll("alliance"),
    layers: layers.length ? layers : null,
    countries: words(sent.countries),
    places: words(sent.places).map((id) => (id.includes(":") ? id : `place:${id}`)),
  };
}
