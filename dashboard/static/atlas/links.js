// Links with `data-select` select a thing, links with `data-goto` lead to another page of the app,
// without loading it anew. They remain real links: opened in another tab, or without this script,
// they lead to the same thing.

import { announceChanges } from "./announce.js";
import { cardFocus } from "./card_focus.js";
import { closest } from "./dom.js";
import { withKept, withSight } from "./link_targets.js";
import { mapFrame, mapInFrame } from "./map_frame.js";
import { preparePrint } from "./print.js";
import { offerSkip } from "./skip.js";
import { steps } from "./steps.js";
import { wire } from "./wire.js";

/** @import { Tell } from "./browser" */

// A link that changes what it stands in is drawn anew, and the keyboard would be back at the top.
/** @type {(id: string) => void} */
function focusAgain(id) {
  const watch = new MutationObserver(() => {
    if (document.activeElement && document.activeElement !== document.body) return;
    document.getElementById(id)?.focus({ preventScroll: true });
  });
  watch.observe(document.body, { childList: true, subtree: true });
  setTimeout(() => watch.disconnect(), 3000);
}

const here = () => location.pathname.split("/").pop() || "map";

// Whether what was asked is answered on another page.
/** @type {(target: EventTarget | null) => boolean} */
const asksElsewhere = (target) =>
  Boolean(closest(target, '[data-testid="stForm"]:has(.st-key-ask)')) && here() !== "search";

// A slash leads to the field that asks, unless something is being typed.
/** @type {(event: KeyboardEvent) => void} */
function ask(event) {
  const typing = closest(event.target, "input, textarea, select, [contenteditable], [role='combobox']");
  if (event.key === "Enter" && asksElsewhere(event.target)) steps().leave();
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  /** @type {HTMLInputElement | null} */
  const field = document.querySelector(".st-key-ask input");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
}

// Edges of what the map shows, in degrees: west, south, east, north. None where there is no map.
function sightOfMap() {
  const sight = mapInFrame()?.legend?.sight();
  return sight && [sight.getWest(), sight.getSouth(), sight.getEast(), sight.getNorth()];
}

/** @type {(link: HTMLElement) => string} */
const keptBy = ({ dataset: { goto = "", keep } }) => withKept(goto, keep, location.search);

// Where a link leads, with what it takes along; nowhere if it selects a thing.
/** @type {(link: HTMLElement) => string | undefined} */
function targetOf(link) {
  const { goto, keep, sight } = link.dataset;
  const kept = keep === undefined ? goto : keptBy(link);
  return sight === undefined ? kept : withSight(kept ?? "", sightOfMap(), location.search);
}

// For whoever opens it in another tab.
/** @type {(event: Event) => void} */
function complete(event) {
  const link = /** @type {HTMLAnchorElement | null} */ (closest(event.target, "a[data-keep]"));
  if (!link) return;
  const [, query = ""] = keptBy(link).split("?");
  link.href = `${(link.getAttribute("href") ?? "").split("?")[0]}${query && "?"}${query}`;
}

/** @type {(setTriggerValue: Tell) => () => void} */
export function followLinks(setTriggerValue) {
  const focus = cardFocus();
  announceChanges();
  offerSkip();
  preparePrint();
  /** @type {(event: MouseEvent) => void} */
  const follow = (event) => {
    if (closest(event.target, "button") && asksElsewhere(event.target)) steps().leave();
    const link = closest(event.target, "a[data-select], a[data-goto]");
    const modified = event.button || event.metaKey || event.ctrlKey || event.shiftKey;
    if (!link || event.defaultPrevented || modified) return;
    event.preventDefault();
    if (link.id) focusAgain(link.id);
    if (link.dataset.select !== undefined) focus.followed(link, event.detail === 0);
    const goto = targetOf(link);
    if (goto !== undefined) wire().tell("goto", goto, goto.split("?")[0] !== here());
    // A thing is selected on this page where that has a map.
    else wire().tell("select", link.dataset.select ?? "", !mapFrame());
  };
  wire().voice = setTriggerValue;
  // One listener at a time, whichever component and run set it.
  if (window.atlasFollow) document.removeEventListener("click", window.atlasFollow);
  window.atlasFollow = follow;
  document.addEventListener("click", follow);
  document.addEventListener("keydown", ask); // the same functions: added once
  document.addEventListener("pointerdown", complete);
  document.addEventListener("focusin", complete);
  return () => {
    if (window.atlasFollow === follow) document.removeEventListener("click", follow);
  };
}

/** @type {(component: { setTriggerValue: Tell }) => () => void} */
export default function links({ setTriggerValue }) {
  return followLinks(setTriggerValue);
}
