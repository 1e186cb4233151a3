"""Actors: profiles, signs, the matrix, and no markup from a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from annotations.schema import Alliance, Event, Flow, Relation, Statement
from annotations.vocabulary import FlowState, RelationState, Stance
from dashboard.atlas.cards import build_card
from dashboard.atlas.data import Atlas
from dashboard.atlas.profiles import profile_of
from dashboard.views.actors.acts import Act, acts_of, acts_table
from dashboard.views.actors.matrix import Cell, Matrix, acts_html, chosen, matrix_html, matrix_of
from dashboard.views.actors.profile import deals_of, profile_html, profile_table, tiles_of
from dashboard.views.actors.standings import standings_html, standings_of
from geodata.figures import Figures, load_figures
from tests.dashboard.editing import rewrite
from tests.dashboard.reading import Page
from tests.nonempty import nonempty

Load = Callable[[], Atlas]
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=x()>{{12*345}}"


@pytest.fixture(scope="session")
def figures() -> Figures:
    return load_figures()


@pytest.fixture
def matrix(atlas: Atlas) -> Matrix:
    return matrix_of(acts_of(atlas.dossier))


def html(atlas: Atlas, figures: Figures, actor: str, keep: str = "") -> str:
    acts = acts_of(atlas.dossier)
    ids = frozenset(atlas.dossier.records)
    parts = profile_html(atlas, figures, actor, acts, ids, keep)
    return "".join([*parts, standings_html(atlas.dossier, actor, ids)])


# Profiles


def test_a_profile_is_the_cards(atlas: Atlas) -> None:
    """One rule says what belongs to an actor, for the card and for the page."""
    for actor in nonempty(atlas.dossier.actors):
        card = build_card(atlas, f"actor:{actor}")
        rows = {row.label: [item.select for item in row.items] for row in card.sections[1].rows}
        groups = profile_of(atlas.dossier, actor)
        assert rows == {g.label: [entry.record.id for entry in g.entries] for g in groups}


def test_a_card_leads_to_the_profile(atlas: Atlas) -> None:
    card = build_card(atlas, "actor:shore-guard")
    gotos = [item.goto for row in card.sections[0].rows for item in row.items if item.goto]
    assert gotos == ["actors?actor=shore-guard"]


def test_no_group_is_empty(atlas: Atlas) -> None:
    for actor in nonempty(atlas.dossier.actors):
        assert all(group.entries for group in nonempty(profile_of(atlas.dossier, actor)))


def test_every_group_is_on_the_page(atlas: Atlas, figures: Figures) -> None:
    for actor in nonempty(atlas.dossier.actors):
        ids = {e.record.id for g in profile_of(atlas.dossier, actor) for e in g.entries}
        page = Page(html(atlas, figures, actor))
        assert set(page.links) == ids, actor


def test_flows_stand_under_their_state(atlas: Atlas) -> None:
    flows = atlas.dossier.of_type(Flow)
    for sender in nonempty({flow.from_ for flow in flows}):
        groups = {group.id: group for group in profile_of(atlas.dossier, sender)}
        deals = deals_of(groups["sends"])
        sent = [flow for flow in flows if flow.from_ == sender]
        assert deals.count == len(sent)
        shown = [
            (flow, goods, state)
            for goods, row in deals.rows
            for state in row
            for flow in row[state]
        ]
        assert len(shown) == len(sent)
        assert all(
            flow.goods is goods and flow.state is state for flow, goods, state in nonempty(shown)
        )
        assert deals.states == [s for s in FlowState if any(flow.state is s for flow in sent)]


def test_key_figures_are_those_of_the_country(atlas: Atlas, figures: Figures) -> None:
    groups = profile_of(atlas.dossier, "ZAF")
    tiles = tiles_of(atlas.dossier, "ZAF", figures, groups)
    assert {tile.label for tile in tiles} >= {measure.label for measure in figures.measures}
    people = figures.countries["ZAF"].by_measure["population"].value
    assert [tile.value for tile in tiles if tile.label == "Population"] == [f"{people / 1e6:.1f} m"]


def test_a_movement_has_no_figures_of_its_country(atlas: Atlas, figures: Figures) -> None:
    groups = profile_of(atlas.dossier, "shore-guard")
    assert tiles_of(atlas.dossier, "shore-guard", figures, groups) == []


def test_presence_says_whether_it_is_abroad(atlas: Atlas, figures: Figures) -> None:
    assert "Mbeya, Kapiri Mposhi (abroad)" in Page(html(atlas, figures, "KEN")).text
    assert "(at home)" in Page(html(atlas, figures, "shore-guard")).text


def test_what_the_filters_hide_is_left_out(atlas: Atlas, figures: Figures) -> None:
    kept = {"copper-to-the-coast"}
    acts = acts_of(atlas.dossier, kept)
    parts = profile_html(atlas, figures, "ZMB", acts, kept, "")
    assert set(Page("".join(parts)).links) == kept
    assert len(profile_table(atlas.dossier, "ZMB", kept)) == 1


def test_standings_end_where_they_end(atlas: Atlas) -> None:
    table = standings_of(atlas.dossier, "ZMB")
    union = table[table["record"] == "lake-union"]
    assert union["full"].tolist() == [False, True]
    assert str(union["end"].tolist()[0]) == "2017-12-31"
    assert union["end"].tolist()[1] == atlas.dossier.head.as_of.last_day
    assert (table["start"] <= table["end"]).all()


def test_the_table_has_every_standing_with_a_start(atlas: Atlas) -> None:
    for actor in nonempty(atlas.dossier.actors):
        members = [
            member
            for alliance in atlas.dossier.of_type(Alliance)
            for member in alliance.members
            if member.actor == actor
            and member.from_
            and member.from_.first_day <= atlas.dossier.head.as_of.last_day
        ]
        assert len(standings_of(atlas.dossier, actor)) == len(members)


# Signs


def signs(acts: list[Act], record: str) -> set[tuple[str, str, str]]:
    return {(act.by, act.toward, act.sign) for act in acts if act.record.id == record}


def test_a_relation_has_the_sign_of_its_type(atlas: Atlas) -> None:
    acts = acts_of(atlas.dossier)
    for relation in nonempty(atlas.dossier.of_type(Relation)):
        sign = relation.relation.stance
        expected = {(a, b, sign) for a in relation.by for b in relation.toward}
        if relation.mutual:
            expected |= {(b, a, s) for a, b, s in expected}
        assert signs(acts, relation.id) == expected, relation.id


def test_a_flow_supports_its_receiver(atlas: Atlas) -> None:
    acts = acts_of(atlas.dossier)
    for flow in nonempty(atlas.dossier.of_type(Flow)):
        assert signs(acts, flow.id) == {(flow.from_, flow.to, "supports")}


def test_an_event_opposes_whom_it_is_against(atlas: Atlas) -> None:
    acts = acts_of(atlas.dossier)
    for event in nonempty(atlas.dossier.of_type(Event)):
        expected = {(a, b, "opposes") for a in event.by for b in event.against}
        assert signs(acts, event.id) == expected


@pytest.mark.parametrize(
    ("stance", "sign"), [("supports", "supports"), ("opposes", "opposes"), ("warns", None)]
)
def test_a_statement_counts_where_it_takes_sides(
    load_small: Load, small: Path, stance: str, sign: str | None
) -> None:
    rewrite(small / "statements/kyiv-warning.yml", stance=stance)
    dossier = load_small().dossier
    [statement] = dossier.of_type(Statement)
    assert statement.stance is Stance(stance)
    expected = {sign} if sign else set()
    assert {act.sign for act in acts_of(dossier) if act.record is statement} == expected


def test_nobody_acts_on_itself(atlas: Atlas) -> None:
    assert all(act.by != act.toward for act in nonempty(acts_of(atlas.dossier)))


def test_what_is_over_is_not_in_force(atlas: Atlas) -> None:
    acts = acts_of(atlas.dossier)
    relations = [(act, act.record.state) for act in acts if isinstance(act.record, Relation)]
    flows = [(act, act.record.state) for act in acts if isinstance(act.record, Flow)]
    for act in nonempty(a for a, state in relations if state is not RelationState.IN_FORCE):
        assert not act.firm
    for act in nonempty(a for a, state in flows if state is FlowState.CONTEMPLATED):
        assert not act.firm


def test_the_sign_is_of_what_is_in_force(atlas: Atlas, matrix: Matrix) -> None:
    """Sanctions that have lapsed do not make of a sale a quarrel."""
    cell = matrix.cells["ZAF", "UGA"]
    assert any(act.sign == "opposes" and not act.firm for act in cell.acts)
    assert cell.sign == "supports"
    assert cell.mark == "+"
    assert f"{len(cell.acts) - len(cell.counted)} more not in force" in cell.words


def test_a_cell_with_both_signs(atlas: Atlas, matrix: Matrix) -> None:
    acts = [*matrix.cells["ZMB", "TZA"].counted[:1], *matrix.cells["AGO", "ZMB"].counted[:1]]
    cell = Cell(acts)
    assert (cell.sign, cell.mark, cell.words) == ("both", "±", "supports 1, opposes 1")


# The matrix


def test_the_matrix_has_every_act(atlas: Atlas, matrix: Matrix) -> None:
    acts = acts_of(atlas.dossier)
    assert sum(len(cell.acts) for cell in matrix.cells.values()) == len(acts)
    assert set(matrix.actors) == {a for act in acts for a in (act.by, act.toward)}
    assert len(matrix.actors) == len(set(matrix.actors))


def test_blocs_stand_together(matrix: Matrix) -> None:
    ours, theirs = (set(bloc) for bloc in matrix.blocs[:2])
    assert {"TZA", "ZMB", "lake-office"} <= ours
    assert {"AGO", "ZAF", "shore-guard"} <= theirs


def test_within_a_bloc_nobody_opposes_more_than_supports(matrix: Matrix) -> None:
    inside = [
        cell.sign
        for bloc in matrix.blocs
        for (a, b), cell in matrix.cells.items()
        if a in bloc and b in bloc and cell.firm
    ]
    across = [
        cell.sign
        for (a, b), cell in matrix.cells.items()
        if cell.firm and not any(a in bloc and b in bloc for bloc in matrix.blocs)
    ]
    assert inside.count("supports") > 2 * inside.count("opposes")
    assert across.count("opposes") > 5 * across.count("supports")


def test_the_order_is_the_same_each_time(atlas: Atlas, matrix: Matrix) -> None:
    acts = acts_of(atlas.dossier)
    assert matrix_of(acts).blocs == matrix.blocs
    assert matrix_of(acts[::-1]).blocs == matrix.blocs


def test_no_act_gives_an_empty_matrix(atlas: Atlas) -> None:
    matrix = matrix_of([])
    assert (matrix.actors, matrix.rows, matrix.columns) == ([], [], [])
    assert matrix_html(atlas.dossier, matrix, "").strip() == ""
    assert "No actor does anything" in acts_html(atlas.dossier, [], "", "", "")


def test_each_cell_leads_to_its_records(atlas: Atlas, matrix: Matrix) -> None:
    acts = acts_of(atlas.dossier)
    page = Page(matrix_html(atlas.dossier, matrix, ""))
    cells = [value for name, value in page.attributes if name == "data-cell"]
    assert sorted(cells) == sorted(f"{by} {toward}" for by, toward in matrix.cells)
    for (by, toward), cell in nonempty(matrix.cells.items()):
        assert chosen(matrix, by, toward) == (by, toward)
        shown = Page(acts_html(atlas.dossier, acts, by, toward, ""))
        assert sorted(shown.links) == sorted(act.record.id for act in cell.acts)


@pytest.mark.parametrize(
    ("by", "toward", "expected"),
    [
        ("ZMB", "", ("ZMB", "")),
        ("", "ZMB", ("", "ZMB")),
        ("ZMB", "ZMB", ("", "")),
        ("nobody", "ZMB", ("", "ZMB")),
        ("<b>", "'\"", ("", "")),
    ],
)
def test_a_choice_that_is_nonsense_is_none(
    matrix: Matrix, by: str, toward: str, expected: tuple[str, str]
) -> None:
    assert chosen(matrix, by, toward) == expected


def test_links_keep_the_filters(atlas: Atlas, matrix: Matrix) -> None:
    page = Page(matrix_html(atlas.dossier, matrix, "&theme=border-war"))
    gotos = [value for name, value in page.attributes if name == "data-goto"]
    assert gotos
    assert all(goto.endswith("&theme=border-war") for goto in nonempty(gotos))


def test_the_table_of_acts(atlas: Atlas) -> None:
    acts = acts_of(atlas.dossier)
    table = acts_table(atlas.dossier, acts)
    assert len(table) == len(acts)
    assert set(table["sign"]) == {"supports", "opposes"}
    assert set(table["record"]) <= set(atlas.dossier.records)


def test_hostile_text_stays_text(load_small: Load, small: Path, figures: Figures) -> None:
    rewrite(small / "actors/IRN.yml", name=HOSTILE, aliases=[HOSTILE], note=HOSTILE)
    rewrite(small / "flows/drones.yml", item=HOSTILE, quantity=HOSTILE, title=HOSTILE)
    rewrite(small / "alliances/brics.yml", short=HOSTILE[:24], title=HOSTILE)
    atlas = load_small()
    acts = acts_of(atlas.dossier)
    parts = [
        *(html(atlas, figures, actor) for actor in atlas.dossier.actors),
        matrix_html(atlas.dossier, matrix_of(acts), ""),
        *(acts_html(atlas.dossier, acts, by, "", "") for by in ("", "IRN", "RUS")),
    ]
    page = Page("".join(parts))
    assert not {"script", "img"} & set(page.tags)
    assert not [name for name, _ in nonempty(page.attributes) if name.startswith("on")]
    assert "4140" not in page.text
    assert HOSTILE in page.text
