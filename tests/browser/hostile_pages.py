"""What is looked at on each page of a dossier whose texts look like code, in whichever browser."""

from __future__ import annotations

import re
from typing import Any, Protocol

from tests.browser.harness import APP, MAP_FRAME
from tests.dossiers import hostile
from tests.nonempty import nonempty

PAGES = {
    "": [".st-key-theme", ".st-key-alliance", ".atlas-list"],
    "?select=event-2": [],
    "?select=actor:actor-3": [],
    "?select=place:place-21": [],
    "timeline": [".atlas-timeline"],
    "alliances?alliance=alliance-1&alliance=alliance-12": [".st-key-alliances-chosen"],
    "corridors?route=corridor-4.main&route=corridor-18.main": [".st-key-corridors-route"],
    "actors?actor=actor-6": [],
    "actors?show=matrix": [],
    "sources": [".atlas-ledger"],
    "search?ask=h()": [],
    "briefing?theme=theme-2&title=%3Cimg%20src%3Dx%20onerror%3Dh()%3E&subtitle=**b**": [],
}
"""Addresses, and where on the page all of the texts stand."""

READY = """(app, map) => {
  const page = document.querySelector(app);
  const settled = page?.dataset.testScriptState === "notRunning"
    && page.dataset.testConnectionState === "CONNECTED"
    && !document.querySelector('[data-testid="stSkeleton"], [data-testid="stSpinner"]')
    && document.querySelector(".atlas-title h1");
  const frame = document.querySelector(map);
  const drawn = frame?.contentDocument?.querySelector('#map_div[data-ready="true"]');
  return Boolean(settled && (drawn || !frame));
}"""

WRONG = """() => {
  const found = [...(window.top.wentWrong ?? [])]; // of the recorder, where there is one
  const own = (address) => {
    try {
      const { protocol, host } = new URL(address, document.baseURI);
      return ["data:", "blob:", "about:"].includes(protocol)
        || (protocol === location.protocol && host === location.host);
    } catch {
      return false;
    }
  };
  for (const { name } of performance.getEntriesByType("resource")) {
    if (!own(name)) found.push(`asked for: ${name}`);
  }
  const meant = new Set(["https://www.openstreetmap.org/copyright", "https://leafletjs.com"]);
  for (const one of document.querySelectorAll("*")) {
    for (const { name, value } of one.attributes) {
      if (name.startsWith("on")) found.push(`${name} of ${one.localName}`);
      if (/^(src|href|action|formaction|data|poster|xlink:href|srcdoc)$/.test(name)
        && !own(value) && !meant.has(value)) found.push(`${name}=${value} of ${one.localName}`);
    }
  }
  // What Streamlit makes of Markdown: paragraphs, and spans that part them.
  for (const one of document.querySelectorAll('[data-testid="stMarkdownContainer"] *')) {
    if (!["p", "span"].includes(one.localName) || one.className || one.getAttribute("style")) {
      found.push(`in a label: ${one.outerHTML.slice(0, 80)}`);
    }
  }
  return found;
}"""
"""What a text has made of itself: handlers, addresses of others, and elements in labels."""

FITS = """() => {
  const main = document.querySelector('[data-testid="stMain"]');
  const whole = document.scrollingElement;
  return whole.scrollWidth <= innerWidth && main.scrollWidth <= main.clientWidth;
}"""
"""Whether nothing reaches beyond the page's width."""

OVERRUN = """() => {
  const found = [];
  const [title, field] = [".atlas-title h1", '[data-testid="stForm"]']
    .map((css) => document.querySelector(css)?.getBoundingClientRect());
  if (title && field && title.right > field.left && title.bottom > field.top) {
    found.push("the title runs under the search field");
  }
  for (const one of document.querySelectorAll("body *")) {
    const own = [...one.childNodes].filter((node) => node.nodeType === 3 && node.data.trim());
    if (!own.length || one.clientWidth < 3 || one.namespaceURI.endsWith("svg")) continue;
    if (one.closest('[data-testid="stSidebar"][aria-expanded="false"]')) continue;
    const { overflowX, textOverflow, clipPath, position, writingMode } = getComputedStyle(one);
    if (writingMode !== "horizontal-tb") continue;
    if (clipPath !== "none" && position === "absolute") continue; // for screen readers alone
    const over = one.scrollWidth - one.clientWidth;
    const told = `${one.localName}.${one.className} ${over} px: ${one.textContent.slice(0, 40)}`;
    if (over > 1 && overflowX === "visible") found.push(`runs over: ${told}`);
    const hidden = overflowX === "hidden" && textOverflow !== "ellipsis";
    if (over > 1 && hidden) found.push(`cut: ${told}`);
  }
  return found;
}"""
"""Texts that run out of their boxes, or are cut without a sign of it."""

TEXT = """(css) => [...document.querySelectorAll(css)].map((one) => one.textContent).join(" ")"""


class Looking(Protocol):
    """A browser with a page of the app."""

    def go(self, url: str) -> None:
        """Open an address."""

    def size(self, width: int, height: int) -> None:
        """Make the page so large."""

    def evaluate(self, function: str, *given: object, in_map: bool = False) -> Any:
        """What a function of JavaScript gives, in the page or in the map's frame."""

    def wait_for(self, function: str, *given: object, in_map: bool = False) -> Any:
        """What a function gives as soon as that counts as true."""


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def faults(browser: Looking, url: str) -> dict[str, list[str]]:
    """Go through all pages, wide and narrow.

    Parameters
    ----------
    browser : Looking
    url : str
        Of the app, with the hostile dossier.

    Returns
    -------
    dict of str to list of str
        Of each page on which something is wrong, what.
    """
    wrong = {}
    begun = [squeezed(squeezed(text)[:24]) for text in hostile.TEXTS]  # the shortest field's room
    for page, places in nonempty(PAGES.items()):
        browser.size(1440, 900)
        browser.go(f"{url}/{page}")
        browser.wait_for(READY, APP, MAP_FRAME)
        frames = [False]
        if browser.evaluate("(css) => Boolean(document.querySelector(css))", MAP_FRAME):
            frames.append(True)
        found = []
        for in_map in frames:
            found += browser.evaluate(WRONG, in_map=in_map)
            found += browser.evaluate(OVERRUN, in_map=in_map)
        for place in places:
            shown = squeezed(browser.evaluate(TEXT, place))
            found += [f"not in {place}: {text}" for text in begun if text not in shown]
        browser.wait_for(FITS)
        browser.size(390, 844)
        browser.wait_for(FITS)  # charts take a moment to become narrower
        found += [f"narrow, {what}" for what in browser.evaluate(OVERRUN)]
        if found:
            wrong[page] = found
    return wrong
