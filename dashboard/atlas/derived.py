"""What is worked out of an atlas stays with that atlas, and goes with it. No Streamlit.

A cache of a module would keep each dossier that was ever saved: one for each atlas does not.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import update_wrapper
from threading import Lock
from typing import Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class _Once(Generic[Result]):
    """A result that whoever comes first works out, while the others wait for it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._result: list[Result] = []

    def get(self, work_out: Callable[[], Result]) -> Result:
        with self._lock:
            if not self._result:
                self._result.append(work_out())
            return self._result[0]


class Derived:
    """What has been worked out of one atlas, by function and arguments."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[Hashable, OrderedDict[Hashable, _Once[Any]]] = {}

    def once(self, function: Hashable, arguments: Hashable, most: int) -> _Once[Any]:
        """The place of a result; the one asked for least lately makes room for a new one."""
        with self._lock:
            kept = self._kept.setdefault(function, OrderedDict())
            once = kept.setdefault(arguments, _Once())
            kept.move_to_end(arguments)
            while len(kept) > most:
                kept.popitem(last=False)
        return once

    def forget(self, function: Hashable) -> None:
        """Let go of all results of a function."""
        with self._lock:
            self._kept.pop(function, None)


class HasDerived(Protocol):
    """An atlas, as far as it matters here."""

    @property
    def derived(self) -> Derived:
        """What has been worked out of it."""


Holder = TypeVar("Holder", bound=HasDerived)


class Deriving(Generic[Holder, Arguments, Result]):
    """A function of an atlas whose results are kept with it.

    A result must not hold the atlas itself: nothing but the garbage collector would then free it,
    which leaves out what is loaded.
    """

    def __init__(
        self, function: Callable[Concatenate[Holder, Arguments], Result], most: int
    ) -> None:
        self._function = function
        self._most = most
        update_wrapper(self, function)

    def __call__(self, atlas: Holder, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        """The result, worked out where it is asked for for the first time."""
        key = (args, tuple(sorted(kwargs.items())))
        once: _Once[Result] = atlas.derived.once(self._function, key, self._most)
        return once.get(lambda: self._function(atlas, *args, **kwargs))

    def forget(self, atlas: Holder) -> None:
        """Let go of what is kept with an atlas."""
        atlas.derived.forget(self._function)


def derived(
    most: int,
) -> Callable[
    [Callable[Concatenate[Holder, Arguments], Result]], Deriving[Holder, Arguments, Result]
]:
    """Keep a function's results with the atlas, its first argument.

    Parameters
    ----------
    most : int
        Results that are kept with each atlas, one for each set of the other arguments, which can
        be hashed.

    Returns
    -------
    callable
        A decorator.
    """

    def decorate(
        function: Callable[Concatenate[Holder, Arguments], Result],
    ) -> Deriving[Holder, Arguments, Result]:
        return Deriving(function, most)

    return decorate
