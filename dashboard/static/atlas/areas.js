// Land, water, disputed areas, and the fill of the alliances that are chosen.

import { themeOf } from "./columns.js";
import { define, svgElement } from "./dom.js";
import { reachable } from "./keyboard.js";
import { nameOf } from "./names.js";
import { tip, tooltipFor } from "./popup.js";

export class AreaLayer {
  constructor(map, onSelect) {
    this.map = map;
    this.onSelect = onSelect;
    this.renderer = L.svg({ pane: "land", padding: 0.6 });
    this.byCode = new Map();
    this.patterns = new Map();
    this.disputed = new Map();
  }

  setScene(scene) {
    this.scene = scene;
    scene.byId = new Map(scene.records.map((record) => [record.id, record]));
    scene.chosenThemes = [];
    scene.disputed = [...this.disputed.values()].map((layer) => layer.getBounds());
    scene.themeOf = (record) => themeOf(record, scene.chosenThemes);
  }

  load(scene, countries, disputed, water) {
    this.setScene(scene);
    const land = L.geoJSON(countries, {
      pane: "land",
      renderer: this.renderer,
      className: "country",
      smoothFactor: 0.6,
      onEachFeature: (feature, layer) => {
        const { id, name } = feature.properties;
        this.byCode.set(id, { layer, name, label: feature.properties.label });
        layer.on("click", (event) => this.click(event, id));
        layer.bindTooltip(() => this.countryTip(id), { sticky: true, className: "atlas" });
      },
    });
    const lakes = L.geoJSON(water, {
      pane: "water",
      renderer: L.svg({ pane: "water", padding: 0.6 }),
      interactive: false,
      style: (feature) => ({ className: `water ${feature.properties.kind}` }),
    });
    const hatched = L.geoJSON(disputed, {
      pane: "disputed",
      renderer: L.svg({ pane: "disputed", padding: 0.6 }),
      className: "disputed",
      onEachFeature: (feature, layer) => {
        const id = `area:${feature.properties.id}`;
        this.disputed.set(id, layer);
        layer.bindTooltip(() => tooltipFor(this.scene, id, "Disputed area"), {
          sticky: true,
          className: "atlas",
        });
        layer.on("click", (event) => {
          L.DomEvent.stop(event);
          this.onSelect(id, event.latlng);
        });
      },
    });
    this.base = [land, lakes, hatched];
    this.scene.disputed = [...this.disputed.values()].map((layer) => layer.getBounds());
  }

  // On the map, once it is known where that looks: each area is projected once.
  stand() {
    for (const part of this.base) part.addTo(this.map);
    for (const [id, layer] of this.disputed) {
      reachable(layer.getElement(), nameOf(this.scene, id), layer.getBounds().getCenter());
    }
    this.hatchDisputed();
  }

  // The same countries with all their corners.
  refine({ features }) {
    for (const { properties, geometry } of features) {
      this.byCode.get(properties.id)?.layer.setLatLngs(L.GeoJSON.coordsToLatLngs(geometry.coordinates, 2));
    }
    this.map.getContainer().dataset.fine = "true";
  }

  click(event, code) {
    if (!this.scene.objects[`actor:${code}`]) return;
    L.DomEvent.stop(event);
    this.onSelect(`actor:${code}`, event.latlng);
  }

  countryTip(code) {
    const country = this.byCode.get(code);
    const standing = (this.membership?.get(code) || []).map(({ alliance, actor, status }) => {
      const who = actor === code ? "" : `${this.scene.objects[`actor:${actor}`].title}, `;
      return `${alliance.short}: ${who}${this.scene.terms[status].toLowerCase()}`;
    });
    return tip(this.scene.objects[`actor:${code}`]?.title || country.name, standing);
  }

  draw({ scene, layers, update }) {
    const chosen = layers.has("alliances")
      ? scene.alliances.filter((alliance) => update.alliances.includes(alliance.id))
      : [];
    this.membership = new Map();
    for (const alliance of chosen) {
      const members = update.standings?.[alliance.id] || alliance.members;
      for (const { country, actor, status, full } of members) {
        if (!this.membership.has(country)) this.membership.set(country, []);
        this.membership.get(country).push({ alliance, actor, status, full });
      }
    }
    for (const [code, { layer }] of this.byCode) {
      const path = layer.getElement();
      if (!path) continue;
      const standing = this.membership.get(code);
      path.classList.toggle("member", Boolean(standing));
      path.style.fill = standing ? this.fill(standing) : "";
      path.classList.toggle("in-play", update.countries.includes(code));
    }
    const on = layers.has("disputed");
    this.map.getPane("disputed").style.display = on ? "" : "none";
  }

  // One alliance and full member: plain fill. Otherwise stripes: one per alliance, and a pale
  // stripe beside each standing that is less than full membership.
  fill(standing) {
    // Several movements of one country make one stripe.
    standing = standing.filter((one, i) => standing.findIndex((o) => o.alliance === one.alliance) === i);
    if (standing.length === 1 && standing[0].full) return standing[0].alliance.colour;
    const key = standing.map(({ alliance, full }) => `${alliance.id}.${full}`).join("_");
    const id = `fill-${key}`;
    if (!this.patterns.has(id)) {
      const stripe = 7;
      const parts = standing.flatMap((one) => [
        { colour: one.alliance.colour, width: one.full ? stripe : stripe * 0.45 },
        ...(one.full ? [] : [{ colour: "var(--land)", width: stripe * 0.55 }]),
      ]);
      this.patterns.set(id, this.pattern("land", id, parts, 45));
    }
    return `url(#${id})`;
  }

  pattern(pane, id, parts, angle) {
    const width = parts.reduce((sum, part) => sum + part.width, 0);
    const patternTransform = `rotate(${angle})`;
    const pattern = svgElement("pattern", {
      id,
      width,
      height: width,
      patternUnits: "userSpaceOnUse",
      patternTransform,
    });
    let x = 0;
    for (const part of parts) {
      const rect = svgElement("rect", { x, y: 0, width: part.width + 0.05, height: width });
      rect.style.fill = part.colour;
      pattern.append(rect);
      x += part.width;
    }
    define(this.map.getPane(pane), pattern);
    return pattern;
  }

  hatchDisputed() {
    this.pattern(
      "disputed",
      "hatch-disputed",
      [
        { colour: "var(--hatch)", width: 1.6 },
        { colour: "transparent", width: 4.4 },
      ],
      -45,
    );
  }

  highlight(id) {
    const code = id?.startsWith("actor:") ? this.scene?.objects[id]?.country : null;
    for (const [one, { layer }] of this.byCode) {
      layer.getElement()?.classList.toggle("selected", one === code);
    }
    for (const [one, layer] of this.disputed) {
      layer.getElement()?.classList.toggle("selected", one === id);
    }
  }

  boundsOf(id) {
    if (!id) return [];
    if (this.disputed.has(id)) return this.disputed.get(id).getBounds();
    const at = (code) => this.byCode.get(code)?.label;
    const flip = ([lon, lat]) => [lat, lon];
    if (id.startsWith("actor:")) {
      const label = at(this.scene.objects[id]?.country);
      return label ? [flip(label)] : [];
    }
    const alliance = this.scene.alliances.find((one) => one.id === id);
    if (!alliance) return [];
    return alliance.members
      .map(({ country }) => at(country))
      .filter(Boolean)
      .map(flip);
  }
}
