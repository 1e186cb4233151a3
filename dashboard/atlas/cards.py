"""The panel beside the map: what the filters show, and the card of what is selected.

Pure: an atlas and ids → HTML by templates that escape everything they are given. No Streamlit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from annotations.schema import (
    Alliance,
    Corridor,
    Event,
    Flow,
    Indicator,
    Leg,
    Member,
    Presence,
    Record,
    Relation,
    Statement,
)
from annotations.vocabulary import CORRECTED, EvidenceStatus, LegStatus, MemberStatus
from dashboard.atlas.article_lines import lines_in_words
from dashboard.atlas.card_parts import Card, Item, Row, Section
from dashboard.atlas.data import Atlas
from dashboard.atlas.layers import kind_in_words
from dashboard.atlas.profiles import profile_of, standing_in_words, value_in_words
from dashboard.atlas.standings import OUTSIDE
from dashboard.look.markup import templates
from dashboard.look.tables import named_beside
from geodata.corridors import passage_at


class _Cards:
    """Builds cards from one atlas."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self.dossier = atlas.dossier
        self.as_of = self.dossier.head.as_of.words
        self.labels = {theme.id: theme.label for theme in self.dossier.head.themes}

    def actor(self, actor_id: str, note: str = "") -> Item:
        """An actor as a link to its profile."""
        return Item(self.dossier.actors[actor_id].name, f"actor:{actor_id}", note)

    def actors(self, ids: Iterable[str]) -> list[Item]:
        """Actors as links."""
        return [self.actor(actor_id) for actor_id in ids]

    def places(self, ids: Iterable[str]) -> list[Item]:
        """Places; chokepoints as links."""
        items = []
        for place_id in ids:
            place = self.dossier.places[place_id]
            select = f"place:{place_id}"
            linked = select if select in self.atlas.choices.selectable else None
            uncertain = "" if place.precision.value in {"exact", "city"} else place.precision.label
            items.append(Item(place.name, linked, uncertain.lower()))
        return items

    def record_item(self, record: Record, note: str = "") -> Item:
        """A record as a link to its card."""
        return Item(record.title, record.id, note)

    def km(self, record: Record) -> float:
        """Length of all that is drawn of a record, in kilometres."""
        lines = self.atlas.joined.lines
        return float(lines.loc[lines["record"] == record.id, "km"].sum())

    # Records

    def record(self, record: Record) -> Card:
        """The card of a record: what is claimed, what stands, and on what ground."""
        status, check = record.evidence.status, record.check
        said = Section(
            "The article says" if status is not EvidenceStatus.CONTEXT else "Context",
            record.summary,
        )
        corrected = check.verdict in CORRECTED
        checked = Section(
            f"As of {self.as_of}" if corrected else "Check",
            check.note or ("" if check.reference else "No ground found to say either way."),
            check.reference or "",
        )
        rows = [row for row in self.facts(record) if row.items]
        rows.append(Row("When", [Item(record.when.words, goto=f"timeline?select={record.id}")]))
        rows.append(Row("Article", [Item(lines_in_words(record.source.lines))]))
        if record.source.note:
            rows.append(Row("Reading", [Item(record.source.note)]))
        return Card(
            kicker=kind_in_words(record),
            title=record.title,
            themes=[(theme, self.labels[theme]) for theme in record.themes],
            evidence=(status.value, status.label, record.evidence.attributed_to or ""),
            verdict=(check.verdict.value, check.verdict.label, check.verdict.definition),
            sections=[said, checked, Section(rows=rows), *self.details(record)],
        )

    def facts(self, record: Record) -> list[Row]:
        """What a record says beyond what all records say."""
        match record:
            case Flow():
                places = [p for p in (record.from_place, record.to_place) if p]
                return [
                    Row("From", [self.actor(record.from_)]),
                    Row("To", [self.actor(record.to)]),
                    Row("What", [Item(record.item)]),
                    Row("How much", [Item(record.quantity)] if record.quantity else []),
                    Row("State", [Item(record.state.label)]),
                    Row("Drawn", self.places(places)),
                    *self.beside(record),
                ]
            case Event():
                return [
                    Row("Where", self.places(record.places)),
                    Row("By", self.actors(record.by)),
                    Row("Against", self.actors(record.against)),
                    *self.beside(record),
                ]
            case Relation():
                between = "Between" if record.mutual else "By"
                return [
                    Row(between, self.actors(record.by)),
                    Row("and" if record.mutual else "Toward", self.actors(record.toward)),
                    Row("State", [Item(record.state.label)]),
                    *self.beside(record),
                ]
            case Presence():
                return [
                    Row("Who", [self.actor(record.actor)]),
                    Row("Where", self.places(record.places)),
                    *self.beside(record),
                ]
            case Statement():
                affiliation = self.actor(record.affiliation)
                return [
                    Row("Speaker", [Item(f"{record.speaker}, {record.role}")]),
                    Row("For", [affiliation]),
                    Row("Stance", [Item(record.stance.label)]),
                    Row("About", self.actors(record.about)),
                    *self.beside(record),
                ]
            case Indicator():
                value = f"{value_in_words(record)} ({record.year})"
                return [
                    Row("Of", [self.actor(record.actor)]),
                    Row("Value", [Item(value)]),
                    *self.beside(record),
                ]
            case Corridor():
                return [*self.beside(record), Row("Ways", [self.compared(record)])]
            case Alliance():
                return self.beside(record)
        return self.beside(record)

    def compared(self, record: Corridor) -> Item:
        """A link to the page that sets a corridor's branches beside one of each other corridor."""
        branches = [(record.id, branch.id) for branch in record.branches]
        others = [other for other in self.dossier.of_type(Corridor) if other is not record]
        branches += [(other.id, other.branches[0].id) for other in others]
        query = "&".join(f"route={corridor}.{branch}" for corridor, branch in branches)
        return Item("Compare routes", goto=f"corridors?{query}")

    def beside(self, record: Record) -> list[Row]:
        """Actors that a record names beside its roles."""
        others = [actor for actor in record.actors if actor not in record.named(record.role_fields)]
        return [Row("Concerns", self.actors(others))] if others else []

    def details(self, record: Record) -> list[Section]:
        """The long lists: members of an alliance, legs of a corridor."""
        if isinstance(record, Alliance):
            return self.members(record)
        if isinstance(record, Corridor):
            return self.legs(record)
        return []

    def members(self, record: Alliance) -> list[Section]:
        """Members by standing on the dossier's date, then who is not, or no longer, in."""
        day = self.dossier.head.as_of.last_day
        now = [m for m in record.standings_on(day) if m.status not in OUTSIDE]
        sections = []
        rest = [member for member in record.members if member not in now]
        for status in MemberStatus:
            group = [member for member in now if member.status is status]
            if group:
                heading = f"{status.label} ({len(group)}) on {self.as_of}"
                sections.append(Section(heading, rows=[self.member(m) for m in group]))
        if rest:
            rows = [self.member(m, with_status=True) for m in rest]
            sections.append(Section("Earlier, declined or outside", rows=rows))
        compare = Item("Compare alliances", goto=f"alliances?alliance={record.id}")
        return [Section(rows=[Row("See", [compare])]), *sections]

    def member(self, member: Member, with_status: bool = False) -> Row:
        """One standing: who, since when, on what ground."""
        status = f"{member.status.label.lower()} " if with_status else ""
        return Row(
            self.dossier.actors[member.actor].name,
            [
                Item(
                    f"{status}{standing_in_words(member)}".strip(),
                    f"actor:{member.actor}",
                    member.note or "",
                )
            ],
        )

    def legs(self, record: Corridor) -> list[Section]:
        """Legs of each branch with mode, status and kilometres, then published figures."""
        lines = self.atlas.joined.lines
        lines = lines[lines["record"] == record.id].set_index("part")
        sections = []
        for branch in record.branches:
            drawn = [lines.loc[f"{branch.id}.{n}"] for n in range(1, len(branch.legs) + 1)]
            lengths = [
                (leg, float(line["km"])) for leg, line in zip(branch.legs, drawn, strict=True)
            ]
            total = sum(km for _, km in lengths)
            sections.append(
                Section(
                    f"{branch.title}: {total:,.0f} km in {len(branch.legs)} legs",
                    "Computed: " + _by_mode(lengths),
                    rows=[
                        Row(f"{line['from_name']} → {line['to_name']}", [_leg_item(leg, km)])
                        for line, (leg, km) in zip(drawn, lengths, strict=True)
                    ],
                    strips=[
                        (f"mode-{leg.mode.value} status-{leg.status.value}", 100 * km / total)
                        for leg, km in lengths
                    ],
                )
            )
        if record.published:
            published = [
                Row(figure.what, [Item(figure.value, note=figure.reference)])
                for figure in record.published
            ]
            sections.append(Section("Published figures", rows=published))
        return sections

    # Other things that can be selected

    def profile(self, actor_id: str) -> Card:
        """An actor: what it sends, receives, joins, does, and is hit by."""
        actor = self.dossier.actors[actor_id]
        parts = [
            Row(
                group.label,
                [Item(entry.text, entry.record.id, entry.note) for entry in group.entries],
            )
            for group in profile_of(self.dossier, actor_id)
        ]
        about = [Row("Also known as", [Item(named_beside(actor.aliases))])] if actor.aliases else []
        if actor.note:
            about.append(Row("Note", [Item(actor.note)]))
        about.append(Row("See", [Item("Full profile", goto=f"actors?actor={actor_id}")]))
        total = self.atlas.index.totals["actor"][actor_id]
        return Card(
            kicker=f"{actor.type.label} · {total} record{'s' if total != 1 else ''}",
            title=actor.name,
            sections=[Section(rows=about), Section(rows=parts)],
        )

    def place(self, place_id: str) -> Card:
        """A chokepoint: why it matters, and which corridors pass it."""
        place = self.dossier.places[place_id]
        passing = [
            self.record_item(record)
            for record in self.dossier.of_type(Corridor)
            if place_id in record.all_places
        ]
        north = f"{abs(place.lat):.2f}° {'N' if place.lat >= 0 else 'S'}"
        east = f"{abs(place.lon):.2f}° {'E' if place.lon >= 0 else 'W'}"
        rows = [
            Row("Passed by", passing),
            Row(
                "What if",
                [Item("Close it", goto=f"corridors?closed={place_id}")]
                if passage_at((place.lon, place.lat))
                else [],
            ),
            Row("Position", [Item(f"{north}, {east}", note=place.precision.definition)]),
            Row("Article", [Item(f"not named; helps to read {lines_in_words(place.lines)}")]),
            Row("Note", [Item(place.note)] if place.note else []),
        ]
        return Card(
            kicker="Chokepoint · context",
            title=place.name,
            sections=[
                Section("Why it is drawn", place.relevance or ""),
                Section(rows=[row for row in rows if row.items]),
            ],
        )

    def area(self, area_id: str) -> Card:
        """A disputed area: how it is drawn, who claims it."""
        area = self.atlas.disputed.loc[area_id]
        known = self.dossier.actors
        claimants = [self.actor(c) if c in known else Item(c) for c in area["claimants"]]
        rows = [Row("Claimed by", claimants)]
        if area["drawn_in"]:
            drawn = area["drawn_in"]
            rows.append(Row("Drawn in", [self.actor(drawn) if drawn in known else Item(drawn)]))
        borders = Section("Borders on this map", self.atlas.borders.short)
        return Card(
            kicker="Disputed area",
            title=str(area["name"]),
            sections=[Section("How it is drawn", str(area["note"])), Section(rows=rows), borders],
        )


def _leg_item(leg: Leg, km: float) -> Item:
    """One leg: mode, state, length, and what else there is to know."""
    notes = [
        leg.note or "",
        f"published {leg.published_km} km" if leg.published_km else "",
        f"{leg.gauge_mm:,} mm gauge" if leg.gauge_mm else "",
    ]
    text = f"{leg.mode.label} · {leg.status.label.lower()} · {km:,.0f} km"
    return Item(text, note="; ".join(note for note in notes if note))


def _by_mode(lengths: Iterable[tuple[Leg, float]]) -> str:
    """Kilometres by mode, apart for what does not operate: ``rail 4,210 km, sea 2,156 km``."""
    km: dict[str, float] = {}
    for leg, length in lengths:
        operates = leg.status is LegStatus.OPERATING
        name = leg.mode.value if operates else f"{leg.mode.value} ({leg.status.label.lower()})"
        km[name] = km.get(name, 0.0) + length
    return ", ".join(f"{name} {length:,.0f} km" for name, length in km.items())


def build_card(atlas: Atlas, select: str) -> Card:
    """The card of a selected thing.

    Parameters
    ----------
    atlas : Atlas
        From `dashboard.atlas.data.load`.
    select : str
        A valid selection: a record's id, or ``actor:``, ``place:`` or ``area:`` with an id.

    Returns
    -------
    Card
    """
    cards = _Cards(atlas)
    kind, _, thing = select.partition(":")
    builders = {"actor": cards.profile, "place": cards.place, "area": cards.area}
    if thing:
        return builders[kind](thing)
    return cards.record(atlas.dossier.records[select])


def card_html(atlas: Atlas, select: str) -> str:
    """The card of a selected thing as HTML; everything in it is escaped."""
    card = build_card(atlas, select)
    return templates.get_template("atlas/card.html").render(card=card, select=select)


def summary_html(atlas: Atlas, ids: Sequence[str], beside: str = "") -> str:
    """How many records the filters leave, as HTML; the browser counts them by theme and evidence.

    See ``static/atlas/summary.js``. That nothing is left is said only where it is so: a program
    reads this without the style sheet.

    Parameters
    ----------
    atlas : Atlas
    ids : sequence of str
        Records shown.
    beside : str
        What the map shows that is no record, from `dashboard.atlas.shown.beside_records`.
    """
    return templates.get_template("atlas/summary.html").render(
        shown=len(ids), total=len(atlas.index.entries), beside=beside
    )
