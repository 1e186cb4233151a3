// Written by `make schema` from dashboard/atlas/contract.py: see docs/contract.md.

/**
 * Latitude and longitude in degrees (WGS 84).
 */
export type At = [number, number];

/**
 * Bends of a line; several lists where it is cut at ±180°.
 */
export type Path = Array<At> | Array<Array<At>>;

/**
 * Numbers of records in the scene, as spans: ``0-23,25,30-41``; none is ``""``.
 */
export type Positions = string;

/**
 * A layer of the map, or what else has a name and says what it is.
 */
export interface Named {
  id: string;
  label: string;
  definition: string;
}

/**
 * A subject, with its colours on a light and on a dark page.
 */
export interface Theme extends Named {
  colour: string;
  colour_dark: string;
}

/**
 * An entry of the legend, for what is drawn and names its key.
 *
 * `sample` has one of ``glyph``, a symbol's name, ``line``, its classes, and ``fill``, a class.
 */
export interface Sign {
  key: string;
  group: string;
  label: string;
  definition: string;
  sample: Record<string, string>;
}

/**
 * A symbol on a grid of 24 by 24: paths of SVG for its body and the mark on it.
 */
export interface Glyph {
  shape: string;
  mark: string;
}

/**
 * What scripts draw themselves: see `dashboard.look.stylesheet.drawn_by_scripts`.
 */
export interface Look {
  heads: Record<string, Array<number>>;
  head_of: Record<string, string>;
  stripe: number;
  lesser: number;
  slant: number;
  hatch: Record<string, number>;
}

/**
 * A record, without where it is.
 *
 * `glyph` is its symbol where it is drawn as one, `start` the first day, as far as it is known,
 * `when` and `lines` are words.
 */
export interface SceneRecord {
  id: string;
  kind: string;
  layer: string;
  layer_label: string;
  title: string;
  themes: Array<string>;
  evidence: string;
  verdict: string;
  when: string;
  start: string;
  lines: string;
  glyph: string;
}

/**
 * What all lines have: `legend` are keys of the entries that explain it.
 */
export interface AnyLine {
  records: Array<number>;
  km: number;
  path: Path;
  legend: Array<string>;
}

/**
 * A flow's arc, from sender to receiver.
 */
export interface FlowLine extends AnyLine {
  type: "flow";
  tip: string;
  state: string;
}

/**
 * All relations of one stance between two places.
 *
 * `ends` says for each of `records` which ends carry a sign: 1 the last, 2 the first, 3 both.
 */
export interface RelationLine extends AnyLine {
  type: "relation";
  ends: Array<number>;
  stance: string;
}

/**
 * A leg of a corridor; `part` is ``corridor.branch.number``.
 */
export interface LegLine extends AnyLine {
  type: "leg";
  tip: string;
  mode: string;
  status: string;
  part: string;
}

export type Line = FlowLine | RelationLine | LegLine;

/**
 * What all symbols have; `place` is the place's name, `shape` the record's kind or as it is.
 */
export interface AnyPoint {
  at: At;
  place: string;
  glyph: string;
  shape: string;
  legend: Array<string>;
}

/**
 * A record at one of its places.
 */
export interface RecordPoint extends AnyPoint {
  records: Array<number>;
  tip: string;
}

/**
 * A place that is drawn for itself, as a chokepoint; `id` is a key of the scene's objects.
 */
export interface PlacePoint extends AnyPoint {
  id: string;
  layer: string;
}

export type Point = RecordPoint | PlacePoint;

/**
 * A country that an alliance fills, by which of its actors, and whether as a full member.
 */
export interface Standing {
  country: string;
  actor: string;
  status: string;
  full: boolean;
}

/**
 * An alliance and whom it fills on the dossier's date.
 */
export interface Alliance {
  id: string;
  short: string;
  title: string;
  colour: string;
  members: Array<Standing>;
}

/**
 * What can be selected besides records: ``actor:…``, ``place:…``, ``area:…`` and more.
 *
 * `country` is an actor's, None where it has none; `layer` is that of a symbol, and `helps` are
 * the records that it helps to read: it is drawn with them.
 */
export interface Thing {
  title: string;
  kicker: string;
  country?: string | null;
  text?: string | null;
  lines?: string;
  layer?: string;
  helps?: Positions;
}

/**
 * What any map of ours draws.
 *
 * `terms` are labels of all vocabularies, `order` has those of evidence and verdict, the firmest
 * first, `light` the evidence that is drawn lighter.
 */
export interface Drawn {
  version: string;
  attribution: string;
  themes: Array<Theme>;
  terms: Record<string, string>;
  order: Record<string, Array<string>>;
  layers: Array<Named>;
  legend: Array<Sign>;
  glyphs: Record<string, Glyph>;
  look: Look;
  light: Array<string>;
  records: Array<SceneRecord>;
  lines: Array<Line>;
  points: Array<Point>;
  alliances: Array<Alliance>;
  objects: Record<string, Thing>;
}

/**
 * The app's: ``scene.json``.
 *
 * `tiles` are the online basemap's, `corrected` the verdicts that lists name, `pills` the values
 * of the filters' buttons in their order, `alliances_shown` those that are filled where an
 * address names none.
 */
export interface Scene extends Drawn {
  tiles: Record<string, string>;
  corrected: Array<string>;
  pills: Record<string, Array<string>>;
  alliances_shown: Array<string>;
}

/**
 * A way that a page offers instead of one that is closed on it.
 */
export interface Detour {
  path: Path;
  tip: string;
}

/**
 * What a page draws beyond the screen; what is not there is as usual.
 *
 * `standings` are those of another day by alliance, `parts` the only legs that are shown,
 * `extent` the south-west and north-east corner of what the map opens on; east may exceed 180.
 */
export interface PageDraws {
  standings?: Record<string, Array<Standing>>;
  detours?: Array<Detour>;
  parts?: Array<string>;
  extent?: [At, At];
}

/**
 * What a map shows now.
 *
 * `layers` are those filtered by, None for all; `countries` those named on the map, the most
 * important first; `places` the symbols beside records; `pressed` the filters' buttons, as an
 * address has them; `query` differs whenever the address does.
 */
export interface Update extends PageDraws {
  version: string;
  shown: Positions;
  layers: Array<string> | null;
  themes: Array<string>;
  alliances: Array<string>;
  countries: Array<string>;
  places: Array<string>;
  select: string | null;
  pressed: string;
  query: string;
  present: boolean;
}

/**
 * An update on its way to the app's map: as short as it can be said, see `update.js`.
 *
 * What is empty, false or None is left out; `pressed` says themes, layers and alliances too, lists
 * are words with spaces between them, places are without ``place:``.
 */
export interface SentUpdate extends PageDraws {
  version: string;
  query: string;
  shown?: Positions;
  countries?: string;
  places?: string;
  select?: string;
  pressed?: string;
  present?: boolean;
}

/**
 * What the list of records is told, and by it the forecast of a click.
 *
 * `scene` is where that is fetched, `reachable` are the records that pass all filters without
 * buttons, `address` the page's own query, `asked` what the buttons said where Python did
 * otherwise, `run` differs each time.
 */
export interface ListData {
  scene: string;
  version: string;
  shown: Positions;
  reachable: Positions;
  pressed: string;
  select: string | null;
  hidden: boolean;
  address: string;
  run: string;
  asked?: string;
}

/**
 * The clock of a page that plays: the step that is shown, and how long, in milliseconds.
 */
export interface PlayerData {
  playing: boolean;
  step: string;
  pause: number;
}

/**
 * A field for a reader's own file.
 *
 * `endings` are without the dot, `largest` is in bytes, `held` the number of the choice that
 * Python has.
 */
export interface ChooseData {
  key: string;
  label: string;
  hint: string;
  endings: Array<string>;
  largest: number;
  held: number;
}

/**
 * A reader's file on its way to Python; without a name it was taken away again.
 *
 * `number` differs for each choice, `content` is base64.
 */
export interface ChosenFile {
  number: number;
  name: string;
  content: string;
  size?: number;
}

/**
 * What stands before a file on its way to the reader: a line of JSON.
 */
export interface SavedFile {
  number: number;
  name: string;
  type: string;
}

/**
 * What the page tells Python, each by its own.
 *
 * What is selected, where a link leads, that the page is there again after a wire broke, that the
 * player's pause is over, and which file was chosen.
 */
export interface Told {
  select: string;
  goto: string;
  again: string;
  tick: string;
  file: ChosenFile;
}

/**
 * Land or water: numbers of arcs by ring and polygon, or that of a line; ~n is n backwards.
 */
export interface PackedShape {
  properties: Record<string, any>;
  polygons?: Array<Array<Array<number>>>;
  line?: number;
}

/**
 * What stands before packed outlines, see `geodata.outlines`.
 *
 * `arcs` are the lengths of the arcs, `zoom` is that beyond which finer ones are wanted.
 */
export interface OutlinesHead {
  arcs: Array<number>;
  per_degree: number;
  features: Array<PackedShape>;
  zoom?: number;
}

/**
 * What a briefing in one file shows; `colourless`: its themes have no colours of their own.
 */
export interface StandaloneScene extends Drawn {
  colourless: boolean;
}

/**
 * How a briefing in one file opens; `options` are Leaflet's.
 */
export interface StandalonePage {
  options: Record<string, any>;
  update: Update;
  select: string | null;
}
