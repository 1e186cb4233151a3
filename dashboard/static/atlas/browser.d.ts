// What our modules find in a page besides what the browser gives, and what they hand one another.

import type { FeatureCollection, LineString, MultiPolygon } from "geojson";
import type * as Leaflet from "leaflet";
import type { Atlas } from "./atlas.js";
import type { CardFocus } from "./card_focus.js";
import type * as contract from "./contract";
import type { Item } from "./line_item.js";
import type { Stroke } from "./line_style.js";
import type { Shown } from "./positions.js";
import type { Steps } from "./steps.js";
import type { Wire } from "./wire.js";

/** By the key of a filter, the values of its buttons that are pressed. */
export type Chosen = Record<string, string[]>;

/** Left, top, right, bottom in pixels: of the map's layer, or of the world at zoom 0. */
export type Box = [number, number, number, number];

/** Where a line runs, part by part: x and y in turn, in pixels of the world at zoom 0. */
export type Course = Float64Array[];

/** What a component of the page tells Python, by its name. */
export type Tell = <K extends keyof contract.Told>(name: K, value: contract.Told[K]) => void;

/** What Streamlit gives a component's script. */
export interface Component<Data> {
  data: Data;
  parentElement: HTMLElement;
  setTriggerValue: Tell;
}

/** What an outline of the base map says of itself, as far as it is of that sort; `label` is [lon, lat]. */
export interface Outline {
  id: string;
  name: string;
  kind: string;
  label: [number, number];
  area_km2: number;
}

/** Outlines of the base map; beyond `zoom` finer ones are wanted. */
export type Outlines = FeatureCollection<MultiPolygon | LineString, Outline> & { zoom?: number };

/** Something on the map was chosen, at a place of it. */
export type OnSelect = (id: string, at: Leaflet.LatLngExpression) => void;

/** A scene without what only the map draws. */
export type Listed = Omit<contract.Drawn, "lines" | "points">;

/** The app's scene, as the list of its records keeps it. */
export type ListScene = Omit<contract.Scene, "lines" | "points">;

/** A scene as a map holds it: the app's, or that of a briefing in one file. */
export interface Scene extends contract.Drawn, Partial<Omit<contract.Scene, keyof contract.Drawn>> {
  colourless?: boolean;
}

/** What the map draws, as it was fetched. */
export interface MapData {
  scene: Scene;
  countries: Outlines;
  disputed: Outlines;
  water: Outlines;
}

/** A scene as the map draws it: with what is worked out of it, see areas.js. */
export interface MapScene extends Scene {
  byId: Map<string, contract.SceneRecord>;
  chosenThemes: string[];
  disputed: Leaflet.LatLngBounds[];
  themeOf(record: { themes: string[] }): string;
}

/** What the map shows now: an update, or what the browser foresees. */
export interface Now extends Omit<contract.Update, "shown"> {
  shown: contract.Positions | number[];
}

/** One state of the map, as its parts are asked to draw it; `same` says that the last was so, too. */
export interface Drawing {
  scene: MapScene;
  shown: Shown;
  layers: Set<string>;
  update: Now;
  same?: boolean;
}

/** What the list is told, with positions as numbers. */
export interface ListState extends Omit<contract.ListData, "shown" | "reachable"> {
  shown: number[];
  reachable: number[];
}

/** A country's fill by one member of one alliance. */
export interface Fill extends Omit<contract.Standing, "country"> {
  alliance: contract.Alliance;
}

/** How lines of a layer are drawn. */
export interface LineSort<L = contract.Line> {
  /** Classes of the style sheet, besides "line". */
  classes(line: L): string;
  /** What stands before these classes for each of its strokes, the lowest first; "" for its own. */
  strokes(line: L): string[];
  /** Whether each is a bundle already, and goes together with no other. */
  bundled?: boolean;
}

/** What is peculiar to a layer where the browser draws it: see layers.js. */
// biome-ignore lint/suspicious/noExplicitAny: each layer has lines of its own sort
export interface Layer<L = any> {
  line?: LineSort<L>;
  /** Keys of the legend for what it draws besides symbols and lines; whether areas of it are in sight. */
  explains?(drawing: Drawing, inSight: boolean): string[];
}

/** A sign at a line's end, on the picture of very many: its corners in turn. */
export interface Head {
  form: number[];
  colour: string;
  start: boolean;
}

/** A line on the picture of very many. */
export interface Sketch {
  item: Item;
  course: Course;
  box: Box;
  strokes: Stroke[];
  heads: Head[];
}

/** What a click on a filter's button will show: what the map draws of it. */
export interface Foreseen {
  pressed: string;
  shown: number[];
  themes: string[];
  layers: string[];
  alliances: string[];
  places: string[];
}

declare global {
  interface Window {
    atlas?: Atlas;
    atlasCardFocus?: CardFocus;
    atlasChosen?: Map<string, contract.ChosenFile>;
    atlasChoosing?: Map<string, () => void>;
    atlasFollow?: (event: MouseEvent) => void;
    atlasPrint?: (printing: boolean) => void;
    atlasSaved?: Set<number>;
    atlasSocket?: WebSocket;
    atlasSteps?: Steps;
    atlasWire?: Wire;
    CSSFontFaceRule: typeof CSSFontFaceRule;
    WebSocket: typeof WebSocket;
    __streamlit?: object;
  }

  interface Element {
    /** Points that a symbol or a ring stands for. */
    atlasPoints?: number[];
    /** Of a line, the wide stroke over it, which takes the pointer. */
    atlasHit?: Element;
    /** Of a path, where the map looks when it is reached out of sight. */
    atlasMiddle?: Leaflet.LatLngExpression;
  }
}
