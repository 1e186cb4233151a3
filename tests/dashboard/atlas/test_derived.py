"""What is worked out of an atlas goes with it: nothing keeps what was loaded before a reload."""

from __future__ import annotations

import ast
import gc
import weakref
from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.applications import Starlette

from dashboard.atlas import data, letting_go
from dashboard.atlas.data import Atlas
from dashboard.atlas.derived import Derived, derived
from dashboard.atlas.letting_go import let_go
from dashboard.brief.address import read
from dashboard.formats.registry import FORMATS, export
from dashboard.sheet.sheet import compose
from dashboard.views.corridors.study import build_study
from dashboard.views.timeline.axis import build_axis
from dashboard.web.routes import asset_routes
from tests.dashboard.asgi import get
from tests.dashboard.editing import rewrite
from tests.dashboard.shell.test_faults import MODULES, open_page, undrawn

__all__ = ["undrawn"]

ROOT = Path(__file__).parents[3]


def use(atlas: Atlas) -> None:
    """All that leaves something behind: a study, an axis, a search, a scene, exports."""
    build_study(atlas)
    build_axis(atlas)
    atlas.search.answer("drones")
    assert get(Starlette(routes=asset_routes()), "/atlas/scene.json").status == 200
    sheet = compose(atlas, read({}, atlas), "")
    for name in FORMATS:
        assert export(atlas, [sheet], name, dpi=40)


@pytest.mark.sweep
def test_what_was_loaded_before_a_reload_is_freed(small: Path) -> None:
    loaded: list[weakref.ref[Atlas]] = []
    for number in range(2):
        rewrite(small / "flows/drones.yml", title=f"Title {number}")
        use(data.load())
        loaded.append(weakref.ref(data.load()))
    gc.collect()
    assert [ref() is not None for ref in loaded] == [False, True]


def parts_of(atlas: Atlas) -> dict[str, object]:
    """What is large, or stands for much that is."""
    return {
        "atlas": atlas,
        "dossier": atlas.dossier,
        "a record": atlas.dossier.records["drones"],
        "an actor": atlas.dossier.actors["IRN"],
        "scene": atlas.scene,
        "filters": atlas.index,
        "search": atlas.search,
        "points": atlas.joined.points,
    }


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("name", MODULES)
def test_a_session_that_rests_keeps_no_old_dossier(small: Path, name: str) -> None:
    app = open_page(name)
    kept = {part: weakref.ref(thing) for part, thing in parts_of(data.load()).items()}
    rewrite(small / "flows/drones.yml", title="Another title")
    assert data.load() is not kept["atlas"]()
    gc.collect()
    assert [part for part, ref in kept.items() if ref() is not None] == []
    app.run()
    assert not app.exception


# The cache of an atlas


def holder() -> Any:
    return SimpleNamespace(derived=Derived())


def test_worked_out_once_for_each_atlas_and_arguments() -> None:
    calls: list[tuple[Any, ...]] = []

    @derived(most=2)
    def work(atlas: Any, one: int, two: int = 0) -> object:
        calls.append((one, two))
        return object()

    first, second = holder(), holder()
    assert work(first, 1) is work(first, 1)
    assert work(first, 1) is not work(second, 1)
    assert work(first, 1, two=5) is work(first, 1, two=5)
    assert calls == [(1, 0), (1, 0), (1, 5)]
    kept = work(first, 1)
    work(first, 2)  # the one with two=5 makes room
    assert work(first, 1) is kept
    assert len(calls) == 4
    work(first, 1, two=5)
    assert len(calls) == 5
    work.forget(first)
    assert work(first, 1) is not kept


def test_what_failed_is_tried_again() -> None:
    outcomes: Iterator[int] = iter([0, 1])

    @derived(most=1)
    def work(atlas: Any) -> float:
        return 1 / next(outcomes)

    one = holder()
    with pytest.raises(ZeroDivisionError):
        work(one)
    assert work(one) == 1


def test_who_asks_at_the_same_time_waits_for_the_one_result() -> None:
    calls: list[int] = []
    together = Barrier(4)

    @derived(most=1)
    def work(atlas: Any) -> object:
        calls.append(1)
        return object()

    one = holder()
    found: set[object] = set()

    def ask() -> None:
        together.wait()
        found.add(work(one))

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(calls), len(found)) == (1, 1)


# No other cache holds one


CACHES = {"lru_cache", "cache", "cached_property", "cache_data", "cache_resource"}


def cached_with_atlas(source: str) -> list[str]:
    """Functions whose results a module keeps by an atlas, among its arguments."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        named = {
            part.id if isinstance(part, ast.Name) else part.attr
            for decorator in node.decorator_list
            for part in ast.walk(decorator)
            if isinstance(part, ast.Name | ast.Attribute)
        }
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        given = {
            name
            for argument in arguments
            for name in (argument.arg, ast.unparse(argument.annotation or ast.Name("")))
        }
        if named & CACHES and any("atlas" in name.lower() for name in given):
            found.append(node.name)
    return found


def test_no_cache_is_keyed_by_an_atlas() -> None:
    paths = sorted((ROOT / "dashboard").rglob("*.py"))
    found = {path.name: cached_with_atlas(path.read_text(encoding="utf-8")) for path in paths}
    assert len(found) > 40
    assert {name: functions for name, functions in found.items() if functions} == {}


@pytest.mark.parametrize(
    "source",
    [
        "@lru_cache(maxsize=2)\ndef f(atlas): ...",
        "@functools.cache\ndef f(x: Atlas): ...",
        "@st.cache_data\ndef f(*, one: data.Atlas | None): ...",
    ],
)
def test_the_rule_finds_one(source: str) -> None:
    assert cached_with_atlas(source) == ["f"]


# Freeing


class Part:
    """Something that can be seen to go."""


def test_parts_go_once_the_whole_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letting_go, "FEW", 1)
    monkeypatch.setattr(letting_go, "POLL", 0.001)
    started: list[Thread] = []
    start = Thread.start
    monkeypatch.setattr(Thread, "start", lambda thread: started.append(thread) or start(thread))
    whole, parts = Part(), [Part(), Part()]
    seen = weakref.ref(parts[0])
    let_go(whole, [*parts])
    parts.clear()
    assert seen() is not None, "still in use"
    del whole
    [thread] = started
    thread.join(60)
    assert seen() is None
