"""Check coordinates before anything is measured with them."""

import math
from collections.abc import Iterable, Sequence

from geodata.errors import CoordinateError

LonLat = tuple[float, float]


def check_coordinate(coordinate: Sequence[float]) -> LonLat:
    """Check one coordinate.

    Parameters
    ----------
    coordinate : (float, float)
        Longitude and latitude in degrees, EPSG:4326.

    Returns
    -------
    (float, float)
        The same as floats.

    Raises
    ------
    CoordinateError
        If it is not a pair of finite numbers, the longitude is outside ±180, or the latitude
        outside ±90.
    """
    try:
        lon, lat = (float(number) for number in coordinate)
    except (TypeError, ValueError) as error:
        raise CoordinateError(f"not a (longitude, latitude) pair: {coordinate!r}") from error
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise CoordinateError(f"not finite numbers: {coordinate!r}")
    if not -180 <= lon <= 180:
        raise CoordinateError(f"longitude {lon} is outside ±180 (the order is lon, lat)")
    if not -90 <= lat <= 90:
        raise CoordinateError(f"latitude {lat} is outside ±90 (the order is lon, lat)")
    return lon, lat


def check_path(coordinates: Iterable[Sequence[float]], least: int = 2) -> list[LonLat]:
    """Check a sequence of coordinates.

    Parameters
    ----------
    coordinates : iterable of (float, float)
        Longitude and latitude in degrees, EPSG:4326.
    least : int
        How many there must be.

    Returns
    -------
    list of (float, float)
        The same as floats.

    Raises
    ------
    CoordinateError
        If one of them is bad, or there are fewer than `least`.
    """
    path = [check_coordinate(coordinate) for coordinate in coordinates]
    if len(path) < least:
        raise CoordinateError(f"{len(path)} coordinate(s), at least {least} needed")
    return path
