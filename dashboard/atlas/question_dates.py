"""Dates in a question: in 2024, since March 2022, between 2020 and 2022. No Streamlit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from annotations.dates import PartialDate
from annotations.schema import Record
from dashboard.atlas.kindred_words import letters
from dashboard.atlas.question_tables import tables

LANGUAGES = ("de", "en", "es", "fr", "ru")
"""Languages whose months are known by name."""

FIRST_YEAR, LAST_YEAR = 1500, 2100
LONGEST_MONTH = 31


@dataclass(frozen=True)
class DateSaid:
    """A date that a question names.

    Attributes
    ----------
    start, end : int
        Words that say it, the one that introduces it among them.
    way : str
        ``in``, ``since``, ``until``.
    first, last : PartialDate
        The same date, but for "between".
    plain : bool
        Whether it is no more than a year by itself, which may be a word of a title.
    """

    start: int
    end: int
    way: str
    first: PartialDate
    last: PartialDate
    plain: bool = False

    @property
    def say(self) -> str:
        """What a reader is told."""
        if self.first != self.last:
            return f"{self.first.words} – {self.last.words}"
        inside = "on" if self.first.precision == "day" else "in"
        before = {"since": "since", "until": "before"}.get(self.way, inside)
        return f"{before} {self.first.words}"

    def holds(self, record: Record) -> float:
        """How well a record's dates are those: 1 where they lie within it, 0 where they do not."""
        members = getattr(record, "members", ())
        if members:
            # Of a grouping, when somebody came or went.
            turns = [turn for member in members for turn in (member.from_, member.to) if turn]
            return 0.6 if any(self._spans(turn, turn) for turn in turns) else 0.0
        start = record.when.start
        if self.way != "in":
            return float(self._spans(start, start) > 0)
        return self._spans(start, record.when.end, record.when.open)

    def _spans(self, start: PartialDate, end: PartialDate | None, lasts: bool = False) -> float:
        if self.way == "since":
            return float(start.first_day >= self.first.first_day)
        if self.way == "until":
            return float(start.last_day < self.first.first_day)
        last = date.max if lasts else (end or start).last_day
        if start.first_day > self.last.last_day or last < self.first.first_day:
            return 0.0
        begins = self.first.first_day <= start.first_day
        return 1.0 if begins and last <= self.last.last_day else 0.75 if begins else 0.5

    @property
    def filter_span(self) -> tuple[PartialDate | None, PartialDate | None]:
        """The span of the map's filter that says the same, or nearly."""
        if self.way == "since":
            return self.first, None
        if self.way == "until":
            before = self.first.first_day - timedelta(days=1)
            return None, PartialDate(before.isoformat()[: len(self.first)])
        return self.first, self.last


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    from babel import Locale

    found: dict[str, int] = {}
    for tag in LANGUAGES:
        for form in ("format", "stand-alone"):
            for number, name in Locale.parse(tag).months[form]["wide"].items():
                found.setdefault(letters(name), number)
    return found


def _date_at(words: Sequence[str], at: int) -> tuple[int, PartialDate] | None:
    """A date that begins at a word: how many words it takes, and the date."""
    word = words[at]
    if len(word) == 8 and word.isdecimal() and word.isascii():
        return _checked(1, f"{word[:4]}-{word[4:6]}-{word[6:]}")
    if _is_year(word):
        return _checked(1, word)
    rest = list(words[at : at + 3])
    day = _day(word)
    if day and len(rest) > 1 and rest[1] in _months():
        year = rest[2] if len(rest) > 2 and _is_year(rest[2]) else ""
        return _checked(3, f"{year}-{_months()[rest[1]]:02d}-{day:02d}") if year else None
    if word in _months() and len(rest) > 1:
        month = _months()[word]
        if _is_year(rest[1]):
            return _checked(2, f"{rest[1]}-{month:02d}")
        if len(rest) > 2 and _day(rest[1]) and _is_year(rest[2]):
            return _checked(3, f"{rest[2]}-{month:02d}-{_day(rest[1]):02d}")
    return None


def _checked(length: int, text: str) -> tuple[int, PartialDate] | None:
    try:
        return length, PartialDate(text)
    except ValueError:
        return None


def _is_year(word: str) -> bool:
    plain = len(word) == 4 and word.isascii() and word.isdecimal()
    return plain and FIRST_YEAR <= int(word) <= LAST_YEAR


def _day(word: str) -> int:
    number = word.removesuffix("st").removesuffix("nd").removesuffix("rd").removesuffix("th")
    plain = number.isascii() and number.isdecimal() and len(number) < 3
    return int(number) if plain and 0 < int(number) <= LONGEST_MONTH else 0


def date_in(words: Sequence[str]) -> DateSaid | None:
    """The first date that words name.

    Parameters
    ----------
    words : sequence of str
        Folded.
    """
    for at in range(len(words)):
        if found := _date_at(words, at):
            length, first = found
            end = at + length
            before = words[at - 1] if at else ""
            lists = tables().lists
            second = _date_at(words, end + 1) if end + 1 < len(words) else None
            # "between" a and b, "from" a "to" b: one word before, one in the middle.
            introduced = before in lists["between"] or before in lists["since"]
            middle = words[end] if end < len(words) else ""
            if second and introduced and middle not in lists["since"]:
                return DateSaid(at - 1, end + 1 + second[0], "in", first, second[1])
            if before in lists["since"]:
                return DateSaid(at - 1, end, "since", first, first)
            if before in lists["until"]:
                return DateSaid(at - 1, end, "until", first, first)
            inside = before in lists["where"] or before in tables().before["to"]
            start = at - 1 if inside else at
            plain = not inside and first.precision == "year"
            return DateSaid(start, end, "in", first, first, plain)
    return None
