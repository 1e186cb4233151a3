// The map in the browser. The base (land, water, borders, every record's geometry) is fetched once;
// after that Python sends only what is shown and what is selected, and `apply` redraws from memory.

import { AddressBar, standAlone } from "./address.js";
import { AreaLayer } from "./areas.js";
import { DisputedAreas } from "./disputed.js";
import { element, paneOf } from "./dom.js";
import { headed, Keyboard } from "./keyboard.js";
import { LabelLayer } from "./labels.js";
import { Legend } from "./legend.js";
import { LayerSwitch } from "./layer_switch.js";
import { LineLayer } from "./lines.js";
import { fetchOutlines, fetchScene } from "./map_data.js";
import { noteOn } from "./map_note.js";
import { mapScene } from "./map_scene.js";
import { stillWhereAsked } from "./motion.js";
import { PointLayer } from "./points.js";
import { needed } from "./things.js";
import { openPopup } from "./popup.js";
import { positions, Shown } from "./positions.js";
import { unpacked } from "./update.js";
import { borrowFont, defineThemeColours, dropRulesThatCount, followTheme, onPaper } from "./theme.js";

/** @import { LatLngExpression } from "leaflet" */
/** @import { Drawing, Foreseen, MapData, MapScene, Now, Outlines, Scene } from "./browser" */
/** @import { SentUpdate } from "./contract" */

const PANES = { land: 210, water: 220, disputed: 230, lines: 420, choke: 590, labels: 580 };

export class Atlas {
  /** @type {Drawing | undefined} what was drawn last */ drawn;
  /** @type {{ centre: import("leaflet").LatLng, zoom: number, sight: import("leaflet").LatLngBounds }} before the page was printed */ seen;
  /** @type {Promise<void> | undefined} */ loaded;

  // A map that stands alone has no app around it: nothing is fetched, and there is nobody to tell.
  /** @param {import("leaflet").Map} map @param {boolean} alone */
  constructor(map, alone) {
    this.map = map;
    this.alone = alone;
    if (alone) standAlone();
    /** @type {Now | null} what is drawn */
    this.update = null;
    /** @type {Now | null} what Python said last */
    this.said = null;
    /** @type {string | null} the buttons pressed on the page that Python has not confirmed */
    this.awaited = null;
    /** @type {MapScene | null} */
    this.scene = null;
    for (const [name, z] of Object.entries(PANES)) {
      map.createPane(name).style.zIndex = String(z);
    }
    paneOf(map, "labels").style.pointerEvents = "none";
    map.on("popupopen", ({ popup }) => (this.popup = popup));
    stillWhereAsked(map);
    map.attributionControl.setPrefix(false);
    L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
    this.address = new AddressBar(map);
    this.areas = new AreaLayer(map, (id) => this.select(id));
    this.disputed = new DisputedAreas(map, (id) => this.select(id));
    this.points = new PointLayer(map, (id, at) => this.select(id, at));
    this.lines = new LineLayer(map, this.points, (id, at) => this.select(id, at));
    this.legend = new Legend(map);
    this.switch = new LayerSwitch(map, () => this.draw(), alone ? null : (on) => this.setOnline(on));
    this.labels = new LabelLayer(map, this.points, this.legend);
    this.keyboard = new Keyboard(map, this.points, () => this.close());
    if (alone) return;
    followTheme();
    borrowFont();
    dropRulesThatCount();
    headed(map.getContainer());
  }

  /** @type {(data: MapData | Promise<MapData>) => Promise<void>} */
  async load(data) {
    const { scene: sent, countries, disputed, water } = await data;
    this.areas.load({ countries, water });
    this.disputed.load(disputed);
    const scene = this.take(sent);
    // Leaflet writes the attribution as HTML.
    this.map.attributionControl.addAttribution(element("span", "", scene.attribution).innerHTML);
    this.switch.load(scene.layers);
    if (countries.zoom) this.refineBeyond(countries.zoom);
    this.labels.load(countries);
    this.draw();
    this.map.getContainer().dataset.ready = "true";
  }

  // The first outlines do for a map of half the world: the others come when a reader looks closer.
  /** @type {(zoom: number) => void} */
  refineBeyond(zoom) {
    /** @type {Promise<Outlines> | null} */
    let finer = null;
    /** @type {import("leaflet").Control | null} */
    let note = null;
    /** @type {(nearing: number) => void} */
    const look = (nearing) => {
      if (nearing > zoom) finer ||= fetchOutlines("countries");
      finer?.catch(() => {}); // said where it is waited for
    };
    const listen = (/** @type {"on" | "off"} */ way) => this.map[way]("zoomanim", foresee)[way]("zoomend", refine);
    const refine = async () => {
      look(this.map.getZoom());
      if (!finer) return;
      listen("off");
      note?.remove();
      try {
        this.areas.refine(await finer);
      } catch {
        // Borders that are too coarse for this zoom are not shown without a word.
        note = this.note("Finer borders did not load. Zoom again to ask for them.");
        finer = null;
        listen("on");
      }
    };
    /** @type {(event: import("leaflet").ZoomAnimEvent) => void} */
    const foresee = (event) => look(event.zoom);
    listen("on");
    refine();
  }

  // A filter was clicked: the page knows what will be shown before Python has confirmed it. Whether
  // that holds is for the page to decide, and not for its map.
  /** @type {(foreseen: Foreseen) => void} */
  foresee({ pressed, layers, ...change }) {
    if (!this.update || !this.scene) return;
    this.expect(pressed);
    this.update = { ...this.update, ...change, layers: layers.length ? layers : null };
    this.draw();
  }

  /** @type {(pressed: string) => void} */
  expect(pressed) {
    this.awaited = pressed;
    this.map.getContainer().dataset.awaits = pressed;
  }

  takeBack() {
    if (this.awaited === null) return;
    this.settled();
    if (this.said) this.apply(this.said);
  }

  // The page has its answer. The map's own is not sent where it is the one that the map had before.
  confirm() {
    if (this.awaited === this.said?.pressed) this.takeBack();
  }

  settled() {
    this.awaited = null;
    delete this.map.getContainer().dataset.awaits;
  }

  // Called by the small update that Python sends.
  /** @type {(sent: SentUpdate) => void} */
  receive(sent) {
    this.said = unpacked(sent);
    // An answer to an earlier click than the last: the page says what becomes of it.
    if (this.awaited !== null && this.said.pressed !== this.awaited) return;
    this.settled();
    this.apply(this.said);
  }

  /** @type {(update: Now) => void} */
  apply(update) {
    const first = this.update === null;
    const before = this.update?.select ?? null;
    this.update = update;
    this.address.keep();
    this.switch.keep();
    const elsewhere = this.address.open(update.extent);
    document.documentElement.dataset.present = update.present ? "true" : "false";
    if (!this.scene) return;
    if (update.version !== this.scene.version) {
      this.scene = null; // the records changed on disk: fetch them anew, keep map and view
      this.reload();
      return;
    }
    this.draw();
    if (elsewhere && !first) this.settle();
    if (update.select === before) return;
    // What was clicked here is in sight.
    if (update.select !== this.clicked) this.show(update.select, { fly: !first });
    this.clicked = undefined;
  }

  // All parts draw from one scene.
  /** @type {(sent: Scene) => MapScene} */
  take(sent) {
    const scene = mapScene(sent);
    scene.disputed = this.disputed.bounds();
    this.scene = this.areas.scene = this.disputed.scene = this.labels.scene = scene;
    defineThemeColours(scene.themes);
    this.lines.load(scene);
    this.points.load(scene);
    return scene;
  }

  async reload() {
    this.take(await fetchScene());
    this.draw();
  }

  draw() {
    if (!this.update || !this.scene) return;
    const all = positions(this.update.shown);
    const shown = new Shown(all, this.scene.records.length);
    const asked = this.update.layers ?? this.scene.layers.map(({ id }) => id);
    const layers = new Set(asked.filter((id) => !this.switch.off.has(id)));
    this.scene.chosenThemes = this.update.themes;
    const places = this.alone
      ? this.update.places
      : needed(this.scene, this.update.layers, this.update.places, all, this.switch.off);
    /** @type {Drawing} */
    const drawn = { scene: this.scene, shown, layers, update: { ...this.update, places } };
    drawn.same = this.repeats(drawn);
    this.drawn = drawn;
    if (!this.started) {
      // The legend says how much of the map it leaves: look there before there is much to move.
      this.legend.draw(drawn);
      this.settle();
      this.areas.stand();
      this.disputed.stand();
    }
    this.areas.draw(drawn);
    this.disputed.draw(layers);
    this.points.draw(drawn);
    this.lines.draw(drawn);
    this.labels.draw(drawn);
    this.legend.draw(drawn);
    this.highlight(this.update.select);
    const container = this.map.getContainer();
    container.dataset.shown = String(shown.size);
    container.dataset.select = this.update.select || "";
    if (!this.started) {
      this.started = true;
      const fly = !this.address.hadView;
      if (this.update.select) this.show(this.update.select, { fly });
    }
  }

  // Whether the same records are drawn in the same way as before: Python has only confirmed them.
  /** @type {(drawing: Drawing) => boolean} */
  repeats({ scene, shown, layers, update }) {
    const was = this.drawn;
    /** @type {(drawn: Now, of: Set<string>) => string} */
    const way = (drawn, of) => JSON.stringify([[...of], drawn.themes, drawn.parts, drawn.places]);
    return was?.scene === scene && was.shown.equals(shown) && way(was.update, was.layers) === way(update, layers);
  }

  // On paper, or back on the screen: in the size that the frame has now, without waiting for a frame.
  /** @type {(printing: boolean) => void} */
  print(printing) {
    document.documentElement.dataset.present = printing || this.update?.present ? "true" : "false";
    onPaper(printing);
    if (printing) this.seen = { centre: this.map.getCenter(), zoom: this.map.getZoom(), sight: this.legend.sight() };
    this.legend.measure();
    this.address.resized();
    if (!this.address.hadView) this.settle();
    else if (!printing) this.address.go({ lat: this.seen.centre.lat, lon: this.seen.centre.lng, zoom: this.seen.zoom });
    else {
      this.address.going = true; // all that was in sight is on the sheet; the address stays
      this.map.fitBounds(this.seen.sight, { animate: false, paddingBottomRight: [0, this.legend.height] });
      this.address.going = false;
    }
    this.labels.place();
  }

  settle() {
    this.address.settle(this.legend.height);
  }

  // A click on the map says what lies there, and tells the page, which tells Python. What is selected
  // changes with the answer: on the map, in the panel, in the list and in the address at once.
  /** @type {(id: string | null, at?: LatLngExpression) => void} */
  select(id, at) {
    if (id && at && this.scene) openPopup(this.map, this.scene, id, at);
    if (this.alone && this.update) {
      this.update = { ...this.update, select: id };
      this.highlight(id);
      this.map.getContainer().dataset.select = id || "";
    }
    this.tell(id);
    this.keyboard.selected(id);
  }

  // Escape: nothing is open or selected any more. Whether anything was.
  close() {
    const open = this.popup?.isOpen() || this.update?.select;
    this.map.closePopup();
    if (this.update?.select) this.select(null);
    return Boolean(open);
  }

  /** @type {(id: string | null) => void} */
  tell(id) {
    this.clicked = id;
    window.parent.atlasSteps?.goOn(); // the page hears nothing of what is pressed in the map's frame
    window.parent.atlasWire?.tell("select", id || "");
  }

  /** @type {(id: string | null) => void} */
  highlight(id) {
    for (const part of this.parts()) part.highlight(id);
  }

  // What things are selected in.
  parts() {
    return [this.lines, this.points, this.areas, this.disputed];
  }

  // Bring something that was selected elsewhere (list, link, card) into view.
  /** @type {(id: string | null, way: { fly: boolean }) => void} */
  show(id, { fly }) {
    this.map.closePopup();
    if (!id) return;
    const bounds = L.latLngBounds([]);
    for (const part of this.parts()) {
      const its = part.boundsOf(id);
      if (its?.isValid()) bounds.extend(its);
    }
    if (!bounds.isValid()) return;
    if (fly && id.startsWith("actor:")) {
      // A country is looked at where the map is, if it is in sight at all.
      if (!this.legend.sight().pad(-0.1).contains(bounds)) this.map.panTo(bounds.getCenter());
    } else if (fly) {
      const inside = this.legend.sight().pad(-0.1).contains(bounds);
      if (!inside || this.map.getZoom() < 3) {
        // In a low frame margins are at most a part of it: with no room left there is no zoom.
        const { x, y } = this.map.getSize();
        const [side, top] = [Math.min(60, x / 3), Math.min(60, y / 3)];
        this.map.flyToBounds(bounds, {
          paddingTopLeft: [side, top],
          paddingBottomRight: [side, Math.min(60 + this.legend.height, y / 2)],
          maxZoom: Math.max(6, this.map.getZoom()),
          duration: 0.6,
        });
      }
    }
    const at = this.points.positionOf(id);
    if (at && this.scene && !this.update?.present) openPopup(this.map, this.scene, id, at);
  }

  /** @type {(text: string) => import("leaflet").Control} */
  note(text) {
    return noteOn(this.map, "topleft", "atlas-note", text);
  }

  /** @type {(on: boolean) => void} */
  setOnline(on) {
    const { classList } = this.map.getContainer();
    if (!on) {
      this.tiles?.remove();
      this.unreached?.remove();
      this.tiles = null;
      classList.remove("with-tiles");
      return;
    }
    const { url, attribution } = this.scene?.tiles ?? {};
    if (!url) return;
    this.tiles = L.tileLayer(url, {
      attribution,
      className: "online-tiles",
      maxZoom: 12,
      referrerPolicy: "origin", // the tiles' servers refuse who does not say whose page asks
    }).addTo(this.map);
    this.tiles.once("tileload", () => classList.add("with-tiles")); // until then the land stays
    this.tiles.once("tileerror", () => (this.unreached = this.note("The online basemap cannot be reached.")));
  }
}

/** @type {(map: import("leaflet").Map, data: MapData | Promise<MapData>, options?: { alone?: boolean }) => Promise<Atlas>} */
export async function boot(map, data, { alone = false } = {}) {
  const atlas = new Atlas(map, alone);
  window.atlas = atlas;
  atlas.loaded = atlas.load(data).catch((error) => {
    map.getContainer().dataset.failed = String(error);
    atlas.note("The map data did not load. Reload the page; if that does not help, restart the app.");
  });
  return atlas;
}
