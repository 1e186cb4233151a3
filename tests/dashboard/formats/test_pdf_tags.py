"""What a PDF and a drawing say to those who hear them."""

from __future__ import annotations

import io
import re
from html import unescape
from typing import Any

import pytest
from pypdf import PdfReader

from dashboard.atlas.data import Atlas
from dashboard.formats import paper
from dashboard.formats.pdf_tags import MOST_NAMED, alternative_text
from tests.dashboard.formats.test_paper import briefing
from tests.nonempty import nonempty


@pytest.mark.sweep
def test_a_pdf_names_its_language_its_title_and_what_is_on_it(atlas: Atlas) -> None:
    sheet = briefing(atlas, title="Who “backs” whom: شراكة")
    reader = PdfReader(io.BytesIO(paper.pdf(atlas, sheet)))
    root: Any = reader.root_object
    assert reader.metadata
    assert reader.metadata.title == sheet.title
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    document = root["/StructTreeRoot"]["/K"]
    figure, *links = [part.get_object() for part in document["/K"]]
    assert (document["/S"], figure["/S"]) == ("/Document", "/Figure")
    assert figure["/Alt"] == alternative_text(sheet)
    [page] = reader.pages
    assert [link["/K"]["/Obj"].get_object() for link in links] == [
        one.get_object()
        for one in page["/Annots"]  # type: ignore[union-attr]
    ]
    assert all(link["/S"] == "/Link" for link in nonempty(links))
    contents = page.get_contents()
    assert contents is not None
    drawn = contents.get_data()
    assert drawn.startswith(b"/Figure <</MCID 0>> BDC")
    assert drawn.rstrip().endswith(b"EMC")
    # Each mark of the page is found by its number, and each link.
    numbers = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    assert numbers[0::2] == list(range(1 + len(links)))
    assert numbers[1][0].get_object() == figure


def test_the_words_say_what_is_on_the_sheet(atlas: Atlas) -> None:
    sheet = briefing(atlas)
    words = alternative_text(sheet)
    for said in (sheet.title, sheet.filters, sheet.sources, sheet.borders):
        assert said in words
    for record in nonempty(list(sheet.records)[:MOST_NAMED]):
        assert record.title in words


@pytest.mark.sweep
def test_a_drawing_says_the_same(atlas: Atlas) -> None:
    sheet = briefing(atlas)
    svg = paper.svg(atlas, sheet).decode()
    told = re.search(r"<desc>(.*?)</desc>", svg, re.DOTALL)
    assert told
    assert unescape(told[1]) == alternative_text(sheet)
    assert re.search(r'<svg role="img" lang="en" ', svg)
    assert f"<title>{sheet.title}</title>" in unescape(svg)
