"""Asks axe-core what is wrong with a page for people who use it otherwise than by eye and mouse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Frame, Page

ALLOWED = Path(__file__).with_name("axe_allowed.yml")

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
"""Rules that are asked: WCAG 2.2 A and AA, and what is held to be good practice."""

OF_A_DOCUMENT = (
    "document-title",
    "html-has-lang",
    "landmark-one-main",
    "page-has-heading-one",
    "region",
)
"""Rules that axe asks of the outermost document alone; here, of the map's frame too."""

AT_REST = """() => Promise.all(document.getAnimations()
  .filter((one) => Number.isFinite(one.effect.getComputedTiming().endTime))
  .map((one) => one.finished.catch(() => {})))"""
"""What fades in is pale until it is there: that is no fault of its colours."""

RUN = """async ({ options, allowed }) => {
  const patience = { frameWaitTime: 600_000, pingWaitTime: 60_000 }; // says nothing of the page
  const all = { resultTypes: ["violations"], ...patience, ...options };
  const { violations } = await axe.run(document, all);
  const within = (path) => path.flat().reduce(
    ([, scope], css) => {
      const node = scope?.querySelector(css);
      return [node, node?.contentDocument];
    },
    [null, document],
  )[0];
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, html, failureSummary }) => {
    const node = within(target);
    const fits = allowed.findIndex(({ rule, selector }) => rule === id && node?.matches(selector));
    return { rule: id, target: target.join(" "), html, why: failureSummary, allowed: fits };
  }));
}"""


@dataclass(frozen=True)
class Finding:
    """One element with which one rule finds fault.

    Attributes
    ----------
    rule, target, html, why : str
        As axe names them.
    allowed : int
        Number of the entry among those given that lets it pass; -1 for none.
    """

    rule: str
    target: str
    html: str
    why: str
    allowed: int

    def __str__(self) -> str:
        why = " ".join(self.why.split())
        return f"{self.rule}: {self.target}\n    {self.html[:200]}\n    {why[:300]}"


def read_allowed() -> list[Mapping[str, str]]:
    """Findings that are let pass: of each its state of the app, rule, selector and reason."""
    entries: list[Mapping[str, str]] = yaml.safe_load(ALLOWED.read_text(encoding="utf-8"))
    return entries


def _source() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def _in(
    document: Page | Frame, options: Mapping[str, Any], allowed: Sequence[Mapping[str, str]]
) -> Iterator[Finding]:
    arguments = {"options": options, "allowed": allowed}
    for found in document.evaluate(RUN, arguments):
        yield Finding(**found)


def findings(
    page: Page, allowed: Sequence[Mapping[str, str]] = (), frames: Sequence[Frame] = ()
) -> list[Finding]:
    """All that axe finds on a page, what lies in its frames included.

    Parameters
    ----------
    page : Page
    allowed : sequence of mapping
        Entries of `ALLOWED` for this page.
    frames : sequence of Frame
        Those that are documents of their own for a reader.
    """
    for frame in page.frames:
        if not frame.evaluate("() => Boolean(window.axe)"):
            frame.evaluate(f"() => {{ {_source()} }}")
        frame.evaluate(AT_REST)
    found = list(_in(page, {"runOnly": list(TAGS)}, allowed))
    for frame in frames:
        rules = {"type": "rule", "values": list(OF_A_DOCUMENT)}
        found += _in(frame, {"runOnly": rules, "iframes": False}, allowed)
    return found
