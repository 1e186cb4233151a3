"""The one cache: the dossier, joined and indexed, once per process and state of its files.

No Streamlit here: the routes that serve the scene need the same data outside of any session.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from threading import Lock
from time import monotonic

import geopandas as gpd

from annotations.dossier import Dossier
from annotations.loader import load_dossier
from annotations.problems import Problem
from dashboard.atlas.address import PILLS, Choices, build_choices
from dashboard.atlas.collection import Collector
from dashboard.atlas.derived import Derived
from dashboard.atlas.draw import draw
from dashboard.atlas.drawn import DrawnWorld
from dashboard.atlas.filters import FilterIndex, build_index
from dashboard.atlas.letting_go import let_go
from dashboard.atlas.reload import FolderState, Watch
from dashboard.atlas.scene import Scene, build_scene
from dashboard.atlas.search import SearchIndex, build_search
from dashboard.log import list_problems, logger
from geodata.boundaries import BorderNote, border_note, load_countries, load_disputed, load_water
from geodata.join import join
from geodata.joined import JoinedDossier

ENVIRONMENT = "DOSSIER_ATLAS_DOSSIER"
"""Environment variable that names another dossier folder."""

_log = logger("load")
_collector = Collector()

DEFAULT_DOSSIER = Path(__file__).parents[2] / "annotations" / "russia-iran"


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
    drawn : DrawnWorld
        What map and paper draw.
    scene : Scene
        The same, written for the browser.
    search : SearchIndex
        For finding things by words.
    borders : BorderNote
        The note on borders.
    derived : Derived
        What pages and exports have worked out of it: goes with it.
    """

    joined: JoinedDossier
    countries: gpd.GeoDataFrame
    disputed: gpd.GeoDataFrame
    water: gpd.GeoDataFrame
    index: FilterIndex
    choices: Choices
    drawn: DrawnWorld
    scene: Scene
    search: SearchIndex
    borders: BorderNote
    derived: Derived = field(default_factory=Derived, init=False, repr=False)

    @property
    def dossier(self) -> Dossier:
        """The records that could be joined."""
        return self.joined.dossier

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the files, all of it."""
        return self.joined.problems

    @property
    def unread(self) -> tuple[str, ...]:
        """Folders of the dossier that are there and could not be read."""
        return self.joined.dossier.unread


def dossier_folder() -> Path:
    """Folder of the dossier that is shown."""
    return Path(os.environ.get(ENVIRONMENT) or DEFAULT_DOSSIER)


@dataclass(frozen=True)
class _Ground:
    """The base map, which changes with the code only."""

    countries: gpd.GeoDataFrame
    disputed: gpd.GeoDataFrame
    water: gpd.GeoDataFrame


@lru_cache(maxsize=1)
def _ground() -> _Ground:
    return _Ground(load_countries(), load_disputed(), load_water())


def build(folder: Path) -> Atlas:
    """Load a dossier, join it, and prepare all that its pages ask for.

    Parameters
    ----------
    folder : Path
        Of the dossier.

    Returns
    -------
    Atlas

    Raises
    ------
    annotations.problems.DossierError
        If the dossier cannot be loaded at all.
    """
    began = monotonic()
    with _collector.paused():
        ground = _ground()
        borders = border_note()
        joined = join(load_dossier(folder), ground.countries)
        index = build_index(joined.dossier)
        drawn = draw(joined, ground.disputed)
        choices = build_choices(joined.dossier, index, drawn.things)
        atlas = Atlas(
            joined=joined,
            countries=ground.countries,
            disputed=ground.disputed,
            water=ground.water,
            index=index,
            choices=choices,
            drawn=drawn,
            scene=build_scene(drawn, borders.short, {key: choices.offered[key] for key in PILLS}),
            search=build_search(joined.dossier, index.totals["actor"], drawn.places),
            borders=borders,
        )
    _log.info(
        "loaded dossier %s in %.2f s; records: %d, actors: %d, places: %d, problems: %d",
        atlas.dossier.name,
        monotonic() - began,
        len(atlas.dossier.records),
        len(atlas.dossier.actors),
        len(atlas.dossier.places),
        len(atlas.problems),
    )
    list_problems(_log, atlas.problems)
    return atlas


def _retire(atlas: Atlas) -> None:
    """Let an atlas go, little by little, once nobody uses it."""
    let_go(
        atlas,
        [
            *atlas.dossier.records.values(),
            *atlas.index.entries.values(),
            *atlas.search.things,
            *atlas.drawn.lines,
            *atlas.drawn.points,
        ],
    )


_watches: dict[Path, Watch[Atlas]] = {}
"""By folder, the one asked for last at the end. A server has one; tests ask for several."""

_MOST_WATCHED = 2
_watches_lock = Lock()


def watch(folder: Path | None = None) -> Watch[Atlas]:
    """The watch over a dossier's folder; `dossier_folder` without one."""
    folder = folder or dossier_folder()
    with _watches_lock:
        found = _watches.pop(folder, None) or Watch(folder, build, _retire)
        _watches[folder] = found
        while len(_watches) > _MOST_WATCHED:
            del _watches[next(iter(_watches))]
    return found


def load(folder: Path | None = None) -> Atlas:
    """The dossier as its files stand now; loaded anew only when one of them changed.

    Where it cannot be loaded any more, what was loaded last: `standing` says why.

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
        If the dossier cannot be loaded at all, and never could.
    """
    return standing(folder).made


def standing(folder: Path | None = None) -> FolderState[Atlas]:
    """The same, with why it is not what the files say now, where it is not.

    Parameters
    ----------
    folder : Path, optional
        Of the dossier; `dossier_folder` without it.

    Raises
    ------
    annotations.problems.DossierError
        If the dossier cannot be loaded at all, and never could.
    """
    return watch(folder).standing()
