"""Dates as sources give them: to the day, the month or the year."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


class PartialDate(str):
    """An ISO 8601 date to the day, the month or the year: ``2023-12-07``, ``2023-12``, ``2023``.

    The text is the value, so that a file's precision is never invented or lost.

    Raises
    ------
    ValueError
        If the text is not such a date, or names a day that does not exist.
    """

    __slots__ = ()

    def __new__(cls, text: object) -> PartialDate:
        """Check `text` and make the date; a bare year may be an integer."""
        if isinstance(text, bool) or not isinstance(text, str | int):
            raise ValueError("not a date (write YYYY, YYYY-MM or YYYY-MM-DD)")
        match = _FORM.fullmatch(str(text))
        if not match:
            raise ValueError(
                f"'{str(text)[:40]}' is not a date (write YYYY, YYYY-MM or YYYY-MM-DD)"
            )
        year, month, day = match.groups()
        try:
            date(int(year), int(month or 1), int(day or 1))
        except ValueError:
            raise ValueError(f"'{text}' is not a day of the calendar") from None
        return super().__new__(cls, str(text))

    @property
    def precision(self) -> str:
        """``day``, ``month`` or ``year``."""
        return {10: "day", 7: "month", 4: "year"}[len(self)]

    @property
    def first_day(self) -> date:
        """The earliest day that the date may mean."""
        year, month, day = _FORM.fullmatch(self).groups()  # type: ignore[union-attr]
        return date(int(year), int(month or 1), int(day or 1))

    @property
    def last_day(self) -> date:
        """The latest day that the date may mean."""
        first = self.first_day
        if self.precision == "year":
            return date(first.year, 12, 31)
        if self.precision == "month":
            return date(first.year, first.month, calendar.monthrange(first.year, first.month)[1])
        return first

    @property
    def words(self) -> str:
        """The date for a reader: ``7 December 2023``, ``December 2023``, ``2023``."""
        first = self.first_day
        month = calendar.month_name[first.month]
        forms = {"day": f"{first.day} {month} {first.year}", "month": f"{month} {first.year}"}
        return forms.get(self.precision, str(first.year))

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Validate with the constructor; write as the text itself."""
        return core_schema.no_info_plain_validator_function(
            cls, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Tell editors the form; YAML reads a bare year as an integer."""
        return {
            "anyOf": [
                {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"},
                {"type": "integer", "minimum": 1000, "maximum": 9999},
            ],
            "description": "YYYY, YYYY-MM or YYYY-MM-DD: as precise as the source, no more.",
        }
