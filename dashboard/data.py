"""The one cache: the dossier, joined and indexed, once per process and state of its files.

No Streamlit here: the routes that serve the scene need the same data outside of any session.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, wraps
from pathlib import Path
from threading import Lock, Thread
from time import monotonic
from typing import Any

import geopandas as gpd

from annotations.dossier import Dossier
from annotations.loader import load_dossier
from annotations.problems import DossierError, Problem
from dashboard.address import PILLS, Choices, build_choices
from dashboard.filters import FilterIndex, build_index
from dashboard.scene import Scene, build_scene
from dashboard.search import SearchIndex, build_search
from geodata.boundaries import BorderNote, border_note, load_countries, load_disputed, load_water
from geodata.join import JoinedDossier, join

ENVIRONMENT = "DOSSIER_ATLAS_DOSSIER"
"""Environment variable that names another dossier folder."""

DEFAULT_DOSSIER = Path(__file__).parents[1] / "annotations" / "russia-iran"


@dataclass(frozen=True, eq=False)
class Atlas:
    """Everything that is derived from the files. Shared by all sessions: never changed.

    Attributes
    ----------
    joined : JoinedDossier
        Records with geometry.
    countries, disputed, water : geopandas.GeoDataFrame
        The base map, as `geodata.boundaries` gives it.
    index : FilterIndex
        For filtering.
    choices : Choices
        What an address may hold.
    scene : Scene
        What the browser draws.
    search : SearchIndex
        For finding things by words.
    borders : BorderNote
        The note on borders.
    """

    joined: JoinedDossier
    countries: gpd.GeoDataFrame
    disputed: gpd.GeoDataFrame
    water: gpd.GeoDataFrame
    index: FilterIndex
    choices: Choices
    scene: Scene
    search: SearchIndex
    borders: BorderNote

    @property
    def dossier(self) -> Dossier:
        """The records that could be joined."""
        return self.joined.dossier

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the files, all of it."""
        return self.joined.problems


def dossier_folder() -> Path:
    """Folder of the dossier that is shown."""
    return Path(os.environ.get(ENVIRONMENT) or DEFAULT_DOSSIER)


def _state(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Name, time and size of each file of a dossier: changes when a curator saves one."""
    found: list[tuple[str, int, int]] = []
    try:
        for entry in os.scandir(folder):
            if entry.name.startswith("."):  # an editor's, of what is not saved yet
                continue
            if entry.is_dir():
                found += _state(Path(entry.path))
            elif entry.name.endswith(".yml"):
                stat = entry.stat()
                found.append((entry.path, stat.st_mtime_ns, stat.st_size))
    except FileNotFoundError:
        pass  # gone while we looked, or never there: the loader says what is missing
    return tuple(sorted(found))


def _kept_from_collection(build: Callable[..., Atlas]) -> Callable[..., Atlas]:
    """Have the garbage collector neither run while an atlas is built nor walk it ever after."""

    @wraps(build)
    def built(*args: Any) -> Atlas:
        gc.unfreeze()  # what an atlas replaces can go
        gc.disable()
        try:
            return build(*args)
        finally:
            gc.enable()
            gc.collect()
            gc.freeze()

    return built


@lru_cache(maxsize=2)
@_kept_from_collection
def _load(folder: Path, state: tuple[tuple[str, int, int], ...]) -> Atlas:
    countries = load_countries()
    disputed = load_disputed()
    borders = border_note()
    joined = join(load_dossier(folder), countries)
    index = build_index(joined.dossier)
    choices = build_choices(joined.dossier, index, list(disputed.index))
    return Atlas(
        joined=joined,
        countries=countries,
        disputed=disputed,
        water=load_water(),
        index=index,
        choices=choices,
        scene=build_scene(
            joined, disputed, borders.short, {key: choices.offered[key] for key in PILLS}
        ),
        search=build_search(joined.dossier, index.totals["actor"]),
        borders=borders,
    )


class _Current:
    """The dossier as its files stand, for all threads.

    Looking at thousands of files takes longer than answering a click, so it is done at most for
    `SHARE` of the time: at once after a file of a small dossier was saved, somewhat later for a
    large one. Where a look takes long, a thread of its own looks, and readers go on with what
    there is.
    """

    def __init__(self) -> None:
        self.lock = Lock()
        self.held: tuple[Path, Atlas] | None = None
        self.next_look = 0.0
        self.long = False
        self.looking = False

    def get(self, folder: Path) -> Atlas:
        held = self.held
        if held and held[0] == folder:
            if monotonic() < self.next_look:
                return held[1]
            if self.long:
                if not self.looking:
                    self.looking = True
                    Thread(target=self._look_aside, args=(folder,), daemon=True).start()
                return held[1]
        with self.lock:
            return self._look(folder)

    def _look(self, folder: Path) -> Atlas:
        began = monotonic()
        state = _state(folder)
        cost = monotonic() - began
        atlas = _load(folder, state)
        self.held = (folder, atlas)
        self.long = cost > LONG_LOOK
        self.next_look = monotonic() + cost / SHARE
        return atlas

    def _look_aside(self, folder: Path) -> None:
        try:
            with self.lock:
                self._look(folder)
        except DossierError:
            # Whoever asks next looks for himself, and is told what is wrong.
            self.held = None
        finally:
            self.looking = False


SHARE = 0.02
"""Share of the time that is spent on looking whether a file has changed."""

LONG_LOOK = 0.2
"""Seconds from which on a look is not waited for."""

_current = _Current()


def load(folder: Path | None = None) -> Atlas:
    """The dossier as its files stand now; loaded anew only when one of them changed.

    Parameters
    ----------
    folder : Path, optional
        Of the dossier; `dossier_folder` without it.

    Returns
    -------
    Atlas

    Raises
    ------
    annotations.problems.DossierError
        If the dossier cannot be loaded at all.
    """
    return _current.get(folder or dossier_folder())
