// Steps of the page's address: what back and forward lead through. Streamlit writes a step when
// Python has changed the address. Here a click that is foreseen has its step at once, and Python's
// answer makes none beside it; and the way to another page is one step, not two.

import { sameButtons, sameScreen, withMaps } from "./query.js";

const LONGEST_WAY = 8000; // milliseconds

class Steps {
  constructor() {
    this.push = history.pushState.bind(history);
    this.coming = null; // the step of a click that is not on the screen yet
    this.waiting = false; // for Python's answer to what the address says already
    this.leavingUntil = 0;
    this.leftBehind = "";
    history.pushState = (state, title, url) => this.pushed(state, title, url);
    window.addEventListener("popstate", () => {
      this.coming = null;
      this.waiting = false;
    });
  }

  pushed(state, title, url) {
    this.arrive();
    const to = new URL(url ?? "", location.href);
    const stays = to.pathname === location.pathname;
    if (Date.now() < this.leavingUntil) {
      // Streamlit first gives this page the other's parameters, as a step of its own: left out, so
      // that back leads where the reader came from.
      if (stays) {
        this.leftBehind = to.search;
        return;
      }
      this.leavingUntil = 0;
      to.search ||= this.leftBehind;
      this.leftBehind = "";
      this.push(state, title, to.href);
    } else if (stays && this.waiting && !sameButtons(to.search, location.search)) {
      this.confirmed = to.search; // an answer to an earlier click: the address is ahead of it
    } else if (stays && sameScreen(to.search, location.search)) {
      this.replace(to.search);
    } else {
      this.push(state, title, url);
    }
  }

  // The address becomes what a click will make of it, as soon as that is on the screen: with a step
  // the browser works out styles anew, and the reader would wait for it.
  foresee(search) {
    this.arrive();
    if (!this.waiting) this.confirmed = location.search;
    this.waiting = true;
    this.coming = location.pathname + search + location.hash;
    requestAnimationFrame(() => setTimeout(() => this.arrive(), 0));
  }

  arrive() {
    const address = this.coming;
    this.coming = null;
    if (address !== null) this.push(history.state, "", address);
  }

  keep() {
    this.arrive();
    this.waiting = false;
  }

  takeBack() {
    this.arrive();
    if (this.waiting) this.replace(this.confirmed);
    this.waiting = false;
  }

  replace(search) {
    history.replaceState(history.state, "", location.pathname + withMaps(search, location.search) + location.hash);
  }

  leave() {
    this.arrive();
    this.leavingUntil = Date.now() + LONGEST_WAY;
  }
}

// One for the page, whichever script asks first.
export const steps = () => (window.atlasSteps ||= new Steps());
