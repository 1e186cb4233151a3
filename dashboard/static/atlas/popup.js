// One object's popup: what it is, how firmly it is claimed, whether it stands, and where it is said.

function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text; // text only: data never becomes markup
  return node;
}

export function describe(scene, id) {
  const record = scene.byId.get(id);
  const box = element("div", "atlas-popup");
  if (record) {
    const head = element("div", "kicker", record.layer_label);
    head.style.setProperty("--c", `var(--theme-${scene.themeOf(record)})`);
    box.append(head, element("div", "title", record.title));
    const badges = element("div", "badges");
    const evidence = element("span", `badge evidence ${record.evidence}`, scene.terms[record.evidence]);
    const verdict = element("span", `badge verdict ${record.verdict}`, scene.terms[record.verdict]);
    badges.append(evidence, verdict);
    box.append(badges, element("div", "lines", `${record.when} · ${record.lines}`));
    return box;
  }
  const object = scene.objects[id];
  if (!object) return null;
  box.append(element("div", "kicker", object.kicker), element("div", "title", object.title));
  if (object.text) box.append(element("div", "text", object.text));
  if (object.lines) box.append(element("div", "lines", object.lines));
  return box;
}

const MOST_TO_CHOOSE = 100;

// Several records on one line or at one place: a list to choose from.
export function openChoice(map, scene, records, at, onSelect) {
  const box = element("div", "atlas-popup choice");
  box.append(element("div", "kicker", `${records.length} records here`));
  const list = element("ul");
  for (const record of records.slice(0, MOST_TO_CHOOSE)) {
    const item = element("li");
    const button = element("button", "", record.title);
    button.type = "button";
    button.style.setProperty("--c", `var(--theme-${scene.themeOf(record)})`);
    button.addEventListener("click", () => onSelect(record.id, at));
    item.append(button);
    list.append(item);
  }
  box.append(list);
  const left = records.length - MOST_TO_CHOOSE;
  if (left > 0) box.append(element("div", "lines", `and ${left} more: filter, or use the list`));
  open(map, box, at);
}

export function openPopup(map, scene, id, at) {
  const content = describe(scene, id);
  if (content) open(map, content, at);
}

function open(map, content, at) {
  L.popup({ maxWidth: 280, minWidth: 180, autoPanPadding: [24, 24], className: "atlas" })
    .setLatLng(at)
    .setContent(content)
    .openOn(map);
}

const MOST_IN_TIP = 5;

export function tooltipForSeveral(scene, records) {
  const box = element("div", "atlas-tip");
  box.append(element("div", "title", `${records.length} records`));
  for (const { title } of records.slice(0, MOST_IN_TIP)) box.append(element("div", "small", title));
  if (records.length > MOST_IN_TIP) {
    box.append(element("div", "small", `and ${records.length - MOST_IN_TIP} more: click for the list`));
  }
  return box;
}

export function tooltipFor(scene, id, extra) {
  const record = scene.byId.get(id);
  const box = element("div", "atlas-tip");
  const title = record ? record.title : scene.objects[id]?.title || id;
  box.append(element("div", "title", title));
  const small = extra || (record ? scene.terms[record.evidence] : scene.objects[id]?.kicker);
  if (small) box.append(element("div", "small", small));
  return box;
}
