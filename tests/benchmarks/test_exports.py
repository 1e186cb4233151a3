"""The benchmark of exports writes every format and tells what it took."""

from __future__ import annotations

import pytest

from benchmarks.exports import WRITERS, Size, measure, report
from dashboard.formats.registry import FORMATS
from tests.dashboard.editing import BASE


@pytest.mark.sweep
def test_each_format_is_written_in_each_round() -> None:
    size = measure(BASE, rounds=2)
    assert size.records == 7  # all but the alliance, which nobody asked to fill
    for name in ("CSV", "GeoJSON", "GeoPackage"):
        assert len(size.seconds[name]) == 2
        assert min(size.seconds[name]) > 0
        assert size.megabytes[name] > 0.001
    labels = {format_.label for format_ in FORMATS.values()}
    assert labels >= set(WRITERS)


def test_the_report_has_a_row_for_each_size() -> None:
    sizes = [Size(n, {name: [1.0, 3.0, 2.0] for name in WRITERS}, dict.fromkeys(WRITERS, 4.25))
             for n in (10, 2_000)]  # fmt: skip
    rows = [line for line in report(sizes).splitlines() if line.startswith("| ")]
    assert rows[-1] == "| 2,000" + " | 2.00 (1.00–3.00) | 4.2" * len(WRITERS) + " |"
    assert rows[-2].startswith("| 10 | ")
