"""A briefing as one page, read as a file; tests/browser opens it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from dashboard.atlas.address import Screen
from dashboard.atlas.data import Atlas
from dashboard.atlas.filters import Filters
from dashboard.formats import standalone
from dashboard.look.palette import MAP_COLOURS
from dashboard.sheet.sheet import Sheet, compose
from dashboard.sheet.spec import Brief, KeyPoint, Style, bounds_of
from tests.nonempty import nonempty
from tests.scenes import scene_of

HOSTILE = (
    "<script>alert(1)</script></title></style></script><!--<script> "
    '"><img src=x onerror=alert(1)> {{7*7}} {% raw %} \u2028 & العربية 🚀'
)

MOST_BYTES = 1_600_000


class Page(HTMLParser):
    """Tags, text and scripts of a page."""

    def __init__(self, body: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.text: list[str] = []
        self.within: list[str] = []
        self.feed(body.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.within.append(tag)
        if tag == "script":
            self.scripts.append((dict(attrs), ""))

    def handle_endtag(self, tag: str) -> None:
        self.within.append("")

    def handle_data(self, data: str) -> None:
        if self.within and self.within[-1] == "script":
            attributes, text = self.scripts[-1]
            self.scripts[-1] = attributes, text + data
        elif self.within and self.within[-1] != "style":
            self.text.append(data)

    def data(self, name: str) -> Any:
        """What a block of data holds."""
        (text,) = [text for said, text in self.scripts if said.get("id") == f"data-{name}"]
        return json.loads(text)


def sheet_of(atlas: Atlas, *themes: str, **options: Any) -> Sheet:
    screen = Screen(filters=Filters(theme=themes), alliance=options.pop("alliance", ()))
    return compose(atlas, Brief(screen=screen, **options), "http://here")


@pytest.fixture(scope="module")
def sheet(atlas: Atlas) -> Sheet:
    return sheet_of(atlas, "lake-railways", alliance=("lake-union",), extent="southern-africa")


@pytest.fixture(scope="module")
def body(atlas: Atlas, sheet: Sheet) -> bytes:
    return standalone.html(atlas, sheet)


@pytest.fixture(scope="module")
def page(body: bytes) -> Page:
    return Page(body)


def test_page_says_all_that_a_briefing_must(page: Page, sheet: Sheet) -> None:
    text = " ".join(" ".join(page.text).split())
    said = [sheet.title, sheet.subtitle, sheet.filters, sheet.sources, sheet.borders, sheet.link]
    said += [f"version {sheet.version}", *(point.text for point in sheet.points)]
    for words in nonempty(said):
        assert " ".join(words.split()) in text
    for record in nonempty(sheet.records):
        assert record.title in text
        assert record.evidence.status.label in text


def test_page_lists_each_record_once(page: Page, sheet: Sheet) -> None:
    listed = [said["data-record"] for tag, said in page.tags if tag == "details"]
    assert sorted(filter(None, listed)) == sorted(record.id for record in sheet.records)


def test_page_asks_for_nothing(page: Page, body: bytes) -> None:
    for tag, said in nonempty(page.tags):
        assert "src" not in said, tag
        assert "srcset" not in said, tag
        assert tag not in {"link", "iframe", "img", "object", "embed", "base", "form"}
        assert not [name for name in said if name.startswith("on")]
    styles = re.findall(r"<style>(.*?)</style>", body.decode(), re.DOTALL)
    assert set(re.findall(r"url\(([^)]{0,16})", "".join(styles))) == {
        "data:font/woff;b",
        "#hatch-disputed",
    }
    assert b"sourceMappingURL" not in body
    assert b"@import" not in body


def test_policy_allows_the_scripts_of_the_page_and_no_other(page: Page) -> None:
    (policy,) = [
        said["content"]
        for tag, said in page.tags
        if tag == "meta" and said.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    run = [text for said, text in page.scripts if said.get("type") != "application/json"]
    digests = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in run]
    assert rules["script-src"].split() == [f"'sha256-{digest}'" for digest in digests]
    assert len(run) == 3
    for name in ("default-src", "base-uri", "form-action"):
        assert rules[name] == "'none'"


def test_page_holds_no_more_of_the_dossier_than_the_sheet_shows(
    atlas: Atlas, page: Page, sheet: Sheet
) -> None:
    scene = page.data("scene")
    shown = [record.id for record in sheet.records]
    assert [record["id"] for record in scene["records"]] == shown
    others = set(atlas.dossier.records) - set(shown) - set(sheet.brief.screen.alliance)
    everything = json.dumps(scene) + " ".join(page.text)
    for record in nonempty(others):
        assert f'"{record}"' not in everything
        assert atlas.dossier.records[record].title not in everything
    assert [alliance["id"] for alliance in scene["alliances"]] == ["lake-union"]
    named = {actor for record in sheet.records for actor in record.all_actors}
    actors = {name.removeprefix("actor:") for name in scene["objects"] if "actor:" in name}
    assert named <= actors < set(atlas.dossier.actors)
    assert "tiles" not in scene


def test_positions_lead_to_the_same_records(atlas: Atlas, page: Page, sheet: Sheet) -> None:
    def drawn(scene: Any, kind: str) -> list[tuple[str, ...]]:
        found = []
        for part in scene[kind]:
            names = (scene["records"][i]["id"] for i in part.get("records", ()))
            found.append(tuple(name for name in names if name in shown))
        return sorted(filter(None, found))

    shown = {record.id for record in sheet.records}
    scene = page.data("scene")
    for kind in ("lines", "points"):
        assert drawn(scene, kind) == drawn(scene_of(atlas), kind)
    assert all(
        len(line["ends"]) == len(line["records"])
        for line in nonempty(scene["lines"])
        if "ends" in line
    )


def test_map_opens_on_the_extent(atlas: Atlas, page: Page) -> None:
    update = page.data("page")["update"]
    west, south, east, north = bounds_of(atlas.dossier.head, "southern-africa") or ()
    assert update["extent"] == [[south, west], [north, east]]
    assert update["shown"] == f"0-{len(page.data('scene')['records']) - 1}"
    assert update["version"] == page.data("scene")["version"]


def test_extent_across_the_date_line_goes_on_eastward() -> None:
    assert standalone.extent_of((160, -20, -150, 40)) == [[-20, 160], [40, 210]]
    assert standalone.extent_of((-180, -90, 180, 90)) == [[-84, -180], [84, 180]]


def test_hostile_words_come_out_as_text(atlas: Atlas) -> None:
    points = (KeyPoint(HOSTILE), KeyPoint(HOSTILE, "mine-opened"))
    sheet = sheet_of(
        atlas, "copper", extent="lakes", title=HOSTILE, subtitle=HOSTILE, points=points
    )
    page = Page(standalone.html(atlas, sheet))
    plain = sheet_of(atlas, "copper", extent="lakes", title="T", subtitle="T", points=points[:0])
    calm = Page(standalone.html(atlas, plain))
    assert len(page.scripts) == len(calm.scripts)
    assert not [tag for tag, _ in nonempty(page.tags) if tag == "img"]
    text = "".join(page.text)
    assert text.count(sheet.title) >= 3
    assert "{{7*7}}" in text
    assert page.data("scene") == calm.data("scene")


def test_hostile_records_stay_within_their_data(atlas: Atlas) -> None:
    sheet = sheet_of(atlas, "copper", extent="lakes")
    scene = standalone.scene_of(atlas, sheet)
    scene["records"] = [record | {"title": HOSTILE} for record in scene["records"]]
    written = standalone.script_json(scene)
    assert not re.search(r"[<>&\u2028]", written)
    assert json.loads(written) == scene


@pytest.mark.parametrize("style", list(Style))
def test_style_gives_its_colours(atlas: Atlas, style: Style) -> None:
    body = standalone.html(atlas, sheet_of(atlas, "copper", extent="lakes", style=style))
    page = Page(body)
    root = next(said for tag, said in page.tags if tag == "html")
    assert root["data-theme"] == ("dark" if style is Style.DARK else "light")
    themes = page.data("scene")["themes"]
    printed = {theme["colour"] for theme in themes} == {"#000000"}
    assert printed is (style is Style.PRINT)
    assert page.data("scene")["colourless"] is (style is Style.PRINT)
    assert (f":root {{ --sea: {MAP_COLOURS[Style.PRINT]['sea']};".encode() in body) is (
        style is Style.PRINT
    )


def test_same_sheet_gives_the_same_file_of_a_size_to_be_mailed(
    atlas: Atlas, sheet: Sheet, body: bytes
) -> None:
    assert standalone.html(atlas, sheet) == body
    everything = standalone.html(atlas, sheet_of(atlas, extent="world"))
    assert len(body) < len(everything) < MOST_BYTES


def test_a_layer_that_is_off_on_the_map_is_not_in_the_file(atlas: Atlas) -> None:
    def layers(*off: str) -> set[str]:
        sheet = compose(atlas, Brief(off=off))
        return {layer["id"] for layer in standalone.scene_of(atlas, sheet)["layers"]}

    assert {"disputed", "flows"} <= layers()
    assert layers() - layers("disputed", "flows") == {"disputed", "flows"}
