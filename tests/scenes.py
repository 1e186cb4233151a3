"""What the browser reads of a scene."""

from __future__ import annotations

import json
from typing import Any

from dashboard.atlas.data import Atlas


def scene_of(atlas: Atlas) -> dict[str, Any]:
    """An atlas's scene, as a browser parses it."""
    scene: dict[str, Any] = json.loads(atlas.scene.body)
    return scene


def coordinates(line: dict[str, Any]) -> list[list[float]]:
    path = line["path"]
    return [pair for part in path for pair in part] if isinstance(path[0][0], list) else path
