"""What goes through all there is of something: one of it in `make test`, all in `make check`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def first_of(values: Iterable[Any], kept: int = 1) -> list[Any]:
    """Values of a parameter, of which all but the first are for sweeps.

    Parameters
    ----------
    values : iterable
        A tuple is the values of several parameters.
    kept : int
        How many are no sweep.

    Returns
    -------
    list
        What `pytest.mark.parametrize` takes.
    """
    listed = list(values)
    swept = [
        pytest.param(*(value if isinstance(value, tuple) else (value,)), marks=pytest.mark.sweep)
        for value in listed[kept:]
    ]
    return [*listed[:kept], *swept]
