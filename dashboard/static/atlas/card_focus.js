// The card by keyboard: what was opened by keyboard has the focus when it is there; Escape closes it,
// and the focus goes back to where it was opened.

import { closest, part } from "./dom.js";
import { mapFrame, mapInFrame } from "./map_frame.js";

const LONGEST_WAIT = 5000; // milliseconds

/** @type {() => HTMLElement | null} */
const card = () => document.querySelector(".atlas-card");
const lost = () => !document.activeElement || document.activeElement === document.body;

// Once the page is as `done` says it will be.
/** @type {(done: () => boolean, then: () => void) => void} */
function when(done, then) {
  if (done()) return then();
  const watch = new MutationObserver(() => {
    if (!done()) return;
    watch.disconnect();
    then();
  });
  watch.observe(document.body, { childList: true, subtree: true });
  setTimeout(() => watch.disconnect(), LONGEST_WAIT);
  return undefined;
}

export class CardFocus {
  constructor() {
    /** @type {HTMLElement | null} */
    this.opener = null;
    document.addEventListener("keydown", (event) => this.pressed(event));
    // The map's frame says so.
    document.addEventListener("atlas-opened", (event) => {
      this.opener = mapFrame();
      this.take(/** @type {CustomEvent} */ (event).detail);
    });
  }

  // A link was followed that opens a card, or closes it.
  /** @type {(link: HTMLElement, byKey: boolean) => void} */
  followed(link, byKey) {
    const { select } = link.dataset;
    if (select === "") {
      const inside = card()?.contains(document.activeElement);
      when(
        () => !card(),
        () => (inside || lost()) && this.back(),
      );
      return;
    }
    if (!card()?.contains(link)) this.opener = link;
    if (byKey) this.take(select);
  }

  /** @type {(select?: string) => void} */
  take(select) {
    when(
      () => card()?.dataset.card === select,
      () => card()?.focus(),
    );
  }

  back() {
    const { opener } = this;
    /** @type {HTMLElement | null | undefined} */
    const again = opener?.isConnected || !opener?.dataset.select ? opener : linkTo(opener.dataset.select);
    again?.focus();
    if (again === mapFrame()) mapInFrame()?.keyboard.back();
  }

  /** @type {(event: KeyboardEvent) => void} */
  pressed(event) {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    if (closest(event.target, '[aria-expanded="true"], [role="dialog"], [role="listbox"]')) return; // closes itself
    part(document, ".atlas-card a.close")?.click();
  }
}

// A list is written anew: the link to the same thing.
/** @type {(select: string) => HTMLElement | undefined} */
function linkTo(select) {
  /** @type {NodeListOf<HTMLElement>} */
  const links = document.querySelectorAll("a[data-select]");
  return [...links].find((link) => link.dataset.select === select);
}

// One in a page, whichever script asks first.
export function cardFocus() {
  window.atlasCardFocus ||= new CardFocus();
  return window.atlasCardFocus;
}
