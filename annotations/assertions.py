"""What a curator asserts about a dossier as a whole: ``assertions`` in ``dossier.yml``.

A record that goes lost, a line that nobody accounts for, a membership that a new span spoils: each
file may be sound and the dossier no longer what it was. Only ``check`` asks for it: a reader of the
app is shown what there is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotations.dossier import Dossier
from annotations.files import HEAD
from annotations.head import Assertions, CheckedRecord, CountOfRecords, Standings
from annotations.problems import Problem, did_you_mean, dotted
from annotations.schema import Alliance, Record
from annotations.vocabulary import MemberStatus
from annotations.yaml_text import FieldPath, read_file

FIELD = "assertions"

Fault = tuple[FieldPath, str]
"""A field below `FIELD`, and what is not as it says."""


def unmet(dossier: Dossier) -> list[Problem]:
    """List what the dossier asserts about itself and does not keep.

    Parameters
    ----------
    dossier : Dossier
        As loaded; what its problems left out counts as missing.

    Returns
    -------
    list of Problem
        In the order of the file. Each says what is asserted, what is found, and how to mend it.
    """
    if dossier.head.assertions is None:
        return []
    reading = read_file(dossier.folder / HEAD)
    return [
        Problem(HEAD, reading.line_of((FIELD, *at)), dotted((FIELD, *at)), reason)
        for at, reason in _faults(dossier, dossier.head.assertions)
    ]


def _faults(dossier: Dossier, asserted: Assertions) -> Iterator[Fault]:
    if asserted.lines is not None:
        yield from _lines(dossier, asserted.lines)
    records = dossier.records.values()
    for index, count in enumerate(asserted.records):
        yield from (((("records", index, "at_least")), fault) for fault in _too_few(records, count))
    for index, standing in enumerate(asserted.standings):
        yield from (
            (("standings", index, field), fault) for field, fault in _parties(dossier, standing)
        )
    for index, checked in enumerate(asserted.checks):
        yield from ((("checks", index, *at), fault) for at, fault in _check(dossier, checked))


def _lines(dossier: Dossier, lines: int) -> Iterator[Fault]:
    """Ask for the article's length, and for what became of each line."""
    of_article = dossier.head.article.lines
    if lines != of_article:
        yield ("lines",), f"{lines} are asserted, the article has {of_article}: mend one of them"
    known = dossier.coverage.by_line if dossier.coverage else {}
    if missing := sum(line not in known for line in range(1, of_article + 1)):
        yield (
            ("lines",),
            f"{missing} of {of_article} lines are not accounted for: list each in coverage.yml, "
            "with its records or a reason",
        )


def _too_few(records: Iterable[Record], wanted: CountOfRecords) -> Iterator[str]:
    """Ask for a number of records."""
    found = sum(
        wanted.kind in (None, record.kind)
        and wanted.status in (None, record.evidence.status)
        and wanted.verdict in (None, record.check.verdict)
        for record in records
    )
    if found < wanted.at_least:
        terms = [str(term) for term in (wanted.kind, wanted.status, wanted.verdict) if term]
        which = f"records ({', '.join(terms)})" if terms else "records"
        yield (
            f"at least {wanted.at_least} {which} are asserted, {found} found: bring back what is "
            "gone, or assert fewer"
        )


def _parties(dossier: Dossier, wanted: Standings) -> Iterator[tuple[str, str]]:
    """Ask who has which standing in an alliance on a day."""
    alliances = {alliance.id: alliance for alliance in dossier.of_type(Alliance)}
    if wanted.alliance not in alliances:
        yield "alliance", _unknown("alliance", wanted.alliance, alliances)
        return
    found: dict[MemberStatus, list[str]] = {status: [] for status in MemberStatus}
    for member in alliances[wanted.alliance].standings_on(wanted.date.first_day):
        found[member.status].append(member.actor)
    for status, actors in found.items():
        asserted = wanted.parties.get(status, 0)
        if len(actors) != asserted:
            named = f" ({', '.join(sorted(actors))})" if actors else ""
            yield (
                "parties",
                f"{asserted} with the status '{status}' on {wanted.date} asserted, {len(actors)} "
                f"found{named}: mend the members of '{wanted.alliance}' or this number",
            )


def _check(dossier: Dossier, wanted: CheckedRecord) -> Iterator[Fault]:
    """Ask what a record's check holds."""
    record = dossier.records.get(wanted.record)
    if record is None:
        yield ("record",), _unknown("record", wanted.record, dossier.records)
        return
    check = record.check
    if wanted.verdict not in (None, check.verdict):
        yield (
            ("verdict",),
            f"'{wanted.verdict}' is asserted, '{record.id}' has '{check.verdict}': mend one",
        )
    text = f"{check.note or ''}\n{check.reference or ''}".casefold()
    for index, words in enumerate(wanted.says):
        if words.casefold() not in text:
            yield (
                ("says", index),
                f"neither note nor reference of '{record.id}' says '{words}': mend one of them",
            )
    if wanted.ground and wanted.ground.casefold() not in (check.reference or "").casefold():
        yield (
            ("ground",),
            f"the reference of '{record.id}' does not say '{wanted.ground}': mend one of them",
        )


def _unknown(sort: str, name: str, known: Iterable[str]) -> str:
    return f"unknown {sort} '{name}'{did_you_mean(name, known)}"
