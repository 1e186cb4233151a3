// What a map has for a key, made where there is nothing yet.

/** @template K, V @param {{ get(key: K): V | undefined, set(key: K, value: V): unknown }} map @param {K} key @param {() => V} make */
export function getOrMake(map, key, make) {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
