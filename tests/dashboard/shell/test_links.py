"""Where a link leads that was followed in a page, without the browser that tells of it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from dashboard.atlas.data import Atlas
from dashboard.shell import links


class Followed(Exception):
    """Leads to another page; as Streamlit's own, it ends the run."""


class Pages:
    """Stands for the site: notes where it is asked to go."""

    def go_to(self, target: str) -> None:
        raise Followed(target)


def followed(
    monkeypatch: pytest.MonkeyPatch, atlas: Atlas, select: str, goto: str, **where: Any
) -> str | None:
    """Where `follow_links` leads when the browser tells of a link; None where the page stays."""
    told = SimpleNamespace(select=select, goto=goto)
    monkeypatch.setattr(links, "_links", lambda **_: told)
    try:
        links.follow_links(atlas, Pages(), **where)  # type: ignore[arg-type]
    except Followed as led:
        return str(led)
    return None


@pytest.fixture
def record(atlas: Atlas) -> str:
    return next(iter(atlas.dossier.records))


@pytest.mark.parametrize("where", [{}, {"here": "actors", "to_map": True}])
def test_a_thing_without_a_card_here_is_shown_on_the_map(
    monkeypatch: pytest.MonkeyPatch, atlas: Atlas, record: str, where: dict[str, Any]
) -> None:
    assert followed(monkeypatch, atlas, record, "", **where) == f"map?select={record}"
    actor = f"actor:{next(iter(atlas.dossier.actors))}"
    led = followed(monkeypatch, atlas, actor, "", **where)
    assert led == f"map?select={actor.replace(':', '%3A')}"


def test_a_thing_with_a_card_here_stays(
    monkeypatch: pytest.MonkeyPatch, atlas: Atlas, record: str
) -> None:
    assert followed(monkeypatch, atlas, record, "", here="corridors") is None


@pytest.mark.parametrize("select", ["no-such-record", "", "actor:", "<script>"])
def test_what_cannot_be_selected_leads_nowhere(
    monkeypatch: pytest.MonkeyPatch, atlas: Atlas, select: str
) -> None:
    assert followed(monkeypatch, atlas, select, "") is None


def test_a_link_to_a_page_leads_there(monkeypatch: pytest.MonkeyPatch, atlas: Atlas) -> None:
    target = "timeline?theme=a"
    assert followed(monkeypatch, atlas, "", target) == target
    assert followed(monkeypatch, atlas, "", target, here="actors") == target
    assert followed(monkeypatch, atlas, "", "actors?actor=IRN", here="actors") is None
