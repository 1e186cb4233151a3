// What the filters show: how many records, by subject, firmness and verdict.

function node(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text; // text only: data never becomes markup
  return made;
}

function count(records, valuesOf) {
  const counts = new Map();
  for (const record of records) {
    for (const value of valuesOf(record)) counts.set(value, (counts.get(value) || 0) + 1);
  }
  return counts;
}

function bars(scene, records) {
  const counts = count(records, ({ themes }) => themes);
  const most = Math.max(...counts.values(), 1);
  return scene.themes
    .filter(({ id }) => counts.has(id))
    .map(({ id, label }) => {
      const bar = node("div", "bar");
      bar.style.setProperty("--c", `var(--theme-${id})`);
      bar.style.setProperty("--w", `${Math.round((100 * counts.get(id)) / most)}%`);
      bar.append(node("span", "", label), node("b", "", counts.get(id)));
      return bar;
    });
}

function tally(scene, records, kind, heading) {
  const counts = count(records, (record) => [record[kind]]);
  const badges = scene.order[kind]
    .filter((value) => counts.has(value))
    .map((value) => {
      const badge = node("span", `badge ${kind} ${value}`, `${scene.terms[value]} `);
      badge.append(node("b", "", counts.get(value)));
      return badge;
    });
  return [node("span", "", heading), ...badges];
}

// Python writes the frame and the number shown; the parts are counted here, from the same records.
export function paintSummary(scene, shown) {
  const box = document.querySelector(".atlas-summary");
  if (!box) return;
  const records = shown.map((position) => scene.records[position]).filter(Boolean);
  box.querySelector("h2 b").textContent = records.length;
  box.classList.toggle("nothing", records.length === 0);
  box.querySelector(".bars").replaceChildren(...bars(scene, records));
  box.querySelector(".tally.of-evidence").replaceChildren(...tally(scene, records, "evidence", "Evidence"));
  box.querySelector(".tally.of-verdict").replaceChildren(...tally(scene, records, "verdict", "Check"));
}
