// Steps of the page's address: what back and forward lead through. Streamlit writes a step as soon as
// Python has changed the address, and the page shows what that stands for a moment later. Where there
// is a list of records, the address changes with it instead, so that both say the same at any time. A
// click that is foreseen has its step at once; the way to another page is one step, not two; and who
// goes back stays there, whatever was still to be answered.

import { sameScreen, withMaps } from "./query.js";

const LONGEST_WAY = 8000; // milliseconds

export class Steps {
  constructor() {
    this.push = history.pushState.bind(history);
    this.write = history.replaceState.bind(history);
    this.led = false; // by the list, which tells what address it shows
    this.last = null; // that address, or the one that the reader went to since
    this.coming = null; // the step of a click that is not on the screen yet
    this.wentBack = false; // and Python has not answered that yet
    this.leavingUntil = 0;
    this.leftBehind = "";
    history.pushState = (state, title, url) => this.pushed(state, title, url);
    history.replaceState = (state, title, url) => this.replaced(state, title, url);
    window.addEventListener("popstate", () => this.returned());
    for (const name of ["pointerdown", "keydown"]) document.addEventListener(name, () => this.goOn(), true);
  }

  /** @type {(...step: Parameters<typeof history.pushState>) => void} */
  pushed(state, title, url) {
    this.arrive();
    const to = new URL(url ?? "", location.href);
    const stays = to.pathname === location.pathname;
    if (this.wentBack) return; // an answer to what was clicked before
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
    } else if (!stays || !this.led) {
      this.push(state, title, url);
    }
  }

  returned() {
    this.coming = null;
    this.wentBack = true;
    this.last = location.search;
  }

  // By Streamlit instead of a step, after back and forward; by the map, where it looks.
  /** @type {(...step: Parameters<typeof history.replaceState>) => void} */
  replaced(state, title, url) {
    const to = new URL(url ?? "", location.href);
    const knows = to.pathname === location.pathname && sameScreen(to.search, location.search);
    if (knows || !(this.wentBack || this.led)) this.write(state, title, url);
  }

  // What is shown now is what Python says of this address. It has its step unless it is here already,
  // or the reader went elsewhere meanwhile.
  /** @type {(address: string) => void} */
  show(address) {
    this.arrive();
    const search = address && `?${address}`;
    const changed = this.last !== null && search !== this.last;
    this.last = search;
    if (sameScreen(search, location.search)) this.wentBack = false;
    else if (changed && !this.wentBack) this.push(history.state, "", this.here(search));
  }

  // The address becomes what a click will make of it, as soon as that is on the screen: with a step
  // the browser works out styles anew, and the reader would wait for it.
  /** @type {(search: string) => void} */
  foresee(search) {
    this.arrive();
    this.goOn();
    this.last = search;
    this.coming = location.pathname + search + location.hash;
    requestAnimationFrame(() => setTimeout(() => this.arrive(), 0));
  }

  arrive() {
    const address = this.coming;
    this.coming = null;
    if (address !== null) this.push(history.state, "", address);
  }

  // What was foreseen did not come about: the address is what Python says.
  /** @type {(address: string) => void} */
  takeBack(address) {
    this.arrive();
    this.last = address && `?${address}`;
    this.write(history.state, "", this.here(this.last));
  }

  // What the reader does from now on counts, from the address that stands here.
  goOn() {
    this.wentBack = false;
  }

  /** @type {(search: string) => string} */
  here(search) {
    return location.pathname + withMaps(search, location.search) + location.hash;
  }

  leave() {
    this.arrive();
    this.goOn();
    this.leavingUntil = Date.now() + LONGEST_WAY;
  }
}

// One for the page, whichever script asks first.
export const steps = () => (window.atlasSteps ||= new Steps());
