"""Change a dossier's files in a test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

BASE = Path(__file__).parents[1] / "invalid" / "base"


def rewrite(path: Path, **fields: Any) -> None:
    """Set fields of a YAML file; None takes a field out. A file that is missing begins empty."""
    content = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}
    content |= fields
    content = {name: value for name, value in content.items() if value is not None}
    path.parent.mkdir(exist_ok=True)
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")


def copy(path: Path, name: str, **fields: Any) -> None:
    """Make a second file of the same kind beside `path`, with its own id and these fields."""
    other = path.with_name(f"{name}.yml")
    other.write_bytes(path.read_bytes())
    rewrite(other, id=name, **fields)
