"""The list of planted faults fits the code as it stands; `make planted` runs the tests."""

from __future__ import annotations

import ast

import pytest

from tests.mutation.workshop import ROOT
from tests.planted.plant import Fault, read_faults

FAULTS = read_faults()


def test_each_has_a_name_of_its_own() -> None:
    names = [fault.id for fault in FAULTS]
    assert len(set(names)) == len(names) >= 15


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.id)
def test_a_fault_can_be_planted(fault: Fault) -> None:
    text = (ROOT / fault.file).read_text(encoding="utf-8")
    planted = fault.planted_in(text)
    assert planted != text
    ast.parse(planted)
    assert [test for test in fault.tests if not (ROOT / test).exists()] == []


def test_a_fault_that_fits_nowhere_is_told() -> None:
    with pytest.raises(ValueError, match="stands 0 times"):
        FAULTS[0].planted_in("")
