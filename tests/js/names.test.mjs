// What things on the map are called.

import assert from "node:assert/strict";
import { test } from "node:test";

import { nameOf, nameOfLine, nameOfSeveral } from "../../dashboard/static/atlas/names.js";

const RECORDS = [
  {
    id: "raid",
    title: "Raid on the port",
    glyph: "attack",
    layer_label: "Event",
    when: "3 May 2020",
    evidence: "reported",
  },
  {
    id: "boats",
    title: "Boats for Tonga",
    glyph: "flow",
    layer_label: "Flow",
    when: "since 2019",
    evidence: "allegation",
  },
  { id: "pact", title: "A pact", glyph: "relation", layer_label: "Relation", when: "", evidence: "reported" },
];

const SCENE = {
  legend: [
    { label: "Supports", sample: { line: "line" } },
    { label: "Attack", sample: { glyph: "attack" } },
    { label: "Meeting", sample: { glyph: "meeting" } },
  ],
  light: ["allegation"],
  terms: { allegation: "Allegation", reported: "Reported" },
  byId: new Map(RECORDS.map((record) => [record.id, record])),
  objects: { "place:strait": { title: "The Strait", kicker: "Chokepoint · context" } },
};

const at = (place, records = [0]) => (records ? { place, records } : { place, id: "place:strait" });

test("a record is called by its symbol's sort, its title and its date", () => {
  assert.equal(nameOf(SCENE, "raid"), "Attack: Raid on the port, 3 May 2020");
});

test("a record without a symbol of its own is called by its layer", () => {
  assert.equal(nameOf(SCENE, "pact"), "Relation: A pact");
});

test("what is drawn lighter says why", () => {
  assert.equal(nameOf(SCENE, "boats"), "Flow: Boats for Tonga, since 2019 (allegation)");
});

test("what is no record is called by its sort and name", () => {
  assert.equal(nameOf(SCENE, "place:strait"), "Chokepoint: The Strait");
  assert.equal(nameOf(SCENE, "area:unknown"), "area:unknown");
});

test("several at one place are counted there", () => {
  assert.equal(
    nameOfSeveral(
      SCENE,
      Array.from({ length: 17 }, () => at("Suva")),
    ),
    "Suva: 17 records",
  );
});

test("of several places the one with most is named, and the others are counted", () => {
  assert.equal(nameOfSeveral(SCENE, [at("Apia"), at("Suva"), at("Suva")]), "Suva and 1 other place: 3 records");
  assert.equal(nameOfSeveral(SCENE, [at("Apia"), at("Suva"), at("Nadi")]), "Apia and 2 other places: 3 records");
});

test("chokepoints are no records", () => {
  assert.equal(
    nameOfSeveral(SCENE, [at("Strait", null), at("Suva")]),
    "Strait and 1 other place: 1 record and 1 chokepoint",
  );
  assert.equal(nameOfSeveral(SCENE, [at("A", null), at("B", null)]), "A and 1 other place: 2 chokepoints");
});

test("a line is called by its record, or says how many it stands for", () => {
  const [raid, boats, pact] = RECORDS;
  assert.equal(nameOfLine(SCENE, [raid]), "Attack: Raid on the port, 3 May 2020");
  assert.equal(nameOfLine(SCENE, [raid, boats]), "2 records on one line: Raid on the port, and 1 other");
  assert.equal(nameOfLine(SCENE, [raid, boats, pact]), "3 records on one line: Raid on the port, and 2 others");
});
