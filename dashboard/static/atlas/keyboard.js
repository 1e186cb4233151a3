// The map by keyboard. Tab leads into the map, where the arrow keys pan and plus and minus zoom, and
// on to each thing on it; Enter opens that, Escape closes what is open and gives the focus back.

import { closest, paneOf } from "./dom.js";

/** @import { LatLngExpression, Map, Popup } from "leaflet" */
/** @import { PointLayer } from "./points.js" */

const OPENS = ".symbol, .ring, .line.stop, .disputed";
const HINT =
  "Arrow keys move the map, plus and minus zoom. Tab goes on to what is on it, Enter opens that, Escape closes it.";

// An icon whose element says what it is, and which points it stands for. It is made once, however
// often filters take it off the map.
/** @type {(options: import("leaflet").DivIconOptions, name: string, points: number[]) => import("leaflet").DivIcon} */
export function namedIcon(options, name, points) {
  const icon = L.divIcon(options);
  /** @type {HTMLElement | undefined} */
  let node;
  icon.createIcon = () => {
    if (!node) {
      node = L.DivIcon.prototype.createIcon.call(icon);
      node.setAttribute("aria-label", name);
      node.atlasPoints = points;
    }
    node.style.opacity = ""; // of an animation that it was taken out of
    return node;
  };
  return icon;
}

const NOWHERE = "M0 0"; // what Leaflet draws of a path that is out of sight

// A path that can be reached and opened as a symbol can; without a name it cannot. `middle` is where
// the map looks when it is reached out of sight.
/** @type {(path: Element | null | undefined, name: string, middle: LatLngExpression) => void} */
export function reachable(path, name, middle) {
  if (!path) return;
  path.atlasMiddle = middle;
  if (!name) {
    path.classList.remove("stop");
    path.setAttribute("tabindex", "-1");
    for (const attribute of ["role", "aria-label"]) path.removeAttribute(attribute);
    return;
  }
  if (path.getAttribute("aria-label") === name) return;
  path.classList.add("stop");
  path.setAttribute("tabindex", "0");
  path.setAttribute("role", "button");
  path.setAttribute("aria-label", name);
}

// A point of the path within the frame, in its pixels: there the click is made.
/** @type {(path: SVGGeometryElement) => { x: number, y: number }} */
function spotOn(path) {
  const matrix = path.getScreenCTM() ?? undefined;
  const length = path.getTotalLength();
  const spots = [5, 4, 6, 3, 7, 2, 8, 1, 9].map((tenth) =>
    path.getPointAtLength((length * tenth) / 10).matrixTransform(matrix),
  );
  return spots.find(({ x, y }) => x > 0 && y > 0 && x < window.innerWidth && y < window.innerHeight) || spots[0];
}

/** @type {(node: Element) => { x: number, y: number }} */
function middleOf(node) {
  if (node instanceof SVGGeometryElement && node.matches(".line")) return spotOn(node);
  const { left, top, width, height } = node.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}

// The frame is a document of its own: with one main part, and a heading.
/** @type {(container: HTMLElement) => void} */
export function headed(container) {
  const head = document.createElement("h1");
  head.className = "unseen";
  head.textContent = "Map";
  container.before(head);
  const root = document.getElementById("root");
  root?.setAttribute("role", "main");
  root?.setAttribute("aria-label", "Map"); // not the page's main part around it
}

export class Keyboard {
  // `close` ends what is selected, and says whether anything was.
  /** @param {Map} map @param {PointLayer} points @param {() => boolean} close */
  constructor(map, points, close) {
    this.map = map;
    this.points = points;
    this.close = close;
    this.byKey = false;
    /** @type {Element | null | undefined} what was opened last */
    this.opener = null;
    /** @type {Element | null} what had the focus last */
    this.last = null;
    const container = map.getContainer();
    container.setAttribute("role", "region");
    container.setAttribute("aria-label", "Map");
    container.setAttribute("aria-roledescription", "map");
    container.setAttribute("aria-description", HINT);
    container.addEventListener("keydown", (event) => this.pressed(event));
    document.addEventListener("click", ({ detail }) => (this.byKey = detail === 0), true);
    document.addEventListener("keydown", (event) => this.escape(event), true);
    document.addEventListener("focusin", ({ target }) => this.entered(target));
    // A path with a tip listens for the focus, and would be a stop of its own in Chromium, without a name.
    map.on("layeradd", ({ layer }) => layer instanceof L.Path && this.pass(layer.getElement()));
    map.on("popupopen", ({ popup }) => this.dialog(popup));
    map.on("popupclose", ({ popup }) => this.closed(popup));
    points.cluster.on("spiderfied", ({ markers }) => this.byKey && this.focus(markers[0].getElement()));
    // An element is made anew when what it stands for gathers or parts: the focus goes on with that.
    const symbols = new MutationObserver(() => this.again());
    symbols.observe(paneOf(map, "markerPane"), { childList: true });
  }

  /** @type {(path?: Element | null) => void} */
  pass(path) {
    if (path && !path.hasAttribute("tabindex")) path.setAttribute("tabindex", "-1");
  }

  /** @type {(node?: Element | null) => void} */
  focus(node) {
    /** @type {HTMLElement | null | undefined} */ (node)?.focus({ preventScroll: true });
  }

  /** @type {(event: KeyboardEvent) => void} */
  pressed(event) {
    const node = closest(event.target, OPENS);
    if (!node) return;
    // Pans and zooms, as where the map itself has the focus: Leaflet has no other way to it.
    /** @type {any} */ (this.map.keyboard)._onKeyDown(event);
    if ((event.key !== "Enter" && event.key !== " ") || event.repeat) return;
    event.preventDefault();
    const { x, y } = middleOf(node);
    const target = node.atlasHit || node; // of a line the wide stroke over it takes the click
    target.dispatchEvent(
      new MouseEvent("click", { bubbles: true, cancelable: true, view: window, clientX: x, clientY: y }),
    );
    // What is selected is drawn on top: in the document it has moved, and lost the focus.
    if (node.isConnected && document.activeElement === document.body) this.focus(node);
  }

  /** @type {(node: EventTarget | null) => void} */
  entered(node) {
    const there = closest(node, "*");
    if (!closest(there, ".leaflet-map-pane")) this.last = null;
    else if (there?.matches(OPENS)) {
      this.last = there;
      if (there.matches("path:focus-visible")) this.look(there);
    }
  }

  // A line that is out of sight comes into it, as Leaflet does for a symbol.
  /** @type {(path: Element) => void} */
  look(path) {
    const { left, top, right, bottom } = path.getBoundingClientRect();
    const drawn = path.getAttribute("d") !== NOWHERE;
    if (drawn && right > 0 && bottom > 0 && left < window.innerWidth && top < window.innerHeight) return;
    if (path.atlasMiddle) this.map.panTo(path.atlasMiddle, { animate: false });
  }

  // The element that stands for a point now: its symbol, or the ring around it.
  /** @type {(points: number[]) => Element | undefined} */
  standingFor(points) {
    const nodes = [...paneOf(this.map, "markerPane").children];
    return nodes.find(({ atlasPoints }) => atlasPoints?.includes(points[0]));
  }

  again() {
    const { last } = this;
    if (!last?.atlasPoints || last.isConnected || document.activeElement !== document.body || !document.hasFocus())
      return;
    this.focus(this.standingFor(last.atlasPoints));
  }

  // Back to where something was opened, or to the map.
  back() {
    const { opener } = this;
    const node = opener?.isConnected ? opener : opener?.atlasPoints && this.standingFor(opener.atlasPoints);
    this.focus(node || this.map.getContainer());
  }

  /** @type {(popup: Popup) => void} */
  dialog(popup) {
    if (this.last) this.opener = this.last;
    const box = /** @type {HTMLElement} */ (popup.getElement());
    box.setAttribute("role", "dialog");
    box.setAttribute("aria-label", box.querySelector(".title, .kicker")?.textContent || "");
    if (this.byKey) this.focus(box.querySelector(".choice button"));
  }

  /** @type {(popup: Popup) => void} */
  closed(popup) {
    if (popup.getElement()?.contains(document.activeElement)) this.back();
  }

  // Something was selected: where that was by keyboard, the page's card takes the focus when it is there.
  /** @type {(id: string | null) => void} */
  selected(id) {
    if (this.last) this.opener = this.last;
    if (!this.byKey || !id) return;
    this.byKey = false;
    try {
      window.parent.document.dispatchEvent(new CustomEvent("atlas-opened", { detail: id }));
    } catch {
      // A page of another origin around the map: the popup says what there is to say.
    }
  }

  /** @type {(event: KeyboardEvent) => void} */
  escape(event) {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    if (closest(event.target, ".atlas-layers:has([aria-expanded='true'])")) return; // that closes itself
    const inside = closest(event.target, ".leaflet-popup, aside");
    const fan = /** @type {any} */ (this.points.cluster)._spiderfied; // its event comes only when all has unfolded
    if (this.close()) {
      if (inside) this.back();
    } else if (fan) {
      const indices = this.points.indicesOf(fan);
      fan.unspiderfy();
      this.focus(this.standingFor(indices));
    }
  }
}
