"""What a PDF says to those who hear it: language, title, and what is on a sheet in words.

matplotlib writes no tags. A sheet is one picture with text on it: it becomes one figure, whose
alternative text says what stands on the sheet, and each link on it a tag of its own, so that a
reader program finds both. Its text can still be selected and searched, as before.
"""

from __future__ import annotations

import io

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from annotations.english import counted
from dashboard.sheet.sheet import Sheet

LANGUAGE = "en"

MOST_NAMED = 60
"""Records that are named one by one; of more their number must do."""


def alternative_text(sheet: Sheet) -> str:
    """What stands on a sheet, in words: its head, what is shown of which records, and its foot.

    Parameters
    ----------
    sheet : Sheet
    """
    titles = [record.title for record in sheet.records]
    named = "; ".join(titles[:MOST_NAMED])
    if len(titles) > MOST_NAMED:
        named += f"; and {len(titles) - MOST_NAMED} more"
    parts = [
        f"Map: {sheet.title}.",
        sheet.subtitle,
        sheet.filters,
        f"{counted(len(titles), 'record')}{f': {named}' if named else ''}.",
        *(f"Key point: {point.text}" for point in sheet.points),
        sheet.footer,
    ]
    return " ".join(part for part in parts if part)


def _element(kind: str, parent: object, **values: object) -> DictionaryObject:
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/StructElem"),
            NameObject("/S"): NameObject(f"/{kind}"),
            NameObject("/P"): parent,
            **{NameObject(f"/{key}"): value for key, value in values.items()},
        }
    )


def tagged(pdf: bytes, sheet: Sheet) -> bytes:
    """Tag a PDF of one page.

    Parameters
    ----------
    pdf : bytes
        As matplotlib writes it.
    sheet : Sheet
        What is on it.

    Returns
    -------
    bytes
        The same for the same PDF.
    """
    reader = PdfReader(io.BytesIO(pdf))
    writer = PdfWriter(clone_from=reader)
    writer.metadata = reader.metadata
    [page] = writer.pages
    root = DictionaryObject({NameObject("/Type"): NameObject("/StructTreeRoot")})
    root_at = writer._add_object(root)
    document = _element("Document", root_at)
    document_at = writer._add_object(document)
    here = page.indirect_reference
    figure = writer._add_object(
        _element(
            "Figure",
            document_at,
            Pg=here,
            K=NumberObject(0),
            Alt=TextStringObject(alternative_text(sheet)),
        )
    )
    parts = ArrayObject([figure])
    parents = ArrayObject([NumberObject(0), ArrayObject([figure])])
    for number, annotation in enumerate(page.get("/Annots") or (), start=1):
        link = annotation.get_object()
        whole = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/OBJR"),
                NameObject("/Obj"): annotation,
                NameObject("/Pg"): here,
            }
        )
        words = TextStringObject("Open this view in Dossier Atlas")
        tag = writer._add_object(_element("Link", document_at, Pg=here, K=whole, Alt=words))
        link[NameObject("/StructParent")] = NumberObject(number)
        link[NameObject("/Contents")] = words
        parts.append(tag)
        parents += [NumberObject(number), tag]
    document[NameObject("/K")] = parts
    root[NameObject("/K")] = document_at
    root[NameObject("/ParentTree")] = writer._add_object(
        DictionaryObject({NameObject("/Nums"): parents})
    )
    root[NameObject("/ParentTreeNextKey")] = NumberObject(len(parts))
    _mark(writer, page)
    page[NameObject("/StructParents")] = NumberObject(0)
    page[NameObject("/Tabs")] = NameObject("/S")
    catalogue = writer.root_object
    catalogue[NameObject("/StructTreeRoot")] = root_at
    catalogue[NameObject("/Lang")] = TextStringObject(LANGUAGE)
    catalogue[NameObject("/MarkInfo")] = DictionaryObject(
        {NameObject("/Marked"): BooleanObject(True)}
    )
    catalogue[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject("/DisplayDocTitle"): BooleanObject(True)}
    )
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def _mark(writer: PdfWriter, page: DictionaryObject) -> None:
    """Put what the page draws between a beginning and an end that name the figure."""
    streams = []
    for words in (b"/Figure <</MCID 0>> BDC\n", b"\nEMC"):
        stream = DecodedStreamObject()
        stream.set_data(words)
        streams.append(writer._add_object(stream))
    drawn = page.raw_get("/Contents")
    held = drawn.get_object()
    between = list(held) if isinstance(held, ArrayObject) else [drawn]
    page[NameObject("/Contents")] = ArrayObject([streams[0], *between, streams[1]])
