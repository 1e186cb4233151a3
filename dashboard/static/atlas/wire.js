// The wire to the server. Streamlit connects again by itself, but then says nothing until somebody
// clicks, and what was said on a wire that broke is lost. So the page speaks up when it is back, and
// says once more what nobody has answered.

import { closest, part } from "./dom.js";
import { mapFrame } from "./map_frame.js";
import { steps } from "./steps.js";
import { listen, say, unsay } from "./word.js";

/** @import { Tell } from "./browser" */
/** @import { Told } from "./contract" */

const APP = '[data-testid="stApp"]';
const CONNECTION = "data-test-connection-state";
const SCRIPT = "data-test-script-state";

const PATIENCE = 1000; // milliseconds without a wire that are not worth a word
const LATE = 4000; // milliseconds after which an answer is late
const LONG = 6000; // milliseconds without a wire after which the server is asked why
const SLOW = 2000; // milliseconds in which a server that lives says so, whatever else it does
const HUNG = 12000; // milliseconds after which nobody says anything any more
const ASKS = '[data-testid="stButtonGroup"] button, [role="option"][aria-selected="false"]'; // in one click

// Whether the page has a frame for a map, and no map in it.
function mapIsMissing() {
  const frame = mapFrame();
  /** @type {HTMLElement | null | undefined} */
  const map = frame?.contentDocument?.querySelector("#map_div");
  return Boolean(frame && !map?.dataset.ready);
}

export class Wire {
  /** @param {HTMLElement} app */
  constructor(app) {
    this.app = app;
    this.connected = this.isConnected();
    this.idle = this.isIdle();
    /** @type {Tell | null} */
    this.voice = null; // the page's component by which Python is told
    /** @type {{ send: () => void, repeatable: boolean, lost: boolean } | null} */
    this.untold = null; // what Python has not answered: how to say it, and whether it was lost
    this.wentBack = false; // to an address that Python has not answered
    this.incomplete = false; // whether a script of the page did not come
    this.turn = 0; // how often something has come of what was said
    listen();
    new MutationObserver(() => this.changed()).observe(app, { attributeFilter: [CONNECTION, SCRIPT] });
    window.addEventListener("popstate", () => (this.wentBack = true));
    window.addEventListener("vite:preloadError", () => (this.incomplete = true)); // Streamlit's, or ours
    document.addEventListener("click", (event) => this.clicked(event), true);
  }

  isConnected() {
    return this.app.getAttribute(CONNECTION) === "CONNECTED";
  }

  isIdle() {
    return this.app.getAttribute(SCRIPT) === "notRunning";
  }

  changed() {
    const [connected, idle] = [this.isConnected(), this.isIdle()];
    const was = this.connected;
    Object.assign(this, { connected, idle, turn: this.turn + 1 });
    if (was && !connected) this.lost();
    else if (!was && connected) this.regained();
    else if (connected && idle) this.answered();
  }

  lost() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      say(this.untold ? "kept" : "lost");
      this.timer = setTimeout(() => this.ask(), LONG);
    }, PATIENCE);
    if (this.untold) this.untold.lost = true;
  }

  // A server that is full answers whoever asks for a page, and refuses the wire without a word.
  async ask() {
    const answer = await fetch(location.pathname, { headers: { accept: "text/html" } }).catch(() => null);
    if (!this.connected && answer?.status === 503) say("full");
  }

  regained() {
    clearTimeout(this.timer);
    unsay("lost", "kept", "full");
    // What should have come while there was no server: the address says all that a new page needs.
    if (this.incomplete || mapIsMissing()) {
      location.reload();
      return;
    }
    if (this.wentBack) {
      window.dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
      return;
    }
    this.voice?.("again", location.search);
    if (this.untold?.repeatable) this.send();
  }

  // A run is over, and the wire has held.
  answered() {
    clearTimeout(this.timer);
    unsay("late");
    this.wentBack = false;
    if (this.untold?.lost) this.send();
    else this.untold = null;
  }

  send() {
    if (!this.untold) return;
    this.untold.lost = false;
    this.untold.send();
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (!this.connected) return;
      say("late");
      if (this.idle) this.doubt();
    }, LATE);
  }

  // Not even a run has begun. A server that hangs keeps the wire open and says nothing: a balancer
  // answers late, in its place. Then the page lets go, and connects to another or says what is so.
  async doubt() {
    const { turn } = this;
    let slow = false;
    const timer = setTimeout(() => (slow = true), SLOW);
    const answer = await fetch("_stcore/health", { signal: AbortSignal.timeout(HUNG) }).catch(() => null);
    clearTimeout(timer);
    // Its own word that it is closed may never come.
    if ((slow || !answer) && turn === this.turn) window.atlasSocket?.dispatchEvent(new CloseEvent("close"));
  }

  // Tell Python, now or as soon as it can be reached; whether that leads to another page.
  /** @template {keyof Told} K @param {K} name @param {Told[K]} value @param {boolean} [leaves] */
  tell(name, value, leaves = false) {
    const send = () => {
      if (leaves) steps().leave();
      this.voice?.(name, value);
    };
    unsay("takenBack");
    this.untold = { send, repeatable: true, lost: !this.connected };
    if (this.connected) {
      this.wait();
      this.send();
    } else {
      say("kept");
    }
  }

  // A button of Streamlit's says that it was pressed once, and forgets it: press it again where that
  // was lost, if nothing has come of it.
  /** @type {(event: MouseEvent) => void} */
  clicked(event) {
    if (!event.isTrusted) return;
    if (closest(event.target, ASKS)) this.wait();
    const button = /** @type {HTMLButtonElement | null} */ (closest(event.target, '[data-testid="stButton"] button'));
    const key = button && /st-key-[\w-]+/.exec(closest(button, "[class*='st-key-']")?.className ?? "")?.[0];
    if (!key || button.disabled) return;
    const [words, address] = [button.textContent, location.search];
    const send = () => {
      // One of several in the same place: the others are for narrow windows.
      /** @type {NodeListOf<HTMLElement>} */
      const all = document.querySelectorAll(`.${key} button`);
      const now = [...all].find((one) => one.checkVisibility());
      if (now?.textContent === words && location.search === address) now.click();
    };
    this.untold = { send, repeatable: false, lost: false };
    this.wait();
  }
}

// One for the page, whichever script asks first.
export function wire() {
  const app = part(document, APP);
  if (window.atlasWire?.app !== app) window.atlasWire = new Wire(app);
  return window.atlasWire;
}
