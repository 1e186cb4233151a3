"""Command line: ``python -m dashboard.brief --filter theme=… --frame 16:9 -o out.pptx``."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic

from annotations.english import size_in_words
from annotations.head import OTHER_EXTENTS
from annotations.problems import DossierError, did_you_mean
from dashboard.atlas import data
from dashboard.atlas.data import Atlas
from dashboard.brief.address import SWITCHES, clean_text, read, read_bounds
from dashboard.brief.request import (
    FILTERS,
    RequestError,
    passed_over,
    read_address,
    read_filters,
    read_records,
    read_set,
)
from dashboard.formats.format import SCREEN_DPI, Format
from dashboard.formats.registry import (
    FORMATS,
    LEAST_DPI,
    MOST_DPI,
    FormatError,
    export,
)
from dashboard.sheet.on_map import EmptyBriefError
from dashboard.sheet.sets import sheets_by_set, sheets_by_theme
from dashboard.sheet.sheet import Sheet, compose
from dashboard.sheet.spec import FRAMES, LONGEST_TEXT, MOST_POINTS, VIEW, Projection, Style, extents
from dashboard.web.public_address import ENVIRONMENT, AddressError, public_address

NAME = "python -m dashboard.brief"

_TABLE = "\n".join(f"  {f.id:<8}  {f.suffix:<9} {f.label}: {f.help}" for f in FORMATS.values())

EXAMPLES = f"""
formats:
{_TABLE}

examples:
  {NAME} --filter theme=THEME --frame 16:9 -o theme.pptx
  {NAME} --filter actor=ID,ID --filter from=2022 --extent world --dpi 300 -o actors.png
  {NAME} --address "/corridors?closed=PLACE" --frame a4-landscape -o closed.pdf
  {NAME} --all-themes --style dark -o deck.pptx
  {NAME} --set "Title=RECORD,RECORD" --set "Other=RECORD" -o sets.pptx
  {NAME} --filter theme=THEME --format geojson -o - | head

A file that is there already is replaced, once the new one is complete.
Exit status: 0 written; 1 nothing to show, or it could not be written; 2 the request makes no sense.
"""


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=26, width=98)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=NAME,
        usage=f"{NAME} [options] -o OUT",
        description="Write a briefing of a dossier: a picture, slides, a page, or the records.",
        epilog=EXAMPLES,
        formatter_class=_Formatter,
        allow_abbrev=False,
    )
    parser.add_argument("-o", "--output", metavar="OUT", required=True, help="file; - is stdout")
    formats = ", ".join(FORMATS)
    parser.add_argument(
        "--format", metavar="FORMAT", help=f"{formats}; by default what OUT ends in"
    )
    parser.add_argument("--dpi", type=int, help=f"dots per inch of a PNG; {SCREEN_DPI} by default")
    parser.add_argument("--quiet", action="store_true", help="say nothing unless it fails")

    what = parser.add_argument_group("what is shown")
    what.add_argument("--dossier", type=Path, metavar="FOLDER", help="the dossier's folder")
    what.add_argument(
        "--filter",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help=f"as in the app's address, repeatable; keys: {', '.join(FILTERS)}",
    )
    what.add_argument(
        "--record", action="append", default=[], metavar="ID", help="only these; repeatable"
    )
    what.add_argument("--address", metavar="LINK", help="a link of the app, or its query")
    what.add_argument(
        "--all-themes", action="store_true", help="a deck: overview, then a slide for each theme"
    )
    what.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="TITLE=ID,ID",
        help="a deck: overview, then a slide for each set of records; repeatable",
    )

    looks = parser.add_argument_group("how it looks")
    looks.add_argument("--frame", metavar="FRAME", help=f"{', '.join(FRAMES)}")
    looks.add_argument(
        "--extent", metavar="EXTENT", help=f"{', '.join(OTHER_EXTENTS)}, or one of the dossier's"
    )
    looks.add_argument("--bbox", metavar="W,S,E,N", help="degrees; for extent view")
    looks.add_argument("--projection", metavar="NAME", help=f"{', '.join(Projection)}")
    looks.add_argument("--style", metavar="STYLE", help=f"{', '.join(Style)}")
    for switch in SWITCHES:
        looks.add_argument(f"--no-{switch}", action="store_true", help=f"without {switch}")

    words = parser.add_argument_group("what it says; suggested where nothing is given")
    words.add_argument("--title")
    words.add_argument("--subtitle", help='"" for none')
    words.add_argument(
        "--point",
        action="append",
        metavar="TEXT",
        help=f'key point, at most {MOST_POINTS}; "ID|" for a record\'s, "ID|TEXT"; "" for none',
    )
    words.add_argument(
        "--base",
        metavar="URL",
        help=f"address of the app, for the link; by default {ENVIRONMENT}, or no link",
    )
    return parser  # fmt: skip


class Reporter:
    """Tells on stderr how far it is: a bar on a terminal, lines elsewhere."""

    WIDTH = 24

    def __init__(self, silent: bool) -> None:
        self.silent = silent
        self.bar = sys.stderr.isatty()
        self.last = ""
        self.began = monotonic()

    def __call__(self, share: float, words: str) -> None:
        """Tell how much is done (0 to 1), and what is done next."""
        if self.silent:
            return
        if self.bar:
            full = round(max(0.0, min(1.0, share)) * self.WIDTH)
            bar = "█" * full + "░" * (self.WIDTH - full)
            print(f"\r\033[K{bar} {share:4.0%}  {words[:60]}", end="", file=sys.stderr, flush=True)
        elif words != self.last:
            print(f"{share:4.0%}  {words}", file=sys.stderr, flush=True)
        self.last = words

    def part(self, first: float, last: float, share: float, words: str) -> None:
        """Tell of a step that takes from `first` to `last` of the whole."""
        self(first + (last - first) * share, words)

    def clear(self) -> None:
        """Leave the line to what follows."""
        if self.bar and self.last and not self.silent:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
        self.last = ""

    def note(self, text: str) -> None:
        """Say something that stays."""
        self.clear()
        if not self.silent:
            print(text, file=sys.stderr, flush=True)


def _choose(option: str, value: str | None, options: Sequence[str]) -> None:
    if value is not None and value not in options:
        hint = did_you_mean(value, list(options))
        raise RequestError(f"--{option} {value}: one of {', '.join(options)}{hint}")


def _format(args: argparse.Namespace) -> Format:
    """The format that is asked for, by name or by the file's ending."""
    asked = args.format and args.format.lower().lstrip(".")
    if asked is None:
        if args.output == "-":
            raise RequestError("-o -: say which --format")
        suffix = Path(args.output).suffix.lower()
        by_suffix = {format_.suffix: format_.id for format_ in FORMATS.values()}
        if suffix not in by_suffix:
            ends = ", ".join(by_suffix)
            raise RequestError(f"-o {args.output}: let it end in {ends}, or say which --format")
        asked = by_suffix[suffix]
    _choose("format", asked, list(FORMATS))
    return FORMATS[asked]


def _check(args: argparse.Namespace, format_: Format) -> None:
    """Refuse what can be seen to make no sense before the dossier is read."""
    _choose("frame", args.frame, list(FRAMES))
    _choose("projection", args.projection, list(Projection))
    _choose("style", args.style, list(Style))
    if args.bbox is not None and read_bounds(args.bbox) is None:
        raise RequestError(f"--bbox {args.bbox}: write west,south,east,north in degrees")
    if args.bbox is not None and args.extent not in (None, VIEW):
        raise RequestError(f"--bbox is for --extent {VIEW}, not for {args.extent}")
    if args.extent == VIEW and args.bbox is None and not args.address:
        raise RequestError(f"--extent {VIEW}: say which --bbox")
    if args.dpi is not None:
        if not format_.dots:
            raise RequestError(f"--dpi is for PNG, not for {format_.label}")
        if not LEAST_DPI <= args.dpi <= MOST_DPI:
            raise RequestError(f"--dpi {args.dpi}: from {LEAST_DPI} to {MOST_DPI}")
    if (args.all_themes or args.set) and not format_.several:
        several = ", ".join(f.id for f in FORMATS.values() if f.several)
        raise RequestError(f"a deck can be written as {several}, not as {format_.id}")
    if args.all_themes and args.set:
        raise RequestError("--all-themes and --set are two kinds of deck: choose one")
    if len(args.point or ()) > MOST_POINTS:
        raise RequestError(f"--point: at most {MOST_POINTS}, not {len(args.point)}")
    if args.output == "-" and sys.stdout.isatty():
        raise RequestError("-o -: stdout is a terminal; send it to a file or a pipe")


def _parameters(
    args: argparse.Namespace, atlas: Atlas, report: Reporter
) -> tuple[Mapping[str, list[str]], str]:
    """Parameters of the briefing's address, and the app's address."""
    _choose("extent", args.extent, list(extents(atlas.dossier.head)))
    asked, base = read_address(args.address) if args.address else ({}, "")
    if unknown := passed_over(asked, atlas.choices):
        report.note(f"passed over, not in this dossier: {', '.join(unknown)}")
    asked |= read_filters(args.filter, atlas.choices)
    if args.record:
        asked["record"] = read_records(args.record, atlas)
    for key in ("frame", "extent", "bbox", "projection", "style", "title", "subtitle"):
        if (value := getattr(args, key)) is not None:
            asked[key] = [value]
    if args.bbox is not None:
        asked["extent"] = [VIEW]
    elif args.extent == VIEW and "bbox" not in asked:
        raise RequestError(f"--extent {VIEW}: the address tells no view; say which --bbox")
    for switch in SWITCHES:
        if getattr(args, f"no_{switch}"):
            asked[switch] = ["0"]
    if args.point is not None:
        asked["point"] = args.point
    _tell_of_cuts((args.title, args.subtitle, *(args.point or ())), report)
    try:
        return asked, args.base or base or public_address()
    except AddressError as error:
        raise RequestError(str(error)) from None


def _tell_of_cuts(texts: Sequence[str | None], report: Reporter) -> None:
    for text in texts:
        if text and len(text) > LONGEST_TEXT and len(clean_text(text)) >= LONGEST_TEXT - 1:
            report.note(f"cut to {LONGEST_TEXT} characters: {text[:40]}…")


def _compose(
    args: argparse.Namespace, atlas: Atlas, format_: Format, report: Reporter
) -> list[Sheet]:
    asked, base = _parameters(args, atlas, report)
    sets = dict(read_set(text, atlas) for text in args.set)
    brief = read(asked, atlas)

    def progress(share: float, words: str) -> None:
        report.part(0.2, 0.4, share, words)

    if args.all_themes:
        return sheets_by_theme(atlas, brief, base, progress, report.note)
    if sets:
        return sheets_by_set(atlas, brief, sets, base, progress)
    report(0.2, "Working out what is shown")
    return [compose(atlas, brief, base)]


def _write(path: str, content: bytes) -> None:
    """Write a file all at once: what was there stays until the new one is complete."""
    if path == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    target = Path(path)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        # A temporary file is its owner's alone; a briefing is as open as any new file.
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def main(argv: Sequence[str] | None = None) -> int:
    """Write one briefing.

    Parameters
    ----------
    argv : sequence of str, optional
        The arguments; those of the process by default.

    Returns
    -------
    int
        Exit status: 0 if it was written, 1 if there is nothing to show or it could not be written.

    Raises
    ------
    SystemExit
        With status 2 if the request makes no sense, with 0 after ``--help``.
    """
    parser = _parser()
    args = parser.parse_args(argv)
    report = Reporter(args.quiet)
    try:
        format_ = _format(args)
        _check(args, format_)
        report(0, "Reading the dossier")
        atlas = data.load(args.dossier)
        if atlas.problems:
            report.note(f"{len(atlas.problems)} problems in the dossier's files are left out")
        sheets = _compose(args, atlas, format_, report)
        made = export(
            atlas,
            sheets,
            format_.id,
            args.dpi or SCREEN_DPI,
            lambda share, words: report.part(0.4, 1, share, words),
        )
        _write(args.output, made)
    except RequestError as error:
        report.clear()
        parser.error(str(error))
    except DossierError as error:
        report.clear()
        first, *others = error.problems
        more = f" (and {len(others)} more: see 'python -m annotations check')" if others else ""
        print(f"{NAME}: the dossier cannot be read: {first}{more}", file=sys.stderr)
        return 1
    except (EmptyBriefError, FormatError) as error:
        report.clear()
        print(f"{NAME}: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        report.clear()
        print(f"{NAME}: {args.output}: {error.strerror or error}", file=sys.stderr)
        return 1
    report.clear()
    shown = "stdout" if args.output == "-" else args.output
    count = f", {len(sheets)} views" if len(sheets) > 1 else ""
    seconds = monotonic() - report.began
    report.note(f"{shown}: {format_.label}{count}, {size_in_words(len(made))}, {seconds:.1f} s")
    return 0


def _run() -> int:
    """Run `main` on the terminal or pipe at hand."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a name may not fit the encoding
    try:
        return main()
    except BrokenPipeError:  # the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print(f"\n{NAME}: stopped", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(_run())
