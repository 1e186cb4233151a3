"""The registry of map layers: what each draws, with which sign, and how the legend explains it.

One definition for the map in the browser, its legend and every export. The signs' strokes and fills
are drawn by the style sheet under the class names given here. No Streamlit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from annotations.schema import (
    Alliance,
    Corridor,
    Event,
    Flow,
    Indicator,
    Presence,
    Record,
    Relation,
    Statement,
)
from annotations.vocabulary import EventType, EvidenceStatus, FlowState, LegMode, LegStatus, Term


@dataclass(frozen=True)
class Layer:
    """One switchable layer of the map.

    Attributes
    ----------
    id : str
        Value of ``layer`` in the address.
    label : str
        Name in filters and popups; `one` is the name of a single object.
    kind : str or None
        Kind of the records that it draws; None where it draws places or areas.
    definition : str
        What a reader finds on it.
    """

    id: str
    label: str
    one: str
    kind: str | None
    definition: str


LAYERS: tuple[Layer, ...] = (
    Layer("alliances", "Alliances", "Alliance", "alliance", "Members of the alliances chosen."),
    Layer("corridors", "Corridors", "Corridor", "corridor", "Transport corridors, leg by leg."),
    Layer("flows", "Flows", "Flow", "flow", "Arms, aid, money and goods from sender to receiver."),
    Layer("relations", "Relations", "Relation", "relation", "Who backs, sanctions or fights whom."),
    Layer("events", "Events", "Event", "event", "What happened, or is expected, at a place."),
    Layer("presences", "Presences", "Presence", "presence", "Forces, militias and networks."),
    Layer("statements", "Statements", "Statement", "statement", "Who said what about whom."),
    Layer("indicators", "Figures", "Figure", "indicator", "Numbers that the article gives."),
    Layer("chokepoints", "Chokepoints", "Chokepoint", None, "Straits and canals behind claims."),
    Layer("disputed", "Disputed areas", "Disputed area", None, "Areas of disputed status."),
)

BY_ID: dict[str, Layer] = {layer.id: layer for layer in LAYERS}
BY_KIND: dict[str, Layer] = {layer.kind: layer for layer in LAYERS if layer.kind}


def kind_in_words(record: Record) -> str:
    """A record's layer and, where that says more, its type: ``Event · attack``."""
    layer = BY_KIND[record.kind].one
    match record:
        case Event():
            return f"{layer} · {record.event.label.lower()}"
        case Flow():
            return f"{layer} · {record.goods.label.lower()}"
        case Relation():
            return f"{layer} · {record.relation.label.lower()}"
        case Presence():
            return f"{layer} · {record.presence.label.lower()}"
        case Alliance() | Corridor() | Indicator() | Statement():
            return layer
    return layer


def type_in_words(record: Record) -> str:
    """A record's type, or its layer where it has none: ``attack``."""
    return kind_in_words(record).rsplit(" · ", 1)[-1].lower()


@dataclass(frozen=True)
class Sign:
    """One entry of the legend.

    Attributes
    ----------
    key : str
        What a drawn object refers to.
    group : str
        Heading in the legend.
    label, definition : str
        Text of the entry and its explanation.
    sample : dict of str
        How to show it: ``{"glyph": name}``, ``{"line": class names}`` or ``{"fill": class}``.
    """

    key: str
    group: str
    label: str
    definition: str
    sample: dict[str, str]


def _terms(prefix: str, group: str, terms: type[Term], classes: str) -> Iterator[Sign]:
    for term in terms:
        sample = {"line": f"{classes}{term.value}"}
        yield Sign(f"{prefix}:{term.value}", group, term.label, term.definition, sample)


def _events() -> Iterator[Sign]:
    for term in EventType:
        sample = {"glyph": term.value}
        yield Sign(f"event:{term.value}", "Symbols", term.label, term.definition, sample)


FIRM = frozenset({EvidenceStatus.REPORTED, EvidenceStatus.OFFICIAL_CLAIM, EvidenceStatus.CONTEXT})
"""Evidence that is drawn at full strength; all other is drawn lighter."""

SIGNS: tuple[Sign, ...] = (
    *_terms("flow", "Flows (head at receiver)", FlowState, "line flow state-"),
    Sign(
        "relation:supports",
        "Relations",
        "Supports",
        "Backs, cooperates with, or settles trade with.",
        {"line": "line relation stance-supports"},
    ),
    Sign(
        "relation:opposes",
        "Relations",
        "Opposes",
        "Sanctions, shuts out, condemns or fights.",
        {"line": "line relation stance-opposes"},
    ),
    *_terms("mode", "Corridors", LegMode, "line leg status-operating mode-"),
    *(
        sign
        for sign in _terms("status", "Corridors", LegStatus, "line leg status-")
        if sign.key != "status:operating"
    ),
    Sign(
        "detour",
        "Corridors",
        "Detour",
        "The way by sea when what is closed on this page cannot be passed.",
        {"line": "line detour"},
    ),
    *_events(),
    Sign("statement", "Symbols", "Statement", "Somebody is cited.", {"glyph": "statement"}),
    Sign("presence", "Symbols", "Presence", "Forces or a network.", {"glyph": "presence"}),
    Sign("indicator", "Symbols", "Figure", "A number with its year.", {"glyph": "indicator"}),
    Sign(
        "chokepoint",
        "Symbols",
        "Chokepoint",
        "Context: not named in the article.",
        {"glyph": "chokepoint"},
    ),
    Sign(
        "light",
        "Firmness",
        "Allegation, forecast or opinion: lighter",
        "The article does not state it as fact.",
        {"fill": "outline"},
    ),
    Sign(
        "alliance-lesser",
        "Areas",
        "Less than full member: striped",
        "Observer, partner, invited, unclear, suspended.",
        {"fill": "lesser"},
    ),
    Sign("disputed", "Areas", "Disputed area", "See the note on borders.", {"fill": "disputed"}),
)
"""The legend, in order; themes and alliances are added from the dossier."""
