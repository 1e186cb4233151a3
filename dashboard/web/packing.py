"""Bodies packed once and sent often, and whether a browser takes them so. No Streamlit."""

from __future__ import annotations

import gzip
import hashlib
from functools import lru_cache

Packed = tuple[bytes, str]
"""A body gzipped at full strength, and its entity tag."""


def pack(body: bytes) -> Packed:
    """Gzip a body and name it by what it holds."""
    return gzip.compress(body, 9, mtime=0), f'"{hashlib.sha256(body).hexdigest()[:16]}"'


@lru_cache(maxsize=64)
def packed(body: bytes) -> Packed:
    """The same of what is small or always there: packed once, sent often."""
    return pack(body)


def accepts_gzip(accepted: str) -> bool:
    """Whether an ``Accept-Encoding`` names gzip without refusing it by a weight of 0."""
    for entry in accepted.lower().split(","):
        coding, _, weight = entry.strip().partition(";")
        if coding.strip() == "gzip":
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False
