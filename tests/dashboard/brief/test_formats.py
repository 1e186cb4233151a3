"""The list of formats, and the names of files."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from dashboard.brief import formats
from dashboard.brief.address import read
from dashboard.brief.formats import FORMATS, FormatError, export, file_name
from dashboard.brief.sheet import Sheet, compose
from dashboard.data import Atlas


@pytest.fixture(scope="module")
def sheet(atlas: Atlas) -> Sheet:
    return compose(atlas, read({"theme": ["red-sea"]}, atlas))


def test_each_format_has_an_ending_of_its_own() -> None:
    assert list(FORMATS) == ["png", "svg", "pdf", "pptx", "html", "geojson", "csv", "gpkg"]
    assert len({format_.suffix for format_ in FORMATS.values()}) == len(FORMATS)


def test_a_failure_names_the_format(
    atlas: Atlas, sheet: Sheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bytes:
        raise KeyError("lost\nkey")

    broken = replace(FORMATS["svg"], make=fail)
    monkeypatch.setattr(formats, "FORMATS", {**FORMATS, "svg": broken})
    with pytest.raises(FormatError, match=r"^SVG could not be written: .*lost.*key"):
        export(atlas, [sheet], "svg")


def test_a_picture_holds_one_view(atlas: Atlas, sheet: Sheet) -> None:
    with pytest.raises(FormatError, match="PNG holds one view, not 2"):
        export(atlas, [sheet, sheet], "png")


def test_progress_begins_and_ends(atlas: Atlas, sheet: Sheet) -> None:
    told: list[float] = []
    assert export(atlas, [sheet], "csv", progress=lambda share, words: told.append(share))
    assert told[0] == 0
    assert told[-1] == 1


def test_file_names_say_what_is_in_them(atlas: Atlas) -> None:
    brief = read({"theme": ["trade-corridors"]}, atlas)
    as_of = atlas.dossier.head.as_of
    assert file_name(atlas, brief, ".png") == f"russia-iran_trade-corridors_16x9_{as_of}.png"
    assert "_300dpi_" in file_name(atlas, brief, ".png", "300dpi")


@pytest.mark.parametrize(
    "title", ["../../etc/passwd", "<script>", "שלום", "🚀", "x" * 500, "CON", "a\x00b", "Türkiye"]
)
def test_file_names_are_plain(atlas: Atlas, title: str) -> None:
    name = file_name(atlas, replace(read({}, atlas), title=title), ".pptx")
    assert re.fullmatch(r"[a-z0-9_-]+\.pptx", name)
    assert len(name) < 140
