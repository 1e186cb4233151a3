// Flows: from sender to receiver, with the head there.

/** @import { Layer } from "./browser" */
/** @import { FlowLine } from "./contract" */

/** @type {Layer<FlowLine>} */
export const flows = {
  line: {
    classes: ({ state }) => `flow state-${state}`,
    strokes: () => ["casing ", ""],
  },
};
