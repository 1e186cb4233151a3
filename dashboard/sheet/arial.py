"""How wide the signs of Arial are, in which slides are set and which nobody may ship.

Helvetica's are as wide, and matplotlib has them as a table. Of what the table lacks (other scripts,
emoji), `dashboard.sheet.fonts` measures what stands in for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import matplotlib
from fontTools.agl import toUnicode

NORMAL, BOLD = "arial", "arial bold"
"""Its weights, as `dashboard.sheet.fonts.wrap` takes them."""

_TABLES = {NORMAL: "phvr8a.afm", BOLD: "phvb8a.afm"}


@lru_cache(maxsize=2)
def widths(weight: str) -> Mapping[str, float]:
    """Widths by sign, as multiples of the size of type.

    Parameters
    ----------
    weight : str
        `NORMAL` or `BOLD`.

    Returns
    -------
    mapping of str to float
        Latin letters with their accents, figures and the usual signs.

    Raises
    ------
    KeyError
        If there is no such weight.
    """
    path = Path(matplotlib.get_data_path()) / "fonts" / "afm" / _TABLES[weight]
    found = {}
    for line in path.read_text(encoding="latin-1").splitlines():
        # ``C 65 ; WX 667 ; N A ; B 14 0 654 718 ;``
        fields = dict(part.split(maxsplit=1) for part in line.split(";") if len(part.split()) > 1)
        if "WX" in fields and "N" in fields:
            found[toUnicode(fields["N"].strip())] = float(fields["WX"]) / 1000
    return found
