// A click on a filter's button is answered here, at once: which records pass is worked out from the
// scene, map and panel show it, and Python's answer, on its way, confirms it. The rule is that of
// `FilterIndex.visible`: within one filter any chosen value will do, between filters all must hold.

import { columnsOf } from "./columns.js";
import { closest } from "./dom.js";
import { mapInFrame } from "./map_frame.js";
import { atHand } from "./things.js";
import { withButtons } from "./query.js";
import { steps } from "./steps.js";
import { say, unsay } from "./word.js";

/** @import { Chosen, ListScene, ListState } from "./browser" */
/** @typedef {(scene: ListScene, data: ListState, shown: number[], themes: string[]) => void} Paint */

const LATE = 4000; // milliseconds after which an answer is late

/** @type {(scene: ListScene, reachable: number[], chosen: Chosen) => number[]} */
export function passing(scene, reachable, chosen) {
  const wanted = Object.entries(columnsOf(scene))
    .filter(([facet]) => chosen[facet]?.length)
    .map(([facet, column]) => ({ column, flags: column.flags(chosen[facet]) }));
  return reachable.filter((position) => wanted.every(({ column, flags }) => column.any(position, flags)));
}

// As `dashboard.atlas.address.pressed` writes it.
/** @type {(chosen: Chosen) => string} */
export function pressed(chosen) {
  return Object.entries(chosen)
    .flatMap(([key, values]) => values.map((value) => `${key}=${value}`))
    .join("&");
}

/** @type {(text: string) => string[]} */
const pressedThemes = (text) => new URLSearchParams(text).getAll("theme");

// What is chosen once this click has had its effect; null if it is not on a filter's button.
/** @type {(target: EventTarget | null, pills: Chosen) => Chosen | null} */
export function chosenBy(target, pills) {
  const button = closest(target, "button[aria-pressed]");
  const group = button?.closest(
    Object.keys(pills)
      .map((key) => `.st-key-${key}`)
      .join(),
  );
  if (!group) return null;
  /** @type {Chosen} */
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

// A forecast is a promise: list, panel, map and address show it together, and this alone decides
// whether it was kept. Python confirms it, or says that it saw the click and did otherwise: then all
// of them take it back at once, with a word. An answer to an earlier click decides nothing.
export class Forecast {
  /** @type {ListScene} */ scene;
  /** @type {ListState} */ data;

  /** @param {Paint} paint */
  constructor(paint) {
    this.paint = paint;
    /** @type {string | null} */
    this.awaited = null;
    document.addEventListener("click", (event) => this.clicked(event), true);
    window.addEventListener("popstate", () => this.forget());
  }

  // What Python says: the screen as it is now and, where that is another than the page's buttons
  // asked for, what these were.
  /** @type {(scene: ListScene, data: ListState) => void} */
  said(scene, data) {
    this.scene = scene;
    this.data = data;
    if (this.awaited === null) this.show();
    else if (data.pressed === this.awaited) this.keep();
    else if (data.asked === this.awaited) this.takeBack();
  }

  show() {
    this.paint(this.scene, this.data, this.data.shown, pressedThemes(this.data.pressed));
    steps().show(this.data.address);
  }

  keep() {
    mapInFrame()?.confirm();
    this.settle();
  }

  takeBack() {
    steps().takeBack(this.data.address);
    mapInFrame()?.takeBack();
    this.settle();
    say("takenBack");
  }

  settle() {
    clearTimeout(this.timer);
    unsay("late");
    this.awaited = null;
    this.show();
  }

  // The reader went elsewhere before it was answered: the address says where.
  forget() {
    if (this.awaited === null) return;
    mapInFrame()?.takeBack();
    this.settle();
  }

  /** @type {(event: MouseEvent) => void} */
  clicked(event) {
    const { scene, data } = this;
    // Only Python can reset the buttons: until it has, what is foreseen stays.
    if (this.awaited !== null && closest(event.target, ".st-key-reset button")) {
      this.awaited = pressed({ alliance: scene.alliances_shown });
      mapInFrame()?.expect(this.awaited);
      return;
    }
    const chosen = scene && data.reachable && chosenBy(event.target, scene.pills);
    if (!chosen) return;
    unsay("takenBack");
    const shown = passing(scene, data.reachable, chosen);
    this.awaited = pressed(chosen);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => say("late"), LATE);
    steps().foresee(withButtons(location.search, chosen, scene.alliances_shown));
    mapInFrame()?.foresee({
      pressed: this.awaited,
      shown,
      themes: chosen.theme,
      layers: chosen.layer,
      alliances: chosen.alliance,
      places: atHand(scene, chosen.layer, shown, () => passing(scene, data.reachable, { ...chosen, layer: [] })),
    });
    this.paint(scene, data, shown, chosen.theme);
  }
}
