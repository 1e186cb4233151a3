// What the filters show: how many records, by subject, firmness and verdict.

import { columnsOf } from "./columns.js";
import { element, part as find } from "./dom.js";

/** @import { ListScene } from "./browser" */

/** @type {(scene: ListScene, counts: Map<string, number>) => HTMLElement[]} */
function bars(scene, counts) {
  const most = Math.max(...counts.values(), 1);
  return scene.themes
    .filter(({ id }) => counts.has(id))
    .map(({ id, label }) => {
      const bar = element("div", "bar");
      bar.style.setProperty("--c", `var(--theme-${id})`);
      bar.style.setProperty("--w", `${Math.round((100 * (counts.get(id) ?? 0)) / most)}%`);
      bar.append(element("span", "", label), element("b", "", String(counts.get(id))));
      return bar;
    });
}

/** @type {(scene: ListScene, counts: Map<string, number>, kind: string, heading: string) => HTMLElement[]} */
function tally(scene, counts, kind, heading) {
  const badges = scene.order[kind]
    .filter((value) => counts.has(value))
    .map((value) => {
      const badge = element("span", `badge ${kind} ${value}`, `${scene.terms[value]} `);
      badge.append(element("b", "", String(counts.get(value))));
      return badge;
    });
  return [element("span", "", heading), ...badges];
}

// What Python says a moment later, word for word: see atlas/summary.html.
export const NOTHING = "Nothing passes all filters at once. Take one away, or reset them.";

// Python writes the frame and the number shown; the parts are counted here, from the same records.
/** @type {(scene: ListScene, shown: number[]) => void} */
export function paintSummary(scene, shown) {
  const box = document.querySelector(".atlas-summary");
  if (!box) return;
  const { theme, status, verdict } = columnsOf(scene);
  /** @type {(name: string, ...nodes: Node[]) => void} */
  const part = (name, ...nodes) => find(box, name).replaceChildren(...nodes);
  find(box, "h2 b").textContent = String(shown.length);
  box.classList.toggle("nothing", shown.length === 0);
  const empty = find(box, ".empty");
  if (shown.length === 0 && !empty.textContent) empty.textContent = NOTHING;
  part(".bars", ...bars(scene, theme.count(shown)));
  part(".tally.of-evidence", ...tally(scene, status.count(shown), "evidence", "Evidence"));
  part(".tally.of-verdict", ...tally(scene, verdict.count(shown), "verdict", "Check"));
}
