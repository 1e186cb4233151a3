"""Two replicas behind nginx, under a path, over TLS: what one reader has open goes on.

The replicas have served nobody when the first of these tests begins.
"""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from annotations.fingerprints import fingerprint
from dashboard.web.assets import assets, stamp
from tests.browser.balanced import Balanced, ask, balanced
from tests.browser.find_nginx import find
from tests.browser.harness import (
    Visit,
    map_frame,
    open_map,
    pill,
    settled,
    shown,
    shown_after,
    view,
    wait_for_data,
)
from tests.browser.server import Server
from tests.dashboard.editing import rewrite
from tests.dossiers.shelf import PACIFIC
from tests.nonempty import nonempty

ARTICLE = [f"Line {number} of an article that is none." for number in range(1, 21)]
OFTEN = len(ARTICLE)

NGINX = find()
pytestmark = pytest.mark.skipif(NGINX is None, reason="no nginx: 'make test' installs Debian's")


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Balanced]:
    assert NGINX is not None
    dossier = Path(shutil.copytree(PACIFIC, tmp_path_factory.mktemp("made") / "pacific"))
    head = yaml.safe_load((dossier / "dossier.yml").read_text(encoding="utf-8"))
    prints = [fingerprint(line) for line in ARTICLE]
    rewrite(dossier / "dossier.yml", article={**head["article"], "fingerprints": prints})
    with balanced(NGINX, tmp_path_factory.mktemp("balanced"), dossier) as both:
        yield both


Visiting = Callable[[str], Visit]


@pytest.fixture
def visiting(
    browser: Browser, both: Balanced, request: pytest.FixtureRequest
) -> Iterator[Visiting]:
    """Give a function that opens a page at an address of nginx, all of them in one new browser."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, ignore_https_errors=True)
    replica = both.replicas["a"]
    visits: list[Visit] = []
    request.node.visits = visits

    def visit(url: str) -> Visit:
        visits.append(Visit(context.new_page(), Server(replica.process, url, replica.log_file)))
        return visits[-1]

    yield visit
    context.close()


def opened(visit: Visit, path: str, part: str) -> Page:
    """A page of the app, as soon as that part of it is there and no script runs any more."""
    visit.page.goto(f"{visit.server.url}/{path}")
    expect(visit.page.locator(part)).to_be_attached(timeout=60_000)
    settled(visit.page)
    return visit.page


def lay(page: Page, folder: Path, lines: int) -> None:
    """Lay a copy that has the first lines of the article beside the ledger, and see it there."""
    copy = folder / f"copy-{lines}.txt"
    copy.write_text("\n".join(ARTICLE[:lines]), encoding="utf-8")
    page.locator(".atlas-choose input").set_input_files(copy)
    expect_laid(page, lines)


def expect_laid(page: Page, lines: int) -> None:
    expect(page.get_by_text(f"{lines} of {OFTEN} lines match")).to_be_visible()
    expect(page.locator(".atlas-ledger .copy .match")).to_have_count(lines)


def saved(page: Page, button: str) -> bytes:
    """What the browser saves when a button is pressed."""
    with page.expect_download(timeout=90_000) as waiting:
        page.get_by_role("button", name=button, exact=True).click()
    return waiting.value.path().read_bytes()


def kept_files(both: Balanced) -> list[Path]:
    return nonempty([path for path in both.kept.rglob("*") if path.is_file()])


def replica_of(page: Page) -> str:
    """The replica that holds this reader, by the cookie."""
    [cookie] = [c for c in page.context.cookies() if c["name"] == "atlas_replica"]
    assert cookie["httpOnly"] and cookie["secure"], cookie
    return cookie["value"]


@pytest.mark.sweep
def test_who_has_served_nobody_has_all_that_a_page_asks_for(both: Balanced) -> None:
    paths = ["/component/streamlit_folium.st_folium/index.html", "/atlas/scene.json", "/timeline"]
    paths += [f"/atlas/{stamp()}/{path}" for path in sorted(assets())]
    a, b = (replica.url for replica in both.replicas.values())
    for path in nonempty(paths):
        status, headers, body = ask(a, path)
        assert status == 200, path
        # A reader may have one file from the one and the next from the other.
        other, other_headers, other_body = ask(b, path)
        kept = ("etag", "cache-control", "content-type")
        assert (other, other_body) == (status, body), path
        assert [other_headers.get(k) for k in kept] == [headers.get(k) for k in kept], path


def test_nginx_keeps_what_never_changes_and_packs_the_rest(both: Balanced) -> None:
    path = f"/atlas/{stamp()}/map.js"
    status, headers, packed = ask(both.given, path, accept_encoding="gzip")
    assert (status, headers["content-encoding"]) == (200, "gzip")
    assert "set-cookie" not in headers
    assert any(path in file.read_bytes().decode("latin-1") for file in kept_files(both))
    plain = ask(both.given, path)[2]
    assert plain == assets()["map.js"].body
    assert len(packed) < len(plain)


@pytest.mark.sweep
@pytest.mark.parametrize(("address", "times"), [("given", OFTEN), ("turn_about", 6)])
def test_files_come_and_go_whatever_else_is_asked_meanwhile(
    visiting: Visiting, both: Balanced, tmp_path: Path, address: str, times: int
) -> None:
    """Twenty times as it is given, and also where nobody holds a reader at one replica."""
    url = getattr(both, address)
    visit = visiting(url)
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page = opened(visit, "sources", ".atlas-choose")
    for number in nonempty(range(1, times + 1)):
        ask(url, "/_stcore/health")
        lay(page, tmp_path, number)
    page = opened(visit, "timeline", ".st-key-timeline-csv button")
    for _ in range(times):
        ask(url, "/_stcore/health")
        rows = list(csv.DictReader(io.StringIO(saved(page, "Download as CSV").decode("utf-8-sig"))))
        assert "Fiji" in str(rows)
    page = opened(visit, "briefing", "img[alt^=Preview]")
    assert saved(page, "SVG").lstrip().startswith(b"<?xml")
    assert saved(page, "Save again").lstrip().startswith(b"<?xml")
    visit.assert_clean()
    # What only the session's own process could answer is never asked for.
    assert [path for path in asked if "/media/" in path and "/static/" not in path] == []
    assert [path for path in asked if "upload_file" in path] == []


@pytest.mark.sweep
def test_what_is_open_goes_on_when_its_replica_hangs(visiting: Visiting, both: Balanced) -> None:
    visit = visiting(both.given)
    page = visit.page
    frame = open_map(visit, "?theme=sea-lanes")
    before = shown(frame)
    hangs = replica_of(page)
    with both.hung(hangs):
        with page.expect_websocket():
            pill(page, "theme", "Far north").click()
        two = page.locator(".st-key-theme button[aria-pressed=true]")
        expect(two).to_have_count(2)
        expect(page.locator(".atlas-summary h2")).to_contain_text(
            f"{shown_after(frame, before)} of 17"
        )
        assert replica_of(page) != hangs
        # Whoever comes now gets a page, drawn anew or held at the one that hangs.
        for cookie in ("", f"atlas_replica={hangs}"):
            assert ask(both.given, "/timeline", cookie=cookie)[0] == 200
    assert visit.query["theme"] == ["sea-lanes", "far-north"]
    visit.assert_clean()


@pytest.mark.sweep
def test_what_is_open_goes_on_when_its_replica_dies(
    visiting: Visiting, both: Balanced, tmp_path: Path
) -> None:
    visit = visiting(both.given)
    page = visit.page
    frame = open_map(visit, "?theme=sea-lanes&select=ocean-loop&view=-20,-170,3.5")
    expect(page.locator(".atlas-card")).to_be_visible()
    before = (shown(frame), view(frame), page.url)
    ledger = opened(visiting(both.given), "sources", ".atlas-choose")
    lay(ledger, tmp_path, 7)
    visit.assert_clean()

    died = replica_of(page)
    with page.expect_websocket(), ledger.expect_websocket():
        both.kill(died)
    settled(page)
    settled(ledger)
    frame = map_frame(page)
    wait_for_data(frame, "select", "ocean-loop")
    assert replica_of(page) != died
    assert (shown(frame), view(frame), page.url) == before
    expect(page.locator(".atlas-card")).to_be_visible()
    # The other replica had not got the copy: the page gave it once more.
    expect_laid(ledger, 7)

    pill(page, "theme", "Far north").click()
    wait_for_data(frame, "select", "ocean-loop")
    both_themes = shown_after(frame, before[0])
    settled(page)
    assert visit.query["theme"] == ["sea-lanes", "far-north"]
    expect(page.locator(".atlas-summary h2")).to_contain_text(f"{both_themes} of 17")
    expect(page.locator(".st-key-theme button[aria-pressed=true]")).to_have_count(2)
