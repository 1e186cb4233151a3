"""A dossier all of whose texts look like code: thirty of them, in each field that takes any text.

`write` makes the files: of each kind of record as many as there are texts, and all fields of one
that take any text hold the same. A second dossier is alike, letter for letter, and means no harm:
what a page has of elements must be the same for both.
"""

from __future__ import annotations

import json
import shutil
import types
from collections.abc import Iterator
from pathlib import Path
from string import ascii_letters
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, StringConstraints

from annotations.coverage import Coverage
from annotations.head import DossierHead
from annotations.schema import KINDS, RECORD_TYPES, Actor, Place
from tests.dossiers.shelf import LAKES

TEXTS = (
    "<b>bold</b> <i>it</i>",
    "<script>h()</script>",
    "<img src=x onerror=h()>",
    "<svg onload=h()></svg>",
    "</script><script>h()//",
    "--></style><p onclick=h()",
    '" onfocus="h()" x="',
    "'><iframe src=/x></iframe>",
    "<style>*{color:red}",
    "x;background:url(//192.0.2.1/c)}",
    "![i](http://192.0.2.1/x.png)",
    "[l](javascript:h())",
    "**b** _i_ ~~s~~ # 1",
    ":smile: :+1: 👍",
    "👍 :red[hot] :streamlit:",
    ":material/home: :gear:",
    "$x^2$ and $$y$$ \\frac12",
    "{{7*7}} {% raw %} ${7*7}",
    "%s %(x)s %d {0} 100 %",
    '=HYPERLINK("//192.0.2.1")',
    "+1-1|cmd",
    "@SUM(A1) -2+3",
    "a -> b <-> c -- d >= e",
    "datum.h || signal('h')",
    "]]> <![CDATA[ <!-- x",
    "&lt;b&gt; &amp; &#x41;",
    "`code` ~~~ ```x",
    "http://192.0.2.1 a@b.example",
    "Z\u0335\u0353a\u0301\u0302\u0303\u0304\u200b\u200d \u05d0\u05d1\u200f (\u0634)",
    "W" * 600,
)
"""What must come out as it stands. None is cut by the shortest field but those that may be."""

_KEPT = {"id", "kind"}


def harmless(position: int, text: str) -> str:
    """A text as long, of one letter: what it takes of room is alike, what it says is nothing."""
    letter = ascii_letters[position]
    return "".join(character if character == " " else letter for character in text)


def texts(hostile: bool = True) -> list[str]:
    """The thirty of them, or those alike that mean no harm."""
    if hostile:
        return list(TEXTS)
    return [harmless(position, text) for position, text in enumerate(TEXTS)]


# --- fields that take any text ------------------------------------------------------------------


def _parts(
    annotation: Any, metadata: tuple[Any, ...] = ()
) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """The types that an annotation stands for, each with what is said about it."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        yield from _parts(inner, (*metadata, *more))
    elif origin in (Union, types.UnionType):
        for one in get_args(annotation):
            yield from _parts(one, metadata)
    else:
        yield annotation, metadata


def _fit(text: str, limits: tuple[Any, ...]) -> str | None:
    """The text within what a field takes; None where it takes words of a form only."""
    rules = [rule for rule in limits if isinstance(rule, StringConstraints)]
    if any(rule.pattern for rule in rules):
        return None
    most = min((rule.max_length for rule in rules if rule.max_length), default=600)
    return text[:most].strip()


def fill(model: type[BaseModel], content: dict[str, Any], text: str, filled: list[str]) -> None:
    """Put a text into all fields of a model that take any, also into those that were left out.

    Parameters
    ----------
    model : type of BaseModel
    content : dict
        What a file holds; it is changed.
    text : str
    filled : list of str
        Gets the name of each field that was filled.
    """
    for name, info in model.model_fields.items():
        key = info.alias or name
        if key in _KEPT:
            continue
        for part, limits in _parts(info.annotation, tuple(info.metadata)):
            where = f"{model.__name__}.{key}"
            if part is str and (fitting := _fit(text, limits)) is not None:
                content[key] = fitting
                filled.append(where)
            elif get_origin(part) is list:
                ((inner, rules),) = list(_parts(get_args(part)[0]))
                if inner is str and (fitting := _fit(text, rules)) is not None:
                    content[key] = [fitting]
                    filled.append(where)
                elif isinstance(inner, type) and issubclass(inner, BaseModel):
                    items = content.get(key) or ([{}] if key == "published" else [])
                    for item in items:
                        fill(inner, item, text, filled)
                    if items:
                        content[key] = items
            elif isinstance(part, type) and issubclass(part, BaseModel) and key in content:
                fill(part, content[key], text, filled)


# --- the files ----------------------------------------------------------------------------------


def _own(kind: str, number: int, count: int) -> dict[str, Any]:
    """What only records of a kind have, but for texts."""
    me, next_ = f"actor-{number}", f"actor-{(number + 1) % count}"
    here, there = f"place-{number}", f"place-{(number + 1) % count}"
    leg = {"from": here, "to": there, "mode": "rail", "status": "operating"}
    return {
        "alliance": {
            "members": [
                {"actor": me, "status": "member", "from": f"{1990 + number}"},
                {"actor": "TZA", "status": "unclear", "from": "2018"},
                {"actor": "ZMB", "status": "member", "from": f"{1980 + number}"},
            ]
        },
        "corridor": {"branches": [{"id": "main", "legs": [leg]}]},
        "event": {"event": "attack", "places": [here], "by": [me], "against": [next_]},
        "flow": {"from": me, "to": next_, "goods": "arms", "state": "delivered"},
        "indicator": {"actor": me, "value": 1.5, "year": 2019, "place": here},
        "presence": {"presence": "militia", "actor": me, "places": [here]},
        "relation": {"relation": "sanction", "by": [me], "toward": [next_], "state": "in-force"},
        "statement": {
            "affiliation": me,
            "stance": "opposes",
            "about": [next_],
            "place": here,
        },
    }[kind]


def _common(kind: str, number: int) -> dict[str, Any]:
    return {
        "id": f"{kind}-{number}",
        "kind": kind,
        "themes": [f"theme-{number}"],
        "when": {"date": f"2019-{number % 9 + 1:02d}-{number % 27 + 1:02d}"},
        "source": {"lines": [number + 1]},
        "evidence": {"status": "allegation"},
        "check": {"verdict": "imprecise"},
    }


def head(first: str, second: str, words: list[str]) -> dict[str, Any]:
    """The dossier's head, with one text for what is large on each page and one for the rest."""
    count = len(words)
    content: dict[str, Any] = {
        "version": "1.0.0",
        "as_of": "2019-09-30",
        "article": {"published": "2019-09", "lines": count},
        "themes": [{"id": f"theme-{number}"} for number in range(count)],
        "view": {"lat": -9.0, "lon": 31.0, "zoom": 4},
        "alliances_shown": ["alliance-0", "alliance-1"],
        "alliances_compared": [f"alliance-{number}" for number in range(6)],
    }
    fill(DossierHead, content, second, [])
    content["title"] = first[:80]
    for theme, text in zip(content["themes"], words, strict=True):
        fill(DossierHead.model_fields["themes"].annotation.__args__[0], theme, text, [])  # type: ignore[union-attr]
    content["examples"] = [text[:40].strip() for text in words[:12]]
    return content


def write(folder: Path, hostile: bool = True, first: int = 0) -> list[str]:
    """Write a dossier's files.

    Parameters
    ----------
    folder : Path
        Empty, or not there.
    hostile : bool
        Whether the texts look like code, or are alike and mean no harm.
    first : int
        Which of the texts is the dossier's title.

    Returns
    -------
    list of str
        Each field that was filled, as often as it was.
    """
    words, filled = texts(hostile), []
    count = len(words)
    for sub in ("actors", "places"):
        shutil.copytree(LAKES / sub, folder / sub)
    for sub in RECORD_TYPES:
        (folder / sub).mkdir()
    for number, text in enumerate(words):
        at = {"lat": -14.0 + number // 6 * 2.6, "lon": 24.0 + number % 6 * 2.9}
        place = {"id": f"place-{number}", "type": "chokepoint", "precision": "city", **at}
        place |= {"lines": [number + 1]}
        fill(Place, place, text, filled)
        actor = {"id": f"actor-{number}", "type": "armed-group", "seat": place["id"]}
        actor["country"] = ("TZA", "ZMB", "KEN", "COD", "MOZ")[number % 5]
        fill(Actor, actor, text, filled)
        files = {f"places/{place['id']}": place, f"actors/{actor['id']}": actor}
        for kind, sub in KINDS.items():
            record = _common(kind, number) | _own(kind, number, count)
            fill(RECORD_TYPES[sub], record, text, filled)
            files[f"{sub}/{record['id']}"] = record
        for name, content in files.items():
            _write(folder / f"{name}.yml", content)
    coverage: dict[str, Any] = {
        "lines": [
            {"line": number + 1, "records": [f"{kind}-{number}" for kind in KINDS]}
            for number in range(count)
        ]
    }
    for line, text in zip(coverage["lines"], words, strict=True):
        fill(Coverage.model_fields["lines"].annotation.__args__[0], line, text, filled)  # type: ignore[union-attr]
    _write(folder / "coverage.yml", coverage)
    write_head(folder, hostile, first)
    return filled


def write_head(folder: Path, hostile: bool = True, first: int = 0) -> None:
    """Write the head anew, with another of the texts as the title, and the next as the rest."""
    words = texts(hostile)
    _write(folder / "dossier.yml", head(words[first], words[(first + 1) % len(words)], words))


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")  # which is YAML, too
