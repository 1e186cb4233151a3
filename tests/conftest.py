"""What all tests share: how they are spread over workers, and how long one may take."""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes says how busy the machine is, with as many tests at once as it has
# cores. What an example says is the same.
settings.register_profile(
    "any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any-machine")
# For `make test`: a rule is tried on a few examples there, and on all of them in `make check`.
settings.register_profile("quick", settings.get_profile("any-machine"), max_examples=8)

# What the app shows where a test names nothing else: no curator's change turns one red.
os.environ["DOSSIER_ATLAS_DOSSIER"] = str(Path(__file__).parent / "dossiers" / "lakes")

# Collecting imports and makes what all stays: a walk over it finds nothing, and takes a quarter of
# the time.
gc.disable()

BROWSER = "tests/browser/"
ENGINES = "tests/browser/engines/"
TOGETHER = ("test_many_records.py", "test_balanced.py")
"""Browser tests that share an app with a dossier of their own, and go to one worker."""


def pytest_collection_finish() -> None:
    """Leave what is there out of all later walks."""
    gc.freeze()
    gc.enable()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """As many as there are cores to run on, also where psutil would count half of them."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Spread tests by file, since those of a file share what they load; browser tests one by one.

    They share a browser and the app only, and a worker has both anyway. In the order of collection:
    no worker may get another test after one in a browser.
    """
    from xdist.scheduler import LoadScopeScheduling

    class Spread(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            if file.startswith(ENGINES):  # each engine is started by one worker
                return file + nodeid.partition("[")[2]
            alone = file.startswith(BROWSER) and not file.endswith(TOGETHER)
            return nodeid if alone else file

    config.option.loadscopereorder = False
    return Spread(config, log)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say in words which browsers were not asked: a letter among hundreds is overlooked."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = {str(report.longrepr[2]) for report in skipped if report.nodeid.startswith(ENGINES)}
    for reason in sorted(reasons):
        terminalreporter.write_line(reason, yellow=True)
