"""What a reader sees of a layer, as JSON. It is run in a copy of the project: see `test_costs`."""

from __future__ import annotations

import csv
import json
import sys
from dataclasses import replace
from typing import Any

from dashboard.atlas import data
from dashboard.atlas.address import Screen
from dashboard.atlas.cards import card_html
from dashboard.atlas.filters import Filters
from dashboard.atlas.shown import packed, update_content
from dashboard.formats.registry import export
from dashboard.formats.standalone import entries_of, scene_of
from dashboard.sheet.sheet import compose
from dashboard.sheet.spec import Brief
from tests.dashboard.opening import open_page
from tests.js.node import call


def seen(layer: str, query: str) -> dict[str, Any]:
    """What there is of a layer: on its own on the map, and beside events in a briefing."""
    atlas = data.load()
    scene = json.loads(atlas.scene.body)
    alone = Screen(filters=Filters(layer=(layer,)))
    visible = atlas.index.visible(alone.filters)
    update = call("update.js", "unpacked", packed(update_content(atlas, alone, visible)))
    app = open_page("map", layer=layer)
    beside = Filters(layer=(layer, "events"))
    sheet = compose(atlas, Brief(screen=replace(alone, filters=beside), extent="world"))
    page = scene_of(atlas, sheet)
    features = json.loads(export(atlas, [sheet], "geojson"))["features"]
    selects = [
        hit.thing.select for group in atlas.search.answer(query).groups for hit in group.hits
    ]
    return {
        "problems": [str(problem) for problem in atlas.problems],
        "layers": [one["id"] for one in scene["layers"]],
        "legend": [one["label"] for one in scene["legend"]],
        "objects": {key: one["title"] for key, one in scene["objects"].items()},
        "records": {one["id"]: one["layer_label"] for one in scene["records"]},
        "points": [one["glyph"] for one in scene["points"]],
        "shown": update["shown"],
        "places": update["places"],
        "pressed": app.pills(key="layer").value,
        "button": app.pills(key="layer").options,
        "text": " ".join(one.proto.body for one in app.get("html")),
        "found": selects,
        "cards": {select: card_html(atlas, select) for select in selects if select},
        "profiles": {actor: card_html(atlas, f"actor:{actor}") for actor in atlas.dossier.actors},
        "sheet legend": [one.label for one in sheet.legend],
        "sheet": [symbol.record or symbol.thing for symbol in sheet.symbols],
        "page layers": [one["label"] for one in page["layers"]],
        "page points": [one.get("id") for one in page["points"]],
        "page list": {
            label: [one.record.id for one in some] for _, label, some in entries_of(atlas, sheet)
        },
        "rows": list(
            csv.DictReader(export(atlas, [sheet], "csv").decode("utf-8-sig").splitlines())
        ),
        "features": [one["properties"] for one in features],
    }


if __name__ == "__main__":
    print(json.dumps(seen(*sys.argv[1:])))
