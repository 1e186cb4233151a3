"""The map page as a whole, run without a browser: the address in, the page out, and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from annotations.dates import PartialDate
from dashboard.atlas import data
from dashboard.atlas.address import read
from dashboard.atlas.data import Atlas
from dashboard.atlas.words import filters_in_words
from tests.dashboard.opening import address, html, run_at, text
from tests.dossiers.shelf import LAKES
from tests.js.node import call

HOSTILE = "</script><script>alert(1)</script>"

NONSENSE: dict[str, dict[str, Any]] = {
    "ids that there are not": {"actor": "XXX", "theme": "nothing", "select": "actor:XXX"},
    "scripts": {"actor": HOSTILE, "select": HOSTILE, "from": HOSTILE, "present": HOSTILE},
    "dates that there are not": {"from": "2023-02-30", "to": "yesterday"},
    "dates the wrong way round": {"from": "2019-01", "to": "2018-01"},
    "repeated": {"theme": ["?"] * 50, "select": ["a", "b"], "layer": ["x", "y"]},
    "huge": {"actor": "x" * 100_000, "status": "y" * 100_000},
    "empty": dict.fromkeys(["actor", "theme", "layer", "status", "from", "to", "select", "q"], ""),
    "of another kind": {"verdict": "ZMB", "layer": "TZA", "alliance": "lake-railways"},
    "unknown": {"dossier": "../../etc", "view": "a,b,c", "": "x"},
}


def count_words(atlas: Atlas, **parameters: list[str]) -> str:
    """What the panel has to say, found by the filters themselves."""
    screen = read(parameters, atlas.choices)
    return (
        f"{len(atlas.index.visible(screen.filters))} of {len(atlas.dossier.records)} records shown"
    )


def sent_to_map(app: AppTest) -> dict[str, Any]:
    """The update that the map gets, as the browser reads it."""
    [component] = app.get("component_instance")
    script = json.loads(component.proto.json_args)["feature_group"]
    sent = json.loads(script.partition("atlas.receive(")[2].partition("));")[0])
    read: dict[str, Any] = call("update.js", "unpacked", sent)
    return read


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The app shows the tests' own dossier, wherever they run."""
    monkeypatch.setenv(data.ENVIRONMENT, str(LAKES))


# Reading the address


@pytest.mark.usefixtures("here")
def test_the_default_shows_everything(atlas: Atlas) -> None:
    app = run_at()
    total = len(atlas.dossier.records)
    assert f"{total} of {total} records shown" in text(app)
    assert atlas.dossier.head.title in text(app)
    assert address(app) == {}


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "parameters",
    [
        {"actor": ["ZMB"]},
        {"actor": ["shore-guard", "reed-men"]},
        {"theme": ["border-war"]},
        {"layer": ["flows"]},
        {"status": ["allegation"]},
        {"verdict": ["wrong", "disputed"]},
        {"from": ["2018-10"]},
        {"to": ["1995"]},
        {"from": ["2009"], "to": ["2018"]},
        {"q": ["Guardians of the Shore"]},
        {"actor": ["ZMB"], "theme": ["copper"], "status": ["reported"]},
    ],
    ids=str,
)
def test_the_address_filters(atlas: Atlas, parameters: dict[str, list[str]]) -> None:
    app = run_at(**parameters)
    assert count_words(atlas, **parameters) in text(app)
    assert count_words(atlas) not in text(app)
    assert sent_to_map(app)["shown"] == atlas.scene.positions(
        atlas.index.visible(read(parameters, atlas.choices).filters)
    )


@pytest.mark.usefixtures("here")
def test_the_widgets_show_what_the_address_says() -> None:
    app = run_at(
        actor=["ZMB"], theme=["border-war"], layer=["events"], status=["reported"],
        verdict=["stands"], q="Guardians", from_="1987", to="2019-01", alliance=["lake-union"],
    )  # fmt: skip
    assert app.multiselect(key="actor").value == ["ZMB"]
    for key, value in {
        "theme": "border-war",
        "layer": "events",
        "status": "reported",
        "verdict": "stands",
        "alliance": "lake-union",
    }.items():
        assert app.pills(key=key).value == [value]
    assert app.text_input(key="q").value == "Guardians"
    assert [app.selectbox(key=key).value for key in ("from", "to")] == ["1987", "2019-01"]


@pytest.mark.usefixtures("here")
def test_nothing_found_says_so(atlas: Atlas) -> None:
    app = run_at(q="zzzz")
    assert f"0 of {len(atlas.dossier.records)} records shown" in text(app)
    assert "Nothing passes all filters at once" in text(app)


@pytest.mark.usefixtures("here")
def test_chokepoints_alone_agree_on_map_panel_buttons_and_list(atlas: Atlas) -> None:
    app = run_at(layer="chokepoints")
    sent = sent_to_map(app)
    count = len(sent["places"])
    assert count > 1
    assert sent["pressed"] == "layer=chokepoints&alliance=lake-union"
    assert app.pills(key="layer").value == ["chokepoints"]
    assert f"The map shows {count} chokepoints" in text(app)
    assert "Nothing passes" not in text(app)
    assert f"0 of {len(atlas.dossier.records)} records shown" in text(app)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("parameters", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_shows_the_default(atlas: Atlas, parameters: dict[str, Any]) -> None:
    app = run_at(**parameters)
    assert count_words(atlas) in text(app)
    assert HOSTILE not in html(app)
    assert not app.error
    assert sent_to_map(app)["select"] is None


@pytest.mark.usefixtures("here")
def test_a_hostile_query_is_searched_for() -> None:
    app = run_at(q=HOSTILE, present="1")
    assert "0 of " in text(app)
    assert HOSTILE not in html(app)
    assert "<" not in json.loads(app.get("component_instance")[0].proto.json_args)["feature_group"]


# Selecting


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("select", "words"),
    [
        ("lake-union", "Member (5) on 30 September 2019"),
        ("suez-way", "Published figures"),
        ("copper-to-the-coast", "The article says"),
        ("actor:TZA", "Also known as"),
        ("place:suez", "Why it is drawn"),
        ("area:crimea", "Borders on this map"),
    ],
)
def test_what_is_selected_has_its_card(select: str, words: str) -> None:
    app = run_at(select=select)
    assert words in text(app)
    assert sent_to_map(app)["select"] == select


@pytest.mark.usefixtures("here")
def test_what_is_selected_and_filtered_away_is_shown_as_such() -> None:
    hidden = "Selected, but hidden by the filters."
    assert hidden in text(run_at(select="copper-to-the-coast", theme="border-war"))
    assert hidden not in text(run_at(select="copper-to-the-coast"))
    assert hidden not in text(run_at(select="actor:ZMB", theme="border-war"))


# Writing the address


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("key", ["theme", "layer", "status", "verdict", "alliance"])
def test_choosing_a_pill_writes_the_address(atlas: Atlas, key: str) -> None:
    app = run_at()
    values = list(atlas.choices.options[key][:2])
    app.pills(key=key).set_value(values).run()
    assert address(app) == {key: values}
    assert app.pills(key=key).value == values
    if key != "alliance":
        assert count_words(atlas, **{key: values}) in text(app)


@pytest.mark.usefixtures("here")
def test_choosing_actors_writes_the_address(atlas: Atlas) -> None:
    app = run_at()
    app.multiselect(key="actor").set_value(["shore-guard", "ZMB"]).run()
    assert sorted(address(app)["actor"]) == ["ZMB", "shore-guard"]
    assert count_words(atlas, actor=["ZMB", "shore-guard"]) in text(app)


@pytest.mark.usefixtures("here")
def test_searching_writes_the_address(atlas: Atlas) -> None:
    app = run_at()
    app.text_input(key="q").input("  Guardians of the Shore ").run()
    assert count_words(atlas, q=["Guardians of the Shore"]) in text(app)
    assert read(address(app), atlas.choices).filters.q == "Guardians of the Shore"


@pytest.mark.usefixtures("here")
def test_choosing_dates_writes_the_address(atlas: Atlas) -> None:
    app = run_at()
    app.selectbox(key="from").set_value(PartialDate("1987")).run()
    app.selectbox(key="to").set_value(PartialDate("2018-05")).run()
    assert address(app) == {"from": ["1987"], "to": ["2018-05"]}
    assert count_words(atlas, **address(app)) in text(app)


@pytest.mark.usefixtures("here")
def test_choosing_all_dates_takes_them_out_of_the_address(atlas: Atlas) -> None:
    app = run_at(from_="1987", to="2018-05")
    steps = atlas.choices.dates
    app.selectbox(key="from").set_value(steps[0]).run()
    app.selectbox(key="to").set_value(steps[-1]).run()
    assert address(app) == {}


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("moved", "step"), [("from", "2018-06"), ("to", "1987")])
def test_a_date_moved_past_the_other_takes_it_along(moved: str, step: str) -> None:
    app = run_at(from_="2017-03", to="2018-05")
    app.selectbox(key=moved).set_value(PartialDate(step)).run()
    assert address(app) == {"from": [step], "to": [step]}


@pytest.mark.usefixtures("here")
def test_taking_a_value_away_takes_it_out_of_the_address(atlas: Atlas) -> None:
    app = run_at(theme=["border-war", "lake-union"], actor="ZMB")
    app.pills(key="theme").set_value(["lake-union"]).run()
    assert address(app) == {"actor": ["ZMB"], "theme": ["lake-union"]}
    app.pills(key="theme").set_value([]).run()
    assert address(app) == {"actor": ["ZMB"]}
    assert count_words(atlas, actor=["ZMB"]) in text(app)


@pytest.mark.usefixtures("here")
def test_filters_add_up_in_the_address(atlas: Atlas) -> None:
    app = run_at(select="actor:ZMB", present="1")
    app.multiselect(key="actor").set_value(["ZMB"]).run()
    app.pills(key="status").set_value(["allegation"]).run()
    expected = {
        "actor": ["ZMB"],
        "status": ["allegation"],
        "select": ["actor:ZMB"],
        "present": ["1"],
    }
    assert address(app) == expected


@pytest.mark.usefixtures("here")
def test_a_change_clears_nonsense_out_of_the_address() -> None:
    app = run_at(theme="no-such-theme", select="actor:XXX", from_="yesterday")
    app.pills(key="status").set_value(["allegation"]).run()
    assert address(app) == {"status": ["allegation"]}


@pytest.mark.usefixtures("here")
def test_reset_clears_the_filters(atlas: Atlas) -> None:
    app = run_at(
        actor="ZMB",
        theme="border-war",
        q="copper",
        select="lake-union",
        from_="2017-03",
        alliance="coast-league",
    )  # fmt: skip
    app.button(key="reset").click().run()
    assert address(app) == {}
    assert count_words(atlas) in text(app)
    assert app.multiselect(key="actor").value == []
    assert app.text_input(key="q").value == ""


# Alliances that are shown by default


def test_the_dossiers_alliances_are_filled(small: Path) -> None:
    app = run_at()
    assert app.pills(key="alliance").value == ["brics"]
    assert sent_to_map(app)["alliances"] == ["brics"]
    assert address(app) == {}


def test_filling_none_is_kept_in_the_address(small: Path) -> None:
    app = run_at()
    app.pills(key="alliance").set_value([]).run()
    assert sent_to_map(app)["alliances"] == []
    again = run_at(**address(app))
    assert again.pills(key="alliance").value == []


# Presenting


@pytest.mark.usefixtures("here")
def test_presenting_shows_filters_sources_and_no_list(atlas: Atlas) -> None:
    app = run_at(present="1", theme="border-war", actor="ZMB")
    screen = read({"theme": ["border-war"], "actor": ["ZMB"]}, atlas.choices)
    assert filters_in_words(atlas, screen) in text(app)
    assert "Source: " in text(app)
    assert atlas.dossier.head.version in text(app)
    assert sent_to_map(app)["present"] is True
    [records] = app.get("bidi_component")
    assert json.loads(records.proto.json)["hidden"] is True


@pytest.mark.usefixtures("here")
def test_not_presenting_the_foot_is_there_for_print_alone() -> None:
    page = html(run_at())
    # The style sheet shows it where the page is presented or printed.
    assert page.count("Source: ") == page.count('class="atlas-sources atlas-imprint"') == 1
    assert "presenting" not in page


@pytest.mark.usefixtures("here")
def test_the_button_leads_in_and_out_of_presenting() -> None:
    app = run_at(theme="border-war")
    app.button(key="present-button").click().run()
    assert address(app) == {"theme": ["border-war"], "present": ["1"]}
    app.button(key="present-button").click().run()
    assert address(app) == {"theme": ["border-war"]}
