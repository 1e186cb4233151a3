"""The text of a reader's copy of an article, whatever program saved it: text, HTML, Word or PDF.

Only text is taken, in the order in which it stands. Nothing in a file is run, fetched or followed.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from zipfile import BadZipFile, ZipFile

MOST_TEXT = 2_000_000
"""Characters that a file may hold once it is unpacked: a small file can hold very much."""

MOST_UNPACKED = 50_000_000
"""Bytes of a Word file once it is unpacked."""

MOST_PAGES = 300
"""Pages of a PDF that are read."""

EDGE = 3
"""Lines at the top and the foot of a page among which a running head is looked for."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# Where a file does not say how its letters are written, each of these may have been meant.
_OLDER = ("cp1252", "cp1250", "cp1251", "cp1256", "mac-roman", "gb18030", "shift-jis")

_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([\w.:-]+)""", re.I
)
_MARKUP = re.compile(r"<(?:!doctype\s+html|html|head|body|article|div|p)\b", re.I)
_XML_HEAD = re.compile(r"^\s*<\?xml[^>]*\?>")

_UNSEEN = ("script", "style", "template", "noscript", "head", "svg")
_WITHIN_LINES = re.compile(
    "a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|"
    "sup|time|u|var|wbr"
)
"""Elements of HTML that do not end a line."""


class CopyError(ValueError):
    """A file that gives no text; the message says why, for the reader."""


def texts_of(content: bytes) -> Iterator[str]:
    """Read a file's text, in each way in which it may have been meant.

    Parameters
    ----------
    content : bytes
        A file: plain text or HTML in any usual encoding, Word (``.docx``) or PDF. What it is, its
        content says, not its name.

    Yields
    ------
    str
        Its text, the likeliest reading first; several only where it does not say how its letters
        are encoded. Paragraphs, and lines of plain text and of PDF, are lines.

    Raises
    ------
    CopyError
        If it is none of these, damaged, locked, or holds too much.
    """
    if content.startswith(b"%PDF-"):
        texts: Iterator[str] = iter([_of_pdf(content)])
    elif content.startswith(b"PK\x03\x04"):
        texts = iter([_of_word(content)])
    else:
        texts = map(_of_markup, _decoded(content))
    for text in texts:
        if len(text) > MOST_TEXT:
            raise CopyError(f"The file holds {len(text):,} characters; the article is far shorter.")
        yield text


def _decoded(content: bytes) -> Iterator[str]:
    """Text of bytes, by what they say themselves; else in each way that gives text at all."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            encodings: tuple[str, ...] = (encoding,)
            break
    else:
        encodings = _guesses(content)
    read: set[str] = set()
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if text not in read and "\0" not in text:
            read.add(text)
            yield text
    if not read:
        raise CopyError(
            "The file is none that can be read here. Save the article as text, HTML, "
            "Word (.docx) or PDF."
        )


def _guesses(content: bytes) -> tuple[str, ...]:
    # UTF-16 without a mark: of letters and signs of English, every second byte is 0.
    for encoding, start in (("utf-16-le", 1), ("utf-16-be", 0)):
        if content[start::2].count(0) > len(content) // 4:
            return (encoding,)
    declared = _DECLARED.search(content[:2048])
    named = (declared[1].decode("ascii", "replace"),) if declared else ()
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return (*named, *_OLDER)
    return ("utf-8",)


def _of_markup(text: str) -> str:
    """What HTML shows, an element that stands for itself a line; other text as it is."""
    if not _MARKUP.search(text[:4096]):
        return text
    from lxml import etree, html  # here: most who start the app never come by it

    try:
        document = html.document_fromstring(_XML_HEAD.sub("", text))
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise CopyError(f"The file looks like HTML and cannot be read: {error}") from None
    unseen = (*_UNSEEN, etree.Comment, etree.ProcessingInstruction)
    etree.strip_elements(document, *unseen, with_tail=False)
    for element in document.iter():
        end = "" if _WITHIN_LINES.fullmatch(str(element.tag)) else "\n"
        element.text = end + _flat(element.text)
        element.tail = end + _flat(element.tail)
    lines = document.text_content().splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())


def _flat(text: str | None) -> str:
    """Text of HTML: a break in its source is a space."""
    return re.sub(r"\s+", " ", text or "")


def _of_word(content: bytes) -> str:
    from docx import Document
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph

    try:
        with ZipFile(BytesIO(content)) as packed:
            names = packed.namelist()
            unpacked = sum(entry.file_size for entry in packed.infolist())
        if "word/document.xml" not in names:
            raise CopyError("The file is packed, and no Word document. Choose the article itself.")
        if unpacked > MOST_UNPACKED:
            raise CopyError(f"The Word file unpacks to {unpacked:,} bytes: too much to be read.")
        body = Document(BytesIO(content)).element.body
        # Paragraphs wherever they stand: in tables and text boxes, too.
        return "\n".join(Paragraph(p, None).text for p in body.iter(qn("w:p")))  # type: ignore[arg-type]
    except CopyError:
        raise
    except (BadZipFile, KeyError, ValueError, OSError, SyntaxError, AttributeError) as error:
        raise CopyError(f"The Word file is damaged: {error}") from None


def _of_pdf(content: bytes) -> str:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise CopyError("The PDF is locked by a password. Save it without one.")
        pages = [page.extract_text().splitlines() for page in reader.pages[:MOST_PAGES]]
    except CopyError:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise CopyError(f"The PDF is damaged: {error}") from None
    text = "\n".join(_without_running_heads(pages))
    if not text.strip():
        raise CopyError("The PDF holds pictures of its pages and no text. Save the text itself.")
    return text


def _without_running_heads(pages: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines of all pages, without those that stand at the top or the foot of page after page.

    They would stand within a sentence that goes on overleaf.
    """

    def alike(line: str) -> str:
        return re.sub(r"\d+", "0", " ".join(line.split()))

    edges = [{alike(line) for line in (*page[:EDGE], *page[-EDGE:])} for page in pages]
    counts = Counter(line for edge in edges for line in edge)
    running = {line for line, count in counts.items() if count > max(1, len(pages) // 2)}
    for page in pages:
        for position, line in enumerate(page):
            inside = EDGE <= position < len(page) - EDGE
            if inside or alike(line) not in running:
                yield line
