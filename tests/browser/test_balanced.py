"""Two replicas behind nginx, under a path, over TLS: what one reader has open goes on.

The replicas have served nobody when the first of these tests begins.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.assets import assets, stamp
from tests.browser.balanced import Balanced, balanced
from tests.browser.find_nginx import find
from tests.browser.harness import (
    Server,
    Visit,
    map_frame,
    open_map,
    settled,
    shown,
    view,
    wait_for_data,
)
from tests.dossiers.shelf import PACIFIC
from tests.nonempty import nonempty

NGINX = find()
pytestmark = pytest.mark.skipif(NGINX is None, reason="no nginx: 'make test' installs Debian's")


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Balanced]:
    assert NGINX is not None
    with balanced(NGINX, tmp_path_factory.mktemp("balanced"), PACIFIC) as both:
        yield both


@pytest.fixture
def visit(browser: Browser, both: Balanced, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A page at the address that nginx gives, as somebody has it who has not been there before."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, ignore_https_errors=True)
    visit = Visit(context.new_page(), at(both, both.given))
    request.node.visits = [visit]
    yield visit
    context.close()


def at(both: Balanced, url: str) -> Server:
    """The app at another address than its own."""
    replica = both.replicas["a"]
    return Server(replica.process, url, replica.log_file)


def kept_files(both: Balanced) -> list[Path]:
    return nonempty([path for path in both.kept.rglob("*") if path.is_file()])


def replica_of(page: Page) -> str:
    """The replica that holds this reader, by the cookie."""
    [cookie] = [c for c in page.context.cookies() if c["name"] == "atlas_replica"]
    assert cookie["httpOnly"] and cookie["secure"], cookie
    return cookie["value"]


def test_who_has_served_nobody_has_all_that_a_page_asks_for(both: Balanced) -> None:
    paths = ["/component/streamlit_folium.st_folium/index.html", "/atlas/scene.json"]
    paths += [f"/atlas/{stamp()}/{path}" for path in sorted(assets())]
    for path in nonempty(paths):
        status, headers, body = both.ask(path, "a")
        assert status == 200, path
        # A reader may have one file from the one and the next from the other.
        other, other_headers, other_body = both.ask(path, "b")
        kept = ("etag", "cache-control", "content-type")
        assert (other, other_body) == (status, body), path
        assert [other_headers.get(k) for k in kept] == [headers.get(k) for k in kept], path


def test_nginx_keeps_what_never_changes_and_packs_the_rest(both: Balanced) -> None:
    path = f"/atlas/{stamp()}/map.js"
    status, headers, packed = both.ask(path, accept_encoding="gzip")
    assert (status, headers["content-encoding"]) == (200, "gzip")
    assert "set-cookie" not in headers
    assert any(path in file.read_bytes().decode("latin-1") for file in kept_files(both))
    plain = both.ask(path)[2]
    assert plain == assets()["map.js"].body
    assert len(packed) < len(plain)


def test_the_page_goes_on_when_its_replica_dies(visit: Visit, both: Balanced) -> None:
    page = visit.page
    frame = open_map(visit, "?theme=sea-lanes&select=ocean-loop&view=-20,-170,3.5")
    expect(page.locator(".atlas-card")).to_be_visible()
    before = (shown(frame), view(frame), page.url)
    visit.assert_clean()
    died = replica_of(page)
    both.kill(died)
    page.wait_for_function(
        "() => !document.querySelector('[data-test-connection-state=CONNECTED]')"
    )
    settled(page)
    frame = map_frame(page)
    wait_for_data(frame, "select", "ocean-loop")
    assert replica_of(page) != died
    assert (shown(frame), view(frame), page.url) == before
    expect(page.locator(".atlas-card")).to_be_visible()
