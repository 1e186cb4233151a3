"""What became of each line of the article: ``coverage.yml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field, model_validator

from annotations.parts import Model, Sentence, Slug, complaint
from annotations.problems import did_you_mean
from annotations.schema import Record
from annotations.vocabulary import Term
from annotations.yaml_text import FieldPath


class NoRecord(Term):
    """Why a line of the article has no record of its own."""

    RHETORIC = "rhetoric", "Judgement, wit or a question that claims nothing that could be checked."
    SCENE_SETTING = "scene-setting", "Heading, caption, link or background without a claim."
    DUPLICATE = "duplicate", "Says again what another line says; the note names the line."
    GARBLED = "garbled", "Cannot be read with certainty: words are missing or run together."


class CoveredLine(Model):
    """One line of the article."""

    line: Annotated[int, Field(ge=1)] = Field(description="Number of the line, from 1.")
    records: list[Slug] = Field(
        default_factory=list, description="Ids of the records that cite the line."
    )
    reason: NoRecord | None = Field(None, description="Why there is no record.")
    note: Sentence | None = Field(None, description="What else to know about the line.")

    @model_validator(mode="after")
    def _accounted_for(self) -> CoveredLine:
        if not self.records and self.reason is None:
            raise complaint("a 'line' without records needs 'reason'", "line")
        return self


class Coverage(Model):
    """The file ``coverage.yml``: every line of the article, once."""

    lines: list[CoveredLine]

    @property
    def by_line(self) -> dict[int, CoveredLine]:
        """Number of a line → what became of it."""
        return {entry.line: entry for entry in self.lines}


def unaccounted(
    coverage: Coverage, records: Mapping[str, Record], broken: set[str], count: int
) -> Iterator[tuple[FieldPath, str]]:
    """Check a coverage against the records and the article's length.

    Parameters
    ----------
    coverage : Coverage
        What is to be checked.
    records : mapping of str to Record
        The records that could be loaded, by id.
    broken : set of str
        Ids of records that could not; nothing is said about them, their files' problems suffice.
    count : int
        Number of lines of the article.

    Yields
    ------
    tuple of FieldPath and str
        The field of ``coverage.yml``, and what is wrong with it.
    """
    seen: set[int] = set()
    for index, entry in enumerate(coverage.lines):
        here: FieldPath = ("lines", index)
        if entry.line > count:
            yield (*here, "line"), f"the article has lines 1–{count}, not {entry.line}"
        if entry.line in seen:
            yield (*here, "line"), f"line {entry.line} is listed twice"
        seen.add(entry.line)
        for position, name in enumerate(entry.records):
            if name in records:
                if entry.line not in records[name].source.lines:
                    reason = f"record '{name}' does not cite line {entry.line}"
                    yield (*here, "records", position), reason
            elif name not in broken:
                reason = f"unknown record '{name}'{did_you_mean(name, records)}"
                yield (*here, "records", position), reason
        for name, record in records.items():
            if entry.line in record.source.lines and name not in entry.records:
                yield (*here, "records"), f"record '{name}' cites line {entry.line}: list it here"
    if missing := [line for line in range(1, count + 1) if line not in seen]:
        yield ("lines",), f"not listed: {_ranges(missing)}"


def _ranges(numbers: list[int]) -> str:
    """Write ascending numbers briefly: ``1, 4–7``."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(str(low) if low == high else f"{low}–{high}" for low, high in spans)
