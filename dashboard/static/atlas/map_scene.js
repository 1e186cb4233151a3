// A scene as the map draws it: with what it works out of it once.

import { themeOf } from "./columns.js";

/** @type {(scene: import("./browser").Scene) => import("./browser").MapScene} */
export function mapScene(scene) {
  /** @type {import("./browser").MapScene} */
  const made = Object.assign(scene, {
    byId: new Map(scene.records.map((record) => [record.id, record])),
    /** @type {string[]} */
    chosenThemes: [],
    disputed: [],
    themeOf: (/** @type {{ themes: string[] }} */ record) => themeOf(record, made.chosenThemes),
  });
  return made;
}
