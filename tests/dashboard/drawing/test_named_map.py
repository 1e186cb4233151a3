"""What is written on a map and beside it: which names and numbers, and where they stand.

Read from the finished SVG and PDF. Where a name must stand is worked out from the places in the
small dossier's files.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest
from pypdf import PdfReader
from pyproj import Geod, Transformer

from dashboard.atlas.address import Screen
from dashboard.atlas.data import Atlas
from dashboard.formats import paper
from dashboard.look.palette import MAP_COLOURS
from dashboard.sheet.sheet import Sheet, compose
from dashboard.sheet.spec import FRAMES, Brief, KeyPoint
from tests.dashboard.drawing.pixels import POINT, Painted, over, rgb
from tests.dashboard.drawing.written import Word, in_pdf, in_svg
from tests.geodata.places import country_at
from tests.nonempty import nonempty
from tests.sweeps import first_of

# Pictures are read back here, sign by sign.
pytestmark = pytest.mark.sweep

PLACES = {
    "Kyiv": (30.52, 50.45),
    "Moscow": (37.62, 55.75),
    "Tehran": (51.39, 35.69),
    "Astrakhan": (48.04, 46.35),
    "Bandar-e Anzali": (49.46, 37.47),
}

COLOURS = MAP_COLOURS["light"]


def composed(atlas: Atlas, **wanted: Any) -> Sheet:
    return compose(atlas, Brief(**wanted), "http://localhost:8501")


class Map:
    """Texts on the map of a sheet, and where in degrees they stand."""

    def __init__(self, atlas: Atlas, sheet: Sheet) -> None:
        self.rect, self.view = sheet.layout.map, sheet.view
        self.all = in_svg(paper.svg(atlas, sheet))
        left, top = self.rect.x * 72, self.rect.y * 72
        right, bottom = self.rect.right * 72, self.rect.bottom * 72
        self.words = [
            word
            for word in self.all
            if left <= word.middle[0] <= right and top <= word.middle[1] <= bottom
        ]
        self.plane = Transformer.from_crs("EPSG:4326", self.view.crs, always_xy=True)

    def named(self, text: str) -> Word:
        (word,) = [word for word in self.words if word.text == text]
        return word

    def spot(self, lon: float, lat: float) -> tuple[float, float]:
        """Degrees as points of the page."""
        x, y = self.plane.transform(lon, lat)
        view, rect = self.view, self.rect
        return (
            (rect.x + (x - view.x0) / (view.x1 - view.x0) * rect.width) * 72,
            (rect.y + (view.y1 - y) / (view.y1 - view.y0) * rect.height) * 72,
        )

    def degrees(self, word: Word) -> tuple[float, float]:
        """Where a word's middle lies."""
        view, rect = self.view, self.rect
        across = (word.middle[0] / 72 - rect.x) / rect.width
        down = (word.middle[1] / 72 - rect.y) / rect.height
        lon, lat = self.plane.transform(
            view.x0 + across * (view.x1 - view.x0),
            view.y1 - down * (view.y1 - view.y0),
            direction="INVERSE",
        )
        return float(lon), float(lat)


@pytest.fixture(scope="module")
def named(little: Atlas) -> Map:
    return Map(little, composed(little))


# Names


@pytest.mark.parametrize("code", ["IRN", "RUS", "UKR"])
def test_a_country_in_play_is_named_on_its_own_land(little: Atlas, named: Map, code: str) -> None:
    word = named.named(little.dossier.actors[code].name)
    assert country_at(*named.degrees(word), little.countries) == code
    assert word.face == "600"


def test_other_countries_are_not_named(named: Map) -> None:
    texts = {word.text for word in named.words}
    assert {"Turkey", "Kazakhstan", "Romania", "Iraq", "Brazil", "Lebanon"}.isdisjoint(texts)


@pytest.mark.parametrize("place", PLACES)
def test_a_place_is_named_beside_its_symbol_or_stop(named: Map, place: str) -> None:
    word = named.named(place)

    def gap(other: str) -> float:
        """From the word's box to a place."""
        x, y = named.spot(*PLACES[other])
        beyond_x = max(word.left - x, x - word.left - word.width, 0)
        beyond_y = max(abs(y - word.middle[1]) - word.size / 2, 0)
        return float(np.hypot(beyond_x, beyond_y))

    assert gap(place) < 24
    assert min(PLACES, key=gap) == place
    assert word.face == "400" and word.colour == COLOURS["ink"]


def test_only_these_places_are_named(named: Map) -> None:
    told = {word.text for word in named.words if word.face == "400" and word.size > 7}
    assert told == set(PLACES)


@pytest.mark.parametrize(
    ("water", "at"), [("Black Sea", (35.0, 43.3)), ("Caspian Sea", (50.7, 42.0))]
)
def test_a_sea_is_named_in_its_middle(
    named: Map, little: Atlas, water: str, at: tuple[float, float]
) -> None:
    word = named.named(water)
    assert word.face == "italic"
    assert Geod(ellps="WGS84").inv(*at, *named.degrees(word))[2] < 450_000


def test_nothing_is_named_twice(named: Map) -> None:
    texts = [word.text for word in named.words if not word.text.isdigit()]
    assert sorted(texts) == sorted(set(texts))


def test_a_place_is_named_without_what_explains_it_and_a_bend_not_at_all(crowded: Atlas) -> None:
    texts = {word.text for word in Map(crowded, composed(crowded)).words}
    assert "Bandar-e Anzali" in texts
    assert not any("bend" in text or "(" in text for text in texts)


def test_a_name_stands_out_from_what_it_lies_on(little: Atlas) -> None:
    """A pale rim around the letters, where the land is filled."""
    sheet = compose(little, Brief(screen=Screen(alliance=("brics",)), points=()))
    on_map = Map(little, sheet)
    painted = Painted(little, sheet)
    word = on_map.named("Russia")
    left = (word.left - sheet.layout.map.x * 72) * POINT
    middle = (word.middle[1] - sheet.layout.map.y * 72) * POINT
    box = painted.pixels[
        round(middle - 5 * POINT) : round(middle + 5 * POINT),
        round(left) : round(left + word.width * POINT),
    ]
    filled = rgb(over("#e69f00", COLOURS["land"], 0.55))
    assert (box.sum(axis=2) > 3 * 235).mean() > 0.15
    assert (np.abs(box - filled).sum(axis=2) < 12).mean() < 0.5


# Numbers


def test_a_key_points_number_stands_by_what_it_is_about(little: Atlas) -> None:
    order = ("tehran-meeting", "kyiv-warning", "iranians-in-moscow")
    points = tuple(KeyPoint(f"Point of {record}", record) for record in order)
    on_map = Map(little, composed(little, points=points))
    for number, place in enumerate(("Tehran", "Kyiv", "Moscow"), start=1):
        word = on_map.named(str(number))
        assert word.face == "700" and word.colour == COLOURS["paper"]
        gaps = {
            other: np.hypot(*(np.array(word.middle) - on_map.spot(*PLACES[other])))
            for other in PLACES
        }
        assert gaps[place] < 30
        assert min(gaps, key=lambda other: gaps[other]) == place


def test_a_key_point_of_a_line_has_its_number_on_the_line(little: Atlas) -> None:
    points = (KeyPoint("The corridor", "caspian"), KeyPoint("The conflict", "rus-ukr-conflict"))
    on_map = Map(little, composed(little, points=points))
    (first, second) = (np.array(on_map.named(number).middle) for number in "12")
    # The corridor runs along 47 to 51° E, the conflict from Moscow to Kyiv.
    x, _ = on_map.spot(44, 48)
    assert first[0] > x
    kyiv, moscow = (np.array(on_map.spot(*PLACES[place])) for place in ("Kyiv", "Moscow"))
    whole = np.hypot(*(moscow - kyiv))
    assert np.hypot(*(second - kyiv)) + np.hypot(*(second - moscow)) < 1.1 * whole


def test_points_beside_the_map_bear_the_numbers_of_the_map(little: Atlas) -> None:
    points = (KeyPoint("First of all", "kyiv-warning"), KeyPoint("And then", "tehran-meeting"))
    sheet = composed(little, points=points)
    words = in_svg(paper.svg(little, sheet))
    assert sheet.layout.points
    for number, point in nonempty(enumerate(points, start=1)):
        (text,) = [word for word in words if word.text == point.text]
        (figure,) = [
            word
            for word in words
            if word.text == str(number) and word.left > sheet.layout.points.x * 72 - 1
        ]
        assert figure.baseline == pytest.approx(text.baseline, abs=1.5)
        assert figure.left + figure.width < text.left


# Scale


@pytest.mark.parametrize("extent", ["fit", "caspian-sea", "northern-half"])
def test_the_scale_bar_is_as_long_as_it_says(little: Atlas, extent: str) -> None:
    sheet = compose(little, Brief(extent=extent, labels=False, points=()))
    words = Map(little, sheet)
    (told,) = [word for word in words.words if word.text.endswith(" km")]
    painted = Painted(little, sheet)
    # The bar lies beneath its words; nothing else there is of ink.
    column = (told.middle[0] - sheet.layout.map.x * 72) * POINT
    row = (told.baseline - sheet.layout.map.y * 72) * POINT
    below = (painted.rows > row + 3) & (painted.rows < row + 9 * POINT)
    # A fifth of the map's width at most.
    below &= np.abs(painted.columns - column) < 0.15 * painted.width
    bar = below & painted.has(COLOURS["ink"], near=60)
    rows, columns = np.nonzero(bar)
    assert columns.min() < column < columns.max()
    ends = [
        painted.project.transform(
            sheet.view.x0 + at / painted.width * (sheet.view.x1 - sheet.view.x0),
            sheet.view.y1 - rows.mean() / painted.height * (sheet.view.y1 - sheet.view.y0),
            direction="INVERSE",
        )
        for at in (columns.min(), columns.max() + 1)
    ]
    metres = Geod(ellps="WGS84").inv(*ends[0], *ends[1])[2]
    assert metres / 1000 == pytest.approx(float(told.text.removesuffix(" km")), rel=0.05)


def test_a_map_of_the_world_has_no_scale_bar_and_names_its_projection(little: Atlas) -> None:
    brics = Screen(alliance=("brics",))
    world = Map(little, compose(little, Brief(screen=brics, extent="world")))
    assert [word for word in world.words if word.text.endswith(" km")] == []
    assert world.named("Equal Earth").size < 7


def test_a_continent_has_no_scale_bar(little: Atlas) -> None:
    brics = Screen(alliance=("brics",))
    wide = Map(little, compose(little, Brief(screen=brics, extent="wide")))
    assert [word for word in wide.words if word.text.endswith(" km")] == []


# PDF


@pytest.fixture(scope="module")
def printed(little: Atlas) -> Callable[[str], bytes]:
    """Give a function that writes the sheet of a frame, each once."""
    return cache(lambda frame: paper.pdf(little, composed(little, frame=frame)))


@pytest.mark.parametrize("frame", first_of(FRAMES))
def test_the_pdf_has_the_same_words_at_the_same_places(
    little: Atlas, printed: Callable[[str], bytes], frame: str
) -> None:
    sheet = composed(little, frame=frame)
    page = in_pdf(printed(frame))
    # pypdf gives a line in pieces where its font changes, each from where the line begins.
    plain = [word for word in in_svg(paper.svg(little, sheet)) if word.text.isascii()]
    assert len(plain) > 40
    for word in nonempty(plain):
        near = [
            text
            for text, left, baseline, size in page
            if np.hypot(left - word.left, baseline - word.baseline) < 0.75
            and size == pytest.approx(word.size, abs=0.01)
        ]
        assert word.text in near, word


def test_the_pdf_sets_waters_in_italics_and_countries_bolder(
    printed: Callable[[str], bytes],
) -> None:
    page = PdfReader(io.BytesIO(printed("16:9"))).pages[0]
    faces: dict[str, str] = {}

    def visit(text: str, outer: Any, inner: Any, font: Any, size: float) -> None:
        if font:
            faces.setdefault(text.strip(), str(font["/BaseFont"]).partition("+")[2])

    page.extract_text(visitor_text=visit)
    assert faces["Black Sea"] == "SourceSansPro-It"
    assert faces["Ukraine"] == "SourceSansPro-Semibold"
    assert faces["Kyiv"] == "SourceSansPro-Regular"


def test_the_pdf_says_what_it_is(little: Atlas) -> None:
    sheet = composed(little, title="A title", subtitle="And what it leaves unsaid")
    told = PdfReader(io.BytesIO(paper.pdf(little, sheet))).metadata
    assert told
    assert (told.title, told.subject) == ("A title", "And what it leaves unsaid")
    assert told.creator == "Dossier Atlas"
    assert told.creation_date is None


def test_only_the_lines_of_the_address_lead_there(
    little: Atlas, printed: Callable[[str], bytes]
) -> None:
    sheet = composed(little, frame="a4-portrait")
    lines = sheet.layout.footer.lines
    assert len(lines) > 1 and sheet.link in lines[-1] and "http" not in "".join(lines[:-1])
    page = PdfReader(io.BytesIO(printed("a4-portrait"))).pages[0]
    (area,) = (annotation.get_object()["/Rect"] for annotation in page["/Annots"])  # type: ignore[attr-defined]
    high = float(page.mediabox.height)
    rect = sheet.layout.footer.rect
    last = (rect.y + rect.height * (1 - 1 / len(lines))) * 72
    assert high - float(area[3]) > last - 2


def test_what_backs_a_key_point_stands_back(little: Atlas) -> None:
    points = (KeyPoint("One (of two) things (reported, line 4)"), KeyPoint("Plain words"))
    sheet = composed(little, points=points)
    assert sheet.layout.points
    left = sheet.layout.points.x * 72
    colours = {
        word.text: word.colour
        for word in in_svg(paper.svg(little, sheet))
        if word.left > left and word.size > 9
    }
    soft = " ".join(text for text, colour in colours.items() if colour == COLOURS["ink-soft"])
    firm = " ".join(text for text, colour in colours.items() if colour == COLOURS["ink"])
    assert "(reported, line 4)" in soft
    assert "One (of two) things" in firm and "Plain words" in firm
