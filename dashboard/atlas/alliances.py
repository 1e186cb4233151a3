"""Alliances: who stands together, since when and how closely. No Streamlit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from annotations.dossier import Dossier
from annotations.schema import Alliance, Member
from annotations.vocabulary import MemberStatus
from dashboard.atlas.card_items import Items
from dashboard.atlas.card_parts import Item, Row, Section
from dashboard.atlas.drawn import DrawnAlliance
from dashboard.atlas.layer import RecordLayer
from dashboard.atlas.layer_parts import AREAS, Column, Entry, Role, RowContext, Sign
from dashboard.atlas.standings import OUTSIDE, fills_at, spans_at
from dashboard.look.palette import alliance_colours
from dashboard.look.tables import joined as in_one_cell
from geodata.joined import JoinedDossier


def standing_in_words(member: Member) -> str:
    """Dates of a standing: ``since 1 January 2024``, ``1997 – 27 March 2014``, or nothing."""
    start = member.from_.words if member.from_ else ""
    if member.to:
        return f"{start} – {member.to.words}" if start else f"until {member.to.words}"
    return f"since {start}" if start else ""


def _standings(record: Alliance, actor: str, dossier: Dossier) -> Sequence[Entry]:
    return [
        Entry(record, f"{record.short}: {m.status.label.lower()}", standing_in_words(m))
        for m in record.members
        if m.actor == actor
    ]


def _member(member: Member, items: Items, status: str = "") -> Row:
    """One standing: who, since when, on what ground."""
    who = items.actor(member.actor)
    words = f"{status} {standing_in_words(member)}".strip()
    return Row(who.text, [Item(words, who.select, member.note or "")])


def drawn_alliances(joined: JoinedDossier) -> Iterator[DrawnAlliance]:
    """The alliances of a dossier as they are filled on its date."""
    head, alliances = joined.dossier.head, joined.dossier.of_type(Alliance)
    colours = alliance_colours(alliance.id for alliance in alliances)
    for alliance in alliances:
        yield DrawnAlliance(
            *(alliance.id, alliance.short, alliance.title, colours[alliance.id]),
            usual=alliance.id in head.alliances_shown,
            fills=fills_at(joined, alliance.id, head.as_of.last_day),
        )


class Alliances(RecordLayer[Alliance]):
    """Countries, filled by the alliances chosen in which they are."""

    id = "alliances"
    label = "Alliances"
    one = "Alliance"
    kind = "alliance"
    definition = "Members of the alliances chosen."
    signs = (
        Sign(
            "alliance-lesser",
            AREAS,
            "Less than full member: striped",
            "Observer, partner, invited, unclear, suspended.",
            {"fill": "lesser"},
        ),
    )
    columns = (Column("members", "Alliances: who stands how to it.", rank=2),)
    fills = True
    roles = (Role("joins", "Joins", _standings, "Joins"),)

    def short(self, record: Alliance) -> str:
        """The name that legends have."""
        return record.short

    def own_colour(self, record: Alliance) -> str:
        """That of its fill."""
        return f"var(--alliance-{record.id})"

    def actors(self, record: Alliance) -> list[str]:
        """Those it is about, and its members."""
        members = (member.actor for member in record.members)
        return list(dict.fromkeys([*record.all_actors, *members]))

    def details(self, record: Alliance, items: Items) -> list[Section]:
        """Members by standing on the dossier's date, then who is not, or no longer, in."""
        as_of = items.dossier.head.as_of
        now = [m for m in record.standings_on(as_of.last_day) if m.status not in OUTSIDE]
        rest = [member for member in record.members if member not in now]
        compare = Item("Compare alliances", goto=f"alliances?alliance={record.id}")
        sections = [Section(rows=[Row("See", [compare])])]
        for status in MemberStatus:
            group = [_member(member, items) for member in now if member.status is status]
            if group:
                heading = f"{status.label} ({len(group)}) on {as_of.words}"
                sections.append(Section(heading, rows=group))
        if rest:
            rows = [_member(member, items, member.status.label.lower()) for member in rest]
            sections.append(Section("Earlier, declined or outside", rows=rows))
        return sections

    def cells(self, record: Alliance, given: RowContext) -> dict[str, Any]:
        """Standings on the day drawn: ``Zambia (member since 1 January 2018)``."""
        actors = given.joined.dossier.actors
        words = []
        for row in spans_at(given.joined.members, record.id, given.day):
            since = f" since {row.start.words}" if row.start else ""
            status = MemberStatus(row.status).label.lower()
            words.append(f"{actors[row.actor].name} ({status}{since})")
        return {"members": in_one_cell(words)}
