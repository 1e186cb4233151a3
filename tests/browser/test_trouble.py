"""A page that cannot be drawn, or not whole: it says why in words, and opens when it can."""

from __future__ import annotations

import re

from playwright.sync_api import Route, WebSocketRoute, expect

from tests.browser.harness import Visit, open_map
from tests.nonempty import nonempty

STREAM = re.compile("/_stcore/stream")
UNDRAWN = 10_000
"""Milliseconds after which a page says why it is not there, as in base.js."""
AGAIN = 5_000
"""Milliseconds until it asks again, as in trouble.js."""


def test_a_page_without_a_connection_says_why_and_opens_when_there_is_one(visit: Visit) -> None:
    page = visit.page
    through: list[bool] = []

    def connect(wire: WebSocketRoute) -> None:
        if through:
            wire.connect_to_server()
        else:
            wire.close()

    page.route_web_socket(STREAM, connect)
    page.clock.install()
    page.goto(visit.server.url + "/?theme=sanctions")
    trouble = page.locator("#atlas-trouble")
    page.clock.fast_forward(UNDRAWN)
    expect(trouble).to_contain_text("no lasting connection")
    expect(trouble).to_have_attribute("role", "alert")
    expect(trouble.get_by_role("button", name="Reload the page")).to_be_visible()
    # Streamlit's own box does not stand over it.
    expect(page.get_by_role("dialog")).to_have_count(0)

    def full(route: Route) -> None:
        route.fulfill(status=503, body="full")

    page.route(page.url, full)
    page.clock.fast_forward(AGAIN)
    expect(trouble).to_contain_text("no room for another reader")
    page.unroute(page.url)
    page.route(page.url, lambda route: route.abort())
    page.clock.fast_forward(AGAIN)
    expect(trouble).to_contain_text("does not answer")
    page.unroute(page.url)

    through.append(True)
    page.clock.fast_forward(AGAIN)
    page.clock.run_for(60_000)  # Streamlit waits longer each time it tries
    expect(page.locator(".atlas-summary h2")).to_be_visible()
    expect(trouble).to_be_hidden()


def test_a_part_that_does_not_come_is_told(visit: Visit) -> None:
    page = visit.page
    page.route(re.compile(r"/static/js/index\."), lambda route: route.abort())
    page.goto(visit.server.url)
    trouble = page.locator("#atlas-trouble")
    expect(trouble).to_contain_text("A part of this page did not come")
    page.unroute_all()
    trouble.get_by_role("button").click()
    expect(page.locator(".atlas-summary h2")).to_be_visible()
    expect(trouble).to_have_count(0)


def page_alone(route: Route) -> None:
    """Let through the page and its first script, and nothing else."""
    wanted = route.request.is_navigation_request() or route.request.url.endswith("/base.js")
    route.continue_() if wanted else route.abort()


def test_a_server_that_ends_while_a_page_is_fetched_is_waited_for(visit: Visit) -> None:
    page = visit.page
    page.route("**/*", page_alone)
    page.goto(visit.server.url)
    trouble = page.locator("#atlas-trouble")
    expect(trouble).to_contain_text("The server does not answer just now")
    expect(trouble.get_by_role("link", name="Reload the page")).to_be_visible()


def test_a_page_that_is_drawn_says_nothing_of_it(visit: Visit) -> None:
    page = visit.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.clock.install()
    open_map(visit)
    page.clock.fast_forward(UNDRAWN)
    expect(page.locator("#atlas-trouble")).to_have_count(0)
    assert [url for url in nonempty(asked) if "/trouble." in url] == []
    visit.assert_clean()
