"""The modules that speak to Streamlit, and the pages among them."""

from __future__ import annotations

from pathlib import Path

DASHBOARD = Path(__file__).parents[1] / "dashboard"

PAGES = [*sorted(DASHBOARD.glob("views/*/page.py")), DASHBOARD / "brief" / "page.py"]
"""One module a page."""

SPEAKING = [
    DASHBOARD / "main.py",
    *sorted(DASHBOARD.glob("shell/*.py")),
    *PAGES,
    DASHBOARD / "brief" / "controls.py",
    DASHBOARD / "brief" / "waiting.py",
]
"""What may speak to Streamlit."""
