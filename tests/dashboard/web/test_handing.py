"""A file of a reader's own, as a browser sends it: anybody may send anything."""

from __future__ import annotations

from base64 import b64encode

import pytest
from streamlit import config

from dashboard.views.sources.ledger import LARGEST_COPY
from dashboard.web.handing import Chosen, read_chosen

ROOM = 100_000
"""Bytes for all else that a message holds."""

TEXT = b"One line.\n"
SENT = {"number": 7, "name": "a.txt", "content": b64encode(TEXT).decode()}


def test_the_largest_file_finds_room_in_a_message() -> None:
    encoded = 4 * (LARGEST_COPY + 2) // 3
    assert encoded + ROOM < config.get_option("server.maxWidgetStateSize") * 1024 * 1024


def test_what_was_chosen_is_read() -> None:
    assert read_chosen(SENT, 100) == Chosen(7, "a.txt", TEXT)
    assert read_chosen({**SENT, "size": 10}, len(TEXT)) == Chosen(7, "a.txt", TEXT)


def test_what_was_taken_away_is_nothing_and_not_asked_for_again() -> None:
    assert read_chosen({"number": 8, "name": "", "content": ""}, 100) == Chosen(8)


def test_what_is_too_large_is_nothing_and_not_asked_for_again() -> None:
    assert read_chosen(SENT, len(TEXT) - 1) == Chosen(7)


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "a.txt",
        [],
        {},
        {**SENT, "number": "7"},
        {**SENT, "name": None},
        {**SENT, "content": 5},
        {**SENT, "content": "é"},
        {**SENT, "content": "a"},
        {"number": 7, "name": "a.txt"},
    ],
)
def test_nonsense_is_nothing(sent: object) -> None:
    assert read_chosen(sent, 100) == Chosen()
