// The map in the browser. The base (land, water, borders, every record's geometry) is fetched once;
// after that Python sends only what is shown and what is selected, and `apply` redraws from memory.

import { AddressBar, standAlone } from "./address.js";
import { AreaLayer } from "./areas.js";
import { LabelLayer } from "./labels.js";
import { Legend } from "./legend.js";
import { LayerSwitch } from "./layers.js";
import { LineLayer } from "./lines.js";
import { unpackOutlines } from "./outlines.js";
import { PointLayer } from "./points.js";
import { openPopup } from "./popup.js";
import { positions, Shown } from "./positions.js";
import { unpacked } from "./update.js";
import { borrowFont, defineThemeColours, followTheme } from "./theme.js";

const WAIT = 4000; // milliseconds in which Python answers what was foreseen

const PANES = { land: 210, water: 220, disputed: 230, lines: 420, choke: 590, labels: 580 };

const PATHS = {
  scene: "../scene.json",
  countries: "../geodata/countries.outlines",
  disputed: "../geodata/disputed.geojson",
  water: "../geodata/water.geojson",
};

async function fetchData(name) {
  const url = new URL(PATHS[name], import.meta.url);
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return name === "countries" ? unpackOutlines(await answer.arrayBuffer()) : answer.json();
}

class Atlas {
  // With `given` data there is no app around the map: nothing is fetched, and nobody to tell.
  constructor(map, given) {
    this.map = map;
    this.given = given;
    if (given) standAlone();
    this.update = null;
    this.scene = null;
    for (const [name, z] of Object.entries(PANES)) {
      map.createPane(name).style.zIndex = z;
    }
    map.getPane("labels").style.pointerEvents = "none";
    map.attributionControl.setPrefix(false);
    L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
    this.address = new AddressBar(map);
    this.areas = new AreaLayer(map, (id) => this.select(id));
    this.points = new PointLayer(map, (id, at) => this.select(id, at));
    this.lines = new LineLayer(map, this.points, (id, at) => this.select(id, at));
    this.legend = new Legend(map);
    this.switch = new LayerSwitch(map, () => this.draw());
    this.labels = new LabelLayer(map, this.points, this.legend);
    if (given) return;
    followTheme();
    borrowFont();
  }

  async load() {
    const names = ["scene", "countries", "disputed", "water"];
    const [scene, countries, disputed, water] = await Promise.all(
      names.map((name) => this.given?.[name] || fetchData(name)),
    );
    this.scene = scene;
    // Leaflet writes the attribution as HTML.
    const plain = document.createElement("span");
    plain.textContent = scene.attribution;
    this.map.attributionControl.addAttribution(plain.innerHTML);
    defineThemeColours(scene.themes);
    this.switch.load(scene.layers);
    this.areas.load(scene, countries, disputed, water);
    this.lines.load(scene);
    this.points.load(scene);
    this.labels.load(scene, countries);
    this.draw();
    this.map.getContainer().dataset.ready = "true";
  }

  // A filter was clicked: the page knows what will be shown before Python has confirmed it.
  foresee({ pressed, layers, ...change }) {
    if (!this.update || !this.scene) return;
    clearTimeout(this.awaited?.timer);
    this.awaited = { pressed, timer: setTimeout(() => this.answered(), WAIT) };
    this.map.getContainer().dataset.awaits = pressed;
    this.update = { ...this.update, ...change, layers: layers.length ? layers : null };
    this.draw();
  }

  // The last click is answered, or will not be: what Python said last counts.
  answered() {
    const { late, timer } = this.awaited;
    clearTimeout(timer);
    this.awaited = null;
    delete this.map.getContainer().dataset.awaits;
    if (late) this.apply(late);
  }

  // Called by the small update that Python sends.
  receive(sent) {
    this.apply(unpacked(sent));
  }

  apply(update) {
    // An answer to an earlier click than the last: the next will be here soon.
    if (this.awaited && update.pressed !== this.awaited.pressed) {
      this.awaited.late = update;
      return;
    }
    if (this.awaited) {
      this.awaited.late = null;
      this.answered();
    }
    const first = this.update === null;
    const before = first ? null : this.update.select;
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
    if (update.select !== before) this.show(update.select, { fly: !first });
  }

  async reload() {
    this.scene = await fetchData("scene");
    defineThemeColours(this.scene.themes);
    this.areas.setScene(this.scene);
    this.lines.load(this.scene);
    this.points.load(this.scene);
    this.labels.setScene(this.scene);
    this.draw();
  }

  draw() {
    if (!this.update || !this.scene) return;
    const shown = new Shown(positions(this.update.shown), this.scene.records.length);
    const asked = this.update.layers ?? this.scene.layers.map(({ id }) => id);
    const layers = new Set(asked.filter((id) => !this.switch.off.has(id)));
    this.scene.chosenThemes = this.update.themes;
    const drawn = { scene: this.scene, shown, layers, update: this.update };
    drawn.same = this.repeats(drawn);
    this.drawn = drawn;
    this.areas.draw(drawn);
    this.points.draw(drawn);
    this.lines.draw(drawn);
    this.labels.draw(drawn);
    this.legend.draw(drawn);
    this.highlight(this.update.select);
    this.setBasemap(this.update.basemap);
    const container = this.map.getContainer();
    container.dataset.shown = String(shown.size);
    container.dataset.select = this.update.select || "";
    if (!this.started) {
      this.started = true;
      this.settle();
      const fly = !this.address.hadView;
      if (this.update.select) this.show(this.update.select, { fly });
    }
  }

  // Whether the same records are drawn in the same way as before: Python has only confirmed them.
  repeats({ scene, shown, layers, update }) {
    const was = this.drawn;
    const way = (drawn, of) => JSON.stringify([[...of], drawn.themes, drawn.parts, drawn.places]);
    return was?.scene === scene && was.shown.equals(shown) && way(was.update, was.layers) === way(update, layers);
  }

  settle() {
    this.address.settle(this.legend.height);
  }

  // A click on the map: answered here at once, then told to Python in one small message.
  select(id, at) {
    this.update = { ...this.update, select: id };
    this.highlight(id);
    if (id && at) openPopup(this.map, this.scene, id, at);
    this.map.getContainer().dataset.select = id || "";
    this.tell(id);
  }

  tell(id) {
    window.Streamlit.setComponentValue({ select: id, n: Date.now() });
  }

  highlight(id) {
    this.lines.highlight(id);
    this.points.highlight(id);
    this.areas.highlight(id);
  }

  // Bring something that was selected elsewhere (list, link, card) into view.
  show(id, { fly }) {
    this.map.closePopup();
    if (!id) return;
    const bounds = L.latLngBounds([]);
    for (const part of [this.lines, this.points, this.areas]) bounds.extend(part.boundsOf(id));
    if (!bounds.isValid()) return;
    if (fly && id.startsWith("actor:")) {
      // A country is looked at where the map is, if it is in sight at all.
      if (!this.legend.sight().pad(-0.1).contains(bounds)) this.map.panTo(bounds.getCenter());
    } else if (fly) {
      const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
      const inside = this.legend.sight().pad(-0.1).contains(bounds);
      if (!inside || this.map.getZoom() < 3) {
        this.map.flyToBounds(bounds, {
          paddingTopLeft: [60, 60],
          paddingBottomRight: [60, 60 + this.legend.height],
          maxZoom: Math.max(6, this.map.getZoom()),
          animate: !still,
          duration: 0.6,
        });
      }
    }
    const at = this.points.positionOf(id);
    if (at && !this.update.present) openPopup(this.map, this.scene, id, at);
  }

  note(text) {
    const note = L.control({ position: "topleft" });
    note.onAdd = () => {
      const box = L.DomUtil.create("div", "atlas-note");
      box.setAttribute("role", "status");
      box.textContent = text;
      return box;
    };
    note.addTo(this.map);
    return note;
  }

  setBasemap(on) {
    if (on && !this.tiles) {
      this.tiles = L.tileLayer(this.scene.tiles.url, {
        attribution: this.scene.tiles.attribution,
        className: "online-tiles",
        maxZoom: 12,
      }).addTo(this.map);
      const { classList } = this.map.getContainer();
      this.tiles.once("tileload", () => classList.add("with-tiles")); // until then the land stays
      this.tiles.once("tileerror", () => (this.unreached = this.note("The online basemap cannot be reached.")));
    } else if (!on && this.tiles) {
      this.tiles.remove();
      this.tiles = null;
      this.unreached?.remove();
      this.map.getContainer().classList.remove("with-tiles");
    }
  }
}

export async function boot(map, given = null) {
  const atlas = new Atlas(map, given);
  window.atlas = atlas;
  atlas.loaded = atlas.load().catch((error) => {
    map.getContainer().dataset.failed = String(error);
    atlas.note("The map data did not load. Reload the page; if that does not help, restart the app.");
  });
  return atlas;
}
