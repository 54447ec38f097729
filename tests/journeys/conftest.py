"""The product itself on a port of this machine, over a database of the test's own, and a browser logged in to it."""

import threading
from collections.abc import Callable, Iterator
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connections
from playwright.sync_api import Browser, Page

from fotfeste.access.actor import Actor
from fotfeste.access.session_store import SESSION_USER, SessionStore
from fotfeste.kernel import clock
from fotfeste.kernel.database import Endpoint
from tests import factories as make
from tests.axe import complaints_of_axe

#: Pixels across the screen of a telephone.
TELEPHONE = 390


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing of each request."""


@pytest.fixture
def live(committed_database: Endpoint) -> Iterator[str]:
    """Serve the whole product, static files and headers too, on the factories' day; give its address."""
    product = get_wsgi_application()

    def on_the_day(environ: dict, start: Callable) -> list[bytes]:
        with clock.frozen(make.TODAY):
            return product(environ, start)

    server = make_server("127.0.0.1", 0, on_the_day, WSGIServer, _Quiet)

    def serve() -> None:
        server.serve_forever(poll_interval=0.05)
        connections.close_all()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    with clock.frozen(make.TODAY):
        yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def at_work(live: str, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Give a page on which somebody is logged in; fail at the end if the browser complained of anything."""
    contexts, complaints = [], []

    def enter(actor: Actor, *, width: int = 1280, javascript: bool = True) -> Page:
        session = SessionStore()
        session[SESSION_USER] = actor.user_id
        session.create()
        context = browser.new_context(
            base_url=live,
            viewport={"width": width, "height": 900},
            reduced_motion="reduce",
            java_script_enabled=javascript,
            locale="nb-NO",
        )
        context.add_cookies([{"name": "sessionid", "value": str(session.session_key), "url": live}])
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield enter
    for context in contexts:
        context.close()
    # A refused form is answered 422 and one that comes too late 409, which the browser notes as failed loads; everything
    # else is a fault of ours.
    assert [text for text in complaints if "422" not in text and "409" not in text] == []


@pytest.fixture
def fits() -> Callable[[Page], None]:
    """Give a check that nothing on a page is wider than the screen, nor than a telephone's when it is made as narrow."""

    def check(page: Page) -> None:
        # A click is over when the next page has begun to come, which may be before there is anything of it to measure.
        page.wait_for_load_state()
        shown = page.viewport_size
        assert shown
        for width in {shown["width"]: None, TELEPHONE: None}:
            page.set_viewport_size({"width": width, "height": shown["height"]})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (page.url, width)
        page.set_viewport_size(shown)

    return check


@pytest.fixture
def accessible(fits: Callable[[Page], None]) -> Callable[[Page], None]:
    """Give a check that axe finds nothing to complain of on a page, and that nothing is wider than the screen."""

    def check(page: Page) -> None:
        page.wait_for_load_state()
        results = complaints_of_axe(page)
        assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"
        fits(page)

    return check
