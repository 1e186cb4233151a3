"""The legend as it is drawn: each sample looks as what it explains."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from dashboard.atlas.address import Screen
from dashboard.atlas.data import Atlas
from dashboard.formats import paper
from dashboard.look.palette import MAP_COLOURS, THEME_COLOURS
from dashboard.sheet.sheet import Sheet, compose
from dashboard.sheet.spec import Brief
from tests.dashboard.drawing.pixels import over, rgb
from tests.dashboard.drawing.written import in_svg
from tests.nonempty import nonempty

# Pictures are read back here, sign by sign.
pytestmark = pytest.mark.sweep

COLOURS = MAP_COLOURS["light"]


def samples(atlas: Atlas, sheet: Sheet) -> dict[str, np.ndarray]:
    """Pixels left of each label of the legend, where its sample is drawn."""
    dpi = 288
    with Image.open(io.BytesIO(paper.png(atlas, sheet, dpi))) as image:
        pixels = np.asarray(image.convert("RGB")).astype(int)
    legend = sheet.layout.legend
    assert legend
    found = {}
    labels = {entry.label for entry in sheet.legend}
    for word in in_svg(paper.svg(atlas, sheet)):
        if word.text in labels and word.left >= legend.x * 72 and word.middle[1] > legend.y * 72:
            x, y = (round(at * dpi / 72) for at in (word.left, word.middle[1]))
            reach, half = round(31 * dpi / 72), round(5 * dpi / 72)
            found[word.text] = pixels[y - half : y + half, x - reach : x]
    return found


def share(pixels: np.ndarray, colour: str, near: int = 12) -> float:
    return float((np.abs(pixels - rgb(colour)).sum(axis=2) <= near).mean())


def test_each_sample_of_the_legend_looks_as_what_it_explains(mixed: Atlas) -> None:
    screen = Screen(alliance=("brics", "pact"))
    sheet = compose(mixed, Brief(screen=screen, points=()))
    found = samples(mixed, sheet)
    themes = [colour for colour, _ in THEME_COLOURS[:2]]
    soft, paper_ = COLOURS["ink-soft"], COLOURS["paper"]
    for label, colour in (
        ("Arms transfers", themes[0]),
        ("Diplomacy", themes[1]),
        ("BRICS", over("#e69f00", COLOURS["land"], 0.55)),
        ("Pact", over("#56b4e9", COLOURS["land"], 0.55)),
        ("Delivered", soft),
        ("Opposes", soft),
        ("Rail", soft),
        ("Sea", soft),
        ("Meeting", soft),
        ("Statement", soft),
        ("Disputed area", COLOURS["hatch"]),
    ):
        assert share(found[label], colour, 40) > 0.02, label
        strangers = [theme for theme in themes if theme != colour]
        assert not any(share(found[label], theme) for theme in strangers), label
    # Strokes and gaps along the middle, as on the map.
    for label, strokes in (("Sea", (2, 4)), ("Opposes", (2, 6)), ("Delivered", (1, 1))):
        pixels = found[label]
        row = np.abs(pixels[pixels.shape[0] // 2] - rgb(soft)).sum(axis=1) < 60
        begun = int(np.count_nonzero(np.diff(row.astype(int)) == 1)) + int(row[0])
        assert strokes[0] <= begun <= strokes[1], (label, begun)
    # Railways have sleepers, sea lanes gaps.
    assert share(found["Rail"], soft, 40) > share(found["Sea"], soft, 40)
    # A head at the right end: more of it there than elsewhere.
    arrow = np.abs(found["Delivered"] - rgb(soft)).sum(axis=2) < 60
    columns = arrow.sum(axis=0)
    drawn = nonempty(np.flatnonzero(columns).tolist())
    third = (drawn[-1] - drawn[0]) // 3
    assert columns[drawn[-1] - third :].max() > 2.5 * columns[drawn[0] : drawn[0] + third].max()
    # Hatching leaves most of the paper, and lesser standing some of the land.
    assert share(found["Disputed area"], paper_) > share(found["Disputed area"], COLOURS["hatch"])
    striped = next(pixels for label, pixels in found.items() if "lesser" in label.lower() or (
        "full" in label.lower()
    ))  # fmt: skip
    assert share(striped, COLOURS["land"], 20) > 0.02


def test_the_evidence_key_counts_and_draws_the_lighter_as_outlines(mixed: Atlas) -> None:
    sheet = compose(mixed, Brief())
    counts = {status.label: count for status, count in sheet.evidence}
    # Those that the fixture adds; the pact is filled on another sheet.
    assert (counts["Allegation"], counts["Context"]) == (2, 1)
    assert sum(counts.values()) == len(sheet.records) == 10
    dpi = 288
    with Image.open(io.BytesIO(paper.png(mixed, sheet, dpi))) as image:
        pixels = np.asarray(image.convert("RGB")).astype(int)
    words = {word.text: word for word in in_svg(paper.svg(mixed, sheet))}
    middles = {}
    for label, count in counts.items():
        text = f"{label} {count}" + (" (not in the article)" if label == "Context" else "")
        word = words[text]
        scale = dpi / 72
        x, y = (word.left - 0.85 * word.size) * scale, word.middle[1] * scale
        middles[label] = tuple(pixels[round(y), round(x)].tolist())
    soft, blank = (tuple(rgb(COLOURS[name]).tolist()) for name in ("ink-soft", "paper"))
    assert middles == {"Reported": soft, "Allegation": blank, "Context": soft}
    light = words["drawn lighter:"]
    assert words[f"Reported {counts['Reported']}"].left < light.left
    assert light.left < words[f"Allegation {counts['Allegation']}"].left


def test_only_what_lies_in_the_frame_is_explained(little: Atlas) -> None:
    brics = Screen(alliance=("brics",))
    near, far = (
        {
            entry.label
            for entry in compose(little, Brief(screen=brics, extent="view", bounds=bounds)).legend
        }
        for bounds in ((20.0, 35.0, 55.0, 58.0), (-60.0, -25.0, -45.0, -5.0))
    )
    assert {"Disputed area", "Delivered", "Statement", "Rail", "BRICS"} <= near
    assert far == {"BRICS"}


def test_a_symbol_is_that_of_its_kind(little: Atlas) -> None:
    drawn = {symbol.record: symbol.of.glyph for symbol in compose(little, Brief()).symbols}
    assert drawn == {
        "kyiv-warning": "statement",
        "tehran-meeting": "meeting",
        "iranians-in-moscow": "presence",
        "iran-inflation": "indicator",
    }
