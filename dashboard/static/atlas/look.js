// What scripts draw besides what the style sheet says: signs at lines' ends, stripes and hatching.

/** @type {import("./browser").Look} */
export const LOOK = {
  // Corners, pointing to the right, with the line's end at 0, 0: x, y and so on.
  heads: {
    arrow: [-10.4, -5.5, 1.6, 0, -10.4, 5.5, -7.4, 0],
    bar: [-1.1, -4.5, 1.1, -4.5, 1.1, 4.5, -1.1, 4.5],
    dot: Array.from({ length: 16 }, (_, i) => (i * Math.PI) / 8).flatMap((at) => [3 * Math.cos(at), 3 * Math.sin(at)]),
  },
  head_of: { flow: "arrow", supports: "dot", opposes: "bar" },
  stripe: 7,
  lesser: 0.45,
  slant: 45,
  hatch: { width: 1.6, period: 6, slant: -45 },
};
