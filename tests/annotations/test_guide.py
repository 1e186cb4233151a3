"""The curator's guide: what it shows is what is accepted."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import annotations
from annotations.schema import Assertions, Flow
from annotations.yaml_text import read_text

GUIDE = Path(annotations.__file__).parent / "README.md"


def examples() -> list[Any]:
    """The pieces of YAML in the guide, read as files are."""
    texts = re.findall(r"```yaml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    readings = [read_text(text) for text in texts]
    assert [reading.flaws for reading in readings] == [[]] * len(readings)
    return [reading.data for reading in readings]


def test_the_examples_are_valid() -> None:
    record, head = examples()
    Flow.model_validate_json(json.dumps(record), strict=True, by_alias=True, by_name=False)
    assert list(head) == ["assertions"]
    Assertions.model_validate_json(
        json.dumps(head["assertions"]), strict=True, by_alias=True, by_name=False
    )
