"""What an addition costs: it is put into a copy of the project, seen there, and thrown away."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.dashboard.editing import BASE, rewrite
from tests.dossiers.shelf import LAKES
from tests.nonempty import nonempty
from tests.test_architecture import tracked_files

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project in another place, for things to be thrown away."""
    for path in tracked_files():
        copied = tmp_path / path.relative_to(ROOT)
        copied.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copied)
    return tmp_path


def run_in(copy: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        capture_output=True,
        text=True,
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy), **environment},
    )


def edit(file: Path, *changes: tuple[str, str]) -> None:
    """Put something else in place of texts that stand once in a file."""
    text = file.read_text(encoding="utf-8")
    for old, new in nonempty(changes):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


def add_layer(copy: Path, module: str, name: str) -> None:
    """Two files: its module, and its entry."""
    atlas = copy / "dashboard" / "atlas"
    shutil.copyfile(HERE / f"{module}.py", atlas / f"{module}.py")
    imported = "from dashboard.atlas.statements import Statements\n"
    edit(
        atlas / "layers.py",
        (imported, f"from dashboard.atlas.{module} import {name}\n{imported}"),
        ("    Disputed(),\n", f"    Disputed(),\n    {name}(),\n"),
    )


def add_kind(copy: Path) -> None:
    """Four files: the form of its records, how they are placed, and the two of its layer."""
    edit(
        copy / "annotations" / "schema.py",
        (
            "\n\nRECORD_TYPES: ",
            "\n\nclass Outage(Record):\n"
            '    """Power that fails somewhere."""\n\n'
            '    kind: Literal["outage"]\n'
            "    actor: ActorId\n"
            "    place: Slug\n"
            "    cause: str\n"
            '    role_fields: ClassVar[tuple[str, ...]] = ("actor",)\n'
            '    place_fields: ClassVar[tuple[str, ...]] = ("place",)\n'
            "\n\nRECORD_TYPES: ",
        ),
        (
            '    "indicators": Indicator,\n',
            '    "indicators": Indicator,\n    "outages": Outage,\n',
        ),
    )
    edit(
        copy / "geodata" / "join.py",
        ('    "event": ', '    "outage": _Joiner.at_places,\n    "event": '),
    )
    add_layer(copy, "outages", "Outages")


def seen_in(copy: Path, dossier: Path, layer: str, query: str) -> dict[str, Any]:
    """What a reader sees of a layer: see `tests/thrown_away/seen.py`."""
    command = ("-m", "tests.thrown_away.seen", layer, query)
    run = run_in(copy, *command, DOSSIER_ATLAS_DOSSIER=str(dossier))
    assert run.returncode == 0, run.stderr
    seen: dict[str, Any] = json.loads(run.stdout)
    assert seen["problems"] == []
    return seen


@pytest.mark.sweep
def test_a_page_costs_three_files(copy: Path) -> None:
    """Two of its own, and its entry."""
    views = copy / "dashboard" / "views"
    entries = views / "__init__.py"
    entered = entries.read_text(encoding="utf-8")
    entries.write_text(
        entered.replace('    "map":', '    "extra": Page("Throw-away"),\n    "map":')
    )
    (views / "extra").mkdir()
    (views / "extra" / "page.py").write_text(
        "from dashboard.atlas import data\n"
        "from dashboard.shell.title import show_title\n"
        "import streamlit as st\n"
        "def show(site):\n"
        "    show_title(data.load(), site)\n"
        "    st.html('<p>Thrown away</p>')\n"
    )
    (views / "extra" / "brief.py").write_text(
        "from dashboard.sheet.origin import MAP_FILTERS, Origin, screen_brief\n"
        "ORIGIN = Origin('extra', MAP_FILTERS, lambda a, p: screen_brief(a, p, 'extra'))\n"
    )
    program = (
        "from tests.dashboard.opening import open_page\n"
        "from dashboard.atlas import data\n"
        "from dashboard.brief.origins import brief_of\n"
        "app = open_page('extra')\n"
        "html = ' '.join(element.proto.body for element in app.get('html'))\n"
        "print('Thrown away' in html, './extra' in html, 'of=extra' in html)\n"
        "print(brief_of('extra', {}, data.load()).page)\n"
    )
    run = run_in(copy, "-c", program)
    assert run.stdout.splitlines() == ["True True True", "extra"], run.stderr


@pytest.mark.sweep
def test_a_format_costs_two_files(copy: Path) -> None:
    """One of its own, and its entry: the page has a button, and the command line writes it."""
    formats = copy / "dashboard" / "formats"
    (formats / "md.py").write_text(
        "from dashboard.formats.format import Format, Order\n"
        "class Markdown(Format):\n"
        "    id, label, help = 'md', 'Outline', 'The titles shown.'\n"
        "    media_type = 'text/markdown'\n"
        "    def write(self, order: Order) -> bytes:\n"
        "        titles = [f'- {record.title}' for record in order.sheet.records]\n"
        "        return '\\n'.join([f'# {order.sheet.title}', *titles]).encode()\n"
    )
    registry = formats / "registry.py"
    entered = registry.read_text(encoding="utf-8")
    for beside, added in (
        ("import Html\n", "import Html\nfrom dashboard.formats.md import Markdown\n"),
        ("GeoPackage())", "GeoPackage(), Markdown())"),
    ):
        assert beside in entered
        entered = entered.replace(beside, added)
    registry.write_text(entered)
    made = run_in(copy, "-m", "dashboard.brief", "--filter", "theme=copper", "-o", "out.md")
    assert "out.md: Outline" in made.stderr
    outline = (copy / "out.md").read_text(encoding="utf-8").splitlines()
    assert outline[0].startswith("# ")
    assert len(outline) > 3
    told = run_in(copy, "-m", "dashboard.brief", "--help").stdout
    assert "  md        .md       Outline: The titles shown.\n" in told
    program = (
        "from tests.dashboard.opening import open_page\n"
        "app = open_page('briefing', theme='copper')\n"
        "app.button(key='briefing-make-md').click().run()\n"
        "print([button.label for button in app.button if button.key == 'briefing-make-md'])\n"
        "print(app.session_state['briefing-made'].content.decode())\n"
    )
    run = run_in(copy, "-c", program)
    assert run.stdout.splitlines() == ["['Outline']", *outline], run.stderr


@pytest.mark.sweep
def test_a_layer_without_records_costs_two_files(copy: Path) -> None:
    """It is on map, legend and filter, has a card, and stands in briefings and exports."""
    add_layer(copy, "seats", "Seats")
    seen = seen_in(copy, LAKES, "seats", "Lusaka")
    assert seen["layers"][-1] == "seats"
    assert "Seat of an actor" in seen["legend"]
    assert seen["objects"]["seat:ZMB"] == "Seat of Zambia"
    # Chosen alone, it empties no map.
    assert "seat:ZMB" in seen["places"]
    assert seen["shown"] == ""
    assert seen["points"].count("seat") >= len(seen["places"]) > 3
    assert (seen["button"][-1], seen["pressed"]) == ("Seats", ["seats"])
    assert f"{len(seen['places'])} seats" in seen["text"]
    assert "seat:ZMB" in seen["found"]
    assert "Zambia" in seen["cards"]["seat:ZMB"]
    assert "Seat of an actor" in seen["sheet legend"]
    assert "seat:ZMB" in seen["sheet"]
    assert "Seats" in seen["page layers"]
    assert "seat:ZMB" in seen["page points"]
    [said] = [one for one in seen["features"] if one["id"] == "seat:ZMB"]
    assert (said["kind"], said["part"], said["place"]) == ("seat", "seat", "Lusaka")
    assert said["source"].startswith("A seat. ")


@pytest.mark.sweep
def test_a_kind_costs_four_files(copy: Path) -> None:
    """Its records are placed, drawn, listed, found, and stand in profiles, briefings, exports."""
    add_kind(copy)
    dossier = copy / "small"
    shutil.copytree(BASE, dossier)
    meeting = dossier / "events" / "tehran-meeting.yml"
    shutil.copyfile(meeting, meeting.with_name("dark-kyiv.yml"))
    (dossier / "outages").mkdir()
    dark = dossier / "outages" / "dark-kyiv.yml"
    meeting.with_name("dark-kyiv.yml").rename(dark)
    gone = dict.fromkeys(("event", "places", "by"))
    rewrite(
        dark, id="dark-kyiv", kind="outage", title="Dark streets", actor="UKR", place="kyiv",
        cause="ice on the wires", **gone,
    )  # fmt: skip
    seen = seen_in(copy, dossier, "outages", "ice on the wires")
    assert "outages" in seen["layers"]
    assert "Outage" in seen["legend"]
    assert seen["records"]["dark-kyiv"] == "Outage"
    assert seen["shown"] == str(list(seen["records"]).index("dark-kyiv"))
    assert "outage" in seen["points"]
    assert ("Outages 1" in seen["button"], seen["pressed"]) == (True, ["outages"])
    assert seen["found"] == ["dark-kyiv"]
    assert "ice on the wires" in seen["cards"]["dark-kyiv"]
    assert "Suffers" in seen["profiles"]["UKR"]
    assert "Outage" in seen["sheet legend"]
    assert "dark-kyiv" in seen["sheet"]
    assert "Outages" in seen["page layers"]
    assert seen["page list"]["Outages"] == ["dark-kyiv"]
    assert [one["cause"] for one in seen["rows"] if one["kind"] == "outage"] == ["ice on the wires"]
    [said] = [one for one in seen["features"] if one["id"] == "dark-kyiv"]
    assert (said["cause"], said["place"]) == ("ice on the wires", "Kyiv")
