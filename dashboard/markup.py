"""HTML from templates. What a template is given comes out as text: it is escaped here, always."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader

templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)
"""Templates of the folder ``templates``."""
