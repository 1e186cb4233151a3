"""The controlled terms of a record, each with its definition beside it.

A term's value is what stands in a YAML file; ``label`` is what a reader sees; ``definition`` is
what the curator's guide, the JSON Schema and the app's help texts print. There is no second list.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A vocabulary whose members carry their definition.

    Attributes
    ----------
    definition : str
        One sentence that says when the term applies.
    """

    definition: str

    def __new__(cls, value: str, definition: str = "") -> Self:
        """Make a member that carries its definition; looking one up needs the value alone."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.definition = definition
        return member

    @property
    def label(self) -> str:
        """The term as a reader sees it, e.g. ``official-claim`` → ``Official claim``."""
        return self.value.replace("-", " ").capitalize()


class EvidenceStatus(Term):
    """How firmly the article itself puts a claim."""

    REPORTED = "reported", "The article states it in its own voice, as having happened or being so."
    OFFICIAL_CLAIM = "official-claim", "A government or its spokesman is cited as announcing it."
    ALLEGATION = "allegation", "Somebody is cited as believing, suspecting or accusing."
    FORECAST = "forecast", "The article, or somebody it cites, expects it to happen."
    OPINION = "opinion", "A judgement of the article or of somebody it cites."
    CONTEXT = "context", "Not in the article: drawn so that one of its claims can be read."


class Verdict(Term):
    """Whether a claim stands as of the dossier's date."""

    STANDS = "stands", "Checked against other sources and right as the article puts it."
    IMPRECISE = "imprecise", "Right in substance; a number, date, name or scope is off."
    OUTDATED = "outdated", "Was right once and no longer was on the dossier's date."
    DISPUTED = "disputed", "Parties with knowledge of it contradict one another."
    WRONG = "wrong", "Not so on the dossier's date, by sources that can know."
    UNVERIFIED = "unverified", "We have no ground to say either way."


CORRECTED = frozenset({Verdict.IMPRECISE, Verdict.OUTDATED, Verdict.DISPUTED, Verdict.WRONG})
"""Verdicts by which a check sets something against the claim, and must say what and why.

The one list: models, cards, profiles, slides and the browser all ask it. A claim that stands, or of
which nobody can tell, has nothing set against it.
"""


class Precision(Term):
    """How far a place's coordinates can be trusted."""

    EXACT = "exact", "The installation itself, within about one kilometre."
    CITY = "city", "The middle of the town that is named."
    AREA = "area", "A point chosen to stand for a region, a strait or a sea."
    COUNTRY = "country", "Only the country is known; the point is a label point."
    APPROXIMATE = (
        "approximate",
        "Placed from indirect evidence; the note says how far it may be off.",
    )


class PlaceType(Term):
    """What a place is on the ground."""

    CITY = "city", "A town or city."
    PORT = "port", "A seaport or river port."
    CROSSING = "crossing", "A border crossing of a railway or road."
    CHOKEPOINT = "chokepoint", "A strait or canal that sea traffic cannot easily avoid."
    WAYPOINT = "waypoint", "A point that only gives a route its shape."
    AREA = "area", "A region, front, sea or country as a whole."
    SITE = "site", "A building, base or other installation."


class ActorType(Term):
    """What sort of party an actor is."""

    STATE = "state", "A state or territory with a place in the country data."
    ORGANISATION = "organisation", "A body of several states, e.g. a customs union."
    ARMED_GROUP = "armed-group", "A militia, movement or network outside a state's regular forces."
    INSTITUTION = "institution", "A research body, pollster, newspaper, bank or company."
    PERSON = "person", "A named person."


class MemberStatus(Term):
    """What a party is to an alliance over a span of time."""

    MEMBER = "member", "Full member."
    OBSERVER = "observer", "Has a seat and no vote."
    DIALOGUE_PARTNER = "dialogue-partner", "Linked by a partnership memorandum."
    PARTICIPANT = "participant", "Takes part without being counted as a member."
    PARTNER = "partner", "Tied by backing or cooperation; there is no instrument of accession."
    INVITED = "invited", "Invited, and not yet in."
    UNCLEAR = "unclear", "Accounts of its standing contradict one another."
    DECLINED = "declined", "Was invited and refused."
    SUSPENDED = "suspended", "Membership suspended by the others."
    FORMER = "former", "Was a member and has left."


class LegMode(Term):
    """How freight moves along a leg."""

    RAIL = "rail", "Railway."
    ROAD = "road", "Road."
    SEA = "sea", "Sea lane."
    RIVER = "river", "Navigable river."
    CANAL = "canal", "Ship canal."


class LegStatus(Term):
    """Whether a leg can be used on the dossier's date."""

    OPERATING = "operating", "In use."
    UNDER_CONSTRUCTION = "under-construction", "Being built."
    PLANNED = "planned", "Agreed or proposed; no work on the ground."
    GAP = "gap", "The intended mode is missing here; traffic goes by another."
    DISRUPTED = "disrupted", "In use under attack or threat, with traffic turned away."


class FlowGoods(Term):
    """What moves in a flow."""

    ARMS = "arms", "Weapons: drones, missiles, guns, air defence."
    AMMUNITION = "ammunition", "Shells and rounds."
    AIRCRAFT = "aircraft", "Aeroplanes and helicopters with crew."
    AID = "aid", "Military or economic aid that is given or lent."
    MONEY = "money", "Payments and investment."
    GOODS = "goods", "Civil trade goods, energy, technology."


class FlowState(Term):
    """How far a flow has come on the dossier's date."""

    DELIVERED = "delivered", "Received by the receiver."
    PARTLY_DELIVERED = "partly-delivered", "Some of it received, more to come."
    AGREED = "agreed", "Agreed or contracted; nothing known to be received."
    CONTEMPLATED = "contemplated", "Under talks or consideration."
    STALLED = "stalled", "Held up, e.g. for want of a vote."


class EventType(Term):
    """What sort of event it is."""

    MEETING = "meeting", "People meet."
    ATTACK = "attack", "One side attacks, whoever it is."
    STRIKE = "strike", "A strike by regular forces in answer to attacks."
    OFFENSIVE = "offensive", "A ground campaign, or its repulse."
    AGREEMENT = "agreement", "Something is signed, agreed or set up."
    VOTE = "vote", "An election or a vote."
    ACCESSION = "accession", "A party joins, or is invited to join, an alliance."
    EXPIRY = "expiry", "A restriction or term lapses."
    UPHEAVAL = "upheaval", "A revolution, a collapse, a change of power."
    ANNOUNCEMENT = "announcement", "Something is made public, shown or launched."


class RelationType(Term):
    """What one party is to another over time."""

    SANCTION = "sanction", "Restricts the other by law."
    EXCLUSION = "exclusion", "Shuts the other out of a system or a body."
    PARTNERSHIP = "partnership", "Cooperates by treaty, programme or understanding."
    BACKING = "backing", "Supports the other with arms, money or diplomacy."
    CONFLICT = "conflict", "Fights, or is in open hostility with, the other."
    PAYMENT_LINK = "payment-link", "Settles trade with the other by an arrangement of their own."
    CONDEMNATION = "condemnation", "Denounces the other's action."

    @property
    def stance(self) -> str:
        """``supports`` or ``opposes``: the sign of the relation in a network of actors."""
        friendly = {RelationType.PARTNERSHIP, RelationType.BACKING, RelationType.PAYMENT_LINK}
        return "supports" if self in friendly else "opposes"


class RelationState(Term):
    """How far a relation has come on the dossier's date."""

    IN_FORCE = "in-force", "Exists."
    PENDING = "pending", "Announced or negotiated; not concluded."
    LAPSED = "lapsed", "Has ended."


class PresenceType(Term):
    """What is present in a place."""

    FORCES = "forces", "Regular troops."
    ADVISERS = "advisers", "Advisers and liaison officers in small number."
    MILITIA = "militia", "An armed group at home or based there."
    NETWORK = "network", "A web of allied groups."


class Stance(Term):
    """What a statement does to what it is about."""

    SUPPORTS = "supports", "Speaks for it."
    OPPOSES = "opposes", "Speaks against it."
    WARNS = "warns", "Warns of it."
    DESCRIBES = "describes", "Assesses it without taking sides."
