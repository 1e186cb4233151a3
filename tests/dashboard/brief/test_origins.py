"""What each page's state gives a briefing: the same records that the page shows."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.atlas.address import MAP
from dashboard.atlas.address import read as read_screen
from dashboard.atlas.data import Atlas
from dashboard.brief.origins import ORIGINS, address, brief_of, split
from dashboard.sheet.on_map import EmptyBriefError
from dashboard.sheet.sheet import compose
from dashboard.sheet.spec import Brief
from dashboard.views.actors.acts import acts_of
from dashboard.views.corridors.choice import (
    choose_routes,
    detours_drawn,
    shown_legs,
    shown_records,
)
from dashboard.views.corridors.study import build_study
from dashboard.views.sources import ledger
from tests.nonempty import nonempty


def shown(atlas: Atlas, brief: Brief) -> set[str]:
    return {record.id for record in compose(atlas, brief).records}


def test_map_keeps_filters_fills_selection_and_view(atlas: Atlas) -> None:
    asked = {
        "theme": ["copper"], "alliance": ["copper-circle"], "select": ["actor:ZMB"],
        "from": ["2018"],
    }  # fmt: skip
    brief = brief_of(MAP, {**asked, "view": ["20.5,45,4.25"], "present": ["1"]}, atlas)
    assert brief.screen == read_screen(asked, atlas.choices)
    assert brief.page.startswith("?theme=copper")
    assert brief.page.endswith("view=20.5,45,4.25")
    assert "present" not in brief.page


def test_unknown_page_is_the_map(atlas: Atlas) -> None:
    for name in ("", "nothing", "../map", "briefing"):
        assert brief_of(name, {"theme": ["copper"]}, atlas) == brief_of(
            MAP, {"theme": ["copper"]}, atlas
        )


def test_timeline_shows_its_span(atlas: Atlas) -> None:
    brief = brief_of("timeline", {"from": ["2018-01"], "to": ["2018-12"]}, atlas)
    assert brief.page == "timeline?from=2018-01&to=2018-12"
    assert shown(atlas, brief) <= set(atlas.index.visible(brief.screen.filters))


def test_alliances_are_filled_as_of_the_day(atlas: Atlas) -> None:
    brief = brief_of(
        "alliances", {"alliance": ["lake-union", "coast-league"], "date": ["2017-12-30"]}, atlas
    )
    assert brief.screen.alliance == ("coast-league", "lake-union")
    assert brief.day == date(2017, 12, 30)
    assert brief.extent == "world"
    sheet = compose(atlas, brief)
    assert sheet.title == "League and Union on 30 December 2017"
    assert {standing.alliance for row in sheet.fills.values() for standing in row} == {
        "coast-league",
        "lake-union",
    }
    assert "ZMB" not in {
        country
        for country, row in sheet.fills.items()
        if any(standing.full and standing.alliance == "lake-union" for standing in row)
    }
    assert shown(atlas, brief) == {"coast-league", "lake-union"}


def test_corridors_bring_routes_legs_and_detours(atlas: Atlas) -> None:
    study = build_study(atlas)
    route = next(r for r in study.routes.values() if "suez" in r.chokepoints)
    brief = brief_of("corridors", {"route": [route.id], "closed": ["suez"]}, atlas)
    choice = choose_routes(atlas, study, (route.id,), ("suez",))
    assert list(brief.records) == shown_records(choice)
    assert brief.extra.legs == shown_legs(choice)
    drawn = [detour.tip for detour in detours_drawn(choice)]
    assert [detour.tip for detour in nonempty(brief.extra.detours)] == drawn
    assert "closed: the Suez Canal" in brief.asked
    assert brief.page == f"corridors?route={route.id}&closed=suez"
    assert [line for line in compose(atlas, brief).lines if "detour" in line.of.legend]


def test_no_route_chosen_is_refused(atlas: Atlas) -> None:
    with pytest.raises(EmptyBriefError, match="No route is chosen"):
        compose(atlas, brief_of("corridors", {"route": [""]}, atlas))


def test_search_shows_what_it_found(atlas: Atlas) -> None:
    answer = atlas.search.answer("rifles")
    found = {h.thing.record.id for g in answer.groups for h in g.hits if h.thing.record}
    brief = brief_of("search", {"ask": ["rifles"]}, atlas)
    assert set(brief.records) == found
    assert "Found for “rifles”" in compose(atlas, brief).filters
    only = brief_of("search", {"ask": ["rifles"], "kind": ["flows"]}, atlas)
    assert {atlas.dossier.records[r].kind for r in only.records} == {"flow"}


@pytest.mark.parametrize(
    ("ask", "reason"), [("zzzz", "No record was found for “zzzz”"), ("", "Nothing is asked for")]
)
def test_search_that_found_nothing_is_refused(atlas: Atlas, ask: str, reason: str) -> None:
    with pytest.raises(EmptyBriefError, match=reason):
        compose(atlas, brief_of("search", {"ask": [ask]}, atlas))


def test_profile_filters_by_its_actor(atlas: Atlas) -> None:
    brief = brief_of("actors", {"actor": ["ZMB"], "theme": ["copper"]}, atlas)
    assert brief.screen.filters.actor == ("ZMB",)
    assert brief.screen.filters.theme == ("copper",)
    assert brief.page == "actors?actor=ZMB&theme=copper"
    default = brief_of("actors", {}, atlas)
    assert default.screen.filters.actor, "the page opens with one, too"
    assert default.page == "actors"


def test_cell_of_the_matrix_shows_its_records(atlas: Atlas) -> None:
    brief = brief_of("actors", {"show": ["matrix"], "by": ["TZA"], "toward": ["ZMB"]}, atlas)
    acts = [a for a in acts_of(atlas.dossier) if (a.by, a.toward) == ("TZA", "ZMB")]
    assert set(brief.records) == {act.record.id for act in acts}
    assert brief.heading == "What Tanzania does to Zambia"
    whole = brief_of("actors", {"show": ["matrix"]}, atlas)
    assert set(whole.records) == {act.record.id for act in acts_of(atlas.dossier)}


def test_sources_keep_the_rows_that_are_shown(atlas: Atlas) -> None:
    [disputed] = [show for show in ledger.SHOWS if show.id == "disputed"]
    rows = [row for row in ledger.build_ledger(atlas.dossier) if disputed.keeps(row)]
    brief = brief_of("sources", {"show": ["disputed"]}, atlas)
    assert set(brief.records) == {record.id for row in rows for record in row.records}
    assert brief.page == "sources?show=disputed"
    assert brief_of("sources", {"show": ["all"]}, atlas).records == ()
    with pytest.raises(EmptyBriefError, match="no record"):
        compose(atlas, brief_of("sources", {"show": ["unmapped"]}, atlas))


def test_chosen_records_are_what_the_link_opens(atlas: Atlas) -> None:
    flow = next(r.id for r in atlas.dossier.records.values() if r.kind == "flow")
    brief = brief_of(MAP, {"record": [flow, "no-such-record"]}, atlas)
    assert brief.records == (flow,)
    assert brief.page == f"briefing?record={flow}"
    assert shown(atlas, brief) == {flow}
    assert compose(atlas, brief, "http://host").link == f"http://host/briefing?record={flow}"


def test_chosen_alliance_is_filled(atlas: Atlas) -> None:
    assert brief_of(MAP, {"record": ["coast-league"]}, atlas).screen.alliance == ("coast-league",)


def test_layers_switched_off_are_not_drawn(atlas: Atlas) -> None:
    brief = brief_of(MAP, {"off": ["flows", "nothing"], "theme": ["border-war"]}, atlas)
    assert brief.off == ("flows",)
    sheet = compose(atlas, brief, "http://host")
    assert "flow" not in {record.kind for record in sheet.records}
    assert "not drawn: Flows" in sheet.filters
    assert "off=flows" in sheet.link
    with pytest.raises(EmptyBriefError, match="switched off"):
        compose(atlas, brief_of(MAP, {"off": list(atlas.choices.options["layer"])}, atlas))


@pytest.mark.parametrize("name", ORIGINS)
def test_link_reopens_the_page_and_the_briefing(atlas: Atlas, name: str) -> None:
    """The button's address, read, gives the page's own state again."""
    parameters = {
        "map": {"theme": ["copper"]},
        "timeline": {"to": ["2018"]},
        "alliances": {"alliance": ["coast-league"], "date": ["2011-12-31"]},
        "corridors": {"closed": ["suez"]},
        "actors": {"actor": ["TZA"]},
        "search": {"ask": ["Kalemie"]},
        "sources": {"show": ["corrected"]},
    }[name]
    target, asked = split(address(name, {**parameters, "junk": ["x"]}))
    assert target == "briefing"
    assert asked.pop("of", [MAP]) == [name]
    assert asked == parameters
    brief = brief_of(name, asked, atlas)
    assert split(brief.page)[0] == name
    again = brief_of(name, split(brief.page)[1], atlas)
    assert again == brief
