// The map's start in the app. What it shows is asked for while Leaflet is still being read.

import { boot } from "./atlas.js";
import { fetchAll } from "./map_data.js";

const data = fetchAll();
data.catch(() => {}); // the map says so, once there is one

/** @type {(map: import("leaflet").Map) => ReturnType<typeof boot>} */
export const start = (map) => boot(map, data);
