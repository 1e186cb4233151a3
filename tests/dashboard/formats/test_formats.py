"""The list of formats, and the names of files."""

from __future__ import annotations

import csv
import json
import mimetypes
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

import pyogrio
import pytest
from PIL import Image
from pptx import Presentation
from pypdf import PdfReader

from dashboard.atlas.data import Atlas
from dashboard.brief.__main__ import main
from dashboard.brief.address import read
from dashboard.formats.format import SCREEN_DPI
from dashboard.formats.registry import FORMATS, FormatError, export, file_name
from dashboard.sheet.sheet import Sheet, compose
from tests.dashboard.reading import Page
from tests.nonempty import nonempty


@pytest.fixture(scope="module")
def sheet(atlas: Atlas) -> Sheet:
    return compose(atlas, read({"theme": ["copper"]}, atlas))


def test_no_two_formats_or_buttons_can_be_taken_for_each_other() -> None:
    assert FORMATS
    for name in ("id", "label", "suffix", "media_type"):
        assert len({getattr(format_, name) for format_ in FORMATS.values()}) == len(FORMATS), name
    offers = [offer for format_ in FORMATS.values() for offer in format_.offers]
    for name in ("key", "label"):
        assert len({getattr(offer, name) for offer in offers}) == len(offers), name
    for format_ in FORMATS.values():
        told_apart = [offer.told_apart for offer in format_.offers]
        assert len(set(told_apart)) == len(told_apart), "one file would replace the other"


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_says_what_it_is(name: str) -> None:
    format_ = FORMATS[name]
    assert format_.id == name
    assert re.fullmatch(r"\.[a-z]+", format_.suffix)
    known, _ = mimetypes.guess_type(f"x{format_.suffix}")
    assert known in (None, format_.media_type)
    for offer in nonempty(format_.offers):
        assert re.fullmatch(r"[A-Z].+\.", offer.help)
        assert offer.dpi == SCREEN_DPI or format_.dots
        assert format_.several or not offer.themes


@pytest.mark.parametrize("name", FORMATS)
def test_the_command_line_takes_and_explains_each_format(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    format_ = FORMATS[name]
    with pytest.raises(SystemExit):
        main(["--help"])
    (line,) = [
        line for line in capsys.readouterr().out.splitlines() if line.split()[:1] == [format_.id]
    ]
    assert line.split()[1] == format_.suffix
    assert line.endswith(f"{format_.label}: {format_.help}")
    for asked in ([f"x{format_.suffix}"], [f"x{format_.suffix.upper()}"], ["-", "--format", name]):
        # Refused only for the filter, which is looked at after the format.
        with pytest.raises(SystemExit):
            main(["-o", *asked, "--filter", "nothing=x"])
        assert "nothing" in capsys.readouterr().err.splitlines()[-1]


# What is written opens as what it says, and says what the sheet says: the title, or the ids of the
# records, as the reader of that format gives them.


def _of_picture(file: Path, sheet: Sheet) -> bool:
    with Image.open(file) as picture:
        picture.verify()
        return picture.format == "PNG" and picture.info["Title"] == sheet.title


def _of_drawing(file: Path, sheet: Sheet) -> bool:
    svg = "{http://www.w3.org/2000/svg}"
    root = ElementTree.parse(file).getroot()
    return root.tag == f"{svg}svg" and root.findtext(f"{svg}title") == sheet.title


def _of_page(file: Path, sheet: Sheet) -> bool:
    (page,) = PdfReader(file, strict=True).pages
    return sheet.title in page.extract_text()


def _of_slides(file: Path, sheet: Sheet) -> bool:
    first = Presentation(str(file)).slides[0]
    return bool(first.shapes.title.text == sheet.title)


def _of_standalone(file: Path, sheet: Sheet) -> bool:
    page = file.read_text(encoding="utf-8")
    return page.startswith("<!DOCTYPE html>") and sheet.title in Page(page).text


def _same(found: object, sheet: Sheet) -> bool:
    return found == {record.id for record in sheet.records}


def _of_collection(file: Path, sheet: Sheet) -> bool:
    collection = json.loads(file.read_text(encoding="utf-8"))
    features = collection["features"]
    ids = {feature["properties"]["id"] for feature in features}
    return collection["type"] == "FeatureCollection" and _same(ids, sheet)


def _of_table(file: Path, sheet: Sheet) -> bool:
    rows = csv.DictReader(StringIO(file.read_text(encoding="utf-8-sig")))
    return _same({row["id"] for row in rows}, sheet)


def _of_layers(file: Path, sheet: Sheet) -> bool:
    layers = [str(name) for name, _ in pyogrio.list_layers(file)]
    found = pyogrio.read_dataframe(file, layer="records")
    return len(layers) > 1 and _same(set(found["id"]), sheet)


OPENS: Mapping[str, Callable[[Path, Sheet], bool]] = {
    "image/png": _of_picture,
    "image/svg+xml": _of_drawing,
    "application/pdf": _of_page,
    FORMATS["pptx"].media_type: _of_slides,
    "text/html": _of_standalone,
    "application/geo+json": _of_collection,
    "text/csv": _of_table,
    "application/geopackage+sqlite3": _of_layers,
}


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_written_opens_as_what_it_says(name: str, little: Atlas, tmp_path: Path) -> None:
    sheet = compose(little, read({}, little))
    assert len(sheet.records) > 5
    format_ = FORMATS[name]
    file = tmp_path / f"written{format_.suffix}"
    file.write_bytes(export(little, [sheet], name, 60))
    assert OPENS[format_.media_type](file, sheet)


def test_a_failure_names_the_format(
    atlas: Atlas, sheet: Sheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bytes:
        raise KeyError("lost\nkey")

    monkeypatch.setattr(FORMATS["svg"], "write", fail)
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
    brief = read({"theme": ["lake-railways"]}, atlas)
    as_of = atlas.dossier.head.as_of
    assert file_name(atlas, brief, ".png") == f"lakes_lake-railways_16x9_{as_of}.png"
    assert "_300dpi_" in file_name(atlas, brief, ".png", "300dpi")


@pytest.mark.parametrize(
    "title", ["../../etc/passwd", "<script>", "שלום", "🚀", "x" * 500, "CON", "a\x00b", "Türkiye"]
)
def test_file_names_are_plain(atlas: Atlas, title: str) -> None:
    name = file_name(atlas, replace(read({}, atlas), title=title), ".pptx")
    assert re.fullmatch(r"[a-z0-9_-]+\.pptx", name)
    assert len(name) < 140
