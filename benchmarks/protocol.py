"""The app's own websocket protocol, spoken as the browser speaks it: no page, no rendering.

What Chromium sends was captured and is done here alike: the state of every widget with each click,
the address as the server last told it, and the hashes of the messages that the client still has, so
that the server may name a message instead of sending it again. A message stays as long as in the
browser: until it was not asked for in ``max_cached_message_age`` runs.

Every answer is checked: the map must be told just the records that the filter lets through, and the
panel their number. A run that changes nothing cannot be taken for a fast one.
"""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Self
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

PATH = "/_stcore/stream"
FINISHED = {
    ForwardMsg.ScriptFinishedStatus.FINISHED_SUCCESSFULLY,
    ForwardMsg.ScriptFinishedStatus.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
}


class ProtocolError(Exception):
    """The server's answer is not what a browser could draw, or not what was asked for."""


# --- what an answer says -----------------------------------------------------------------------


def positions(spans: str) -> set[int]:
    """Read positions of records: ``0-2,5`` → {0, 1, 2, 5}; the browser's `positions` in Python."""
    found: set[int] = set()
    for span in filter(None, spans.split(",")):
        first, _, last = span.partition("-")
        found.update(range(int(first), int(last or first) + 1))
    return found


# Where nothing is shown, that is left out.
_APPLIED = re.compile(r'receive\(\{.*?(?:"shown":"([0-9,-]*)"|\}\))', re.DOTALL)
_LISTED = re.compile(r'"shown":\s*"([0-9,-]*)"')
_COUNTED = re.compile(r"<b>([\d,.  ]+)</b> of [\d,.  ]+ records shown")


@dataclass(frozen=True)
class Shown:
    """What one answer tells the page to show.

    Attributes
    ----------
    on_map, listed : str or None
        Positions of the records for the map and for the panel's list, as sent.
    count : int or None
        The number in the panel's text.
    """

    on_map: str | None = None
    listed: str | None = None
    count: int | None = None

    def faults(self, expected: set[int]) -> list[str]:
        """Say in what it differs from what should be shown; nothing if it is right."""
        found = []
        for name, spans in (("map", self.on_map), ("list", self.listed)):
            if spans is None:
                found.append(f"the {name} was told nothing")
            elif positions(spans) != expected:
                found.append(f"the {name} shows {len(positions(spans))}, not {len(expected)}")
        if self.count != len(expected):
            found.append(f"the panel says {self.count}, not {len(expected)}")
        return found


def shown_in(elements: Iterable[Element]) -> Shown:
    """Find what the map, the list and the panel's text are told to show."""
    on_map = listed = count = None
    for element in elements:
        match element.WhichOneof("type"):
            case "component_instance":
                arguments = element.component_instance.json_args
                # The update is a script within JSON: its quotes are escaped once.
                if found := _APPLIED.search(arguments.replace('\\"', '"')):
                    on_map = found[1] or ""
            case "bidi_component":
                content = element.bidi_component
                if found := _LISTED.search(content.json or content.mixed.json):
                    listed = found[1]
            case "html":
                if found := _COUNTED.search(html.unescape(element.html.body)):
                    count = int(re.sub(r"\D", "", found[1]))
    return Shown(on_map, listed, count)


def expected_by_theme(scene: Mapping[str, Any]) -> dict[str, set[int]]:
    """Theme's label → positions of its records, from ``scene.json``: what a click must show."""
    labels = {theme["id"]: theme["label"] for theme in scene["themes"]}
    found: dict[str, set[int]] = {label: set() for label in labels.values()}
    for position, record in enumerate(scene["records"]):
        for theme in record["themes"]:
            found[labels[theme]].add(position)
    return found


def theme_of(option: str) -> str:
    """Label of a theme from the text of its button, which ends in a count."""
    return re.sub(r"\s+[\d,.]+$", "", option)


# --- widgets, as the browser reports them ------------------------------------------------------


def widget_state(element: Element) -> WidgetState | None:
    """State of a widget that nobody has touched, as the browser sends it; None for all else."""
    kind = element.WhichOneof("type")
    state = WidgetState()
    match kind:
        case "text_input":
            text = element.text_input
            state.string_value = text.value if text.set_value else text.default
        case "multiselect":
            several = element.multiselect
            chosen = (
                several.raw_values
                if several.set_value
                else [several.options[index] for index in several.default]
            )
            state.string_array_value.data.extend(chosen)
        case "button_group":
            group = element.button_group
            chosen = (
                group.raw_values
                if group.set_value
                else [group.options[index].content for index in group.default]
            )
            state.string_array_value.data.extend(chosen)
        case "slider" if element.slider.options:
            slider = element.slider
            chosen = (
                slider.raw_value
                if slider.set_value
                else [slider.options[int(index)] for index in slider.default]
            )
            state.string_array_value.data.extend(chosen)
        case "checkbox":
            box = element.checkbox
            state.bool_value = box.value if box.set_value else box.default
        case _:
            return None
    # An empty list is said too.
    if state.WhichOneof("value") is None:
        state.string_array_value.SetInParent()
    state.id = getattr(element, kind or "").id
    return state


# --- a session ---------------------------------------------------------------------------------


@dataclass
class Answer:
    """All that came back for one message.

    Attributes
    ----------
    seconds : float
        From sending to ``script_finished``.
    bytes_received, bytes_sent : int
        Payload of the websocket's messages, without framing.
    messages : int
        Messages received.
    references : int
        Of these, messages that only name what the client has.
    elements : list of Element
        All elements of the page, in the order of arrival.
    """

    seconds: float = 0.0
    bytes_received: int = 0
    bytes_sent: int = 0
    messages: int = 0
    references: int = 0
    elements: list[Element] = field(default_factory=list)

    @property
    def shown(self) -> Shown:
        """What it tells the page to show."""
        return shown_in(self.elements)


@dataclass
class _Kept:
    """A message that the server may refer to, and the run in which it was last used."""

    message: ForwardMsg
    run: int


class Session:
    """One reader's page.

    Parameters
    ----------
    connection : ClientConnection
        Open, to the app's stream.
    url : str
        Address of the page, with query if there is one.
    """

    def __init__(self, connection: ClientConnection, url: str) -> None:
        self.connection = connection
        self.url = url
        self.query = urlsplit(url).query
        self.page = ""
        self.widgets: dict[str, WidgetState] = {}
        self.themes: list[str] = []
        self._theme_id = ""
        self._fragments: dict[str, str] = {}
        self._kept: dict[str, _Kept] = {}
        self._runs = 0
        self._oldest = 2

    @classmethod
    async def open(cls, url: str, timeout: float = 30.0) -> Self:
        """Connect to the app at `url`; `timeout` in seconds."""
        at = urlsplit(url)
        connection = await connect(
            f"ws://{at.netloc}{PATH}",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            origin=f"http://{at.netloc}",  # type: ignore[arg-type]
            open_timeout=timeout,
            max_size=None,
        )
        return cls(connection, url)

    async def close(self) -> None:
        """Leave, as a closed tab does."""
        await self.connection.close()

    async def load(self, timeout: float = 60.0) -> Answer:
        """The first run, with which a page opens."""
        answer = await self._run(timeout)
        if not self._theme_id:
            raise ProtocolError("the page has no filter of themes")
        return answer

    async def choose(self, options: Sequence[str], timeout: float = 60.0) -> Answer:
        """Set the theme filter to `options`, texts of its buttons; `timeout` in seconds."""
        state = self.widgets[self._theme_id]
        state.string_array_value.ClearField("data")
        state.string_array_value.data.extend(options)
        return await self._run(timeout, self._fragments.get(self._theme_id, ""))

    def _message(self, fragment: str) -> BackMsg:
        message = BackMsg()
        run = message.rerun_script
        run.query_string = self.query
        run.page_script_hash = self.page
        run.fragment_id = fragment
        run.widget_states.SetInParent()
        run.widget_states.widgets.extend(self.widgets.values())
        run.cached_message_hashes.extend(self._kept)
        context = run.context_info
        context.timezone, context.timezone_offset = "UTC", 0
        context.locale, context.color_scheme = "en-US", "light"
        context.url, context.is_embedded = self.url, False
        return message

    async def _run(self, timeout: float, fragment: str = "") -> Answer:
        answer = Answer()
        payload = self._message(fragment).SerializeToString()
        answer.bytes_sent = len(payload)
        start = perf_counter()
        try:
            async with asyncio.timeout(timeout):
                await self.connection.send(payload)
                while not self._take(await self.connection.recv(), answer):
                    pass
        except TimeoutError:
            raise ProtocolError(f"no answer in {timeout:.0f} s") from None
        except WebSocketException as error:
            raise ProtocolError(f"connection lost: {error}") from error
        answer.seconds = perf_counter() - start
        self._forget()
        return answer

    def _take(self, payload: str | bytes, answer: Answer) -> bool:
        """Take in one message; True with the one that ends the run."""
        assert isinstance(payload, bytes), "the server never sends text"
        answer.messages += 1
        answer.bytes_received += len(payload)
        message = ForwardMsg()
        message.ParseFromString(payload)
        if message.WhichOneof("type") == "ref_hash":
            answer.references += 1
            kept = self._kept.get(message.ref_hash)
            if kept is None:
                raise ProtocolError(f"refers to {message.ref_hash}, which the client has not")
            kept.run = self._runs
            message = kept.message
        elif message.metadata.cacheable:
            self._kept[message.hash] = _Kept(message, self._runs)
        match message.WhichOneof("type"):
            case "new_session":
                self._oldest = message.new_session.config.max_cached_message_age or self._oldest
            case "navigation":
                self.page = message.navigation.page_script_hash
            case "page_info_changed":
                self.query = message.page_info_changed.query_string
            case "delta":
                self._draw(message.delta, answer)
            case "session_event" if message.session_event.HasField("script_compilation_exception"):
                raise ProtocolError(message.session_event.script_compilation_exception.message)
            case "script_finished":
                if message.script_finished not in FINISHED:
                    name = ForwardMsg.ScriptFinishedStatus.Name(message.script_finished)
                    # What a newer click has overtaken ends so, and the newer run follows.
                    if name != "FINISHED_EARLY_FOR_RERUN":
                        raise ProtocolError(f"the run ended as {name}")
                    return False
                return True
        return False

    def _draw(self, delta: Delta, answer: Answer) -> None:
        if delta.WhichOneof("type") != "new_element":
            return
        element = delta.new_element
        answer.elements.append(element)
        if element.WhichOneof("type") == "exception":
            raise ProtocolError(f"{element.exception.type}: {element.exception.message}")
        state = widget_state(element)
        if state is None:
            return
        # What the browser has for a widget stays, unless the server sets it anew.
        inner = getattr(element, element.WhichOneof("type") or "")
        if state.id not in self.widgets or inner.set_value:
            self.widgets[state.id] = state
        self._fragments[state.id] = delta.fragment_id
        if state.id.endswith("-theme"):
            self._theme_id = state.id
            self.themes = [option.content for option in element.button_group.options]

    def _forget(self) -> None:
        """Drop the messages that the browser drops after a run."""
        self._runs += 1
        for name in [n for n, kept in self._kept.items() if self._runs - kept.run > self._oldest]:
            del self._kept[name]
