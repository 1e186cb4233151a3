"""matplotlib without a place to write to: it wants one for its list of fonts, and need not have it.

It looks for its settings and its list in folders that it makes, and is not to be had where it can
make none. The fonts of a briefing are named by their files (`dashboard.sheet.fonts`), the settings
are our own (`dashboard.formats.paper`): what is not found there is not missed.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from tempfile import gettempdir

SETTINGS = "MATPLOTLIBRC"
"""Environment variable that names the file of matplotlib's settings."""

NOWHERE = f"{os.devnull}/matplotlib"
"""A folder that there is not, and that cannot be made."""


def prepare() -> None:
    """Have matplotlib do without a folder of its own if there is none; before it is loaded."""
    # That its folder lies elsewhere, or that a list could not be kept, is news to nobody.
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    try:
        gettempdir()
    except OSError:
        _do_without()


def _do_without() -> None:
    """Load it with the settings that it brings, and let it look for the rest in vain."""
    found = find_spec("matplotlib")
    assert found is not None and found.origin is not None
    os.environ.setdefault(SETTINGS, str(Path(found.origin).parent / "mpl-data" / "matplotlibrc"))
    import matplotlib

    matplotlib.get_configdir = _or_nowhere(matplotlib.get_configdir)
    matplotlib.get_cachedir = _or_nowhere(matplotlib.get_cachedir)


def _or_nowhere(folder: Callable[[], str]) -> Callable[[], str]:
    def found() -> str:
        try:
            return folder()
        except OSError:
            return NOWHERE

    return found
