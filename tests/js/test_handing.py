"""A file that comes with the page's messages is what the browser's own module takes out of them."""

from __future__ import annotations

from base64 import b64decode, b64encode

import pytest

from dashboard.web.handing import packed_file
from tests.js.node import BEYOND_JSON, call


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("table.csv", b"\xef\xbb\xbfa,b\r\n1,2\r\n"),
        ("a {\"b\"}\n'c'.png", bytes(range(256)) * 3),
        ("пустой.txt", b""),
        ("lines.txt", b"\n\n{}\n"),
    ],
)
def test_name_kind_and_every_byte_arrive(name: str, content: bytes) -> None:
    packed = packed_file(name, "text/csv", content)
    found = call(BEYOND_JSON, "savedFile", b64encode(packed).decode())
    assert (found["name"], found["type"]) == (name, "text/csv")
    assert b64decode(found["content"]) == content


def test_each_file_has_a_number_of_its_own() -> None:
    """The browser saves each once, and the same file again where somebody asks for it again."""
    packed = [packed_file("a.txt", "text/plain", b"a") for _ in range(2)]
    numbers = [call(BEYOND_JSON, "savedFile", b64encode(p).decode())["number"] for p in packed]
    assert numbers[0] != numbers[1]
    assert max(numbers) < 2**53, "a number that JavaScript has"
