"""JSON written piece by piece: in one piece, a large one would hold up all other readers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

_AT_ONCE = 100
"""Items that are written together: while all of a large dossier are, no other thread could run."""


def json_bytes(content: Mapping[str, Any]) -> bytes:
    """JSON as `json.dumps` writes it, long lists and mappings in pieces, iterators as lists."""
    written = [b"{"]
    for key, value in content.items():
        written.append(f"{_dumped(key)}:".encode())
        written += [piece.encode() for piece in _pieces(value)]
        written.append(b",")
    written[-1] = b"}"
    return b"".join(written)


def _pieces(value: Any) -> Iterator[str]:
    if not isinstance(value, list | dict | Iterator):
        yield _dumped(value)
        return
    items = iter(value.items() if isinstance(value, dict) else value)
    yield "{" if isinstance(value, dict) else "["
    between = ""
    while some := list(islice(items, _AT_ONCE)):
        yield between + _dumped(dict(some) if isinstance(value, dict) else some)[1:-1]
        between = ","
    yield "}" if isinstance(value, dict) else "]"


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
