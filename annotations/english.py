"""English for readers: lists, counts, lengths, sums, sizes of files. All of it plain text."""

from __future__ import annotations

from collections.abc import Sequence


def counted(number: int, one: str, several: str = "") -> str:
    """A number of things: ``1 record``, ``2 records``.

    Parameters
    ----------
    number : int
    one, several : str
        What one of them is called, and several; by default with an s.
    """
    return f"{number} {one if number == 1 else several or f'{one}s'}"


def named_beside(names: Sequence[str]) -> str:
    """Names in one line: commas between them, unless a name has one itself."""
    return ("; " if any("," in name for name in names) else ", ").join(names)


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: ``A, B and C``; parted as `named_beside` parts them."""
    return " and ".join(filter(None, [named_beside(names[:-1]), *names[-1:]]))


def unexplained(name: str) -> str:
    """A place's name as a map has it, without the explanation after it: ``Victoria (lake)``."""
    return name.partition(" (")[0]


def in_km(km: float) -> str:
    """A length: ``14,119 km``."""
    return f"{km:,.0f} km"


def size_in_words(count: int) -> str:
    """The size of a file of so many bytes: ``12 KB``, ``1.4 MB``."""
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(1, round(count / 1e3))} KB"


_SCALES = ((1e12, " tn"), (1e9, " bn"), (1e6, " m"), (1.0, ""))


def amount_in_words(value: float, unit: str) -> str:
    """An amount by itself: ``$1.40 tn``, ``$32.0 bn``, ``89.0 m``, ``1.65 m km²``.

    Parameters
    ----------
    value : float
        Positive.
    unit : str
        ``dollars``, ``people``, or what is written behind the number.
    """
    scales = _SCALES if unit == "dollars" else _SCALES[2:]
    scale, name = next((pair for pair in scales if value >= pair[0]), _SCALES[-1])
    scaled = value / scale
    digits = 0 if scaled >= 100 or scale == 1 else 1 if scaled >= 10 else 2
    return _with_unit(f"{scaled:,.{digits}f}{name}", unit)


def sum_in_words(value: float, unit: str) -> str:
    """A sum, on the same scale as all of its unit: ``$60.5 tn``, ``3,583 m``, ``43.5 m km²``."""
    if unit == "dollars":
        return _with_unit(f"{value / 1e12:,.1f} tn", unit)
    return _with_unit(f"{value / 1e6:,.{0 if unit == 'people' else 1}f} m", unit)


def _with_unit(text: str, unit: str) -> str:
    if unit == "dollars":
        return f"${text}"
    return text if unit == "people" else f"{text} {unit}"
