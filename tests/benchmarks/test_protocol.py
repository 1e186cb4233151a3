from __future__ import annotations

import asyncio
import socket
from pathlib import Path

import pytest
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.atlas import data

pytest.importorskip("websockets", reason="only what measures speaks the protocol")
pytest.importorskip("psutil", reason="only what measures needs it")

from benchmarks.protocol import (
    Answer,
    ProtocolError,
    Session,
    Shown,
    expected_by_theme,
    positions,
    shown_in,
    theme_of,
    widget_state,
)
from benchmarks.server import ROOT, serving
from benchmarks.users import percentile
from tests.dossiers.shelf import LAKES
from tests.nonempty import nonempty


@pytest.mark.parametrize("found", [[], [0], [0, 1, 2], [3, 5, 6, 9]])
def test_positions_are_read_as_the_scene_writes_them(found: list[int]) -> None:
    scene = data.load().scene
    assert positions(scene.positions(scene.record_ids[number] for number in found)) == set(found)


def test_what_is_shown_is_read_from_map_list_and_panel() -> None:
    on_map, listed, panel = Element(), Element(), Element()
    on_map.component_instance.json_args = (
        r'{"feature_group": "atlas.receive({\"shown\":\"0-2,7\"})"}'
    )
    listed.bidi_component.json = '{"shown": "0-2,7"}'
    panel.html.body = "<h2><b>4</b> of 10 records shown</h2>"
    shown = shown_in([on_map, listed, panel])
    assert shown == Shown("0-2,7", "0-2,7", 4)
    assert shown.faults({0, 1, 2, 7}) == []


def test_a_wrong_or_empty_answer_is_no_answer() -> None:
    assert Shown().faults({1}) == [
        "the map was told nothing",
        "the list was told nothing",
        "the panel says None, not 1",
    ]
    assert Shown("0-2", "0-2", 3).faults({0, 1}) == [
        "the map shows 3, not 2",
        "the list shows 3, not 2",
        "the panel says 3, not 2",
    ]


def test_the_count_on_a_button_is_no_part_of_the_theme() -> None:
    assert theme_of("War in Ukraine 21") == "War in Ukraine"
    assert theme_of("G7") == "G7"


def test_an_untouched_filter_is_reported_as_an_empty_list() -> None:
    element = Element()
    element.button_group.id = "pills"
    element.button_group.set_value = True
    state = widget_state(element)
    assert state is not None
    assert state.WhichOneof("value") == "string_array_value"


def test_a_message_that_the_client_never_had_is_an_error() -> None:
    session = Session(connection=None, url="http://127.0.0.1/")  # type: ignore[arg-type]
    unknown = ForwardMsg(ref_hash="never seen").SerializeToString()
    with pytest.raises(ProtocolError, match="which the client has not"):
        session._take(unknown, Answer())


def test_messages_are_forgotten_when_the_browser_forgets_them() -> None:
    session = Session(connection=None, url="http://127.0.0.1/")  # type: ignore[arg-type]
    message = ForwardMsg(hash="once")
    message.metadata.cacheable = True
    message.delta.new_element.html.body = "text"
    session._take(message.SerializeToString(), Answer())
    held = []
    for _ in range(4):
        session._forget()
        held.append("once" in session._kept)
    assert held == [True, True, False, False]


def test_a_percentile_is_a_value_that_was_measured() -> None:
    values = [float(number) for number in range(1, 101)]
    assert percentile(values, 0.95) == 95
    assert percentile([7.0], 0.5) == 7


@pytest.mark.sweep
def test_the_app_answers_two_readers_with_what_each_asked_for(tmp_path: Path) -> None:
    atlas = data.build(LAKES)
    expected: dict[str, set[int]] = expected_by_theme(
        {
            "themes": [{"id": t.id, "label": t.label} for t in atlas.dossier.head.themes],
            "records": [{"themes": record.themes} for record in atlas.dossier.records.values()],
        }
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]

    async def read(url: str, number: int) -> None:
        session = await Session.open(f"{url}/")
        first = await session.load()
        assert first.shown.faults(set(range(len(atlas.dossier.records)))) == []
        assert first.references == 0
        for option in nonempty(session.themes[number : number + 2]):
            answer = await session.choose([option])
            assert answer.shown.faults(expected[theme_of(option)]) == []
            assert answer.references > 0
        assert session.query
        await session.close()

    async def both(url: str) -> None:
        await asyncio.gather(read(url, 0), read(url, 3))

    shown = {data.ENVIRONMENT: str(LAKES)}
    with serving(ROOT / "streamlit_app.py", ROOT, port, shown) as server:
        asyncio.run(both(server.url))
