// What is peculiar to a layer where the browser draws it: a module each, named as in Python. A layer
// that has symbols alone needs nothing here.

import { alliances } from "./alliances.js";
import { corridors } from "./corridors.js";
import { disputed } from "./disputed.js";
import { flows } from "./flows.js";
import { relations } from "./relations.js";

/** @import { Layer } from "./browser" */

/** @type {Record<string, Layer>} */
export const LAYERS = { alliances, corridors, disputed, flows, relations };
