"""The log: what whoever runs the app needs to know, and nothing about its readers.

Written by Python's `logging` under the name ``dossier_atlas``. No line holds a text of a record or
of the article, an address, or what somebody asked: of a problem it says where and what kind, of an
exception where it was raised. No Streamlit.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import replace
from secrets import randbelow
from typing import Any

from pydantic import BaseModel

from annotations import coverage, schema
from annotations.problems import Problem

NAME = "dossier_atlas"
ENVIRONMENT = "DOSSIER_ATLAS_LOG_LEVEL"
"""Environment variable that names the level."""

DEFAULT_LEVEL = "INFO"
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")

MOST_PROBLEMS = 50
"""Problems that are listed one by one; of more, only the number is said."""

# A command line says what it has to say itself: without this, Python would print warnings there.
logging.getLogger(NAME).addHandler(logging.NullHandler())

# To the last one: what is quoted may hold such a mark itself.
_QUOTED = re.compile(r"['\"“].*['\"”]", re.DOTALL)

_FIELDS = frozenset(
    info.alias or name
    for model in (*vars(schema).values(), *vars(coverage).values())
    if isinstance(model, type) and issubclass(model, BaseModel)
    for name, info in model.model_fields.items()
)


def logger(part: str) -> logging.Logger:
    """The logger of a part of the app.

    Parameters
    ----------
    part : str
        E.g. ``load``; what it says stands under ``dossier_atlas.load``.
    """
    return logging.getLogger(f"{NAME}.{part}")


class Formatter(logging.Formatter):
    """Time, level and part before each line; of an exception its way, not its words.

    The words of an exception may be a reader's or a record's, so only what the operating system
    says is kept. At the level ``DEBUG``, which nobody sets by accident, they stand in full.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Write an event; what another handler has made of its exception is not taken over."""
        own = logging.makeLogRecord(record.__dict__ | {"exc_text": None})
        return super().format(own)

    def formatException(self, ei: Any) -> str:
        """Write an exception and what led to it, the first one first."""
        if logging.getLogger(NAME).isEnabledFor(logging.DEBUG):
            return super().formatException(ei)
        told = []
        for error in reversed(list(_chain(ei[1]))):
            frames = "".join(traceback.format_tb(error.__traceback__))
            told.append(f"Traceback (most recent call last):\n{frames}{_kind(error)}")
        return "\n\nwhich led to:\n\n".join(told)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An exception and those that led to it, the last one first."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _kind(error: BaseException) -> str:
    name = type(error).__qualname__
    return f"{name}: {error.strerror}" if isinstance(error, OSError) else name


def set_up() -> None:
    """Send the log to the standard error, at the level that the environment asks for.

    Nothing is added where somebody has set up a handler for it already; an unknown level is told,
    and the default one taken.
    """
    root = logging.getLogger(NAME)
    asked = os.environ.get(ENVIRONMENT, "").strip().upper() or DEFAULT_LEVEL
    root.setLevel(asked if asked in LEVELS else DEFAULT_LEVEL)
    handlers = [*root.handlers, *logging.getLogger().handlers]
    if all(isinstance(handler, logging.NullHandler) for handler in handlers):
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(Formatter())
        root.addHandler(handler)
    if asked not in LEVELS:
        root.warning("%s is none of %s: %s is taken", ENVIRONMENT, ", ".join(LEVELS), DEFAULT_LEVEL)


def report(log: logging.Logger, what: str, error: BaseException | None = None) -> str:
    """Log that something failed, under a number by which whoever is told of it can name it.

    Parameters
    ----------
    log : logging.Logger
    what : str
        What failed, e.g. ``the page``; never what somebody asked for.
    error : BaseException, optional
        What was raised, where that is known.

    Returns
    -------
    str
        Six digits.
    """
    number = f"{randbelow(900_000) + 100_000}"
    log.error("error %s: %s failed", number, what, exc_info=error)
    return number


def list_problems(log: logging.Logger, problems: Sequence[Problem]) -> None:
    """Log problems of a dossier's files: where, and what kind; what they quote is left out."""
    for problem in problems[:MOST_PROBLEMS]:
        log.warning("%s", _without_words(problem))
    if len(problems) > MOST_PROBLEMS:
        log.warning("and %d problems more", len(problems) - MOST_PROBLEMS)


def _without_words(problem: Problem) -> Problem:
    """The same without what a file says: a field that the schema has not may be a sentence."""
    parts = problem.field.split(".")
    field = ".".join(part if part in _FIELDS or part.isdigit() else "…" for part in parts)
    reason = _QUOTED.sub("'…'", problem.reason)
    return replace(problem, field=field if problem.field else "", reason=reason)
