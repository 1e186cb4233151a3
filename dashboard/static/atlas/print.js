// A page on paper: as the present mode shows it, with its source and its address. The browser prints
// what there is at once, so the map takes the sheet's size here, before it does.

import { mapInFrame } from "./map_frame.js";

/** @type {(printing: boolean) => void} */
function change(printing) {
  document.documentElement.classList.toggle("atlas-printing", printing);
  for (const address of document.querySelectorAll(".atlas-address")) {
    address.textContent = printing ? decodeURI(window.location.href) : "";
  }
  // Above the bands it is as wide as they are: a day stands above its day.
  document.querySelector(".st-key-atlas-timeline-strip svg.marks")?.setAttribute("preserveAspectRatio", "none");
  mapInFrame()?.print(printing);
}

export function preparePrint() {
  if (window.atlasPrint) return;
  window.atlasPrint = change;
  window.addEventListener("beforeprint", () => change(true));
  window.addEventListener("afterprint", () => change(false));
}
