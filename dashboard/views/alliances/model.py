"""Alliances side by side on any day: who is in which, what they weigh, who joined when.

Pure: an atlas and what the address asks for → values and HTML. Who belongs where is told by
`dashboard.atlas.scene`, which fills the map by the same rule. No Streamlit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from annotations.dates import PartialDate
from annotations.schema import KINDS, Alliance, Indicator
from annotations.spans import turns
from annotations.vocabulary import ActorType, MemberStatus
from dashboard.atlas.data import Atlas
from dashboard.atlas.scene import FULL, OUTSIDE, spans_at
from dashboard.look.markup import templates
from dashboard.look.tables import joined, listed
from geodata.figures import Figures, Total

PAGE = "alliances"
BY_COUNT, BY_NAME = "count", "country"
"""Orders of the matrix beside those by an alliance."""

PPP, MARKET = "gdp_ppp", "gdp_market"
"""The two measures by which economies are weighed against each other."""

SHARE_OF_GDP = "% of world GDP"
"""How the unit of an indicator begins that makes a claim on the same matter."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_ORDER = {status: number for number, status in enumerate(MemberStatus)}
_VERBS = {
    MemberStatus.MEMBER: "joins",
    MemberStatus.OBSERVER: "becomes an observer",
    MemberStatus.DIALOGUE_PARTNER: "becomes a dialogue partner",
    MemberStatus.PARTICIPANT: "takes part",
    MemberStatus.PARTNER: "becomes a partner",
    MemberStatus.INVITED: "is invited",
    MemberStatus.UNCLEAR: "is in or not: accounts differ",
    MemberStatus.DECLINED: "declines",
    MemberStatus.SUSPENDED: "is suspended",
    MemberStatus.FORMER: "is out",
}


def in_words(day: date) -> str:
    """A day for a reader: ``1 January 2024``."""
    return PartialDate(day.isoformat()).words


# What the address asks for


@dataclass(frozen=True)
class Comparison:
    """What the page shows.

    Attributes
    ----------
    alliances : tuple of str
        Ids, in the dossier's order; at least one unless the dossier has none.
    day : datetime.date
        From `first_day` to the dossier's date.
    sort : str
        `BY_COUNT`, `BY_NAME` or an alliance's id; with ``-`` in front, the other way round.
    """

    alliances: tuple[str, ...]
    day: date
    sort: str = BY_COUNT


def first_day(atlas: Atlas) -> date:
    """Where the slider begins: the earliest day on which somebody stands to some alliance.

    The dossier's date where none of its alliances says since when.
    """
    latest = atlas.dossier.head.as_of.last_day
    starts = [start.first_day for start in atlas.joined.members["start"] if start]
    return min([latest, *starts])


def left_out(atlas: Atlas) -> tuple[str, ...]:
    """Ids of alliances that the dossier compares, but whose records cannot be shown."""
    compared = atlas.dossier.head.alliances_compared
    return tuple(alliance for alliance in compared if alliance not in atlas.dossier.records)


def left_out_in_words(atlas: Atlas) -> str:
    """What is missing in the comparison, and why; empty where all is there."""
    words = []
    for alliance in left_out(atlas):
        file = f"{KINDS['alliance']}/{alliance}.yml"
        reasons = [str(problem) for problem in atlas.problems if problem.file == file]
        words.append(f"{alliance} ({'; '.join(reasons) or f'{file} is missing'})")
    return f"Not compared, since it cannot be shown: {listed(words)}." if words else ""


def default_comparison(atlas: Atlas) -> Comparison:
    """What the page opens with: the alliances that the dossier compares, on its date."""
    options = atlas.choices.options["alliance"]
    head = atlas.dossier.head
    chosen = tuple(name for name in options if name in head.alliances_compared) or options[:3]
    return Comparison(chosen, head.as_of.last_day)


def read(parameters: Mapping[str, Sequence[str]], atlas: Atlas) -> Comparison:
    """Make out what an address asks for; what is not valid is left out.

    Parameters
    ----------
    parameters : mapping of str to sequence of str
        ``alliance``, ``date`` and ``sort`` of the query; others are passed over.
    atlas : Atlas
        Names the alliances that there are.

    Returns
    -------
    Comparison
        Never fails: nonsense gives `default_comparison`.
    """
    default = default_comparison(atlas)
    asked = set(parameters.get("alliance", ()))
    options = atlas.choices.options["alliance"]
    chosen = tuple(name for name in options if name in asked) or default.alliances
    day = _day(parameters.get("date", ()), first_day(atlas), default.day)
    sort = [*parameters.get("sort", ()), ""][0]
    known = sort.removeprefix("-") in {BY_COUNT, BY_NAME, *chosen}
    return Comparison(chosen, day, sort if known else default.sort)


def _day(values: Sequence[str], earliest: date, latest: date) -> date:
    text = values[-1] if values else ""
    if not _DAY.fullmatch(text):
        return latest
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return latest
    return day if earliest <= day <= latest else latest


def write(comparison: Comparison, atlas: Atlas) -> dict[str, list[str]]:
    """The parameters of a comparison, each an empty list where it goes without saying."""
    default = default_comparison(atlas)
    same = comparison.alliances == default.alliances
    return {
        "alliance": [] if same else list(comparison.alliances),
        "date": [] if comparison.day == default.day else [comparison.day.isoformat()],
        "sort": [] if comparison.sort == default.sort else [comparison.sort],
    }


def address(comparison: Comparison, atlas: Atlas, select: str | None = None) -> str:
    """The page's name and parameters, as a link gives them."""
    parameters = write(comparison, atlas) | ({"select": [select]} if select else {})
    query = urlencode({key: value for key, value in parameters.items() if value}, doseq=True)
    return f"{PAGE}?{query}"


# Who joined what when


@dataclass(frozen=True)
class Change:
    """A party's standing becomes another.

    Attributes
    ----------
    day : datetime.date
        The first day on which it holds.
    when : PartialDate
        The same as precisely as it is known.
    alliance, actor : str
        Ids.
    status : MemberStatus or None
        The new standing; None where it merely ends.
    first : bool
        Whether it is of the alliance's first day: who is in then has joined nothing.
    """

    day: date
    when: PartialDate
    alliance: str
    actor: str
    status: MemberStatus | None
    first: bool = False

    @property
    def sort(self) -> str:
        """``joins``, ``leaves`` or ``other``."""
        if self.status in FULL:
            return "joins"
        ended = self.status is None or self.status in OUTSIDE
        return "leaves" if ended or self.status is MemberStatus.SUSPENDED else "other"

    @property
    def verb(self) -> str:
        """What the party does."""
        if self.first and self.status is MemberStatus.MEMBER:
            return "is among the first members"
        return "is no longer counted" if self.status is None else _VERBS[self.status]


def changes(atlas: Atlas, alliances: Iterable[str]) -> list[Change]:
    """Changes of standing up to the dossier's date, in order of time.

    Parameters
    ----------
    atlas : Atlas
    alliances : iterable of str
        Ids of the alliances asked about.
    """
    latest = atlas.dossier.head.as_of.last_day
    wanted = set(alliances)
    parties: dict[tuple[str, str], list[Any]] = {}
    for row in atlas.joined.members.itertuples():
        if row.alliance in wanted:
            parties.setdefault((row.alliance, row.actor), []).append(row)
    found = [change for party, rows in parties.items() for change in _changes_of(*party, rows)]
    began: dict[str, date] = {}
    for change in found:
        began[change.alliance] = min(change.day, began.get(change.alliance, change.day))
    found = [replace(change, first=change.day == began[change.alliance]) for change in found]
    return sorted(
        (change for change in found if change.day <= latest),
        key=lambda change: (change.day, change.alliance, change.actor),
    )


def _changes_of(alliance: str, actor: str, rows: Sequence[Any]) -> Iterator[Change]:
    """Changes of one party's standing in one alliance, from its rows of the join's members."""
    before = None
    for day, position in turns([(row.start, row.end) for row in rows]):
        now = None if position is None else rows[position]
        # What begins says when, unless what it follows says so more precisely.
        dates = [now.start if now else None, before.end if before else None]
        known = (when for when in dates if when and day in (when.first_day, when.last_day))
        when = next(known, PartialDate(day.isoformat()))
        yield Change(day, when, alliance, actor, MemberStatus(now.status) if now else None)
        before = now


def day_steps(atlas: Atlas, asked: date) -> list[date]:
    """Steps of the slider: days of change in any alliance, ends of years, and the day asked for.

    The same whichever alliances are chosen, so that a choice does not move the slider.
    """
    earliest, latest = first_day(atlas), atlas.dossier.head.as_of.last_day
    days = {earliest, latest, asked}
    days |= {date(year, 12, 31) for year in range(earliest.year, latest.year)}
    days |= {change.day for change in changes(atlas, atlas.choices.options["alliance"])}
    return sorted(days)


def neighbours(found: Sequence[Change], day: date) -> tuple[date | None, date | None]:
    """The last day of change before `day` and the first after it; None where there is none."""
    before = [change.day for change in found if change.day < day]
    after = [change.day for change in found if change.day > day]
    return (max(before) if before else None, min(after) if after else None)


def changes_in_words(atlas: Atlas, found: Sequence[Change]) -> list[str]:
    """Changes of one day or several as sentences: those who do the same are named together."""
    groups: dict[tuple[str, str], list[str]] = {}
    for change in found:
        name = atlas.dossier.actors[change.actor].name
        groups.setdefault((short(atlas, change.alliance), change.verb), []).append(name)
    return [
        f"{alliance}: {listed(names)} {_plural(verb) if len(names) > 1 else verb}"
        for (alliance, verb), names in groups.items()
    ]


def _plural(verb: str) -> str:
    for one, many in (
        ("is ", "are "),
        ("joins", "join"),
        ("becomes an observer", "become observers"),
        ("becomes a partner", "become partners"),
        ("becomes a dialogue partner", "become dialogue partners"),
        ("takes", "take"),
        ("declines", "decline"),
    ):
        if verb.startswith(one):
            return many + verb[len(one) :]
    return verb


def short(atlas: Atlas, alliance: str) -> str:
    """Short name of an alliance."""
    record = atlas.dossier.records[alliance]
    assert isinstance(record, Alliance)
    return record.short


# Who is in which


@dataclass(frozen=True)
class Cell:
    """One party's standing in one alliance on the day.

    Attributes
    ----------
    status : MemberStatus
    since : str
        For a reader; empty where no date is known.
    note : str
        The record's note on it.
    """

    status: MemberStatus
    since: str
    order: date
    note: str

    @property
    def level(self) -> str:
        """``full``, ``lesser`` or ``outside``: how it is filled."""
        if self.status in FULL:
            return "full"
        return "outside" if self.status in OUTSIDE else "lesser"


@dataclass(frozen=True)
class MatrixRow:
    """One party and all its standings.

    Attributes
    ----------
    actor, name : str
    cells : mapping of str to Cell
        By alliance; those it has nothing to do with are missing.
    """

    actor: str
    name: str
    cells: Mapping[str, Cell]

    @property
    def count(self) -> int:
        """In how many of the alliances it is a full member."""
        return sum(cell.level == "full" for cell in self.cells.values())


def matrix(atlas: Atlas, comparison: Comparison) -> list[MatrixRow]:
    """Parties by alliances on the day, in the order asked for.

    Parameters
    ----------
    atlas : Atlas
    comparison : Comparison

    Returns
    -------
    list of MatrixRow
        Everybody that has or had a standing by that day, those that left or refused too.
    """
    cells: dict[str, dict[str, Cell]] = {}
    for alliance in comparison.alliances:
        for row in spans_at(atlas.joined.members, alliance, comparison.day):
            cells.setdefault(row.actor, {})[alliance] = Cell(
                MemberStatus(row.status),
                row.start.words if row.start else "",
                row.start.first_day if row.start else date.min,
                row.note or "",
            )
    actors = atlas.dossier.actors
    rows = [MatrixRow(actor, actors[actor].name, found) for actor, found in cells.items()]
    return _sorted(rows, comparison.sort)


def _sorted(rows: Iterable[MatrixRow], sort: str) -> list[MatrixRow]:
    key, back = sort.removeprefix("-"), sort.startswith("-")
    by_name = sorted(rows, key=lambda row: row.name)
    if key == BY_NAME:
        return by_name[::-1] if back else by_name
    if key == BY_COUNT:
        # The most memberships first; among equals, the most standings of any sort.
        return sorted(by_name, key=lambda row: (row.count, len(row.cells)), reverse=not back)
    inside = [row for row in by_name if key in row.cells]
    inside.sort(key=lambda row: (_ORDER[row.cells[key].status], row.cells[key].order), reverse=back)
    # Those that have nothing to do with it stand last, whichever way round.
    return inside + [row for row in by_name if key not in row.cells]


def full_members(atlas: Atlas, alliance: str, day: date) -> list[str]:
    """Ids of an alliance's full members on a day, in the record's order."""
    return [
        row.actor for row in spans_at(atlas.joined.members, alliance, day) if row.status in FULL
    ]


def unclear_members(atlas: Atlas, alliance: str, day: date) -> list[str]:
    """Ids of those of which accounts differ whether they are members."""
    rows = spans_at(atlas.joined.members, alliance, day)
    return [row.actor for row in rows if row.status == MemberStatus.UNCLEAR]


@dataclass(frozen=True)
class Overlap:
    """Full members of exactly these alliances, of those chosen.

    Attributes
    ----------
    alliances, actors : tuple of str
        Ids; actors by name.
    """

    alliances: tuple[str, ...]
    actors: tuple[str, ...]


def overlaps(atlas: Atlas, comparison: Comparison) -> list[Overlap]:
    """Exclusive intersections that are not empty, largest first.

    Every full member of any alliance chosen is in exactly one of them.
    """
    groups: dict[tuple[str, ...], list[str]] = {}
    for row in matrix(atlas, replace(comparison, sort=BY_NAME)):
        among = tuple(
            a for a in comparison.alliances if a in row.cells and row.cells[a].level == "full"
        )
        if among:
            groups.setdefault(among, []).append(row.actor)
    found = [Overlap(alliances, tuple(actors)) for alliances, actors in groups.items()]
    return sorted(found, key=lambda o: (-len(o.actors), -len(o.alliances), o.alliances))


# What they weigh


@dataclass(frozen=True)
class Weight:
    """One alliance by one measure on the day.

    Attributes
    ----------
    alliance, measure : str
        Ids.
    members : tuple of str
        Full members on the day.
    total : Total
        Of the full members.
    unclear : tuple of str
        Those of which accounts differ.
    with_unclear : Total or None
        Of both; None where nobody's membership is unclear.
    """

    alliance: str
    measure: str
    members: tuple[str, ...]
    total: Total
    unclear: tuple[str, ...] = ()
    with_unclear: Total | None = None

    @property
    def share(self) -> float | None:
        """In per cent of the world; None where a member has no figure, or there is no member."""
        return None if self.total.missing or not self.members else self.total.share

    @property
    def share_with_unclear(self) -> float | None:
        """The same with the unclear ones; None where there is none, or a figure is missing."""
        both = self.with_unclear
        return None if both is None or both.missing else both.share

    @property
    def gap(self) -> str:
        """Why there is no share; empty where there is one."""
        if not self.members:
            return "no members on this day"
        if self.total.missing:
            return f"no figures for {len(self.total.missing)} of {len(self.members)} members"
        return ""


def weights(atlas: Atlas, figures: Figures, alliances: Sequence[str], day: date) -> list[Weight]:
    """Each alliance by each measure: today's figures applied to the membership of a day.

    Parameters
    ----------
    atlas : Atlas
    figures : Figures
        From `geodata.figures.load_figures`.
    alliances : sequence of str
    day : datetime.date

    Returns
    -------
    list of Weight
        By measure, then alliance. A movement or a body has no figures: it is missing, and the
        country that it is based in is not counted for it.
    """
    parties = {
        alliance: (
            tuple(full_members(atlas, alliance, day)),
            tuple(unclear_members(atlas, alliance, day)),
        )
        for alliance in alliances
    }
    found = []
    for measure in figures.measures:
        for alliance, (members, unclear) in parties.items():
            both = figures.total([*members, *unclear], measure.id) if unclear else None
            total = figures.total(members, measure.id)
            found.append(Weight(alliance, measure.id, members, total, unclear, both))
    return found


def hazard(found: Sequence[Weight], day: date) -> str:
    """What must stand beside shares of an early day; empty where the figures are of its time.

    Without it, a share would read as what the alliance weighed then.
    """
    years = [year for weight in found for year in weight.total.years]
    if not years or day.year >= min(years):
        return ""
    return (
        f"The figures are those of {min(years)}–{max(years)}: this is what the members of "
        f"{in_words(day)} weigh by them, not what they weighed then."
    )


def percent(share: float | None) -> str:
    """A share for a reader: ``36.1 %``."""
    return "–" if share is None else f"{share:.1f} %"


@dataclass(frozen=True)
class Duel:
    """Two alliances weighed against each other, by both measures.

    Attributes
    ----------
    left, right : str
        Ids of the alliances.
    rounds : tuple of (Weight, Weight)
        At purchasing power parity, and at market rates.
    verdict : str
        What comes of it, as a sentence.
    unclear : str
        The same with those counted whose membership is unclear; empty where there is nobody.
    claims : tuple of Indicator
        Records of what the article says of it; none where it weighs others.
    """

    left: str
    right: str
    rounds: tuple[tuple[Weight, Weight], ...]
    verdict: str
    unclear: str
    claims: tuple[Indicator, ...]


def duel(
    atlas: Atlas, figures: Figures, day: date, chosen: Sequence[str] | None = None
) -> Duel | None:
    """Weigh two alliances against each other.

    Parameters
    ----------
    atlas : Atlas
    figures : Figures
    day : date
    chosen : sequence of str, optional
        Ids of which the first two are weighed; the two that the dossier compares first, if both are
        among them. Without any, those two.

    Returns
    -------
    Duel or None
        None where there are no two, or one of them is not there.
    """
    theirs = atlas.dossier.head.alliances_compared[:2]
    pair = theirs if chosen is None or set(theirs) <= set(chosen) else list(chosen[:2])
    if len(pair) < 2 or not atlas.dossier.records.keys() >= set(pair):
        return None
    found = weights(atlas, figures, pair, day)
    rounds = tuple(
        (left, right)
        for measure in (PPP, MARKET)
        for left in found
        for right in found
        if (left.alliance, right.alliance) == tuple(pair)
        and left.measure == right.measure == measure
    )
    claims = tuple(
        i
        for i in (atlas.dossier.of_type(Indicator) if pair == theirs else ())
        if i.unit.startswith(SHARE_OF_GDP)
    )
    return Duel(
        pair[0],
        pair[1],
        rounds,
        _verdict(atlas, rounds),
        _with_unclear(atlas, rounds),
        claims,
    )


_BY = {PPP: "at purchasing power parity", MARKET: "at market rates"}


def _verdict(atlas: Atlas, rounds: Sequence[tuple[Weight, Weight]]) -> str:
    """Who outweighs whom by each measure; one clause where it is the same by both."""
    clauses = []
    for left, right in rounds:
        for weight in (left, right):
            if weight.gap:
                return f"Not to be weighed: {short(atlas, weight.alliance)} has {weight.gap}."
        ahead, behind = sorted((left, right), key=lambda w: w.total.share, reverse=True)
        names = short(atlas, ahead.alliance), short(atlas, behind.alliance)
        clauses.append((f"{names[0]} outweighs {names[1]}", _BY[left.measure]))
    if len({who for who, _ in clauses}) == 1:
        return f"{clauses[0][0]} by both measures."
    return "; ".join(f"{who} {by}" for who, by in clauses) + "."


def _with_unclear(atlas: Atlas, rounds: Sequence[tuple[Weight, Weight]]) -> str:
    parts = []
    for weight in rounds[0] if rounds else ():
        if weight.unclear:
            names = listed([atlas.dossier.actors[actor].name for actor in weight.unclear])
            shares = [
                f"{percent(w.share_with_unclear)} {_BY[w.measure]}"
                for pair in rounds
                for w in pair
                if w.alliance == weight.alliance and w.share_with_unclear is not None
            ]
            words = f"Not counted: {names}, whose membership is unclear."
            if shares:
                words += f" With it, {short(atlas, weight.alliance)} has {listed(shares)}."
            parts.append(words)
    return " ".join(parts)


# Tables, which are also what `alliance_charts` says in text


def weights_table(atlas: Atlas, figures: Figures, found: Sequence[Weight]) -> pd.DataFrame:
    """All weights, one row each, for a download: nothing that the chart leaves out."""
    labels = {measure.id: measure for measure in figures.measures}
    names = atlas.dossier.actors
    rows = [
        {
            "measure": labels[w.measure].long,
            "alliance": short(atlas, w.alliance),
            "members": len(w.members),
            "share of world, %": None if w.share is None else round(w.share, 2),
            "unclear members": joined([names[a].name for a in w.unclear]),
            "share with unclear members, %": (
                None if w.share_with_unclear is None else round(w.share_with_unclear, 2)
            ),
            "total": w.total.value if not w.gap else None,
            "unit": labels[w.measure].unit,
            "years of figures": ", ".join(map(str, w.total.years)),
            "members without figures": joined([names[a].name for a in w.total.missing]),
            "notes": joined([f"{names[a].name}: {note}" for a, note in w.total.notes]),
            "source": figures.source,
        }
        for w in found
    ]
    return pd.DataFrame(rows)


def matrix_table(atlas: Atlas, comparison: Comparison) -> pd.DataFrame:
    """The matrix, one row a party and alliance, for a download."""
    rows = [
        {
            "date": comparison.day.isoformat(),
            "code": row.actor,
            "party": row.name,
            "alliance": short(atlas, alliance),
            "status": cell.status.label,
            "since": cell.since,
            "note": cell.note,
        }
        for row in matrix(atlas, comparison)
        for alliance, cell in row.cells.items()
    ]
    columns = ["date", "code", "party", "alliance", "status", "since", "note"]
    return pd.DataFrame(rows, columns=columns)


def overlaps_table(atlas: Atlas, comparison: Comparison) -> pd.DataFrame:
    """The overlaps, one row each, for a download."""
    rows = [
        {
            "date": comparison.day.isoformat(),
            "member of exactly": " + ".join(short(atlas, a) for a in overlap.alliances),
            "count": len(overlap.actors),
            "members": joined([atlas.dossier.actors[a].name for a in overlap.actors]),
        }
        for overlap in overlaps(atlas, comparison)
    ]
    return pd.DataFrame(rows, columns=["date", "member of exactly", "count", "members"])


def changes_table(atlas: Atlas, found: Sequence[Change]) -> pd.DataFrame:
    """Who changed standing when, one row each, for a download."""
    rows = [
        {
            "when": str(change.when),
            "alliance": short(atlas, change.alliance),
            "party": atlas.dossier.actors[change.actor].name,
            "change": change.verb,
        }
        for change in found
    ]
    return pd.DataFrame(rows, columns=["when", "alliance", "party", "change"])


# HTML


def duel_html(atlas: Atlas, figures: Figures, found: Duel, day: date) -> str:
    """The two alliances against each other, as HTML."""
    sides = [
        {
            "by": _BY[left.measure],
            "years": _years([left, right]),
            "bars": [
                (w.alliance, short(atlas, w.alliance), percent(w.share), w.share or 0.0, w.gap)
                for w in (left, right)
            ],
        }
        for left, right in found.rounds
    ]
    claim = next((c for c in found.claims if c.evidence.status.value != "context"), None)
    return templates.get_template("alliances_duel.html").render(
        found=found,
        names=[short(atlas, found.left), short(atlas, found.right)],
        day=in_words(day),
        counts=[(short(atlas, w.alliance), len(w.members)) for w in found.rounds[0]],
        sides=sides,
        claim=claim,
        hazard=hazard([w for pair in found.rounds for w in pair], day),
        most=max(w.total.share for pair in found.rounds for w in pair) or 1.0,
    )


def _years(found: Iterable[Weight]) -> str:
    years = sorted({year for weight in found for year in weight.total.years})
    return f"{years[0]}–{years[-1]}" if len(years) > 1 else "".join(map(str, years))


def overlaps_html(atlas: Atlas, comparison: Comparison) -> str:
    """Overlap counts with dots that say of which alliances, as HTML."""
    found = overlaps(atlas, comparison)
    actors = atlas.dossier.actors
    return templates.get_template("alliances_overlaps.html").render(
        alliances=[(a, short(atlas, a)) for a in comparison.alliances],
        rows=[
            (
                overlap.alliances,
                listed([short(atlas, a) for a in overlap.alliances]),
                [(actor, actors[actor].name) for actor in overlap.actors],
            )
            for overlap in found
        ],
        most=max((len(overlap.actors) for overlap in found), default=1),
        day=in_words(comparison.day),
    )


def matrix_html(atlas: Atlas, comparison: Comparison, select: str | None) -> str:
    """The matrix of parties and alliances, as HTML. A link in a heading sorts."""
    key, back = comparison.sort.removeprefix("-"), comparison.sort.startswith("-")

    def heading(sort: str, label: str) -> dict[str, str]:
        # The count begins with the most: its plain order descends.
        down = (sort == BY_COUNT) != back
        asked = f"-{sort}" if sort == key and not back else sort
        return {
            "id": sort,
            "label": label,
            "goto": address(replace(comparison, sort=asked), atlas, select),
            "sorted": ("descending" if down else "ascending") if sort == key else "none",
        }

    return templates.get_template("alliances_matrix.html").render(
        rows=matrix(atlas, comparison),
        alliances=comparison.alliances,
        party=heading(BY_NAME, "Party"),
        count=heading(BY_COUNT, "Full in"),
        headings=[heading(a, short(atlas, a)) for a in comparison.alliances],
        day=in_words(comparison.day),
        select=select,
    )


def weights_html(atlas: Atlas, figures: Figures, found: Sequence[Weight]) -> str:
    """The weights as a table, and what to beware of, as HTML."""
    actors = atlas.dossier.actors
    alliances = list(dict.fromkeys(weight.alliance for weight in found))
    by = {(weight.measure, weight.alliance): weight for weight in found}
    missing = {
        short(atlas, w.alliance): [actors[a].name for a in w.total.missing]
        for w in found
        if w.total.missing
    }
    return templates.get_template("alliances_weights.html").render(
        alliances=[(a, short(atlas, a), by[figures.measures[0].id, a]) for a in alliances],
        rows=[
            (m, [by[m.id, a] for a in alliances], _years(by[m.id, a] for a in alliances))
            for m in figures.measures
        ],
        amount=_amount,
        percent=percent,
        missing=missing,
        movements=any(
            actors[a].type is not ActorType.STATE for w in found for a in w.total.missing
        ),
        unclear={
            short(atlas, w.alliance): listed([actors[a].name for a in w.unclear])
            for w in found
            if w.unclear
        },
        years=_odd_years(atlas, figures, found),
        notes=sorted({(actors[a].name, n) for w in found for a, n in w.total.notes}),
        source=figures.source,
    )


def _odd_years(
    atlas: Atlas, figures: Figures, found: Iterable[Weight]
) -> list[tuple[str, int, list[str]]]:
    """By measure: its label, the year of most figures, and who has one of another year."""
    years: dict[str, dict[str, int]] = {}
    for weight in found:
        for actor in (weight.with_unclear or weight.total).counted:
            year = figures.countries[actor].by_measure[weight.measure].year
            if year is not None:
                years.setdefault(weight.measure, {})[actor] = year
    told = []
    for measure in figures.measures:
        if by_actor := years.get(measure.id):
            [(usual, _)] = Counter(by_actor.values()).most_common(1)
            odd = sorted(
                f"{atlas.dossier.actors[actor].name} {year}"
                for actor, year in by_actor.items()
                if year != usual
            )
            told.append((measure.label, usual, odd))
    return told


def _amount(value: float, unit: str) -> str:
    """A sum for a reader: ``$60.5 tn``, ``3,583 m``, ``43.5 m km²``."""
    if unit == "dollars":
        return f"${value / 1e12:,.1f} tn"
    if unit == "people":
        return f"{value / 1e6:,.0f} m"
    return f"{value / 1e6:,.1f} m {unit}"


def changes_html(atlas: Atlas, found: Sequence[Change]) -> str:
    """Who changed standing when, as HTML: the strip in text."""
    days: dict[str, list[Change]] = {}
    for change in found:
        days.setdefault(change.when.words, []).append(change)
    return templates.get_template("alliances_changes.html").render(
        rows=[(when, changes_in_words(atlas, group)) for when, group in days.items()]
    )
