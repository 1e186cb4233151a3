"""A reader's copy gives its text, whatever it was saved as."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure
from pypdf import PdfReader, PdfWriter

from annotations.copy_formats import MOST_TEXT, CopyError, texts_of

LINES = ["Über “signs” – 7 % in Đà Nẵng", "A second line"]


def text_of(content: bytes) -> str:
    return next(texts_of(content))


def word(*paragraphs: str) -> bytes:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.add_table(1, 1).cell(0, 0).text = "In a table"
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def pdf(*pages: list[str]) -> bytes:
    file = BytesIO()
    with PdfPages(file) as writer:
        for page in pages:
            figure = Figure()
            for row, line in enumerate(page):
                figure.text(0.05, 0.95 - row / 20, line)
            writer.savefig(figure)
    return file.getvalue()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]
)
def test_plain_text_is_among_the_readings(encoding: str) -> None:
    text = "\n".join(LINES)
    assert text in list(texts_of(text.encode(encoding)))


@pytest.mark.parametrize("encoding", ["cp1252", "cp1251", "cp1250"])
def test_an_older_encoding_is_among_the_readings(encoding: str) -> None:
    text = {"cp1252": "“é”", "cp1251": "Иран и ракеты", "cp1250": "Łódź – ąę"}[encoding]
    assert text in list(texts_of(text.encode(encoding)))


def test_a_web_page_gives_what_it_shows() -> None:
    page = (
        '<?xml version="1.0" encoding="windows-1252"?><!doctype html><html><head><title>No</title>'
        "<style>no{}</style></head><body><script>no()</script><!-- no --><h1>A\nheading</h1>"
        "<p>One <b>sen</b>tence<br>broken &amp; whole.</p><ul><li>An item</li><li>Two</li></ul>"
    )
    assert text_of(page.encode("cp1252")).splitlines() == [
        "A heading",
        "One sentence",
        "broken & whole.",
        "An item",
        "Two",
    ]


def test_a_web_page_in_the_encoding_that_it_names() -> None:
    page = '<html><head><meta charset="windows-1251"></head><body><p>Иран</p></body></html>'
    assert text_of(page.encode("cp1251")) == "Иран"


def test_text_with_a_sign_of_less_is_no_markup() -> None:
    assert text_of(b"a < b and <c>") == "a < b and <c>"


def test_a_word_file_gives_its_paragraphs() -> None:
    assert text_of(word(*LINES)).splitlines() == [*LINES, "In a table"]


def test_a_pdf_gives_its_lines_without_running_heads() -> None:
    bodies = [[f"{word} {line}" for line in "abcdefg"] for word in ("first", "second", "third")]
    pages = [[f"The Paper, page {n}", *body, f"{n} of 3"] for n, body in enumerate(bodies, 1)]
    assert text_of(pdf(*pages)).splitlines() == [line for body in bodies for line in body]


def test_a_line_that_pages_share_within_is_kept() -> None:
    pages = [
        [*(f"{word} {line}" for line in "abc"), "Refrain", *(f"{line} {word}" for line in "def")]
        for word in ("one", "two", "three")
    ]
    assert text_of(pdf(*pages)).count("Refrain") == 3


def test_a_locked_pdf_says_so() -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf(["A line"]))))
    writer.encrypt("secret", algorithm="RC4-128")
    file = BytesIO()
    writer.write(file)
    with pytest.raises(CopyError, match="locked"):
        text_of(file.getvalue())


def packed(**files: str) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", compression=8) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (pdf([]), "pictures of its pages"),
        (pdf(["A line"])[:-300], "PDF is damaged|pictures of its pages"),
        (packed(other="x"), "no Word document"),
        (packed(word__document="x"), "no Word document"),
        (word("x")[:-30], "Word file is damaged"),
        (packed(**{"word__document.xml": "<not", "[Content_Types].xml": "x"}), "is damaged"),
        (packed(**{"word__document.xml": " " * 60_000_000}), "too much"),
        (b"\x00\x01\x02\x03", "none that can be read"),
        (b"x" * (MOST_TEXT + 1), "far shorter"),
    ],
    ids=[
        "pictures",
        "cut-pdf",
        "zip",
        "no-xml",
        "cut-word",
        "broken-word",
        "bomb",
        "bytes",
        "long",
    ],
)
def test_what_gives_no_text_says_why(content: bytes, words: str) -> None:
    with pytest.raises(CopyError, match=words):
        list(texts_of(content))


@pytest.mark.parametrize("length", range(0, 4000, 97))
def test_a_file_that_ends_anywhere_gives_text_or_a_reason(length: int) -> None:
    for whole in (word(*LINES), pdf(LINES)):
        try:
            text = text_of(whole[:length])
            assert text.isprintable() or "\n" in text
        except CopyError as error:
            assert str(error)
