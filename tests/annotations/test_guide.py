"""The curator's guide: what it shows is what is accepted."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import annotations
from annotations.head import Assertions, Extent
from annotations.schema import Flow
from annotations.yaml_text import read_text
from tests.nonempty import nonempty

GUIDE = Path(annotations.__file__).parent / "README.md"


def examples() -> list[Any]:
    """The pieces of YAML in the guide, read as files are."""
    texts = re.findall(r"```yaml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    readings = [read_text(text) for text in texts]
    assert [reading.flaws for reading in readings] == [[]] * len(readings)
    return [reading.data for reading in readings]


def test_the_examples_are_valid() -> None:
    record, asserted, offered = examples()
    Flow.model_validate_json(json.dumps(record), strict=True, by_alias=True, by_name=False)
    assert (list(asserted), list(offered)) == (["assertions"], ["extents"])
    Assertions.model_validate_json(
        json.dumps(asserted["assertions"]), strict=True, by_alias=True, by_name=False
    )
    for extent in nonempty(offered["extents"]):
        Extent.model_validate_json(json.dumps(extent), strict=True)
