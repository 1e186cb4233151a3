"""Strict reading of YAML: plain data, and the line on which each value stands.

The subset is what a curator needs and nothing that surprises: no anchors, aliases or tags, one
document, one value a field. Only `true` and `false` are booleans; dates, `NO` and `yes` stay text;
`1.10` is a number, so that a text field can refuse it rather than print 1.1.

The reader consumes PyYAML's events instead of its nodes: an alias bomb ends at the first anchor and
deep nesting at a depth of our choice, before either has cost anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import yaml

SIZE_LIMIT = 256 * 1024
"""Largest file that is read, in bytes."""

DEPTH_LIMIT = 16
"""Deepest nesting that is read; the deepest field of the schema stands at 6."""

FieldPath = tuple[str | int, ...]
"""Where a value stands: keys and list indices from the top, e.g. ``("source", "lines", 0)``."""

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{1,18}")
_NUMBER_STARTS = frozenset("+-0123456789")
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}

# What nobody types on purpose: control characters, line breaks that editors do not show as such,
# marks that reverse the direction of text (so that a line reads otherwise than it is), surrogates.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff"
    "\ufeff\ufffe\uffff]"
)
_TAB_INDENT = re.compile(r"^ *\t", re.MULTILINE)

# PyYAML's words for the usual slips → what to do about them.
_SLIPS = (
    ("mapping values are not allowed", "a second ': ' in one line (quote the text)"),
    ("cannot start any token", "a value cannot begin with this character (quote the text)"),
    ("unknown escape character", "an unknown '\\' escape (use single quotes)"),
    ("while scanning a quoted scalar", "a quotation mark is opened and never closed"),
    ("while parsing a quoted scalar", "a quotation mark is opened and never closed"),
    ("while parsing a flow", "a '[' or '{' is not closed as it should be"),
    ("could not find expected ':'", "a line that is not of the form 'field: value'"),
    ("while parsing a block", "the indentation does not fit the lines above"),
)

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Reads what is well formed: libyaml's parser where it is there, some ten times faster."""

_Judge: Any = yaml.SafeLoader
"""Says what is wrong with the rest. libyaml words some slips otherwise and has bounds of its own
that come and go with its releases; what a curator reads must not depend on which one is there."""


class Flaw(NamedTuple):
    """What is wrong with a text.

    Attributes
    ----------
    line : int
        1-based; 0 where the whole file is meant.
    path : FieldPath
        The field, or an empty tuple.
    reason : str
        What is wrong and how to mend it.
    """

    line: int
    path: FieldPath
    reason: str


@dataclass
class Reading:
    """What was read of one text.

    Attributes
    ----------
    data : dict or None
        The top-level mapping; None if the text could not be read to its end.
    lines : dict
        Field path → 1-based line of its key, or of the item of a list.
    flaws : list of Flaw
        Everything that is wrong with the text as YAML.
    """

    data: dict[str, Any] | None = None
    lines: dict[FieldPath, int] = field(default_factory=dict)
    flaws: list[Flaw] = field(default_factory=list)

    def line_of(self, path: FieldPath) -> int:
        """Line of `path`, or of its nearest ancestor that is in the text; 0 if there is none."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 0)


class _Stop(Exception):
    """Nothing after this point can be read."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.flaw = Flaw(line, (), reason)


@dataclass(slots=True)
class _Frame:
    """A mapping or list that is still open, whichever of both `fields` and `items` is not None."""

    fields: dict[str, Any] | None
    items: list[Any] | None
    path: FieldPath
    key: str | None = None
    key_line: int = 0
    repeated: bool = False


def read_file(path: Path) -> Reading:
    """Read a file of at most `SIZE_LIMIT` bytes.

    Parameters
    ----------
    path : Path
        The file; whatever is wrong with it comes back as a flaw, never as an exception.

    Returns
    -------
    Reading
        Data, lines and flaws.
    """
    try:
        if not path.is_file():
            astray = path.is_symlink() and not path.exists()
            reason = "is a link that leads nowhere" if astray else "is not a file"
            return Reading(flaws=[Flaw(0, (), reason)])
        size = path.stat().st_size
        if size > SIZE_LIMIT:
            reason = f"is {size / 1024:,.0f} KiB large, {SIZE_LIMIT // 1024} KiB at most"
            return Reading(flaws=[Flaw(0, (), reason)])
        with path.open("rb") as file:
            raw = file.read(SIZE_LIMIT)
    except OSError as error:
        return Reading(flaws=[Flaw(0, (), f"cannot be read ({error.strerror})")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return Reading(flaws=[Flaw(line, (), "is not UTF-8 text (save the file as UTF-8)")])
    return read_text(text)


def read_text(text: str) -> Reading:
    """Read a text.

    Parameters
    ----------
    text : str
        One YAML document with a mapping at its top.

    Returns
    -------
    Reading
        Data, lines and flaws. A repeated field is listed and the reading goes on with the first
        one; at any other flaw it ends.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := _CONTROL.search(text):
        reason = f"control character {_code(found)} (delete it)"
        return Reading(flaws=[Flaw(_line_at(text, found.start()), (), reason)])
    if "\t" in text and (found := _TAB_INDENT.search(text)):
        line = _line_at(text, found.start())
        return Reading(
            flaws=[Flaw(line, (), f"tab in the indentation of line {line} (use spaces)")]
        )
    reading = Reading()
    try:
        reading.data = _build(text, reading, _Loader)
    except _Stop as stop:
        reading.flaws.append(stop.flaw)
    except (yaml.YAMLError, ValueError, OverflowError):
        return _judged(text)
    return reading


def _judged(text: str) -> Reading:
    """Read a text at which the fast parser stumbled with the one whose words stay the same."""
    reading = Reading()
    try:
        reading.data = _build(text, reading, _Judge)
    except _Stop as stop:
        reading.flaws.append(stop.flaw)
    except yaml.YAMLError as error:
        reading.flaws.append(_in_plain_words(error))
    except (ValueError, OverflowError):  # at an escape beyond Unicode
        reading.flaws.append(Flaw(0, (), "not YAML"))
    return reading


def _build(text: str, reading: Reading, loader: Any) -> dict[str, Any]:
    """Turn a parser's events into the top-level mapping; raise `_Stop` where that fails."""
    # A large dossier has millions of events, nearly all of them scalars: the parser is asked
    # itself, not through `yaml.parse`, and the commonest event is looked for first.
    parser = loader(text)
    stack: list[_Frame] = []
    frame: _Frame | None = None
    root: Any = None
    documents = 0
    for event in iter(parser.get_event, None):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.NodeEvent):
            _refuse_extras(event, line)
            if frame is not None and frame.fields is not None and frame.key is None:
                _open_field(frame, frame.fields, event, line, reading)
                continue
            value = _value(event)
            path: FieldPath = ()
            if frame is None:
                root = value
                reading.lines[()] = line
            else:
                path = _put(frame, value, line, reading)
            if not isinstance(event, yaml.ScalarEvent):
                if len(stack) == DEPTH_LIMIT:
                    raise _Stop(line, f"nested more than {DEPTH_LIMIT} levels deep")
                is_list = isinstance(event, yaml.SequenceStartEvent)
                frame = _Frame(None, value, path) if is_list else _Frame(value, None, path)
                stack.append(frame)
        elif isinstance(event, yaml.CollectionEndEvent):
            stack.pop()
            frame = stack[-1] if stack else None
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _Stop(line, "a second document begins here (one a file; delete the '---')")
    if root is None:
        raise _Stop(0, "the file is empty")
    if not isinstance(root, dict):
        found_kind = "a list" if isinstance(root, list) else "a single value"
        raise _Stop(reading.lines[()], f"holds {found_kind}, not 'field: value' lines")
    return root


def _refuse_extras(event: Any, line: int) -> None:
    """Raise `_Stop` at an anchor, alias or tag, and at a control character that was escaped."""
    if event.anchor is not None:
        raise _Stop(line, "anchors (&) and aliases (*) are not allowed (write the value out)")
    if event.tag is not None:
        raise _Stop(line, "tags (!) are not allowed (quote the text)")
    # Only double quotes know escapes; the text as it stands in the file has been searched.
    if (
        isinstance(event, yaml.ScalarEvent)
        and event.style == '"'
        and (found := _CONTROL.search(event.value))
    ):
        raise _Stop(line, f"control character {_code(found)} (delete it)")


def _value(event: Any) -> Any:
    """Return the value of a scalar, or an empty container that later events fill."""
    if not isinstance(event, yaml.ScalarEvent):
        return [] if isinstance(event, yaml.SequenceStartEvent) else {}
    text: str = event.value
    if not event.implicit[0]:
        return text
    if text[:1] in _NUMBER_STARTS:
        if _INTEGER.fullmatch(text):
            return int(text)
        return float(text) if _DECIMAL.fullmatch(text) else text
    return _WORDS.get(text, text)


def _open_field(
    frame: _Frame, fields: dict[str, Any], event: yaml.NodeEvent, line: int, reading: Reading
) -> None:
    """Take `event` for the name of the next one of the `fields` of `frame`."""
    if not isinstance(event, yaml.ScalarEvent):
        raise _Stop(line, "the name of a field must be text")
    frame.key, frame.key_line = event.value, line
    frame.repeated = event.value in fields
    if frame.repeated:
        path = (*frame.path, event.value)
        first = reading.lines[path]
        reading.flaws.append(Flaw(line, path, f"is given twice (first in line {first})"))


def _put(frame: _Frame, value: Any, line: int, reading: Reading) -> FieldPath:
    """Store `value` in `frame`; return its path."""
    path: FieldPath
    if frame.items is not None:
        path = (*frame.path, len(frame.items))
        frame.items.append(value)
    else:
        key = frame.key or ""
        path, line = (*frame.path, key), frame.key_line
        if frame.fields is not None and not frame.repeated:
            frame.fields[key] = value  # the first one stands; its lines too, by setdefault below
        frame.key = None
    reading.lines.setdefault(path, line)
    return path


def _in_plain_words(error: yaml.YAMLError) -> Flaw:
    """Say what the parser stumbled over, without its jargon."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return Flaw(0, (), "not YAML")
    words = f"{error.context or ''} {error.problem or ''}"
    slip = next((mend for fragment, mend in _SLIPS if fragment in words), error.problem)
    mark = error.problem_mark or error.context_mark
    if "closed" in str(slip) and error.context_mark:
        mark = error.context_mark  # where it was opened, rather than where the parser noticed
    return Flaw(mark.line + 1 if mark else 0, (), f"not YAML: {slip}")


def _line_at(text: str, position: int) -> int:
    """1-based line of the character at `position`."""
    return text.count("\n", 0, position) + 1


def _code(found: re.Match[str]) -> str:
    """Name a character that cannot be printed, e.g. ``U+0000``."""
    return f"U+{ord(found.group()):04X}"
