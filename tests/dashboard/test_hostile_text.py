"""Texts that look like code, in every field: on each page and card, and in what is written."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pandas as pd
import pyogrio
import pytest
from pptx import Presentation
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from dashboard.atlas import data
from dashboard.atlas.cards import card_html
from dashboard.atlas.data import Atlas
from dashboard.atlas.search import answer_html
from dashboard.brief.address import read
from dashboard.formats.registry import FORMATS, export, file_name
from dashboard.look.markup import plain
from dashboard.look.tables import defused
from dashboard.sheet.sheet import compose
from tests.dashboard.opening import PAGES, open_page
from tests.dashboard.reading import Page, as_read
from tests.dossiers import hostile
from tests.nonempty import nonempty
from tests.sweeps import first_of

BASE = "https://atlas.example.org"


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Mapping[bool, Path]:
    """The hostile dossier, and the one alike that means no harm."""
    made = {}
    for kind in (True, False):
        folder = tmp_path_factory.mktemp("text") / "dossier"
        folder.mkdir()
        filled = Counter(hostile.write(folder, kind))
        assert min(filled.values()) >= len(hostile.TEXTS)
        made[kind] = folder
    return made


@pytest.fixture(scope="module")
def atlases(folders: Mapping[bool, Path]) -> Mapping[bool, Atlas]:
    made = {kind: data.build(folder) for kind, folder in folders.items()}
    assert [atlas.problems for atlas in made.values()] == [(), ()]
    return made


def structure(html: str) -> Counter[str]:
    """Elements, and which attributes they have."""
    page = Page(html)
    return Counter(page.tags) + Counter(f"@{name}" for name, _ in page.attributes)


@pytest.mark.sweep
def test_a_card_shows_each_text_and_has_no_element_more(atlases: Mapping[bool, Atlas]) -> None:
    atlas, plain_atlas = atlases[True], atlases[False]
    for number, text in nonempty(enumerate(hostile.TEXTS)):
        of_records = [f"{kind}-{number}" for kind in hostile.KINDS]
        for thing in (*of_records, f"actor:actor-{number}", f"place:place-{number}"):
            html = card_html(atlas, thing)
            assert structure(html) == structure(card_html(plain_atlas, thing)), (thing, text)
            assert as_read(text)[:24].strip() in Page(html).text, thing


# --- pages --------------------------------------------------------------------------------------


def html_of(app: AppTest) -> str:
    assert not app.exception
    return "".join(
        body
        for element in app.get("html")
        if not (body := element.proto.body).startswith("<style>")
    )


PARAMETERS = {
    "map": {"select": "event-2"},
    "briefing": {"title": hostile.TEXTS[2], "subtitle": hostile.TEXTS[10], "theme": "theme-2"},
}


@pytest.mark.parametrize("page", first_of(PAGES))
def test_a_page_has_no_element_more(
    folders: Mapping[bool, Path], monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    found = []
    for folder in folders.values():
        monkeypatch.setenv(data.ENVIRONMENT, str(folder))
        found.append(structure(html_of(open_page(page, **PARAMETERS.get(page, {})))))
    hostile_page, harmless_page = found
    assert hostile_page == harmless_page


def test_what_streamlit_is_given_is_made_ready_for_it(
    folders: Mapping[bool, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(data.ENVIRONMENT, str(folders[True]))
    groups = open_page("map").get("button_group")
    shown = {option.rpartition(" ")[0] for group in groups for option in group.options}
    assert {plain(text[:40].strip()) for text in hostile.TEXTS} <= shown


@pytest.mark.sweep
def test_what_is_asked_and_found_is_text(atlases: Mapping[bool, Atlas]) -> None:
    for text in nonempty(hostile.TEXTS[1::5]):
        page = Page(answer_html(atlases[True].search, text[:80], ""))
        meant = {"section", "h2", "h3", "ul", "li", "p", "a", "mark", "span", "b", "div", "details"}
        assert set(page.tags) <= meant | {"summary", "nav", "dl", "dt", "dd", "em"}, text
        assert [name for name, _ in page.attributes if name.startswith("on")] == []


# --- what is written ----------------------------------------------------------------------------

ASKED = {
    "title": hostile.TEXTS[2],
    "subtitle": hostile.TEXTS[16],
    "point": hostile.TEXTS[10],
    "layer": "events",  # thirty records, each with its actors and its place
}


@pytest.fixture(scope="module")
def written(atlases: Mapping[bool, Atlas]) -> Mapping[str, bytes]:
    """A sheet of the hostile dossier in each format."""
    atlas = atlases[True]
    sheet = compose(atlas, read({key: [text] for key, text in ASKED.items()}, atlas), BASE)
    assert len(sheet.records) == len(hostile.TEXTS)
    for format_ in nonempty(FORMATS.values()):
        assert re.fullmatch(r"[a-z0-9_.-]+", file_name(atlas, sheet.brief, format_.suffix))
    return {name: export(atlas, [sheet], name, 50) for name in FORMATS}


@pytest.mark.sweep
def test_a_drawing_has_no_script_and_no_link(written: Mapping[str, bytes]) -> None:
    nodes = list(ElementTree.fromstring(written["svg"]).iter())
    assert {"script", "a", "foreignObject", "image"} & {
        n.tag.rpartition("}")[2] for n in nodes
    } == set()
    given = [pair for node in nodes for pair in node.attrib.items()]
    for name, value in nonempty(given):
        assert not name.startswith("on")
        assert "href" not in name or value.startswith("#")
    texts = [" ".join("".join(n.itertext()).split()) for n in nodes if n.tag.endswith("}text")]
    assert hostile.TEXTS[2] in texts


@pytest.mark.sweep
def test_a_page_to_print_leads_to_the_app_alone(written: Mapping[str, bytes]) -> None:
    pdf = PdfReader(io.BytesIO(written["pdf"]))
    assert pdf.metadata is not None
    assert pdf.metadata.title == hostile.TEXTS[2]
    links = [note.get_object()["/A"] for page in pdf.pages for note in page.get("/Annots", [])]
    assert [link["/S"] for link in nonempty(links)] == ["/URI"] * len(links)
    assert {urlsplit(link["/URI"]).netloc for link in links} == {urlsplit(BASE).netloc}
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(pdf.trailer["/Root"])


@pytest.mark.sweep
def test_a_slide_has_text_and_no_field(written: Mapping[str, bytes]) -> None:
    deck = Presentation(io.BytesIO(written["pptx"]))
    shapes = [shape for slide in deck.slides for shape in slide.shapes if shape.has_text_frame]
    said = [shape.text_frame.text for shape in shapes]
    assert hostile.TEXTS[2] in said
    for slide in nonempty(deck.slides):
        assert b"<a:fld" not in ElementTree.tostring(ElementTree.fromstring(slide.part.blob))
        led = [rel.target_ref for rel in slide.part.rels.values() if rel.is_external]
        assert {urlsplit(target).netloc for target in led} <= {urlsplit(BASE).netloc}


@pytest.mark.sweep
def test_a_page_in_one_file_has_no_element_more(
    atlases: Mapping[bool, Atlas], written: Mapping[str, bytes]
) -> None:
    atlas = atlases[False]
    asked = ASKED | {"title": "x" * 23, "subtitle": "x" * 24, "point": "x" * 29}
    sheet = compose(atlas, read({key: [text] for key, text in asked.items()}, atlas), BASE)
    found = structure(written["html"].decode())
    assert found == structure(export(atlas, [sheet], "html").decode())


@pytest.mark.sweep
def test_tables_hold_the_texts_and_no_formula(written: Mapping[str, bytes]) -> None:
    table = pd.read_csv(
        io.BytesIO(written["csv"]), encoding="utf-8-sig", dtype=str, na_filter=False
    )
    assert set(table["title"]) == {defused(text[:80].strip()) for text in hostile.TEXTS}
    for cell in nonempty(table.to_numpy().ravel()):
        assert not cell.startswith(("=", "+", "-", "@"))
    places = json.loads(written["geojson"])["features"]
    titles = {feature["properties"]["title"] for feature in places}
    assert titles == {text[:80].strip() for text in hostile.TEXTS}


@pytest.mark.sweep
def test_a_package_for_a_gis_holds_the_texts(written: Mapping[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "records.gpkg"
    path.write_bytes(written["gpkg"])
    titles = pyogrio.read_dataframe(path, layer="records")["title"]
    assert set(titles) == {text[:80].strip() for text in hostile.TEXTS}


def test_a_log_line_holds_no_text_of_a_file(
    folders: Mapping[bool, Path], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Nor can a text begin a line of its own, or colour the screen of who reads it."""
    folder = tmp_path / "dossier"
    shutil.copytree(folders[True], folder)
    bad = {"id": "broken", "kind": "event", "\\e[31mred": 1, "title": "a\nERROR forged"}
    (folder / "events" / "broken.yml").write_text(json.dumps(bad), encoding="utf-8")
    with caplog.at_level("DEBUG", logger="dossier_atlas"):
        assert data.build(folder).problems
    assert "forged" not in caplog.text
    assert [c for c in caplog.text if ord(c) < 32 and c != "\n"] == []
