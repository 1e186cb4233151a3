"""A deck as it is read again from its file."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from pptx import Presentation

from dashboard.atlas.address import Screen
from dashboard.atlas.data import Atlas
from dashboard.atlas.filters import Filters
from dashboard.formats.slides import deck
from dashboard.sheet.sheet import Sheet
from dashboard.sheet.spec import Brief

BASE = "http://localhost:8501"


def brief(*themes: str, **fields: Any) -> Brief:
    return Brief(screen=Screen(filters=Filters(theme=themes)), **fields)


def opened(atlas: Atlas, *sheets: Sheet) -> Any:
    return Presentation(BytesIO(deck(atlas, sheets)))


def texts(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def notes(slide: Any) -> str:
    return slide.notes_slide.notes_text_frame.text


def sources_of(deck: Any) -> list[Any]:
    return [slide for slide in deck.slides if slide.shapes.title.text.startswith("Sources")]
