"""A link to a briefing, as the browser completes it and Python reads it."""

from __future__ import annotations

from random import Random
from urllib.parse import parse_qs, urlencode

import pytest

from dashboard.atlas.address import write
from dashboard.atlas.view_parameter import read_view, write_view
from dashboard.brief import address
from dashboard.sheet.spec import VIEW
from tests.js.node import call
from tests.js.random_dossier import SEEDS, random_atlas


@pytest.mark.parametrize("moved", [True, False])
def test_a_briefing_opens_on_what_the_map_shows(moved: bool) -> None:
    atlas = random_atlas(SEEDS[0])
    random = Random(54)
    layers = atlas.choices.options["layer"]
    for _ in range(40):
        west, south = random.uniform(-200, 150), random.uniform(-80, 60)
        edges = [west, south, west + random.uniform(1, 100), south + random.uniform(1, 20)]
        off = [layer for layer in layers if random.random() < 0.3]
        view = {"view": write_view(random.uniform(-80, 80), 12.5, 4.25)} if moved else {}
        search = "?" + urlencode({**view, "off": off, "theme": "alpha"}, doseq=True)
        link = call("link_targets.js", "withSight", "briefing?q=arms", edges, search)
        brief = address.read(parse_qs(link.partition("?")[2]), atlas)
        assert (brief.extent == VIEW) is moved
        assert brief.bounds is not None
        lons = [(lon + 180) % 360 for lon in brief.bounds[::2]]
        assert lons == pytest.approx([(lon + 180) % 360 for lon in edges[::2]], abs=0.002)
        assert brief.bounds[1::2] == pytest.approx(edges[1::2], abs=0.001)
        assert brief.off == tuple(off)
        # What the page itself filters by stands in the link already, not in what is added.
        assert write(brief.screen, atlas.choices) == {"q": ["arms"]}
        if moved:
            assert f"view={view['view']}" in brief.page
            assert read_view(view["view"])


@pytest.mark.parametrize("view", ["95,200,99", "٣,٤,٥", "1,2,12.5", "1,2"])
def test_a_view_that_the_map_would_not_take_is_not_kept(view: str) -> None:
    atlas = random_atlas(SEEDS[0])
    assert "view=" not in address.read({"view": [view]}, atlas).page
    assert "view=1,2,3" in address.read({"view": ["1,2,3"]}, atlas).page
