// A word on the map itself, in one of its corners, for those too who hear it.

import { element } from "./dom.js";

/** @type {(map: import("leaflet").Map, position: import("leaflet").ControlPosition, className: string, text: string) => import("leaflet").Control} */
export function noteOn(map, position, className, text) {
  const note = new L.Control({ position });
  note.onAdd = () => {
    const box = element("div", className, text);
    box.setAttribute("role", "status");
    return box;
  };
  return note.addTo(map);
}
