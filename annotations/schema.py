"""The form of every annotation file, as pydantic models.

One model per kind of file. Unknown fields are refused. What a single file can be checked for is
checked here; what needs the other files (does this actor exist?) by `annotations.loader`.
The vocabularies live in `annotations.vocabulary`, each term with its definition.
"""

from __future__ import annotations

import datetime
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints, field_validator, model_validator

from annotations.dates import PartialDate
from annotations.parts import (
    ActorId,
    Check,
    CountryCode,
    Evidence,
    Model,
    Published,
    Sentence,
    ShortName,
    Slug,
    Source,
    Summary,
    Title,
    When,
    complaint,
)
from annotations.spans import Span, holding, overlap
from annotations.vocabulary import (
    ActorType,
    EventType,
    FlowGoods,
    FlowState,
    LegMode,
    LegStatus,
    MemberStatus,
    PlaceType,
    Precision,
    PresenceType,
    RelationState,
    RelationType,
    Stance,
)


class Actor(Model):
    """A party that the dossier's records are about."""

    id: ActorId
    name: Annotated[str, StringConstraints(min_length=2, max_length=80)]
    type: ActorType
    country: CountryCode | None = Field(
        None, description="The country it is, or is based in; drawn from the country data."
    )
    seat: Slug | None = Field(None, description="Place where the actor is drawn: capital or seat.")
    aliases: list[Annotated[str, StringConstraints(min_length=2, max_length=80)]] = Field(
        default_factory=list, description="Other names a reader may search for."
    )
    note: Sentence | None = None

    @model_validator(mode="after")
    def _state_is_its_country(self) -> Actor:
        if self.type is ActorType.STATE and self.country != self.id:
            raise complaint("a state's 'country' is its own code", self._given("country", "type"))
        return self


class Place(Model):
    """A point that records refer to by id. WGS 84 (EPSG:4326), degrees."""

    id: Slug
    name: Annotated[str, StringConstraints(min_length=2, max_length=80)]
    type: PlaceType
    country: CountryCode | None = Field(
        None, description="The country it lies in by the border policy; none at sea."
    )
    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)
    precision: Precision
    note: Sentence | None = None
    relevance: Summary | None = Field(
        None, description="Chokepoints: why it matters to this article."
    )
    lines: list[Annotated[int, Field(ge=1)]] = Field(
        default_factory=list, description="Chokepoints: the lines that it helps to read."
    )

    @model_validator(mode="after")
    def _honest(self) -> Place:
        if self.precision is Precision.APPROXIMATE and not self.note:
            raise complaint(
                "an approximate place needs 'note': how far may it be off?", "precision"
            )
        if self.type is PlaceType.CHOKEPOINT and not (self.relevance and self.lines):
            at = self._given("relevance", "lines", "type")
            raise complaint("a chokepoint needs 'relevance' and 'lines'", at)
        return self


class Record(Model):
    """What all records have in common."""

    id: Slug
    kind: str
    title: Title
    summary: Summary = Field(description="What the article claims, in our own words.")
    themes: list[Slug] = Field(min_length=1)
    actors: list[ActorId] = Field(
        default_factory=list, description="Actors beyond those the other fields name."
    )
    when: When
    source: Source
    evidence: Evidence
    check: Check

    role_fields: ClassVar[tuple[str, ...]] = ()
    place_fields: ClassVar[tuple[str, ...]] = ()

    @field_validator("themes", "actors")
    @classmethod
    def _each_once(cls, values: list[str]) -> list[str]:
        for value in values:
            last = max(index for index, other in enumerate(values) if other == value)
            if values.index(value) < last:
                raise complaint(f"'{value}' is listed twice", last)
        return values

    def named(self, fields: tuple[str, ...]) -> list[str]:
        """Ids that the fields `fields` hold, in order, each once."""
        found: dict[str, None] = {}
        for field in fields:
            value = getattr(self, field)
            for item in value if isinstance(value, list) else [value]:
                if item is not None:
                    found[item] = None
        return list(found)

    @property
    def all_actors(self) -> list[str]:
        """Every actor the record names, in a role or beside it, in order, each once."""
        return list(dict.fromkeys([*self.named(self.role_fields), *self.actors]))

    @property
    def all_places(self) -> list[str]:
        """Every place the record names, in order, each once."""
        return self.named(self.place_fields)


class Member(Model):
    """One party's standing in an alliance over one span."""

    actor: ActorId
    status: MemberStatus
    from_: PartialDate | None = Field(
        None, alias="from", description="First day on which it holds."
    )
    to: PartialDate | None = Field(
        None, description="First day on which it no longer holds; what follows begins that day."
    )
    note: Sentence | None = Field(None, description="Instrument, doubt, or what the date means.")

    @model_validator(mode="after")
    def _ordered(self) -> Member:
        if self.from_ and self.to and self.to.last_day < self.from_.first_day:
            raise complaint(f"ends ({self.to}) before it starts ({self.from_})", "to")
        return self

    @property
    def span(self) -> Span:
        """Start and end, for `annotations.spans`."""
        return self.from_, self.to

    def overlaps(self, other: Member) -> bool:
        """Whether both hold at once, whichever days their dates mean."""
        return overlap(self.span, other.span)


class Alliance(Record):
    """A grouping of states or movements, with members over time."""

    kind: Literal["alliance"]
    short: ShortName = Field(description="Short name for legends, e.g. EFTA.")
    members: list[Member] = Field(min_length=1)

    @model_validator(mode="after")
    def _no_double_membership(self) -> Alliance:
        for index, member in enumerate(self.members):
            if any(member.actor == o.actor and member.overlaps(o) for o in self.members[:index]):
                twice = f"'{member.actor}' is a member twice over the same dates"
                raise complaint(twice, "members", index)
        return self

    def standings_on(self, day: datetime.date) -> list[Member]:
        """Standings that hold on a day, in the record's order: at most one a party."""
        parties: dict[str, list[Member]] = {}
        for member in self.members:
            parties.setdefault(member.actor, []).append(member)
        held = [(spans, holding([m.span for m in spans], day)) for spans in parties.values()]
        kept = {id(spans[position]) for spans, position in held if position is not None}
        return [member for member in self.members if id(member) in kept]

    @property
    def all_actors(self) -> list[str]:
        """Actors that the record is about; members are reached through `members`."""
        return list(dict.fromkeys(self.actors))


class Leg(Model):
    """A stretch of a corridor between two places, by one mode in one state."""

    from_: Slug = Field(alias="from")
    to: Slug
    mode: LegMode
    status: LegStatus
    via: list[Slug] = Field(default_factory=list, description="Places that give it its shape.")
    direct: bool = Field(
        False, description="Sea legs: straight over open water, where no shipping lane is charted."
    )
    gauge_mm: int | None = Field(None, ge=600, le=1700, description="Track gauge in millimetres.")
    published_km: str | None = Field(None, description="Published length, e.g. '162–170'.")
    note: Sentence | None = None


class Branch(Model):
    """One way through a corridor. Legs join; a leg may start at any place already reached."""

    id: Slug
    title: Title
    short: ShortName | None = Field(None, description="Name for headings; the title without it.")
    legs: list[Leg] = Field(min_length=1)

    @model_validator(mode="after")
    def _joined(self) -> Branch:
        reached = {self.legs[0].from_}
        for index, leg in enumerate(self.legs):
            name = f"leg {index + 1}"
            if leg.from_ not in reached:
                apart = f"starts at '{leg.from_}', which no earlier leg of '{self.id}' reaches"
                raise complaint(f"{name} {apart}", "legs", index)
            if leg.from_ == leg.to:
                raise complaint(f"{name} of '{self.id}' ends where it starts", "legs", index)
            reached.add(leg.to)
        return self


class Corridor(Record):
    """A transport corridor of one or several branches."""

    kind: Literal["corridor"]
    short: ShortName | None = Field(
        None, description="Short name for buttons and headings, e.g. TEN-T; the title without it."
    )
    branches: list[Branch] = Field(min_length=1)
    published: list[Published] = Field(default_factory=list)

    @model_validator(mode="after")
    def _branches_apart(self) -> Corridor:
        ids = [branch.id for branch in self.branches]
        for branch_id in ids:
            if ids.count(branch_id) > 1:
                raise complaint(f"two 'branches' have the id '{branch_id}'", "branches")
        for figure in self.published:
            if figure.branch not in (None, *ids):
                reason = f"is of a branch that is not there: '{figure.branch}'"
                raise complaint(reason, "published")
        return self

    @property
    def all_places(self) -> list[str]:
        """Every place of every leg, each once."""
        found: dict[str, None] = {}
        for branch in self.branches:
            for leg in branch.legs:
                found.update(dict.fromkeys([leg.from_, *leg.via, leg.to]))
        return list(found)


class Flow(Record):
    """Something that one actor sends, or means to send, to another."""

    kind: Literal["flow"]
    from_: ActorId = Field(alias="from", description="The sender.")
    to: ActorId = Field(description="The receiver.")
    from_place: Slug | None = Field(None, description="Where it starts, if not the sender's seat.")
    to_place: Slug | None = Field(None, description="Where it ends, if not the receiver's seat.")
    goods: FlowGoods
    item: Annotated[str, StringConstraints(min_length=2, max_length=120)] = Field(
        description="What exactly, e.g. 'patrol boats'."
    )
    quantity: Annotated[str, StringConstraints(min_length=1, max_length=120)] | None = None
    state: FlowState

    role_fields: ClassVar[tuple[str, ...]] = ("from_", "to")
    place_fields: ClassVar[tuple[str, ...]] = ("from_place", "to_place")

    @model_validator(mode="after")
    def _two_parties(self) -> Flow:
        if self.from_ == self.to:
            raise complaint(f"'{self.from_}' sends to itself", "to")
        return self


class Event(Record):
    """Something that happened, or is expected to happen, at one or several places."""

    kind: Literal["event"]
    event: EventType
    places: list[Slug] = Field(min_length=1)
    by: list[ActorId] = Field(default_factory=list, description="Who does it.")
    against: list[ActorId] = Field(default_factory=list, description="Whom it hits.")

    role_fields: ClassVar[tuple[str, ...]] = ("by", "against")
    place_fields: ClassVar[tuple[str, ...]] = ("places",)


class Relation(Record):
    """What some actors are to others over time."""

    kind: Literal["relation"]
    relation: RelationType
    by: list[ActorId] = Field(min_length=1)
    toward: list[ActorId] = Field(min_length=1)
    mutual: bool = Field(False, description="Holds both ways.")
    state: RelationState

    role_fields: ClassVar[tuple[str, ...]] = ("by", "toward")

    @model_validator(mode="after")
    def _two_parties(self) -> Relation:
        for at, actor in enumerate(self.toward):
            if actor in self.by:
                raise complaint(f"'{actor}' stands on both sides", "toward", at)
        return self


class Presence(Record):
    """Forces, a militia or a network in a place."""

    kind: Literal["presence"]
    presence: PresenceType
    actor: ActorId = Field(description="Who is there.")
    places: list[Slug] = Field(min_length=1)

    role_fields: ClassVar[tuple[str, ...]] = ("actor",)
    place_fields: ClassVar[tuple[str, ...]] = ("places",)


class Statement(Record):
    """What somebody said, as a gist in our own words (the summary)."""

    kind: Literal["statement"]
    speaker: Annotated[str, StringConstraints(min_length=2, max_length=80)]
    role: Annotated[str, StringConstraints(min_length=2, max_length=120)]
    affiliation: ActorId = Field(description="On whose behalf, or for which institution.")
    stance: Stance
    about: list[ActorId] = Field(min_length=1)
    place: Slug = Field(description="Where it is drawn: where it was said, or the speaker's seat.")

    role_fields: ClassVar[tuple[str, ...]] = ("affiliation", "about")
    place_fields: ClassVar[tuple[str, ...]] = ("place",)


class Indicator(Record):
    """A number with unit, year and source."""

    kind: Literal["indicator"]
    actor: ActorId = Field(description="Whom the number describes.")
    value: float
    unit: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    measure: Literal["share-of-world-gdp"] | None = Field(None, description="What we compute too.")
    year: Annotated[int, Field(ge=1900, le=2100)]
    place: Slug | None = Field(None, description="Where it is drawn, if not the actor's seat.")

    role_fields: ClassVar[tuple[str, ...]] = ("actor",)
    place_fields: ClassVar[tuple[str, ...]] = ("place",)


RECORD_TYPES: dict[str, type[Record]] = {
    "alliances": Alliance,
    "corridors": Corridor,
    "flows": Flow,
    "events": Event,
    "relations": Relation,
    "presences": Presence,
    "statements": Statement,
    "indicators": Indicator,
}
"""Folder of a dossier → model of its files."""

KINDS: dict[str, str] = {
    model.model_fields["kind"].annotation.__args__[0]: folder  # type: ignore[union-attr]
    for folder, model in RECORD_TYPES.items()
}
"""Kind → folder, e.g. ``flow`` → ``flows``."""
