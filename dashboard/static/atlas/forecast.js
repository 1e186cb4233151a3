// A click on a filter's button is answered here, at once: which records pass is worked out from the
// scene, map and panel show it, and Python's answer, on its way, confirms it. The rule is that of
// `FilterIndex.visible`: within one filter any chosen value will do, between filters all must hold.

import { columnsOf } from "./columns.js";

const WAIT = 4000; // milliseconds after which Python's answer counts, whatever was clicked

export function passing(scene, reachable, chosen) {
  const wanted = Object.entries(columnsOf(scene))
    .filter(([facet]) => chosen[facet]?.length)
    .map(([facet, column]) => ({ column, flags: column.flags(chosen[facet]) }));
  return reachable.filter((position) => wanted.every(({ column, flags }) => column.any(position, flags)));
}

// As `dashboard.address.pressed` writes it.
export function pressed(chosen) {
  return Object.entries(chosen)
    .flatMap(([key, values]) => values.map((value) => `${key}=${value}`))
    .join("&");
}

// What is chosen once this click has had its effect; null if it is not on a filter's button.
export function chosenBy(target, pills) {
  const button = target.closest?.("button[aria-pressed]");
  const group = button?.closest(Object.keys(pills).map((key) => `.st-key-${key}`).join());
  if (!group) return null;
  const chosen = {};
  for (const [key, values] of Object.entries(pills)) {
    const buttons = [...document.querySelectorAll(`.st-key-${key} button[aria-pressed]`)];
    if (buttons.length !== values.length) return null; // not as Python described it: let it answer
    chosen[key] = values.filter(
      (_, i) => (buttons[i].getAttribute("aria-pressed") === "true") !== (buttons[i] === button),
    );
  }
  return chosen;
}

const mapFrame = () =>
  document.querySelector('iframe[title="streamlit_folium.st_folium"]')?.contentWindow?.atlas;

export class Forecast {
  constructor(paint) {
    this.paint = paint;
    this.awaited = null;
    document.addEventListener("click", (event) => this.clicked(event), true);
  }

  // What Python says: painted, unless it answers an earlier click than the last.
  said(scene, data) {
    this.scene = scene;
    this.data = data;
    if (this.awaited && this.awaited !== data.pressed) return;
    this.settle();
  }

  settle() {
    clearTimeout(this.timer);
    this.awaited = null;
    this.paint(this.scene, this.data, this.data.shown);
  }

  clicked(event) {
    const { scene, data } = this;
    const chosen = scene && data.reachable && chosenBy(event.target, scene.pills);
    if (!chosen) return;
    const shown = passing(scene, data.reachable, chosen);
    this.awaited = pressed(chosen);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.settle(), WAIT);
    mapFrame()?.foresee({
      pressed: this.awaited,
      shown,
      themes: chosen.theme,
      layers: chosen.layer,
      alliances: chosen.alliance,
    });
    this.paint(scene, data, shown);
  }
}
