"""Every page and format of each dossier that there is: nothing breaks, and the counts agree."""

from __future__ import annotations

import json
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.atlas import data
from dashboard.atlas.address import read
from dashboard.atlas.data import Atlas
from dashboard.brief.address import read as read_brief
from dashboard.formats.registry import FORMATS, export
from dashboard.sheet.sheet import Sheet, compose
from tests.dashboard.opening import PAGES, html, open_page, registered
from tests.dashboard.reading import Page
from tests.dossiers.shelf import EVERY
from tests.scenes import scene_of
from tests.sweeps import first_of

COUNT = re.compile(r"(\d+) of (\d+) (?:records|lines)\b")


@pytest.fixture(scope="module", params=EVERY.values(), ids=EVERY)
def atlas(request: pytest.FixtureRequest) -> Iterator[Atlas]:
    """The dossier of the test, which is also the one that the app shows."""
    folder: Path = request.param
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(data.ENVIRONMENT, str(folder))
        yield data.load(folder)


@pytest.fixture(scope="module")
def sheet(atlas: Atlas) -> Sheet:
    """All of it on one sheet, every alliance filled: one that is not, is not drawn."""
    asked = {"alliance": list(atlas.choices.options["alliance"])}
    return compose(atlas, read_brief(asked, atlas), "http://here")


def positions(text: str) -> list[int]:
    """What ``0-3,7`` stands for."""
    spans = [span.partition("-") for span in text.split(",") if span]
    return [n for low, _, high in spans for n in range(int(low), int(high or low) + 1)]


def sent_to_map(app: AppTest) -> dict[str, Any]:
    [component] = app.get("component_instance")
    script = json.loads(component.proto.json_args)["feature_group"]
    sent: dict[str, Any] = json.loads(script.partition("atlas.receive(")[2].partition("));")[0])
    return sent


def sent_to_list(app: AppTest) -> dict[str, Any]:
    [sent] = [
        json.loads(element.proto.json)
        for element in app.get("bidi_component")
        if element.proto.component_name == "atlas_record_list"
    ]
    assert isinstance(sent, dict)
    return sent


def test_nothing_of_it_is_left_out(atlas: Atlas) -> None:
    assert [str(problem) for problem in atlas.problems] == []
    assert atlas.dossier.records


def test_these_are_all_pages_of_the_app() -> None:
    assert sorted(registered()) == sorted(["", *PAGES[1:]])


@pytest.mark.parametrize("page", first_of(PAGES, 2))
def test_every_page_opens(atlas: Atlas, page: str) -> None:
    app = open_page(page)
    assert not app.exception
    assert not app.error
    assert atlas.dossier.head.title in Page(html(app)).text


@pytest.mark.parametrize("page", ["map", "timeline"])
def test_map_and_list_show_what_the_page_counts(atlas: Atlas, page: str) -> None:
    total = len(atlas.dossier.records)
    for theme in [None, *atlas.dossier.head.theme_ids[:2]]:
        asked = {"theme": [theme]} if theme else {}
        app = open_page(page, **asked)
        visible = atlas.index.visible(read(asked, atlas.choices).filters)
        assert 0 < len(visible) <= total
        for sent in (sent_to_map(app), sent_to_list(app)):
            assert [atlas.scene.record_ids[n] for n in positions(sent["shown"])] == visible
        if page == "map":
            # In the panel, and in the foot that is printed.
            assert set(COUNT.findall(Page(html(app)).text)) == {(str(len(visible)), str(total))}


def test_the_scene_draws_every_record(atlas: Atlas) -> None:
    content = scene_of(atlas)
    assert list(atlas.scene.record_ids) == list(atlas.dossier.records)
    drawn = {n for thing in content["lines"] for n in thing["records"]}
    drawn |= {n for thing in content["points"] for n in thing.get("records", [])}
    filled = {alliance["id"] for alliance in content["alliances"]}
    found = {atlas.scene.record_ids[n] for n in drawn} | filled
    assert found == set(atlas.dossier.records)


def test_the_ledger_has_every_line_of_the_article(atlas: Atlas) -> None:
    app = open_page("sources")
    lines = str(atlas.dossier.head.article.lines)
    assert (lines, lines) in COUNT.findall(Page(html(app)).text)


# --- formats -----------------------------------------------------------------------------------


def test_a_sheet_that_fits_all_holds_all(atlas: Atlas, sheet: Sheet) -> None:
    assert {record.id for record in sheet.records} == set(atlas.dossier.records)
    assert sheet.outside == 0


def in_csv(content: bytes) -> set[str]:
    table = pd.read_csv(BytesIO(content), encoding="utf-8-sig")
    assert table["id"].is_unique
    return set(table["id"])


def in_geojson(content: bytes) -> set[str]:
    features = json.loads(content)["features"]
    return {
        feature["properties"]["id"]
        for feature in features
        if feature["properties"]["part"] != "chokepoint"
    }


def in_geopackage(content: bytes) -> set[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a table without geometry is read as one
        layers = gpd.list_layers(BytesIO(content))["name"]
        assert "records" in set(layers)
        return set(gpd.read_file(BytesIO(content), layer="records")["id"])


def in_page(content: bytes) -> set[str]:
    return set(re.findall(r'id="record-([a-z0-9-]+)"', content.decode()))


RECORDS_IN: dict[str, Callable[[bytes], set[str]]] = {
    "csv": in_csv,
    "geojson": in_geojson,
    "gpkg": in_geopackage,
    "html": in_page,
}
"""Formats that hold records, and how to read which; the others hold pictures."""

BEGINS = {"png": b"\x89PNG\r\n", "svg": b"<?xml", "pdf": b"%PDF-", "pptx": b"PK\x03\x04"}


@pytest.mark.sweep
@pytest.mark.parametrize("format_id", FORMATS)
def test_every_format_is_written(atlas: Atlas, sheet: Sheet, format_id: str) -> None:
    content = export(atlas, [sheet], format_id, dpi=60)
    if format_id in RECORDS_IN:
        assert RECORDS_IN[format_id](content) == {record.id for record in sheet.records}
    else:
        assert content.startswith(BEGINS[format_id])
        assert len(content) > 10_000
    if format_id == "pptx":
        assert zipfile.ZipFile(BytesIO(content)).testzip() is None
