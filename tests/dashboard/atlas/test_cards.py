"""The panel: every card can be made, says what is to be said, and takes no markup from a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotations.schema import (
    Alliance,
    Corridor,
    Event,
    Flow,
    Indicator,
    Presence,
    Record,
    Relation,
    Statement,
)
from annotations.vocabulary import CORRECTED, EvidenceStatus, MemberStatus, Verdict
from dashboard.atlas.article_lines import lines_in_words
from dashboard.atlas.card_parts import Card, Item
from dashboard.atlas.cards import build_card, card_html, summary_html
from dashboard.atlas.data import Atlas
from dashboard.web.assets import STATIC
from geodata.joined import LegKey
from tests.dashboard.editing import copy, rewrite
from tests.dashboard.reading import Page, as_read
from tests.nonempty import nonempty

Load = Callable[[], Atlas]

AS_OF, SMALL_AS_OF = "30 September 2019", "31 January 2024"
"""Of the tests' own dossier, and of the small one."""


def items(card: Card, label: str) -> list[Item]:
    """What stands beside a label, anywhere on the card."""
    rows = [row for section in card.sections for row in section.rows]
    return [item for row in rows if row.label == label for item in row.items]


def links(card: Card, label: str) -> set[str | None]:
    return {item.select for item in items(card, label)}


def section(card: Card, heading: str) -> Any:
    [found] = [section for section in card.sections if section.heading == heading]
    return found


# Every card


def test_everything_that_can_be_selected_has_a_card(atlas: Atlas) -> None:
    """Sound HTML, a title, and only links that lead somewhere."""
    failures = {}
    for thing in nonempty(sorted(atlas.choices.selectable)):
        page = Page(card_html(atlas, thing))
        sound = {
            "title": as_read(build_card(atlas, thing).title) in page.text,
            "links": set(page.links) <= atlas.choices.selectable,
            "text": "None" not in page.text,
        }
        failures |= {(thing, part): False for part, so in sound.items() if not so}
    assert failures == {}


def test_a_record_says_what_is_claimed_when_and_where(atlas: Atlas) -> None:
    for record in nonempty(atlas.dossier.records.values()):
        text = Page(card_html(atlas, record.id)).text
        said = [
            record.title,
            record.summary,
            record.when.words,
            lines_in_words(record.source.lines),
            record.evidence.status.label,
            record.check.verdict.label,
        ]
        missing = [words for words in said if as_read(words) not in text]
        assert missing == [], record.id


def test_who_says_so_is_named(atlas: Atlas) -> None:
    named = {r.id: r.evidence.attributed_to for r in atlas.dossier.records.values()}
    for record, who in nonempty((record, who) for record, who in named.items() if who):
        assert who in Page(card_html(atlas, record)).text


def test_a_corrected_claim_stands_beside_what_is_right(atlas: Atlas) -> None:
    corrected = [r for r in atlas.dossier.records.values() if r.check.verdict in CORRECTED]
    assert {r.check.verdict for r in corrected} == set(CORRECTED)
    for record in nonempty(corrected):
        card = build_card(atlas, record.id)
        context = record.evidence.status is EvidenceStatus.CONTEXT
        assert section(card, "Context" if context else "The article says").text == record.summary
        right = section(card, f"As of {AS_OF}")
        assert (right.text, right.reference) == (record.check.note, record.check.reference)


def test_a_claim_that_stands_has_its_ground(atlas: Atlas) -> None:
    records = atlas.dossier.records.values()
    for record in nonempty(r for r in records if r.check.verdict is Verdict.STANDS):
        assert section(build_card(atlas, record.id), "Check").reference == record.check.reference


def test_an_unverified_claim_says_that_there_is_no_ground(load_small: Load) -> None:
    assert "No ground found" in Page(card_html(load_small(), "drones")).text


@pytest.mark.parametrize("verdict", sorted(verdict.value for verdict in CORRECTED))
def test_each_verdict_against_a_claim_shows_both_sides(
    load_small: Load, small: Path, verdict: str
) -> None:
    check = {"verdict": verdict, "note": "It was otherwise.", "reference": "A register."}
    rewrite(small / "flows/drones.yml", check=check)
    text = Page(card_html(load_small(), "drones")).text
    for words in ("The article says", f"As of {SMALL_AS_OF}", "It was otherwise.", "A register."):
        assert words in text


# Roles


@pytest.mark.parametrize(
    ("model", "roles"),
    [
        (Flow, {"From": ("from_",), "To": ("to",)}),
        (Event, {"By": ("by",), "Against": ("against",)}),
        (Presence, {"Who": ("actor",)}),
        (Statement, {"For": ("affiliation",), "About": ("about",)}),
        (Indicator, {"Of": ("actor",)}),
    ],
)
def test_roles_link_to_actors(
    atlas: Atlas, model: type[Record], roles: dict[str, tuple[str, ...]]
) -> None:
    for record in nonempty(atlas.dossier.of_type(model)):
        card = build_card(atlas, record.id)
        for label, fields in nonempty(roles.items()):
            assert links(card, label) == {f"actor:{a}" for a in record.named(fields)}, record.id


def test_relations_say_whether_they_hold_both_ways(atlas: Atlas) -> None:
    for record in nonempty(atlas.dossier.of_type(Relation)):
        card = build_card(atlas, record.id)
        by, toward = ("Between", "and") if record.mutual else ("By", "Toward")
        assert links(card, by) == {f"actor:{actor}" for actor in record.by}
        assert links(card, toward) == {f"actor:{actor}" for actor in record.toward}


def test_actors_without_a_role_are_concerned(atlas: Atlas) -> None:
    for record in nonempty(atlas.dossier.records.values()):
        shown = links(build_card(atlas, record.id), "Concerns")
        rest = set(record.all_actors) - set(record.named(record.role_fields))
        assert shown == {f"actor:{actor}" for actor in rest}, record.id


@pytest.mark.parametrize(
    ("value", "words"),
    [(45.8, "45.8"), (83, "83"), (512_000, "512000"), (1_234_567, "1234567"), (0.25, "0.25")],
)
def test_a_figure_is_shown_as_it_was_given(
    load_small: Load, small: Path, value: float, words: str
) -> None:
    """With or without separators, never rounded or as a power of ten."""
    rewrite(small / "indicators/iran-inflation.yml", value=value)
    [shown] = items(build_card(load_small(), "iran-inflation"), "Value")
    assert shown.text.replace(",", "") == f"{words} per cent (2023)"


# Alliances


def test_an_alliance_lists_everybody_with_dates(atlas: Atlas) -> None:
    for alliance in nonempty(atlas.dossier.of_type(Alliance)):
        card = build_card(atlas, alliance.id)
        for member in nonempty(alliance.members):
            shown = items(card, atlas.dossier.actors[member.actor].name)
            assert f"actor:{member.actor}" in {item.select for item in shown}
            for day in (member.from_, member.to):
                assert not day or any(day.words in item.text for item in shown), alliance.id


def test_members_stand_under_what_they_are_now(atlas: Atlas) -> None:
    card = build_card(atlas, "lake-union")
    members = section(card, f"Member (5) on {AS_OF}")
    assert [row.label for row in members.rows] == [
        "Tanzania", "Uganda", "Kenya", "Rwanda", "Zambia",
    ]  # fmt: skip
    assert [r.label for r in section(card, f"Unclear (1) on {AS_OF}").rows] == ["Botswana"]


def test_who_is_not_in_stands_apart(atlas: Atlas) -> None:
    rest = section(build_card(atlas, "lake-union"), "Earlier, declined or outside")
    congo = [row.items[0].text for row in rest.rows if row.label == "DR Congo"]
    assert congo == [
        "invited 24 August 2017 – 31 December 2017",
        "declined since 31 December 2017",
    ]


def test_no_standing_is_left_out(atlas: Atlas) -> None:
    headings = (*(status.label for status in MemberStatus), "Earlier, declined or outside")
    for alliance in nonempty(atlas.dossier.of_type(Alliance)):
        card = build_card(atlas, alliance.id)
        rows = [row for s in card.sections if s.heading.startswith(headings) for row in s.rows]
        assert len(rows) == len(alliance.members), alliance.id


def test_who_left_and_came_back_is_one_member(load_small: Load, small: Path) -> None:
    members = [
        {"actor": "RUS", "status": "member", "from": "2000", "to": "2005"},
        {"actor": "RUS", "status": "member", "from": "2010"},
    ]
    rewrite(small / "alliances/brics.yml", members=members)
    card = build_card(load_small(), "brics")
    [row] = section(card, f"Member (1) on {SMALL_AS_OF}").rows
    assert row.items[0].text == "since 2010"


# Corridors


def test_a_corridor_lists_its_legs_with_km_and_status(atlas: Atlas) -> None:
    for corridor in nonempty(atlas.dossier.of_type(Corridor)):
        card = build_card(atlas, corridor.id)
        for branch in nonempty(corridor.branches):
            [part] = [s for s in card.sections if s.heading.startswith(f"{branch.title}: ")]
            assert len(part.rows) == len(branch.legs)
            for number, (leg, row) in nonempty(
                enumerate(zip(branch.legs, part.rows, strict=True), start=1)
            ):
                line = atlas.joined.legs[LegKey(corridor.id, branch.id, number)]
                assert row.label == f"{line.from_name} → {line.to_name}"
                [item] = row.items
                assert leg.mode.label in item.text
                assert leg.status.label.lower() in item.text
                assert f"{line.km:,.0f} km" in item.text
                assert not leg.published_km or leg.published_km in item.note


def test_a_branch_adds_up(atlas: Atlas) -> None:
    [part] = [s for s in build_card(atlas, "suez-way").sections if s.rows and s.strips]
    legs = atlas.joined.lines[atlas.joined.lines["record"] == "suez-way"]
    disrupted = legs.loc[legs["status"] == "disrupted", "km"].sum()
    assert part.heading.endswith(f"{legs['km'].sum():,.0f} km in {len(legs)} legs")
    assert sum(share for _, share in part.strips) == pytest.approx(100)
    assert f"sea (disrupted) {disrupted:,.0f} km" in part.text


def test_published_figures_stand_apart_from_computed_ones(atlas: Atlas) -> None:
    for corridor in nonempty(atlas.dossier.of_type(Corridor)):
        shown = [s for s in build_card(atlas, corridor.id).sections if s.heading.startswith("Publ")]
        values = [row.items[0].text for part in shown for row in part.rows]
        assert values == [figure.value for figure in corridor.published]


@pytest.mark.parametrize("ids", [("middle", "middle"), ("middle", "other")])
def test_two_branches_of_one_name_are_refused(
    load_small: Load, small: Path, ids: tuple[str, str]
) -> None:
    """Nobody could tell them apart on the card, be it the id or the title that they share."""
    leg = {"from": "moscow", "to": "astrakhan", "mode": "rail", "status": "operating"}
    branches = [{"id": id_, "title": "By rail", "legs": [leg]} for id_ in ids]
    rewrite(small / "corridors/caspian.yml", branches=branches)
    atlas = load_small()
    assert ["corridors/caspian.yml" in str(problem) for problem in atlas.problems] == [True]
    assert "caspian" not in atlas.choices.selectable


# Actors


PROFILE = {
    "Sends": lambda r, a: isinstance(r, Flow) and r.from_ == a,
    "Receives": lambda r, a: isinstance(r, Flow) and r.to == a,
    "Joins": lambda r, a: isinstance(r, Alliance) and a in [m.actor for m in r.members],
    "Acts toward": lambda r, a: isinstance(r, Relation) and a in r.by,
    "Is met by": lambda r, a: isinstance(r, Relation) and a in r.toward,
    "Takes part in": lambda r, a: isinstance(r, Event) and a in r.by,
    "Is hit by": lambda r, a: isinstance(r, Event) and a in r.against,
    "Is present in": lambda r, a: isinstance(r, Presence) and r.actor == a,
    "States": lambda r, a: isinstance(r, Statement) and r.affiliation == a,
    "Is spoken of": lambda r, a: isinstance(r, Statement) and a in r.about,
    "Figures": lambda r, a: isinstance(r, Indicator) and r.actor == a,
}


@pytest.mark.parametrize("label", PROFILE)
def test_a_profile_shows_what_an_actor_does_and_meets(atlas: Atlas, label: str) -> None:
    records = atlas.dossier.records.values()
    found = 0
    for actor in nonempty(atlas.dossier.actors):
        expected = {record.id for record in records if PROFILE[label](record, actor)}
        assert links(build_card(atlas, f"actor:{actor}"), label) == expected, actor
        found += len(expected)
    assert found, "nothing to see"


def test_a_profile_leads_to_every_record_of_its_filter(atlas: Atlas) -> None:
    """Its count, its links and the filter by actor are one."""
    for actor, total in nonempty(atlas.index.totals["actor"].items()):
        card = build_card(atlas, f"actor:{actor}")
        shown = {item.select for s in card.sections for row in s.rows for item in row.items}
        assert len(shown - {None}) == total, actor
        assert card.kicker.endswith(f"· {total} record{'s' if total > 1 else ''}")


def test_a_profile_gives_other_names(atlas: Atlas) -> None:
    [names] = items(build_card(atlas, "actor:TZA"), "Also known as")
    assert "Tanganyika" in names.text


# Places and areas


def test_a_chokepoint_says_why_it_is_drawn(atlas: Atlas) -> None:
    chosen = [thing for thing in atlas.choices.selectable if thing.startswith("place:")]
    assert chosen
    for thing in nonempty(chosen):
        place = atlas.dossier.places[thing.partition(":")[2]]
        text = Page(card_html(atlas, thing)).text
        assert place.relevance
        assert as_read(place.relevance) in text
        assert f"not named; helps to read {lines_in_words(place.lines)}" in text


def test_a_chokepoint_is_passed_by_corridors(atlas: Atlas) -> None:
    assert links(build_card(atlas, "place:suez"), "Passed by") == {"suez-way"}


def test_a_disputed_area_names_claimants_and_the_note_on_borders(atlas: Atlas) -> None:
    for area in nonempty(atlas.disputed.itertuples()):
        card = build_card(atlas, f"area:{area.Index}")
        assert len(items(card, "Claimed by")) == len(area.claimants)
        assert section(card, "Borders on this map").text == atlas.borders.short


# Summary


def test_the_summary_counts_what_is_shown(atlas: Atlas) -> None:
    ids = list(atlas.dossier.records)[:20]
    text = Page(summary_html(atlas, ids)).text
    assert f"20 of {len(atlas.dossier.records)} records shown" in text
    assert "Nothing passes" not in text, "said where it is not so, be it out of sight"


def test_an_empty_result_says_so(atlas: Atlas) -> None:
    text = Page(summary_html(atlas, [])).text
    assert f"0 of {len(atlas.dossier.records)} records shown" in text
    assert "Nothing passes all filters at once" in text
    script = (STATIC / "summary.js").read_text(encoding="utf-8")
    [foreseen] = re.findall(r'NOTHING = "(.*)"', script)
    assert foreseen in text, "what the browser says a moment before"


def test_a_second_alliance_is_counted_for_its_member(load_small: Load, small: Path) -> None:
    """A profile follows the files."""
    copy(small / "alliances/brics.yml", "another", short="Another")
    assert links(build_card(load_small(), "actor:BRA"), "Joins") == {"another", "brics"}
