"""Tables as files."""

import io

import pandas as pd
import pytest

from dashboard.look.tables import csv_bytes


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\n=1", "＝1", "＠x"])
def test_formulas_are_defused(text: str) -> None:
    table = csv_bytes(pd.DataFrame({"a": [text], text: ["plain"]}))
    read = pd.read_csv(io.BytesIO(table), encoding="utf-8-sig", dtype=str)
    assert read["a"][0].startswith("'")
    assert list(read.columns)[1].startswith("'")


def test_numbers_and_letters_stay_as_they_are() -> None:
    table = csv_bytes(pd.DataFrame({"n": [-1.5, 2], "t": ["Türkiye, “x”", "a=b"]}))
    assert table.startswith("\ufeff".encode())
    read = pd.read_csv(io.BytesIO(table), encoding="utf-8-sig")
    assert list(read["n"]) == [-1.5, 2]
    assert list(read["t"]) == ["Türkiye, “x”", "a=b"]


def test_an_empty_table_has_its_heads() -> None:
    assert csv_bytes(pd.DataFrame(columns=["a", "b"])).decode("utf-8-sig") == "a,b\r\n"
