"""What records are made of: ids, words, dates, source, evidence, check."""

from __future__ import annotations

from typing import Annotated

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from annotations.dates import PartialDate
from annotations.vocabulary import CORRECTED, EvidenceStatus, Verdict

TITLE_LENGTH = 80

SUMMARY_LENGTH = 300

Slug = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", min_length=2, max_length=64)
]
"""A record's id: lower-case words joined by hyphens."""

ActorId = Annotated[
    str, StringConstraints(pattern=r"^([A-Z]{3}|[a-z0-9]+(-[a-z0-9]+)*)$", max_length=64)
]
"""ISO 3166-1 alpha-3 for a state, a slug for any other actor."""

CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
"""ISO 3166-1 alpha-3 (or the code that the country data gives a territory without one)."""

Title = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=3, max_length=TITLE_LENGTH)
]


ShortName = Annotated[str, StringConstraints(min_length=2, max_length=24)]


Summary = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=SUMMARY_LENGTH)
]


Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]


class Model(BaseModel):
    """Base of all models: unknown fields are refused, values are immutable."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    def _given(self, *fields: str) -> str:
        """The first of these fields that the file has, as it is called there."""
        return next((name.rstrip("_") for name in fields if name in self.model_fields_set), "")


def complaint(reason: str, *at: str | int) -> PydanticCustomError:
    """What a model has to say against what it was given.

    Parameters
    ----------
    reason : str
        What is wrong.
    *at : str or int
        The field that is best pointed at, as a path from the model; "" for all of it.
    """
    path = tuple(part for part in at if part != "")
    return PydanticCustomError("complaint", "{reason}", {"reason": reason, "at": path})


class When(Model):
    """When something was, is or is expected to be so.

    Either `date` (one day, month or year) or `from` with an optional `to`. `open` says that it was
    still so on the dossier's date; `expected` that it had not happened yet.
    """

    date: PartialDate | None = Field(None, description="A single day, month or year.")
    from_: PartialDate | None = Field(None, alias="from", description="Start of a span.")
    to: PartialDate | None = Field(None, description="End of a span; its last day is part of it.")
    open: bool = Field(False, description="Still so on the dossier's date.")
    expected: bool = Field(False, description="Not yet so on the dossier's date.")

    @model_validator(mode="after")
    def _one_form(self) -> When:
        if (self.date is None) == (self.from_ is None):
            at = self._given("date", "from_", "to", "open")
            raise complaint("give either 'date' or 'from' (with 'to' or 'open'), not both", at)
        if self.date is not None and (self.to is not None or self.open):
            at = self._given("to", "open")
            raise complaint("'to' and 'open' go with 'from', not with 'date'", at)
        if self.from_ is not None and self.to is not None:
            if self.open:
                raise complaint("a span with 'to' has ended: drop 'open' or 'to'", "to")
            if self.to.last_day < self.from_.first_day:
                raise complaint(f"ends ({self.to}) before it starts ({self.from_})", "to")
        return self

    @property
    def start(self) -> PartialDate:
        """The single date, or the start of the span."""
        start = self.date or self.from_
        if start is None:  # pragma: no cover - excluded by _one_form
            raise AssertionError("a When without a start")
        return start

    @property
    def end(self) -> PartialDate | None:
        """The single date, or the end of the span; None while it lasts."""
        return self.date or self.to

    @property
    def words(self) -> str:
        """The span for a reader, e.g. ``since September 2022`` or ``expected March 2024``."""
        if self.date is not None:
            text = self.date.words
        elif self.to is not None:
            text = f"{self.start.words} – {self.to.words}"
        elif self.open:
            text = f"since {self.start.words}"
        else:
            text = f"from {self.start.words}"
        return f"expected {text}" if self.expected else text


class Source(Model):
    """Where in the article a record comes from."""

    lines: list[Annotated[int, Field(ge=1)]] = Field(
        min_length=1, description="Numbers of the article's lines, ascending."
    )
    note: Sentence | None = Field(None, description="What to know about how the lines were read.")

    @field_validator("lines")
    @classmethod
    def _ascending(cls, lines: list[int]) -> list[int]:
        if lines != sorted(set(lines)):
            raise complaint("line numbers must ascend, each once")
        return lines


class Evidence(Model):
    """How firmly the article puts the claim, and who says so."""

    status: EvidenceStatus
    attributed_to: Annotated[str, StringConstraints(min_length=2, max_length=120)] | None = Field(
        None, description="Who says so; leave out when the article speaks in its own voice."
    )

    @model_validator(mode="after")
    def _somebody_claims(self) -> Evidence:
        named = {EvidenceStatus.OFFICIAL_CLAIM, EvidenceStatus.ALLEGATION}
        if self.status in named and not self.attributed_to:
            raise complaint(f"'{self.status}' needs 'attributed_to': who claims it?", "status")
        return self


class Check(Model):
    """Whether the claim stands as of the dossier's date."""

    verdict: Verdict
    note: Sentence | None = Field(None, description="What is right, in our own words.")
    reference: Sentence | None = Field(None, description="On what ground.")

    @model_validator(mode="after")
    def _grounds(self) -> Check:
        if self.verdict in CORRECTED and not (self.note and self.reference):
            needs = "'note' (what is right) and 'reference'"
            raise complaint(f"'{self.verdict}' needs {needs}", "verdict")
        if self.verdict is Verdict.STANDS and not self.reference:
            raise complaint("'stands' needs 'reference': on what ground?", "verdict")
        return self


class Published(Model):
    """A figure that promoters or others publish, kept apart from what we compute.

    Of all ways through its corridor, unless it names a `branch`, or another `corridor`.
    """

    what: Annotated[str, StringConstraints(min_length=3, max_length=80)]
    value: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    reference: Sentence
    length: bool = Field(False, description="A length: shown beside that of the lines drawn.")
    days: list[Annotated[int, Field(ge=1, le=999)]] = Field(
        default_factory=list,
        max_length=2,
        description="A time: the days it takes, or the fewest and the most.",
    )
    branch: Slug | None = Field(None, description="The branch that it is of, if not all.")
    corridor: Slug | None = Field(None, description="The corridor that it is of, if another.")

    @model_validator(mode="after")
    def _of_one_thing(self) -> Published:
        if self.length and self.days:
            raise complaint("either 'length' or 'days': it is one figure", "length")
        if self.branch and self.corridor:
            raise complaint("either 'branch', of this corridor, or another 'corridor'", "branch")
        if self.days != sorted(self.days):
            raise complaint("the fewest stand first", "days")
        return self
