"""The map of a briefing: what is drawn is legible, cut cleanly, and stays vector."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import matplotlib
import numpy as np
import pytest
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from annotations.schema import Alliance
from dashboard.atlas.address import Screen
from dashboard.atlas.data import Atlas
from dashboard.atlas.filters import Filters
from dashboard.drawing.arrangement import Arrangement, arrange
from dashboard.drawing.basemap import base_map
from dashboard.drawing.courses import course, runs
from dashboard.drawing.fills import alliance_pattern, stripe_lines
from dashboard.drawing.gather import SymbolGroup
from dashboard.drawing.labels import overlapping
from dashboard.drawing.picture import draw_map
from dashboard.drawing.sizes import BADGE, SYMBOL
from dashboard.look.palette import MAP_COLOURS
from dashboard.sheet.mapview import make_view
from dashboard.sheet.sheet import Sheet, compose
from dashboard.sheet.spec import THE_WORLD, Bounds, Brief, Projection, Style
from dashboard.sheet.styled import StyledFill
from geodata.boundaries import load_water_names
from tests.geodata.places import country_at
from tests.nonempty import nonempty

EXTENTS = ("lakes", "southern-africa", "world")
"""The dossier's own, and every dossier's."""

SIZE = (660.0, 395.0)
NO_CIRCLES = np.zeros((0, 3))


def a_sheet(atlas: Atlas, extent: str = "fit", theme: str = "", **changes: object) -> Sheet:
    alliances = tuple(alliance.id for alliance in atlas.dossier.of_type(Alliance))[:2]
    screen = Screen(filters=Filters(theme=(theme,) if theme else ()), alliance=alliances)
    return compose(atlas, replace(Brief(screen=screen, extent=extent), **changes))  # type: ignore[arg-type]


def solid(arrangement: Arrangement) -> tuple[np.ndarray, np.ndarray]:
    """Boxes of texts and badges, and circles of symbols."""
    boxes = [text.box for text in (*arrangement.texts, *arrangement.badges)]
    circles = [c for group in arrangement.groups for c in group.circles(SYMBOL / 2)]
    return np.array(boxes).reshape(-1, 4), np.array(circles).reshape(-1, 3)


@pytest.mark.parametrize("extent", [*EXTENTS, "fit"])
def test_no_name_badge_or_symbol_covers_another_and_none_is_cut(atlas: Atlas, extent: str) -> None:
    arrangement = arrange(atlas, a_sheet(atlas, extent), SIZE)
    boxes, circles = solid(arrangement)
    assert len(boxes) > 5
    for index, box in nonempty(enumerate(boxes)):
        others = np.delete(boxes, index, axis=0)
        assert not overlapping(np.array([box]), others)[0]
    names = boxes[: len(arrangement.texts)]
    nearest = np.clip(circles[None, :, :2], names[:, None, :2], names[:, None, 2:])
    apart = np.hypot(*(nearest - circles[None, :, :2]).transpose(2, 0, 1))
    assert (apart > circles[None, :, 2]).all()
    for badge in nonempty(arrangement.badges):
        apart = np.hypot(*(circles[:, :2] - [badge.x, badge.y]).T)
        assert (apart > circles[:, 2] + BADGE).all()
    assert (boxes[:, :2] >= 0).all()
    assert (boxes[:, 2:] <= SIZE).all()


@pytest.mark.parametrize("theme", ["lake-railways", "copper", "border-war"])
def test_every_key_point_in_the_frame_has_its_number_once(atlas: Atlas, theme: str) -> None:
    sheet = a_sheet(atlas, "fit", theme)
    numbers = [badge.text for badge in arrange(atlas, sheet, SIZE).badges]
    assert numbers == sorted(set(numbers))
    assert len(numbers) == len(sheet.points)


def test_without_labels_there_is_no_name(atlas: Atlas) -> None:
    assert arrange(atlas, a_sheet(atlas, "lakes", labels=False), SIZE).texts == ()


def test_small_countries_in_play_are_called_out(atlas: Atlas) -> None:
    sheet = a_sheet(atlas, "lakes")
    texts = {text.text: text for text in arrange(atlas, sheet, SIZE).texts}
    assert any(text.leader and text.kind == "country" for text in texts.values())


REGIONS: tuple[Bounds, ...] = (THE_WORLD, (-12, 2, 142, 72), (24, 11, 66, 43), (26, -13, 42, 3))
EVERYWHERE = [(bounds, projection) for bounds in REGIONS for projection in Projection]
# Web Mercator is cut at ±180°.
OVER_180 = [((150, 40, -120, 72), p) for p in Projection if p is not Projection.WEB_MERCATOR]


@pytest.mark.sweep
@pytest.mark.parametrize(("bounds", "projection"), [*EVERYWHERE, *OVER_180])
def test_no_border_runs_across_the_map(
    atlas: Atlas, bounds: tuple[float, float, float, float], projection: Projection
) -> None:
    view = make_view(bounds, projection, 1.6)
    base = base_map(atlas, view, SIZE[0])
    lines = shapely.get_parts(shapely.geometrycollections([base.borders, base.coast, base.rivers]))
    lines = shapely.get_parts(shapely.get_parts(lines))
    steps = [np.hypot(*np.diff(shapely.get_coordinates(line), axis=0).T).max() for line in lines]
    assert max(steps) < 0.2 * (view.x1 - view.x0)
    frame = shapely.box(view.x0, view.y0, view.x1, view.y1).buffer(1)
    assert all(frame.covers(area) for area in nonempty(base.countries.values()))
    assert base.globe.area > 0.5 * frame.area


def test_land_lies_where_the_view_says(atlas: Atlas) -> None:
    view = make_view(THE_WORLD, Projection.EQUAL_AREA, 1.7)
    base = base_map(atlas, view, SIZE[0])
    for code, (lon, lat) in {"IRN": (54, 32), "BRA": (-52, -10), "RUS": (-175, 66.5)}.items():
        x, y = view.project(np.array([lon]), np.array([lat]))
        assert shapely.contains_xy(base.countries[code], x, y)[0]


def test_a_fitted_world_shows_no_more_beyond_the_globe_than_its_shape_asks_for() -> None:
    view = make_view((-110, 10, 110, 65), Projection.EQUAL_AREA, 1.7)
    for x in (view.x0, view.x1):
        for y in (view.y0, view.y1):
            assert np.isfinite(view.unproject(np.array([(x + view.x1) / 2]), np.array([y]))).all()


def test_the_cut_at_the_antimeridian_is_closed_and_never_drawn(atlas: Atlas) -> None:
    view = make_view((150, 50, -140, 75), Projection.EQUAL_AREA, 1.6)
    base = base_map(atlas, view, SIZE[0])
    x, y = view.project(np.full(9, 180.0), np.linspace(66, 68, 9))
    assert shapely.contains_xy(base.countries["RUS"], x, y).all()
    lines = shapely.geometrycollections([base.borders, base.coast])
    assert shapely.MultiPoint(np.column_stack([x, y])).distance(lines) > 1000


def test_a_line_over_the_antimeridian_is_one(atlas: Atlas) -> None:
    view = make_view((150, 40, -120, 72), Projection.EQUAL_AREA, 1.6)
    parts = [np.array([[170.0, 60.0], [180.0, 61.0]]), np.array([[-180.0, 61.0], [-170.0, 60.0]])]
    (piece,) = runs(parts, view, SIZE)
    assert np.hypot(*np.diff(piece, axis=0).T).max() < SIZE[0] / 3


def test_a_line_is_broken_where_the_projection_is_cut() -> None:
    view = make_view(THE_WORLD, Projection.EQUAL_AREA, 1.6)
    pieces = runs([np.array([[-179.0, 60.0], [-171.0, 60.0], [-167.0, 60.0]])], view, SIZE)
    assert len(pieces) == 2


def test_a_head_stands_clear_of_the_symbol_at_the_end() -> None:
    line = [np.array([[100.0, 100.0], [200.0, 100.0]])]
    made = course(line, SIZE, "arrow", 1, np.array([[200.0, 100.0, 9.0]]), True)
    assert made.heads[0].outline[:, 0].max() < 200 - 9
    assert made.points[:, 0].max() < made.heads[0].outline[:, 0].max()


def test_a_line_that_leaves_the_frame_has_its_arrow_at_the_edge() -> None:
    line = [np.array([[100.0, 100.0], [900.0, 100.0]])]
    (head,) = course(line, SIZE, "arrow", 1, NO_CIRCLES, True).heads
    assert head.leaving
    assert head.outline[:, 0].max() == pytest.approx(SIZE[0] - 1, abs=0.1)


@pytest.mark.parametrize("shape", ["bar", "dot"])
def test_other_heads_belong_to_their_end_only(shape: str) -> None:
    line = [np.array([[100.0, 100.0], [900.0, 100.0]])]
    assert course(line, SIZE, shape, 1, NO_CIRCLES, True).heads == ()
    (head,) = course(line, SIZE, shape, 2, NO_CIRCLES, True).heads
    assert head.x == pytest.approx(100)


def test_full_members_are_plain_and_others_striped() -> None:
    colours = MAP_COLOURS["light"]
    full, lesser = StyledFill("a", "#e69f00", True), StyledFill("b", "#56b4e9", False)
    assert alliance_pattern([full], Style.LIGHT, colours, ("a",)).stripes == ()
    assert len(alliance_pattern([lesser], Style.LIGHT, colours, ("b",)).stripes) == 1
    both = alliance_pattern([full, lesser], Style.LIGHT, colours, ("a", "b")).stripes
    assert both[0].width > both[1].width
    assert sum(stripe.width for stripe in both) <= both[0].period


def test_alliances_differ_on_paper_without_colour() -> None:
    colours = MAP_COLOURS["print"]
    order = ("a", "b", "c", "d", "e", "f", "g")
    patterns = set()
    for name in nonempty(order):
        (stripe,) = alliance_pattern(
            [StyledFill(name, "#e69f00", True)], Style.PRINT, colours, order
        ).stripes
        assert re.fullmatch(r"#(..)\1\1", stripe.colour)
        patterns.add((stripe.angle, stripe.dash))
    assert len(patterns) == len(order)


def test_stripes_cover_what_they_are_asked_to() -> None:
    colours = MAP_COLOURS["light"]
    lesser = StyledFill("b", "#56b4e9", False)
    (stripe,) = alliance_pattern([lesser], Style.LIGHT, colours, ("b",)).stripes
    lines = shapely.linestrings(stripe_lines(stripe, (10, 20, 110, 60)))
    covered = shapely.union_all(shapely.buffer(lines, stripe.period / 2 + 1e-6))
    assert covered.covers(shapely.box(10, 20, 110, 60))


def test_waters_are_named_on_water(atlas: Atlas) -> None:
    lakes = atlas.water[atlas.water["kind"] == "lake"].geometry.union_all()
    for water in nonempty(load_water_names()):
        on_land = country_at(water.lon, water.lat, atlas.countries) is not None
        assert not on_land or shapely.contains_xy(lakes, water.lon, water.lat), water.name


@pytest.mark.parametrize("extent", ["southern-africa", "world"])
def test_names_of_waters_do_not_lie_on_land(atlas: Atlas, extent: str) -> None:
    sheet = a_sheet(atlas, extent)
    view = sheet.view
    waters = [t for t in arrange(atlas, sheet, SIZE).texts if t.kind == "water"]
    assert waters
    metres = np.array([[t.x, t.y] for t in waters]) / SIZE * [view.x1 - view.x0, view.y1 - view.y0]
    lon, lat = view.unproject(*(metres + np.array([view.x0, view.y0])).T)
    places = zip(waters, lon, lat, strict=True)
    assert [t.text for t, x, y in places if country_at(x, y, atlas.countries)] in ([], ["Aral Sea"])


def test_a_ring_says_how_many_it_stands_for(atlas: Atlas) -> None:
    sheet = a_sheet(atlas, "world")
    figure = drawn(atlas, sheet)
    rings = [group for group in arrange(atlas, sheet, SIZE).groups if group.ring]
    assert rings
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert all(str(len(group.members)) in texts for group in nonempty(rings))
    assert isinstance(rings[0], SymbolGroup)


def drawn(atlas: Atlas, sheet: Sheet) -> Figure:
    figure = Figure(figsize=(SIZE[0] / 72, SIZE[1] / 72))
    FigureCanvasAgg(figure)
    draw_map(figure.add_axes((0, 0, 1, 1)), atlas, sheet)
    return figure


@pytest.mark.sweep
@pytest.mark.parametrize("style", Style)
def test_the_map_is_vector_small_and_its_names_are_text(atlas: Atlas, style: Style) -> None:
    sheet = a_sheet(atlas, "lakes", style=style)
    file = io.BytesIO()
    with matplotlib.rc_context({"svg.fonttype": "none"}):
        drawn(atlas, sheet).savefig(file, format="svg")
    root = ElementTree.fromstring(file.getvalue())
    assert not list(root.iter("{http://www.w3.org/2000/svg}image"))
    words = {
        "".join(node.itertext()).strip() for node in root.iter("{http://www.w3.org/2000/svg}text")
    }
    assert {text.text for text in arrange(atlas, sheet, SIZE).texts} <= words
    assert len(file.getvalue()) < 3_000_000


def test_the_axes_are_the_views_rectangle(atlas: Atlas) -> None:
    sheet = a_sheet(atlas, "lakes")
    axes = drawn(atlas, sheet).axes[0]
    assert axes.get_xlim() == (sheet.view.x0, sheet.view.x1)
    assert axes.get_ylim() == (sheet.view.y0, sheet.view.y1)
