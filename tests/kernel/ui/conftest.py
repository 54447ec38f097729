"""A small server for pages that need no database, with the headers of the real one, and a browser to look with."""

import mimetypes
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles import finders
from django.test import RequestFactory
from playwright.sync_api import Browser, Page

from fotfeste.access.middleware import CSP
from fotfeste.kernel.views.styleguide import styleguide

#: What the server answers parts of a page that are asked for alone.
PARTS = {
    "/svar": ("200 OK", '<tr data-row><th scope="row">Besvart</th></tr>'),
    "/feil": ("500 Internal Server Error", "Traceback: hemmelig"),
    "/avvist": ("422 Unprocessable Content", '<p id="part">Må fylles ut.</p>'),
}


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing of each request."""


def _answer(environ: dict, start: Callable) -> list[bytes]:
    path = environ["PATH_INFO"]
    headers = [("Content-Security-Policy", CSP)]
    if path.startswith("/static/"):
        found = finders.find(path.removeprefix("/static/"))
        if not found:
            start("404 Not Found", headers)
            return [b""]
        start("200 OK", [*headers, ("Content-Type", mimetypes.guess_type(path)[0] or "font/woff2")])
        return [Path(found).read_bytes()]
    if path in PARTS:
        start(PARTS[path][0], [*headers, ("Content-Type", "text/html; charset=utf-8")])
        return [PARTS[path][1].encode()]
    request = RequestFactory().get(path)
    start("200 OK", [*headers, ("Content-Type", "text/html; charset=utf-8")])
    return [styleguide(request).content]


@pytest.fixture(scope="package")
def styleguide_url() -> Iterator[str]:
    """Serve the style guide, with a strict content security policy, on a free port of this machine."""
    server = make_server("127.0.0.1", 0, _answer, WSGIServer, _Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a fresh page, and fail if the browser complained of the content security policy or of a script."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []
