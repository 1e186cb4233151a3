"""``python -m dashboard.brief``."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pptx import Presentation

from dashboard.atlas import data
from dashboard.atlas.data import Atlas
from dashboard.brief import __main__ as command
from dashboard.brief.__main__ import EXAMPLES, main
from dashboard.brief.request import FILTERS, read_address
from dashboard.formats.registry import FORMATS
from dashboard.web.public_address import ENVIRONMENT
from tests.dossiers.shelf import LAKES
from tests.nonempty import nonempty

ROOT = Path(__file__).parents[3]

Said = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def shows_the_lakes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' own dossier is the one that is taken where none is named."""
    monkeypatch.setenv(data.ENVIRONMENT, str(LAKES))


def refused(arguments: list[str], capsys: Said) -> str:
    """What is said of arguments that make no sense."""
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    last = said.err.strip().splitlines()[-1]
    assert "Traceback" not in said.err
    return last


def features(path: Path) -> set[str]:
    collection = json.loads(path.read_text(encoding="utf-8"))
    return {feature["properties"]["id"] for feature in collection["features"]}


def test_filters_choose_the_records(atlas: Atlas, tmp_path: Path, capsys: Said) -> None:
    out = tmp_path / "out.geojson"
    arguments = ["--filter", "theme=border-war", "--filter", "layer=events,presences"]
    assert main([*arguments, "-o", str(out)]) == 0
    records = atlas.dossier.records
    named = features(out) & set(records)
    assert named
    assert all("border-war" in records[record].themes for record in nonempty(named))
    assert {records[record].kind for record in named} == {"event", "presence"}
    assert "out.geojson: GeoJSON" in capsys.readouterr().err


def test_chosen_records_alone(atlas: Atlas, tmp_path: Path) -> None:
    out = tmp_path / "out.geojson"
    flow = next(r.id for r in atlas.dossier.records.values() if r.kind == "flow")
    assert main(["--record", flow, "-o", str(out), "--quiet"]) == 0
    filled = set(atlas.choices.default_alliance)
    assert features(out) & set(atlas.dossier.records) == {flow, *filled}


def test_a_link_of_the_app_gives_its_view(tmp_path: Path) -> None:
    out = tmp_path / "out.geojson"
    link = "http://atlas.local:1234/corridors?closed=suez"
    assert main(["--address", link, "-o", str(out), "--quiet"]) == 0
    text = out.read_text(encoding="utf-8")
    assert link in text
    assert "closed: the Suez Canal" in text


def slide_texts(path: Path) -> str:
    """All that a deck says, and where its links lead."""
    deck = Presentation(str(path))
    return " ".join(
        f"{run.text} {run.hyperlink.address}"
        for slide in nonempty(deck.slides)
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
    )


@pytest.mark.sweep
def test_nobody_is_sent_to_the_machine_that_wrote_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(ENVIRONMENT, raising=False)
    slide, data_ = tmp_path / "out.pptx", tmp_path / "out.geojson"
    few = ["--filter", "theme=border-war", "--quiet"]
    assert main([*few, "-o", str(slide)]) == 0
    told = slide_texts(slide)
    assert "Dossier Atlas, dossier version" in told
    assert "http" not in told
    assert main([*few, "-o", str(data_)]) == 0
    assert json.loads(data_.read_text(encoding="utf-8"))["link"] == ""
    monkeypatch.setenv(ENVIRONMENT, "https://atlas.example.org/lakes/")
    assert main([*few, "-o", str(slide)]) == 0
    link = "https://atlas.example.org/lakes/?theme=border-war"
    assert f"{link} {link}" in slide_texts(slide)
    assert main([*few, "--base", "http://elsewhere", "-o", str(data_)]) == 0
    assert json.loads(data_.read_text(encoding="utf-8"))["link"].startswith("http://elsewhere/?")


@pytest.mark.parametrize("text", ["atlas.example.org", "ftp://x", "http://", "http://a b", "//x"])
def test_an_address_that_is_none_is_told(
    text: str, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    monkeypatch.setenv(ENVIRONMENT, text)
    said = refused(["-o", "x.csv"], capsys)
    assert said.endswith(f"{ENVIRONMENT} is {text!r}: write it as https://atlas.example.org")


@pytest.mark.parametrize(
    ("link", "asked", "base"),
    [
        ("?theme=a", {"theme": ["a"]}, ""),
        ("map?theme=a", {"theme": ["a"]}, ""),
        ("https://h/x/actors?actor=IRN", {"actor": ["IRN"], "of": ["actors"]}, "https://h/x"),
        ("http://h/briefing?of=search&ask=b", {"of": ["search"], "ask": ["b"]}, "http://h"),
        ("http://h/?of=search&alliance=", {"alliance": [""]}, "http://h"),
        (
            "?view=1,2,3&bbox=1,2,3,4",
            {"view": ["1,2,3"], "bbox": ["1,2,3,4"], "extent": ["view"]},
            "",
        ),
    ],
)
def test_links_are_read(link: str, asked: dict[str, list[str]], base: str) -> None:
    assert read_address(link) == (asked, base)


def test_what_a_link_names_in_vain_is_told(tmp_path: Path, capsys: Said) -> None:
    out = tmp_path / "out.csv"
    assert main(["--address", "?theme=copper&theme=lost", "-o", str(out)]) == 0
    assert "passed over, not in this dossier: theme=lost" in capsys.readouterr().err


@pytest.mark.parametrize("bar", [True, False])
def test_a_theme_left_out_is_told_and_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said, bar: bool
) -> None:
    """A note keeps its line to itself; progress is written over, or begins with its share."""
    monkeypatch.setattr(command, "export", lambda *_: b"slides")
    monkeypatch.setattr(command.sys.stderr, "isatty", lambda: bar, raising=False)
    out = tmp_path / "out.pptx"
    asked = ["--filter", "theme=copper,border-war", "--extent", "by-suez"]
    assert main([*asked, "--all-themes", "-o", str(out)]) == 0
    said = capsys.readouterr().err.replace("\r\033[K", "\n").splitlines()
    told = [line for line in said if "left out" in line]
    assert len(told) == 1
    assert told[0].startswith("Border quarrel is left out: ")


@pytest.mark.sweep
def test_stdout_gets_the_file_and_nothing_else() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dashboard.brief", "--filter", "theme=old-times",
         "--format", "geojson", "-o", "-"],
        cwd=ROOT, capture_output=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout)["type"] == "FeatureCollection"
    told = done.stderr.decode()
    assert "Reading the dossier" in told
    assert "\r" not in told, "a bar is for terminals"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "required: -o/--output"),
        (["-o", "out"], "let it end in .png, .svg"),
        (["-o", "-"], "say which --format"),
        (["-o", "x.png", "--format", "jpeg"], "one of png, svg"),
        (["-o", "x.png", "--frame", "16x9"], "one of 16:9, 4:3"),
        (["-o", "x.png", "--extent", "lake"], "did you mean 'lakes'"),
        (["-o", "x.png", "--extent", "view"], "say which --bbox"),
        (["-o", "x.png", "--bbox", "1,2,3"], "west,south,east,north"),
        (["-o", "x.png", "--bbox", "1,2,3,4", "--extent", "world"], "--bbox is for"),
        (["-o", "x.png", "--style", "neon"], "one of light, dark, print"),
        (["-o", "x.png", "--dpi", "9999"], "from 50 to 600"),
        (["-o", "x.pdf", "--dpi", "300"], "--dpi is for PNG"),
        (["-o", "x.png", "--all-themes"], "pptx"),
        (["-o", "x.pptx", "--all-themes", "--set", "A=b"], "choose one"),
        (["-o", "x.png", *["--point", "x"] * 6], "at most 5"),
        (["-o", "x.png", "--filter", "theme"], "write key=value"),
        (["-o", "x.png", "--filter", "topic=copper"], "one of: actor, theme"),
        (["-o", "x.png", "--filter", "theme=coper"], "did you mean 'copper'"),
        (["-o", "x.png", "--filter", "theme=coper"], "lake-railways"),
        (["-o", "x.png", "--filter", "actor=zmb"], "did you mean 'ZMB'"),
        (["-o", "x.png", "--filter", "from=2023-13"], "is no date"),
        (["-o", "x.png", "--filter", "from=2999"], "dates go from"),
        (["-o", "x.png", "--filter", "from=2019", "--filter", "to=2018"], "lies before"),
        (["-o", "x.png", "--filter", "select=nothing"], "nothing that can be selected"),
        (["-o", "x.png", "--record", "rifles-for-the-guards"], "did you mean"),
        (["-o", "x.png", "--address", "http://h/maps?x=1"], "page 'maps' is not allowed"),
        (["-o", "x.png", "--address", "theme=copper"], "begins with '?'"),
        (["-o", "x.pptx", "--set", "rifles-for-the-guard"], "write Title=record"),
    ],
)
def test_what_makes_no_sense_is_refused(arguments: list[str], message: str, capsys: Said) -> None:
    assert message in refused(arguments, capsys)


def test_an_empty_view_is_refused_with_the_reason(tmp_path: Path, capsys: Said) -> None:
    out = tmp_path / "out.png"
    assert main(["--filter", "q=zzzz", "-o", str(out)]) == 1
    said = capsys.readouterr().err
    assert "No record passes the filters (text: “zzzz”)" in said.splitlines()[-1]
    assert not out.exists()


def test_a_dossier_that_cannot_be_read_is_one_line(tmp_path: Path, capsys: Said) -> None:
    assert main(["--dossier", str(tmp_path / "none"), "-o", str(tmp_path / "x.png")]) == 1
    last = capsys.readouterr().err.strip().splitlines()[-1]
    assert "the dossier cannot be read" in last


def test_another_dossier(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DOSSIER_ATLAS_DOSSIER")
    out = tmp_path / "out.csv"
    assert main(["--dossier", str(small), "-o", str(out), "--quiet"]) == 0
    assert "tehran-meeting" in out.read_text(encoding="utf-8-sig")


def test_a_file_is_replaced_only_by_a_whole_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    out = tmp_path / "out.csv"
    out.write_text("before", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(command.os, "fdopen", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
        assert main(["--filter", "theme=old-times", "-o", str(out)]) == 1
    assert "full" in capsys.readouterr().err
    assert out.read_text(encoding="utf-8") == "before"
    assert main(["--filter", "theme=old-times", "-o", str(out), "--quiet"]) == 0
    assert out.read_text(encoding="utf-8-sig") != "before"
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_a_folder_that_is_not_there_is_one_line(tmp_path: Path, capsys: Said) -> None:
    assert main(["--filter", "theme=old-times", "-o", str(tmp_path / "no" / "x.csv")]) == 1
    said = capsys.readouterr().err
    assert "No such file" in said
    assert "Traceback" not in said


def test_quiet_says_nothing(tmp_path: Path, capsys: Said) -> None:
    assert main(["--filter", "theme=old-times", "-o", str(tmp_path / "x.csv"), "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")


def test_help_names_everything(capsys: Said) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--help"])
    assert stopped.value.code == 0
    said = capsys.readouterr().out
    assert "examples:" in said
    assert EXAMPLES.strip().splitlines()[-1] in said
    assert all(word in said for word in (*FORMATS, *FILTERS, "Exit status"))
