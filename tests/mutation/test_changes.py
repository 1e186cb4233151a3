"""Which faults are put into a module, and that the lists of the measurement fit the code."""

from __future__ import annotations

import ast

import pytest

from tests.mutation.changes import changes, sample
from tests.mutation.measure import accepted, plan
from tests.mutation.workshop import ROOT
from tests.nonempty import nonempty

MODULES = plan()["modules"]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("x = a < b", ["x = a <= b"]),
        ("x = a not in b", ["x = a in b"]),
        ("x = a is not b", ["x = a is b"]),
        ("x = a and b and c", ["x = a or b and c", "x = a and b or c"]),
        ("x = not a", ["x = bool(a)"]),
        ("x = a + -b", ["x = a - -b", "x = a + (b)"]),
        ("x = 'é' + b", ["x = '~é' + b", "x = 'é' - b"]),
        ("x = [1, True, 0.5]", ["x = [2, True, 0.5]", "x = [1, False, 0.5]", "x = [1, True, 2.0]"]),
        ("x = a if b else c", ["x = a if (not (b)) else c"]),
        ("x = [a for a in b if c]", ["x = [a for a in b if (not (c))]"]),
        ("x = min(a)", ["x = max(a)"]),
        ("def f() -> int:\n    return a", ["return None"]),
        ("for a in b:\n    break", ["continue"]),
        ("def f(a: 'B' = 'c') -> 'D':\n    'Words.'", ["def f(a: 'B' = '~c') -> 'D':"]),
        ("@d('e')\ndef f():\n    raise E('words')", []),
        ("x = ''", []),
    ],
)
def test_the_faults_of_a_text(text: str, faults: list[str]) -> None:
    found = list(changes(text))
    assert sorted(change.after for change in found) == sorted(faults)
    for change in found:
        ast.parse(change.made_in(text))


def test_a_sample_is_the_same_each_time_and_keeps_when_other_lines_change() -> None:
    text = "\n".join(f"a{number} = {number}" for number in range(50))
    drawn = sample(text, 10, "seed")
    assert len(drawn) == 10
    assert [change.line for change in drawn] == sorted(change.line for change in drawn)
    assert sample(text, 10, "seed") == drawn
    assert sample(text, 10, "other") != drawn
    moved = sample(f"# Above.\n{text}", 10, "seed")
    assert [change.after for change in moved] == [change.after for change in drawn]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module["file"])
def test_a_module_that_is_measured_is_there_with_its_tests(module: dict[str, str]) -> None:
    text = (ROOT / module["file"]).read_text(encoding="utf-8")
    assert len(list(changes(text))) >= plan()["count"]
    assert all((ROOT / test).is_file() for test in nonempty(module["tests"]))


def test_what_is_accepted_is_still_in_the_code() -> None:
    """A fault that was excused and whose line is gone excuses nothing."""
    gone = [
        (file, before)
        for file, before, after in accepted()
        if (before, after)
        not in {(c.before, c.after) for c in changes((ROOT / file).read_text(encoding="utf-8"))}
    ]
    assert gone == []
    assert all(len(why) > 20 for why in nonempty(accepted().values()))
