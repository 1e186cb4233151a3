// Outlines of areas as geodata/outlines.py packs them, unpacked to GeoJSON.

const PER_DEGREE = 1000;

function readArcs(lengths, stream) {
  let at = 0;
  const next = () => {
    let number = 0;
    let shift = 1;
    let byte;
    do {
      byte = stream[at++];
      number += (byte & 0x7f) * shift;
      shift *= 128;
    } while (byte & 0x80);
    return number % 2 ? -(number + 1) / 2 : number / 2;
  };
  return lengths.map((length) => {
    let [x, y] = [0, 0];
    return Array.from({ length }, () => {
      x += next();
      y += next();
      return [x / PER_DEGREE, y / PER_DEGREE];
    });
  });
}

export function unpackOutlines(buffer) {
  const size = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, size)));
  const arcs = readArcs(header.arcs, new Uint8Array(buffer, 4 + size));
  const ring = (numbers) =>
    numbers.flatMap((number, i) => {
      const arc = number < 0 ? arcs[~number].toReversed() : arcs[number];
      return i ? arc.slice(1) : arc; // it begins where the one before it ends
    });
  const features = header.features.map(({ properties, polygons }) => ({
    type: "Feature",
    properties,
    geometry: { type: "MultiPolygon", coordinates: polygons.map((rings) => rings.map(ring)) },
  }));
  return { type: "FeatureCollection", features };
}
