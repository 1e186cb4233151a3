"""Recognising lines without keeping them."""

from __future__ import annotations

import hashlib
import re

from hypothesis import given
from hypothesis import strategies as st

from annotations.fingerprints import fingerprint, match, normalise


def test_copies_of_a_line_are_one() -> None:
    """Quotes, dashes, spaces, width and case differ between copies."""
    plain = '"It\'s on" - they said, 1/2 of it'
    copies = [
        "“It’s on” – they said, 1/2 of it",
        "«It's  on» — they\u00a0said,\t1/2 of it ",
        '\ufeff"IT\'S ON" ‑ they sa\u00adid, １/2 of it',
        '"It´s on" − they said, 1/2 of it\u200b',
    ]
    assert {normalise(copy) for copy in copies} == {plain.lower()}
    assert {fingerprint(copy) for copy in copies} == {fingerprint(plain)}


def test_the_form_is_fixed() -> None:
    """Committed fingerprints must stay valid."""
    assert (
        fingerprint("Drones –  “Shahed”") == hashlib.sha256(b'drones - "shahed"').hexdigest()[:16]
    )


@given(st.text())
def test_normalising_again_changes_nothing(text: str) -> None:
    """What is normal stays so, and its fingerprint has its form."""
    assert normalise(normalise(text)) == normalise(text)
    assert re.fullmatch("[0-9a-f]{16}", fingerprint(text))


def test_match() -> None:
    """Each line is compared with the one at its place."""
    known = [fingerprint("one"), fingerprint("two")]
    assert match(["One", "two"], known) == [True, True]
    assert match(["two", "one", "three"], known) == [False, False, False]
    assert match(["one"], known) == [True]
    assert match(["one"], []) == [False]
    assert match([], known) == []
