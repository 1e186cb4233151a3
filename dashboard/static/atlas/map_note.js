// A word on the map itself, in one of its corners, for those too who hear it.

import { element } from "./dom.js";

export function noteOn(map, position, className, text) {
  const note = L.control({ position });
  note.onAdd = () => {
    const box = element("div", className, text);
    box.setAttribute("role", "status");
    return box;
  };
  return note.addTo(map);
}
