// The card by keyboard: what was opened by keyboard has the focus when it is there; Escape closes it,
// and the focus goes back to where it was opened.

import { mapFrame } from "./map_frame.js";

const LONGEST_WAIT = 5000; // milliseconds

const card = () => document.querySelector(".atlas-card");
const lost = () => !document.activeElement || document.activeElement === document.body;

// Once the page is as `done` says it will be.
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

class CardFocus {
  constructor() {
    this.opener = null;
    document.addEventListener("keydown", (event) => this.pressed(event));
    // The map's frame says so.
    document.addEventListener("atlas-opened", ({ detail }) => {
      this.opener = mapFrame();
      this.take(detail);
    });
  }

  // A link was followed that opens a card, or closes it.
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

  take(select) {
    when(
      () => card()?.dataset.card === select,
      () => card().focus(),
    );
  }

  back() {
    const { opener } = this;
    const again = opener?.isConnected || !opener?.dataset.select ? opener : linkTo(opener.dataset.select);
    again?.focus();
    again?.contentWindow?.atlas?.keyboard.back();
  }

  pressed(event) {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    if (event.target.closest?.('[aria-expanded="true"], [role="dialog"], [role="listbox"]')) return; // closes itself
    document.querySelector(".atlas-card a.close")?.click();
  }
}

// A list is written anew: the link to the same thing.
function linkTo(select) {
  const links = [...document.querySelectorAll("a[data-select]")];
  return links.find((link) => link.dataset.select === select);
}

// One in a page, whichever script asks first.
export function cardFocus() {
  window.atlasCardFocus ||= new CardFocus();
  return window.atlasCardFocus;
}
