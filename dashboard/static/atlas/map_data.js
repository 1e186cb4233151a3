// What the map fetches: the scene, which Python writes anew when the records change, and outlines.

import { unpackOutlines } from "./outlines.js";

/** @type {(path: string) => Promise<Response>} */
async function fetched(path) {
  const url = new URL(`../${path}`, import.meta.url);
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer;
}

/** @type {() => Promise<import("./contract").Scene>} */
export async function fetchScene() {
  return (await fetched("scene.json")).json();
}

/** @type {(name: string) => Promise<import("./browser").Outlines>} */
export async function fetchOutlines(name) {
  return unpackOutlines(await (await fetched(`geodata/${name}.outlines`)).arrayBuffer());
}

/** @type {() => Promise<import("./browser").MapData>} */
export async function fetchAll() {
  const [scene, countries, disputed, water] = await Promise.all([
    fetchScene(),
    fetchOutlines("countries-overview"),
    fetchOutlines("disputed"),
    fetchOutlines("water"),
  ]);
  return { scene, countries, disputed, water };
}
