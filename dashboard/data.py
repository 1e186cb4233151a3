"""The one cache: the dossier, joined and indexed, once per process and state of its files.

No Streamlit here: the routes that serve the scene need the same data outside of any session.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

import geopandas as gpd

from annotations.dossier import Dossier
from annotations.loader import load_dossier
from annotations.problems import Problem
from dashboard.address import Choices, build_choices
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
    return tuple(
        sorted(
            (str(path), (stat := path.stat()).st_mtime_ns, stat.st_size)
            for path in folder.rglob("*.yml")
            if not path.name.startswith(".")  # an editor's, of what is not saved yet
        )
    )


@lru_cache(maxsize=2)
def _load(folder: Path, state: tuple[tuple[str, int, int], ...]) -> Atlas:
    countries = load_countries()
    disputed = load_disputed()
    borders = border_note()
    joined = join(load_dossier(folder), countries)
    index = build_index(joined.dossier)
    return Atlas(
        joined=joined,
        countries=countries,
        disputed=disputed,
        water=load_water(),
        index=index,
        choices=build_choices(joined.dossier, index, list(disputed.index)),
        scene=build_scene(joined, disputed, borders.short),
        search=build_search(joined.dossier, index.totals["actor"]),
        borders=borders,
    )


_one_at_a_time = Lock()


def load() -> Atlas:
    """The dossier as its files stand now; loaded anew only when one of them changed.

    Returns
    -------
    Atlas

    Raises
    ------
    annotations.problems.DossierError
        If the dossier cannot be loaded at all.
    """
    folder = dossier_folder()
    with _one_at_a_time:
        return _load(folder, _state(folder))
