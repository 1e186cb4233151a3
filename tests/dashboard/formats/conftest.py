"""Pictures that take no time."""

from __future__ import annotations

import struct
import zlib

import pytest

from dashboard.formats import paper


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + check


DOT = b"".join(
    (
        b"\x89PNG\r\n\x1a\n",
        _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        _chunk(b"IDAT", zlib.compress(b"\0\0")),
        _chunk(b"IEND", b""),
    )
)
"""A picture of one pixel."""


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures take no time."""
    monkeypatch.setattr(paper, "map_png", lambda atlas, sheet, dpi: DOT)
    monkeypatch.setattr(paper, "legend_png", lambda atlas, sheet, dpi: DOT)
