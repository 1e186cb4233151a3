// Outlines as geodata/outlines.py packs them, unpacked to GeoJSON.

/** @import { Position } from "geojson" */
/** @import { Outline, Outlines } from "./browser" */
/** @import { OutlinesHead, PackedShape } from "./contract" */

// Numbers of three bytes: all low ones, then the middle ones, then the high ones.
/** @type {(head: OutlinesHead, bytes: Uint8Array) => Position[][]} */
function readArcs({ arcs: lengths, per_degree: perDegree }, bytes) {
  const count = bytes.length / 3;
  let at = 0;
  const next = () => {
    const number = bytes[at] | (bytes[at + count] << 8) | (bytes[at + 2 * count] << 16);
    at += 1;
    return (number >>> 1) ^ -(number & 1);
  };
  let [x, y] = [0, 0];
  return lengths.map((length) =>
    Array.from({ length }, () => {
      x += next();
      y += next();
      return [x / perDegree, y / perDegree];
    }),
  );
}

/** @type {(buffer: ArrayBuffer) => Outlines} */
export function unpackOutlines(buffer) {
  const size = new DataView(buffer).getUint32(0, true);
  /** @type {OutlinesHead} */
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, size)));
  const arcs = readArcs(header, new Uint8Array(buffer, 4 + size));
  /** @type {(numbers: number[]) => Position[]} */
  const ring = (numbers) =>
    numbers.flatMap((number, i) => {
      const arc = number < 0 ? arcs[~number].toReversed() : arcs[number];
      return i ? arc.slice(1) : arc; // it begins where the one before it ends
    });
  /** @type {(packed: PackedShape) => import("geojson").MultiPolygon | import("geojson").LineString} */
  const geometry = ({ polygons, line }) =>
    polygons
      ? { type: "MultiPolygon", coordinates: polygons.map((rings) => rings.map(ring)) }
      : { type: "LineString", coordinates: ring([line ?? 0]) };
  /** @type {Outlines["features"]} */
  const features = header.features.map((feature) => ({
    type: "Feature",
    properties: /** @type {Outline} */ (feature.properties),
    geometry: geometry(feature),
  }));
  return { type: "FeatureCollection", features, zoom: header.zoom };
}
