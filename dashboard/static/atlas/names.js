// What things on the map are called, for those who hear it or go through it by keyboard: what it is,
// what it is called and when, or where it stands and how many there are. Words alone, no page.

/** @import { MapScene } from "./browser" */
/** @import { Drawn, SceneRecord } from "./contract" */
/** @typedef {{ place: string } & ({ records: number[] } | { id: string })} NamedPoint */

/** @type {(count: number, one: string, several?: string) => string} */
const plural = (count, one, several = `${one}s`) => `${count} ${count === 1 ? one : several}`;

// What a thing is, that is no record.
/** @type {(thing: { kicker: string }) => string} */
const kickerOf = ({ kicker }) => kicker.split(" · ")[0];

// A record's sort: that of its symbol where it has one of its own, as an attack, else its layer.
/** @type {(scene: MapScene, record: SceneRecord) => string} */
function sortOf(scene, record) {
  const sign = scene.legend.find(({ sample }) => sample.glyph && sample.glyph === record.glyph);
  return sign?.label || record.layer_label;
}

// "Attack: The Shore Guard attacks two ports, 2 June 2019"; what is drawn lighter says why.
/** @type {(scene: MapScene, id: string) => string} */
export function nameOf(scene, id) {
  const record = scene.byId.get(id);
  if (!record) {
    const object = scene.objects[id];
    return object ? `${kickerOf(object)}: ${object.title}` : id;
  }
  const light = scene.light.includes(record.evidence) ? ` (${scene.terms[record.evidence].toLowerCase()})` : "";
  return `${sortOf(scene, record)}: ${record.title}${record.when ? `, ${record.when}` : ""}${light}`;
}

// "Kigoma: 17 records", "Kigoma and 2 other places: 19 records"; the place with most comes first.
/** @type {(scene: Pick<Drawn, "objects">, points: NamedPoint[]) => string} */
export function nameOfSeveral(scene, points) {
  /** @type {Map<string, number>} */
  const places = new Map();
  /** @type {Map<string, number>} */
  const sorts = new Map();
  for (const point of points) {
    places.set(point.place, (places.get(point.place) || 0) + 1);
    const sort = "records" in point ? "record" : kickerOf(scene.objects[point.id]).toLowerCase();
    sorts.set(sort, (sorts.get(sort) || 0) + 1);
  }
  const most = Math.max(...places.values());
  const first = [...places.keys()].find((place) => places.get(place) === most);
  const where = places.size > 1 ? `${first} and ${plural(places.size - 1, "other place")}` : first;
  // Records come first.
  const counted = [...sorts].sort(([one], [other]) => Number(other === "record") - Number(one === "record"));
  return `${where}: ${counted.map(([sort, count]) => plural(count, sort)).join(" and ")}`;
}

// A line that stands for several records.
/** @type {(scene: MapScene, records: SceneRecord[]) => string} */
export function nameOfLine(scene, records) {
  if (records.length === 1) return nameOf(scene, records[0].id);
  return `${records.length} records on one line: ${records[0].title}, and ${plural(records.length - 1, "other")}`;
}
