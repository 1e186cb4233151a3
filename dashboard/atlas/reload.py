"""Watches a folder: what is made of it is made anew when a file changes, and stays until then.

Where the files as they stand cannot be shown (the head is cut, the folder is gone or shut), what
was made last stays, with the reason; the mend is seen by itself. No Streamlit.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock, Thread
from time import monotonic
from typing import Generic, Protocol, TypeVar

from annotations.files import FOLDERS, is_visible
from annotations.problems import DossierError, Problem
from dashboard.log import list_problems, logger, report

SHARE = 0.02
"""Share of the time that is spent on looking whether a file has changed."""

LONG_LOOK = 0.2
"""Seconds from which on a look is not waited for."""

AGAIN = 60.0
"""Seconds after which what failed for no reason of the files is tried once more."""

State = tuple[tuple[str | int, ...], ...]
"""Of each file that counts: its path, rights, times and size, or the number of the error."""

_log = logger("reload")


class Loaded(Protocol):
    """What can be made of a folder."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the files; what they concern is left out."""

    @property
    def unread(self) -> tuple[str, ...]:
        """Folders that are there and could not be read."""


Made = TypeVar("Made", bound=Loaded)


@dataclass(frozen=True)
class FolderState(Generic[Made]):
    """What is shown.

    Attributes
    ----------
    made : object
        What was made of the folder last.
    held_up : tuple of Problem
        Why that is not what the folder holds now; empty where it is.
    """

    made: Made
    held_up: tuple[Problem, ...] = ()


# --- the state of the files --------------------------------------------------------------------


def state_of(folder: Path) -> State:
    """What changes when a curator saves, adds, moves or shuts a file of a dossier.

    Parameters
    ----------
    folder : Path
        Of the dossier; need not be there, nor be a folder.

    Returns
    -------
    tuple
        Two are equal where nothing has changed. Never an exception: what cannot be looked at
        stands in it as that.
    """
    found = [_mark(str(folder), folder=True)]
    for entry in _entries(str(folder), found):
        if entry.name in FOLDERS:
            found.append(_mark(entry.path, folder=True))
            for inner in _entries(entry.path, found):
                found.append(_mark_of(inner))
        else:
            found.append(_mark_of(entry))
    return tuple(sorted(found, key=lambda mark: str(mark[0])))


def _entries(folder: str, found: list[tuple[str | int, ...]]) -> Iterator[os.DirEntry[str]]:
    """Entries that count; an error is noted in `found`, and what came before it stays."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if is_visible(entry.name):
                    yield entry
    except OSError as error:
        found.append((folder, "entries", error.errno or -1))


def _mark_of(entry: os.DirEntry[str]) -> tuple[str | int, ...]:
    """Of what is not read, that it is there: its name is a problem, its content none."""
    return _mark(entry.path) if entry.name.endswith(".yml") else (entry.path,)


def _mark(path: str, folder: bool = False) -> tuple[str | int, ...]:
    try:
        stat = os.stat(path)  # noqa: PTH116 - thousands of paths, at each look
    except OSError as error:
        return (path, error.errno or -1)
    if folder:  # its times change with each file that an editor sets down beside the others
        return (path, stat.st_mode)
    # The last one also changes with the rights.
    return (path, stat.st_mode, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)


# --- what is made of them ----------------------------------------------------------------------


class Watch(Generic[Made]):
    """What is made of a folder as its files stand, for all threads.

    Looking at thousands of files takes longer than answering a click, so it is done at most for
    `SHARE` of the time: at once after a file of a small dossier was saved, somewhat later for a
    large one. Where a look takes long, a thread of its own looks. While one thread makes
    something anew, all others go on with what there is.

    Parameters
    ----------
    folder : Path
    make : callable
        Makes something of the folder, or raises `DossierError`.
    retire : callable
        Is given what was replaced.
    """

    def __init__(
        self,
        folder: Path,
        make: Callable[[Path], Made],
        retire: Callable[[Made], None] = lambda made: None,
    ) -> None:
        self.folder = folder
        self._make = make
        self._retire = retire
        self._lock = Lock()
        self._standing: FolderState[Made] | None = None
        self._problems: tuple[Problem, ...] = ()
        self._tried: State | None = None
        self._made_of: State | None = None
        self._try_again = float("inf")
        self._next_look = 0.0
        self._long = False
        self._looking = False

    @property
    def held(self) -> Made | None:
        """What was made last; nothing is looked at for that."""
        return self._standing.made if self._standing else None

    def standing(self) -> FolderState[Made]:
        """What is to be shown now.

        Raises
        ------
        DossierError
            If there is nothing: it cannot be loaded, and never could.
        """
        standing = self._standing
        if standing is None:
            with self._lock:
                return self.look()
        if monotonic() < self._next_look:
            return standing
        if self._long:
            if not self._looking:
                self._looking = True
                Thread(target=self._look_aside, name="look", daemon=True).start()
            return standing
        if not self._lock.acquire(blocking=False):
            return standing
        try:
            return self.look()
        finally:
            self._lock.release()

    def look(self) -> FolderState[Made]:
        """Look at the files, and make anew what has changed; one thread at a time."""
        began = monotonic()
        state = state_of(self.folder)
        cost = monotonic() - began
        if state != self._tried or monotonic() > self._try_again:
            self._tried = state
            self._try_again = float("inf")
            self._take(state)
        self._long = cost > LONG_LOOK
        self._next_look = monotonic() + cost / SHARE
        if self._standing is None:
            raise DossierError(self.folder.name, self._problems)
        return self._standing

    def _look_aside(self) -> None:
        try:
            with self._lock:
                self.look()
        finally:
            self._looking = False

    def _take(self, state: State) -> None:
        """Make something of the files, and show it where it is no step back."""
        before = self._standing
        if before and state == self._made_of:
            _log.info("the files are again as they were loaded")
            self._standing = FolderState(before.made)
            return
        if before:
            _log.info("the files have changed: loading anew")
        try:
            made = self._make(self.folder)
        except DossierError as error:
            self._refuse(error.problems)
            return
        except Exception as error:  # noqa: BLE001 - what there is stays, and the log has the rest
            number = report(_log, "loading", error)
            reason = f"could not be loaded: error {number}, see the server's log"
            self._try_again = monotonic() + AGAIN
            self._refuse((Problem(self.folder.name, 0, "", reason),))
            return
        if before and (lost := set(made.unread) - set(before.made.unread)):
            self._refuse(tuple(p for p in made.problems if p.file in lost))
            return
        self._made_of = state
        self._standing = FolderState(made)
        if before:
            self._retire(before.made)

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        """Keep what there is, and say why."""
        # Readers need not know where on this machine the folder lies.
        itself, name = str(self.folder), self.folder.name
        problems = tuple(replace(p, file=name) if p.file == itself else p for p in problems)
        self._problems = problems
        if self._standing:
            self._standing = FolderState(self._standing.made, problems)
        stays = "what was loaded last stays" if self._standing else "there is nothing to show"
        _log.error("the dossier cannot be loaded: %s; problems: %d", stays, len(problems))
        list_problems(_log, problems)
