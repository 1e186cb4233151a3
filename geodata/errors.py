"""Errors raised by the package, all under one name so that a caller can catch them together."""


class GeodataError(Exception):
    """Base of every error this package raises on purpose."""


class UnknownCountryError(GeodataError, KeyError):
    """A country code has no boundary here.

    Attributes
    ----------
    code : str
        The code that was asked for.
    nearest : tuple of str
        Codes that look like it, best first; may be empty.
    """

    def __init__(self, code: str, nearest: tuple[str, ...] = ()) -> None:
        self.code = code
        self.nearest = nearest
        hint = f"; did you mean {', '.join(nearest)}?" if nearest else ""
        super().__init__(f"no boundary for country code {code!r}{hint}")

    def __str__(self) -> str:
        # KeyError would print the message inside quotation marks.
        return str(self.args[0])


class CoordinateError(GeodataError, ValueError):
    """A coordinate is not a (longitude, latitude) pair in degrees, or a path has too few."""


class SeaRouteError(GeodataError, ValueError):
    """No believable sea route joins two points; the message says what to give instead."""


class PackageError(GeodataError):
    """A source package cannot be obtained, or is not the one that was pinned."""


class TopologyError(GeodataError, ValueError):
    """A source file is not the topology the build expects."""


class FiguresError(GeodataError, ValueError):
    """The table of country figures cannot be read.

    Attributes
    ----------
    file, line : str, int
        Where the fault is.
    """

    def __init__(self, file: str, line: int, reason: str) -> None:
        self.file = file
        self.line = line
        super().__init__(f"{file}:{line}: {reason}")
