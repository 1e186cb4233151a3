"""One broken file for each rule: ``tests/invalid/*.yml``.

Each case begins with comments that say where it goes in the small dossier ``tests/invalid/base``
and every problem that the dossier then has, word for word:

    # rule: a flow has two parties
    # file: flows/drones.yml
    # problem: flows/drones.yml:14: to: 'IRN' sends to itself

To add a case, add a file. Lines count from the top of the case, comments included;
``# problem: none`` is for what looks broken and is not.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel

from annotations import Dossier, DossierError, load_dossier, yaml_text
from annotations.files import HEAD
from annotations.schema import KINDS
from annotations.yaml_text import read_file, read_text

CASES = sorted((Path(__file__).parent.parent / "invalid").glob("*.yml"))
BASE = load_dossier(CASES[0].parent / "base")


def _comments(case: Path, name: str) -> list[str]:
    text = case.read_bytes().decode("utf-8", errors="replace")
    return re.findall(rf"^# {name}: (.*)$", text, re.MULTILINE)


def test_there_are_enough_rules() -> None:
    """Each case states one rule, and no two state the same."""
    rules = [rule for case in CASES for rule in _comments(case, "rule")]
    assert len(rules) == len(CASES) >= 25


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_the_broken_file_is_listed_and_the_rest_loads(case: Path, small: Path) -> None:
    """The problems are those that the case states; whatever they do not name still loads."""
    [target], expected = _comments(case, "file"), _comments(case, "problem")
    assert expected, "a case states its problems, or 'none'"
    path = small / target
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(case.read_bytes())

    try:
        after = load_dossier(small)
    except DossierError as error:
        assert target == HEAD
        assert [str(problem) for problem in error.problems] == expected
        return

    assert [str(problem) for problem in after.problems] == [x for x in expected if x != "none"]
    broken = {problem.file for problem in after.problems} | {target}
    whole = {file: model for file, model in _by_file(BASE).items() if file not in broken}
    assert len(whole) > 10
    assert {file: _by_file(after).get(file) for file in whole} == whole


def _by_file(dossier: Dossier) -> dict[str, BaseModel]:
    """Return everything in a dossier under the name of its file."""
    return {
        **{f"actors/{name}.yml": actor for name, actor in dossier.actors.items()},
        **{f"places/{name}.yml": place for name, place in dossier.places.items()},
        **{f"{KINDS[x.kind]}/{name}.yml": x for name, x in dossier.records.items()},
    }


@pytest.mark.sweep
def test_the_words_do_not_depend_on_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML with and without libyaml reads the same, and stumbles with the same words."""
    readings = [read_file(case) for case in CASES]
    monkeypatch.setattr(yaml_text, "_Loader", yaml.SafeLoader)
    for case, reading in zip(CASES, readings, strict=True):
        assert read_file(case) == reading, case.stem


@pytest.mark.sweep
def test_no_bound_of_the_fast_parser_is_heard_of(monkeypatch: pytest.MonkeyPatch) -> None:
    """A release of libyaml that gives up early, in words of its own, changes nothing."""

    class GivesUp(yaml.SafeLoader):
        def get_event(self) -> yaml.Event:
            raise yaml.YAMLError("more than this release bears")

    readings = [read_file(case) for case in CASES]
    monkeypatch.setattr(yaml_text, "_Loader", GivesUp)
    for case, reading in zip(CASES, readings, strict=True):
        assert read_file(case) == reading, case.stem
    whole = read_text("id: drones\ntitle: Drones\n")
    assert whole.data == {"id": "drones", "title": "Drones"}


def test_a_title_is_text(small: Path) -> None:
    """Markup in a title stays what was written."""
    case = next(case for case in CASES if case.stem == "html-in-title")
    (small / "flows/drones.yml").write_bytes(case.read_bytes())
    assert load_dossier(small).records["drones"].title == '<b onclick="x()">Drones</b> & more'
