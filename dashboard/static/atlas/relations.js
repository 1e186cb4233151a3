// Relations: all of one stance between the same two are one line already, with a sign at each end that
// is meant.

/** @import { Layer } from "./browser" */
/** @import { RelationLine } from "./contract" */

/** @type {Layer<RelationLine>} */
export const relations = {
  line: {
    classes: ({ stance }) => `relation stance-${stance}`,
    strokes: () => [""],
    bundled: true,
  },
};
