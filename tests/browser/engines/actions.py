"""Pointer and keys as WebDriver has them, in its classic form and in BiDi alike."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from tests.browser.engines.engine import Engine


class Acting(Engine):
    """An engine that takes WebDriver's actions."""

    @abstractmethod
    def _perform(self, actions: list[dict[str, Any]]) -> None:
        """Do them."""

    def click_at(self, x: int, y: int) -> None:
        button = [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")]
        move = {"type": "pointerMove", "x": x, "y": y}
        self._perform([{"type": "pointer", "id": "mouse", "actions": [move, *button]}])

    def type(self, text: str) -> None:
        pressed = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        self._perform([{"type": "key", "id": "keys", "actions": pressed}])
