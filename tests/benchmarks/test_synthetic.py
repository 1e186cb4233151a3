from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from annotations.loader import load_dossier
from benchmarks.generator import MOST_OF, kinds_of
from benchmarks.sample import read_sample
from benchmarks.synthetic import main, write
from tests.nonempty import nonempty


def content_of(folder: Path) -> dict[str, bytes]:
    files = sorted(folder.rglob("*.yml"))
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def dossier_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("synthetic") / "dossier"
    write(400, folder)
    return folder


def test_a_synthetic_dossier_has_no_problem_and_as_many_records_as_asked_for(
    dossier_folder: Path,
) -> None:
    dossier = load_dossier(dossier_folder)
    assert dossier.problems == ()
    assert len(dossier.records) == 400


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        write(60, tmp_path / name, seed)
    first, again, other = (content_of(tmp_path / name) for name in "abc")
    assert first == again
    assert first != other


def test_themes_and_evidence_are_mixed_as_in_the_real_dossier(dossier_folder: Path) -> None:
    real = [record for kind in read_sample().records.values() for record in kind]
    made = load_dossier(dossier_folder).records.values()
    themes = Counter(theme for record in real for theme in record["themes"])
    made_themes = Counter(theme for record in made for theme in record.themes)
    for theme, count in nonempty(themes.items()):
        assert made_themes[theme] / len(made) == pytest.approx(count / len(real), abs=0.08)
    reported = sum(record["evidence"]["status"] == "reported" for record in real) / len(real)
    made_reported = sum(record.evidence.status == "reported" for record in made) / len(made)
    assert made_reported == pytest.approx(reported, abs=0.1)


@pytest.mark.parametrize("count", [20, 100, 1_000, 100_000])
def test_kinds_add_up_and_those_that_do_not_grow_stop(count: int) -> None:
    kinds = Counter(kinds_of(count, read_sample()))
    assert kinds.total() == count
    assert set(kinds) == set(read_sample().records)
    assert all(kinds[kind] <= most for kind, most in MOST_OF.items())


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.yml").touch()
    assert main(["20", str(tmp_path)]) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mine.yml"]
