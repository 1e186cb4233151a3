"""The list of planted faults fits the code as it stands; `make planted` runs the tests."""

from __future__ import annotations

import ast

import pytest

from dashboard.web.assets import modules
from tests.js.node import link
from tests.mutation.workshop import ROOT
from tests.nonempty import nonempty
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
    # What cannot be read is red at once, and says nothing of the tests.
    name = fault.file.rpartition("/")[2]
    if name.endswith(".py"):
        ast.parse(planted)
    elif name.endswith(".js"):
        assert link({**modules(), name: planted}) == {}
    assert [test for test in nonempty(fault.tests) if not is_there(test)] == []


def is_there(test: str) -> bool:
    """Whether there is such a file, and such a test in it."""
    file, *names = test.partition("[")[0].split("::")
    path = ROOT / file
    if not names:
        return path.exists()
    return all(f"def {name}(" in path.read_text(encoding="utf-8") for name in names)


def test_a_fault_that_fits_nowhere_is_told() -> None:
    with pytest.raises(ValueError, match="stands 0 times"):
        FAULTS[0].planted_in("")
