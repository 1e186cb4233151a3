"""Corridors: transport by one or several branches, leg by leg. No Streamlit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from annotations.schema import Corridor, Leg
from annotations.vocabulary import LegMode, LegStatus
from dashboard.atlas.card_items import Items
from dashboard.atlas.card_parts import Item, Row, Section
from dashboard.atlas.drawn import DrawnLine, line_rows
from dashboard.atlas.layer import RecordLayer
from dashboard.atlas.layer_parts import CORRIDORS, Column, RowContext, Sign, line
from dashboard.look.strokes import line_stroke
from geodata.joined import JoinedDossier, LegKey


def _signs() -> Iterator[Sign]:
    for mode in LegMode:
        classes = f"leg status-operating mode-{mode.value}"
        stroke = line_stroke("leg", mode=mode, status=LegStatus.OPERATING)
        words = mode.label, mode.definition
        yield line(f"mode:{mode.value}", CORRIDORS, words, classes, stroke)
    for status in LegStatus:
        # A leg that operates looks as its mode does.
        if status is not LegStatus.OPERATING:
            stroke = line_stroke("leg", mode=LegMode.ROAD, status=status)
            words = status.label, status.definition
            key, classes = f"status:{status.value}", f"leg status-{status.value}"
            yield line(key, CORRIDORS, words, classes, stroke)
    said = "Detour", "The way by sea when what is closed on this page cannot be passed."
    yield line("detour", CORRIDORS, said, "detour", line_stroke("detour"))


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


class Corridors(RecordLayer[Corridor]):
    """Legs, each by its mode and whether it operates."""

    id = "corridors"
    label = "Corridors"
    one = "Corridor"
    kind = "corridor"
    definition = "Transport corridors, leg by leg."
    signs = tuple(_signs())
    depth = 2
    columns = (
        Column(
            "km",
            "Corridors: geodesic length of the legs drawn, in kilometres.",
            "float64",
            rank=2,
        ),
    )

    def short(self, record: Corridor) -> str:
        """The name that buttons and headings have, where there is one."""
        return record.short or ""

    def lines(self, joined: JoinedDossier) -> Iterator[DrawnLine]:
        """One for each leg."""
        for row, parts in line_rows(joined, "leg"):
            mode, status, km = LegMode(row.mode), LegStatus(row.status), round(row.km)
            how = f"{mode.value}, {status.label.lower()}, {km:,} km"
            yield DrawnLine(
                parts=parts,
                records=(row.record,),
                km=km,
                type="leg",
                stroke=line_stroke("leg", mode=mode, status=status),
                legend=(f"mode:{mode.value}", f"status:{status.value}"),
                tip=f"{row.from_name} → {row.to_name} · {how}",
                leg=row.leg,
                said={"mode": mode.value, "status": status.value, "part": str(row.leg)},
            )

    def places_in_order(self, record: Corridor) -> Sequence[str]:
        """In the order of its legs, however the table has them."""
        return record.all_places

    def facts(self, record: Corridor, items: Items) -> list[Row]:
        """A link to the page that sets its branches beside one of each other corridor."""
        branches = [(record.id, branch.id) for branch in record.branches]
        others = [other for other in items.dossier.of_type(Corridor) if other is not record]
        branches += [(other.id, other.branches[0].id) for other in others]
        query = "&".join(f"route={corridor}.{branch}" for corridor, branch in branches)
        ways = Item("Compare routes", goto=f"corridors?{query}")
        return [*items.beside(record), Row("Ways", [ways])]

    def details(self, record: Corridor, items: Items) -> list[Section]:
        """Legs of each branch with mode, status and kilometres, then published figures."""
        legs = items.joined.legs
        sections = []
        for branch in record.branches:
            numbers = range(1, len(branch.legs) + 1)
            drawn = [legs[LegKey(record.id, branch.id, number)] for number in numbers]
            lengths = [(leg, line.km) for leg, line in zip(branch.legs, drawn, strict=True)]
            total = sum(km for _, km in lengths)
            sections.append(
                Section(
                    f"{branch.title}: {total:,.0f} km in {len(branch.legs)} legs",
                    "Computed: " + _by_mode(lengths),
                    rows=[
                        Row(f"{line.from_name} → {line.to_name}", [_leg_item(leg, km)])
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

    def cells(self, record: Corridor, given: RowContext) -> dict[str, Any]:
        """Its length, as far as it is drawn."""
        return {"km": round(sum(row.km for row in given.lines), 1)}
