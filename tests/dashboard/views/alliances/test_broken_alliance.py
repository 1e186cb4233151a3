"""An alliance that cannot be shown: its page shows the rest, and says what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboard.editing import copy, rewrite
from tests.dashboard.reading import Page


def show() -> None:
    """The alliances page alone, as `dashboard.main` opens it."""
    from dashboard.shell.site import Site
    from dashboard.views.alliances import page as alliances_page

    alliances_page.show(Site())


@pytest.fixture
def broken(small: Path) -> Path:
    """A dossier that compares two alliances; of one a member has neither country nor seat."""
    copy(
        small / "alliances" / "brics.yml",
        "axis",
        title="The axis",
        short="Axis",
        members=[{"actor": "hezbollah", "status": "member"}],
    )
    rewrite(small / "actors" / "hezbollah.yml", country=None, seat=None)
    rewrite(small / "dossier.yml", alliances_compared=["axis", "brics"])
    return small


def text_of(app: AppTest) -> str:
    return Page("".join(element.proto.body for element in app.get("html"))).text


def test_the_page_shows_the_rest_and_says_what_is_missing(broken: Path) -> None:
    app = AppTest.from_function(show, default_timeout=60).run()
    assert not app.exception
    text = text_of(app)
    assert "Not compared, since it cannot be shown: axis (alliances/axis.yml" in text
    assert "Brazil" in text
    assert "BRICS" in text


def test_mended_it_is_compared_again(broken: Path) -> None:
    app = AppTest.from_function(show, default_timeout=60).run()
    rewrite(broken / "actors" / "hezbollah.yml", country="IRN")
    app.run()
    assert not app.exception
    text = text_of(app)
    assert "Not compared" not in text
    assert "Axis" in text
