"""What curators assert about the dossiers that the project ships holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotations import load_dossier
from annotations.__main__ import main
from annotations.wording import main as find_copies
from tests.dossiers.shelf import SHIPPED

ARTICLE = Path(__file__).parents[3] / "shared" / "article.txt"
"""The article, where somebody has laid it beside the project; it is never in it."""


@pytest.mark.parametrize("folder", SHIPPED.values(), ids=SHIPPED)
def test_check_finds_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Red here: the dossier is not what ``assertions`` in its dossier.yml says, see the lines."""
    status = main(["check", "--dossier", str(folder)])
    lines = capsys.readouterr().out.splitlines()
    assert (status, lines[:-1]) == (0, [])


@pytest.mark.parametrize("folder", SHIPPED.values(), ids=SHIPPED)
def test_something_is_asserted(folder: Path) -> None:
    """Whoever takes the assertions out has not mended the dossier."""
    dossier = load_dossier(folder)
    asserted = dossier.head.assertions
    assert asserted is not None
    assert asserted.lines == dossier.head.article.lines
    assert any(count.kind is None and count.status is None for count in asserted.records)
    assert asserted.standings
    assert asserted.checks


@pytest.mark.skipif(not ARTICLE.is_file(), reason="the article is not at hand")
def test_nothing_is_copied(capsys: pytest.CaptureFixture[str]) -> None:
    status = find_copies([str(ARTICLE)])
    assert (status, capsys.readouterr().out) == (0, "russia-iran: 0 copies of 8 words or more\n")
