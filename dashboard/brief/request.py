"""What a command line asks for, as parameters of an address: unlike an address, strict. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs, urlsplit

from annotations.dates import PartialDate
from annotations.problems import did_you_mean, one_of, quoted
from dashboard.atlas.address import BRIEFING, LONGEST_QUERY, MAP, Choices, clean_query
from dashboard.atlas.data import Atlas
from dashboard.atlas.filters import FACETS
from dashboard.brief.origins import ORIGINS

FILTERS = (*FACETS, "alliance", "from", "to", "q", "select")
"""Keys of ``--filter``."""

Asked = dict[str, list[str]]


class RequestError(ValueError):
    """What was asked for makes no sense; the message says what would."""


def read_filters(filters: Sequence[str], choices: Choices) -> Asked:
    """Parameters from ``key=value`` texts.

    Parameters
    ----------
    filters : sequence of str
        Facets and alliances may have several values, with commas, or be repeated; an empty
        ``alliance=`` fills none.
    choices : Choices
        Valid values.

    Returns
    -------
    dict of str to list of str

    Raises
    ------
    RequestError
        For an unknown key or value; it names the valid ones.
    """
    asked: Asked = {}
    for text in filters:
        key, equals, value = text.partition("=")
        key, value = key.strip(), value.strip()
        if not equals:
            raise RequestError(f"--filter {quoted(text)}: write key=value, e.g. theme=…")
        if key not in FILTERS:
            raise RequestError(f"--filter {quoted(text)}: {one_of(key, list(FILTERS))}")
        values = [value]
        if key in choices.options and not (key == "alliance" and not value):
            values = [part.strip() for part in value.split(",")]
        for part in values:
            if fault := _fault(key, part, choices):
                raise RequestError(f"--filter {quoted(text)}: {fault}")
        asked[key] = [*asked.get(key, []), *values] if key in choices.options else values
    if "from" in asked and "to" in asked:
        first, last = PartialDate(asked["from"][0]), PartialDate(asked["to"][0])
        if last.last_day < first.first_day:
            raise RequestError(f"--filter: to={last} lies before from={first}")
    return asked


def _fault(key: str, value: str, choices: Choices) -> str:
    """What is wrong with a value; nothing if it is valid."""
    if key in choices.options:
        options = list(choices.options[key])
        if value in options or (key == "alliance" and not value):
            return ""
        return one_of(value, options)
    if key in ("from", "to"):
        try:
            PartialDate(value)
        except ValueError:
            return f"{quoted(value)} is no date: write 2023, 2023-10 or 2023-10-07"
        reached = choices.first_step(value) if key == "from" else choices.last_step(value)
        first, last = choices.dates[0], choices.dates[-1]
        return "" if reached else f"the dossier's dates go from {first} to {last}"
    if key == "select" and value not in choices.selectable:
        hint = did_you_mean(value, sorted(choices.selectable))
        return f"{quoted(value)} is nothing that can be selected{hint}"
    if key == "q" and clean_query(value) != value:
        return f"at most {LONGEST_QUERY} printable characters"
    return ""


def read_records(ids: Sequence[str], atlas: Atlas) -> list[str]:
    """Ids of records, each checked.

    Raises
    ------
    RequestError
        For an unknown one.
    """
    for record in ids:
        if record not in atlas.dossier.records:
            hint = did_you_mean(record, list(atlas.dossier.records))
            raise RequestError(
                f"no record {quoted(record)}{hint}; 'python -m annotations list' lists them"
            )
    return list(ids)


def read_set(text: str, atlas: Atlas) -> tuple[str, list[str]]:
    """Title and records from ``Title=record,record``.

    Raises
    ------
    RequestError
        Where there is no title or an unknown record.
    """
    title, equals, ids = text.rpartition("=")
    if not equals or not title.strip():
        raise RequestError(f"--set {quoted(text)}: write Title=record,record")
    return title.strip(), read_records([part.strip() for part in ids.split(",")], atlas)


def read_address(text: str) -> tuple[Asked, str]:
    """Parameters from a link of the app, and the app's own address where it is in the link.

    Parameters
    ----------
    text : str
        ``http://host/corridors?closed=suez``, ``corridors?closed=suez`` or ``?theme=a``.

    Returns
    -------
    dict of str to list of str
        With ``of`` for a page that is not the map.
    str
        ``http://host``; empty where only a page or a query was given.

    Raises
    ------
    RequestError
        If it names no page of the app.
    """
    try:
        parts = urlsplit(text.strip())
        asked = parse_qs(parts.query, keep_blank_values=True, max_num_fields=500)
    except ValueError as error:
        raise RequestError(f"--address {quoted(text)} cannot be read: {error}") from None
    path, _, page = parts.path.rpartition("/")
    if not parts.scheme and not parts.query and "=" in parts.path:
        raise RequestError(f"--address {quoted(text)}: a query begins with '?'")
    if page not in ("", BRIEFING, *ORIGINS):
        pages = [BRIEFING, *ORIGINS]
        raise RequestError(f"--address {quoted(text)}: page {one_of(page, pages)}")
    if page not in ("", BRIEFING, MAP):
        asked["of"] = [page]
    elif page != BRIEFING:
        asked.pop("of", None)
    base = f"{parts.scheme}://{parts.netloc}{path}" if parts.scheme and parts.netloc else ""
    # As with the button in the app: a map that was moved is briefed where it looks.
    if "view" in asked and "bbox" in asked:
        asked.setdefault("extent", ["view"])
    return asked, base


def passed_over(asked: Mapping[str, Sequence[str]], choices: Choices) -> list[str]:
    """Values of an address that name nothing in this dossier, as ``key=value``."""
    return [
        f"{key}={value}"
        for key in (*FACETS, "alliance")
        for value in asked.get(key, ())
        if value and value not in choices.options[key]
    ]
