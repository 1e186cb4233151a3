"""The head of a dossier: article, themes, view, extents, and what must stay so."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, field_validator, model_validator

from annotations.dates import PartialDate
from annotations.parts import Model, Sentence, Slug, Title, complaint
from annotations.vocabulary import EvidenceStatus, MemberStatus, Verdict


class Theme(Model):
    """A subject that records are filed under; its place in the list gives its colour."""

    id: Slug
    label: Annotated[str, StringConstraints(min_length=2, max_length=40)]
    definition: Sentence


class DefaultView(Model):
    """Where the map opens. WGS 84 degrees and a web-map zoom level."""

    lat: float = Field(ge=-85, le=85)
    lon: float = Field(ge=-180, le=180)
    zoom: float = Field(ge=1, le=12)


OTHER_EXTENTS = ("view", "fit", "world")
"""What a briefing of any dossier can show: the map's view, all that is shown, the world."""


class Extent(Model):
    """A region that a briefing can show. WGS 84 (EPSG:4326), degrees."""

    id: Slug
    label: Annotated[str, StringConstraints(min_length=2, max_length=40)]
    west: float = Field(ge=-180, le=180, description="Greater than `east` across ±180°.")
    south: float = Field(ge=-85, le=85)
    east: float = Field(ge=-180, le=180)
    north: float = Field(ge=-85, le=85)

    @field_validator("id")
    @classmethod
    def _free(cls, name: str) -> str:
        if name in OTHER_EXTENTS:
            raise complaint(f"'{name}' is an extent of every dossier: choose another id")
        return name

    @model_validator(mode="after")
    def _wide_and_high(self) -> Extent:
        if self.south >= self.north:
            sides = f"'south' ({self.south:g}) must lie below 'north' ({self.north:g})"
            raise complaint(sides, "south")
        if self.west == self.east:
            sides = "'west' and 'east' must differ; the whole world is offered anyway"
            raise complaint(sides, "west")
        return self

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        return self.west, self.south, self.east, self.north


class Article(Model):
    """The article behind a dossier: what is needed to find and recognise it, never its text."""

    description: Sentence
    published: PartialDate
    lines: Annotated[int, Field(ge=1)]
    fingerprints: list[Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]] = Field(
        default_factory=list,
        description="For each line the first 16 hex digits of the SHA-256 of its normalised text.",
    )

    @model_validator(mode="after")
    def _one_each(self) -> Article:
        if self.fingerprints and len(self.fingerprints) != self.lines:
            counts = f"{len(self.fingerprints)} fingerprints for {self.lines} lines"
            raise complaint(counts, "fingerprints")
        return self


Kind = Literal[
    "alliance", "corridor", "event", "flow", "indicator", "presence", "relation", "statement"
]
"""A kind of record."""


class CountOfRecords(Model):
    """At least so many records, of those that the other fields describe."""

    at_least: Annotated[int, Field(ge=1)]
    kind: Kind | None = Field(None, description="Only records of this kind.")
    status: EvidenceStatus | None = Field(None, description="Only records with this evidence.")
    verdict: Verdict | None = Field(None, description="Only records with this verdict.")


class Standings(Model):
    """How many parties have which standing in an alliance on a day; other standings have none."""

    alliance: Slug
    date: PartialDate = Field(description="The day; the first of a month or year.")
    parties: dict[MemberStatus, Annotated[int, Field(ge=1)]] = Field(
        description="For each status that somebody has, how many have it."
    )


class CheckedRecord(Model):
    """What a record's check holds, whoever words it anew."""

    record: Slug
    verdict: Verdict | None = None
    says: list[Sentence] = Field(
        default_factory=list,
        description="Words that stand in the note or the reference, in any case of letters.",
    )
    ground: Sentence | None = Field(
        None, description="Words of the reference that say how firm it is, e.g. 'confirmed'."
    )


class Assertions(Model):
    """What a curator asserts about the dossier as a whole; ``check`` asks it."""

    lines: Annotated[int, Field(ge=1)] | None = Field(
        None, description="All lines of the article: so many, each in coverage.yml."
    )
    records: list[CountOfRecords] = Field(default_factory=list)
    standings: list[Standings] = Field(default_factory=list)
    checks: list[CheckedRecord] = Field(default_factory=list)


class DossierHead(Model):
    """The file ``dossier.yml``."""

    title: Title
    subtitle: Annotated[str, StringConstraints(max_length=160)]
    version: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
    as_of: PartialDate
    article: Article
    themes: list[Theme] = Field(min_length=1)
    view: DefaultView
    extents: list[Extent] = Field(
        default_factory=list, description="Regions that a briefing offers, in this order."
    )
    alliances_shown: list[Slug] = Field(
        default_factory=list, description="Alliances that are drawn when the map opens."
    )
    alliances_compared: list[Slug] = Field(
        default_factory=list,
        description=(
            "Alliances that the comparison opens with; the first two are weighed one against the "
            "other."
        ),
    )
    examples: list[Annotated[str, StringConstraints(min_length=2, max_length=40)]] = Field(
        default_factory=list,
        description="What a reader may ask, offered where nothing is asked yet; other names first.",
    )
    assertions: Assertions | None = Field(None, description="What `check` is to ask of the whole.")

    @property
    def theme_ids(self) -> list[str]:
        """Ids of the themes, in order."""
        return [theme.id for theme in self.themes]
