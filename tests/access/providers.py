"""Real identity providers on this machine, and people who log in through them with a browser of their own."""

import html
import json
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import requests
from django.http import HttpResponse
from django.test import Client

from fotfeste.access.login import keys
from fotfeste.access.login.profiles import ID_PORTEN, Profile

REPOSITORY = Path(__file__).parents[2]
OURS = "http://testserver"
HIGH, SUBSTANTIAL = "idporten-loa-high", "idporten-loa-substantial"


def key_set(*private_keys: dict[str, Any]) -> str:
    """Return private keys as the setting that holds them."""
    return json.dumps({"keys": list(private_keys)})


OLD_KEY, NEW_KEY = keys.new_key(), keys.new_key()


@contextmanager
def idporten_like(name: str = "idporten", **client: Any) -> Iterator[Profile]:
    """Start the strict provider, where we are a client that signs with either key; give its profile."""
    node = subprocess.run(
        [REPOSITORY / "scripts/test-provider.sh"], check=True, stdout=subprocess.PIPE, text=True
    ).stdout.strip()
    public = [{field: key[field] for field in ("kty", "n", "e", "kid")} for key in (OLD_KEY, NEW_KEY)]
    described = {
        "client_id": "fotfeste",
        "redirect_uris": [f"{OURS}/logg-inn/svar/{name}/"],
        "post_logout_redirect_uris": [f"{OURS}/logg-ut/ferdig/"],
        "jwks": {"keys": public},
        **client,
    }
    process = subprocess.Popen(
        [node, REPOSITORY / "tests/oidc_provider/provider.mjs", json.dumps(described)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        issuer = json.loads(process.stdout.readline())["issuer"]
        try:
            yield replace(ID_PORTEN, name=name, issuer=issuer, client_id="fotfeste")
        finally:
            process.terminate()


@contextmanager
def back_door() -> Iterator[tuple[str, list[str]]]:
    """Listen where the provider calls from its own server; give the address and the statements that came."""
    told: list[str] = []

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            told.extend(parse_qs(body)["logout_token"])
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Say nothing of each call."""

    server = HTTPServer(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}/", told
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Person:
    """Somebody with a browser: what they have at the provider, and what they have here."""

    def __init__(self, pid: str) -> None:
        self.pid = pid
        self.there = requests.Session()
        self.here = Client()

    def begin(self, profile: Profile, **query: str) -> str:
        """Press the button; return the provider's address one is sent to."""
        answer = self.here.get(f"/logg-inn/til/{profile.name}/", query)
        assert answer.status_code == 302, answer.content.decode()
        return str(answer.headers["Location"])

    def answer_at(self, address: str, *, level: str = HIGH, **form: str) -> str:
        """Go to the provider, log in if it asks, and return the address of ours it sends one back to."""
        while not address.startswith(OURS):
            answer = self.there.get(address, allow_redirects=False, timeout=10)
            assert answer.status_code < 400, answer.text
            if answer.status_code == 200:
                answer = self.there.post(
                    address, {"pid": self.pid, "level": level, **form}, allow_redirects=False, timeout=10
                )
            address = requests.compat.urljoin(address, answer.headers["Location"])
        return address.removeprefix(OURS)

    def log_out(self) -> str:
        """Log out here and at the provider; return the address of ours it sends one back to."""
        page = self.here.post("/logg-ut/").content.decode()
        link = re.search(r'href="([^"]*)" data-moves-on', page)
        assert link, page
        return self._confirm(html.unescape(link.group(1)))

    def log_out_elsewhere(self, profile: Profile) -> None:
        """Log out at the provider from another service than ours."""
        self._confirm(f"{profile.issuer}/logout")

    def _confirm(self, address_there: str) -> str:
        asked = self.there.get(address_there, timeout=10)
        fields = dict(re.findall(r'name="([^"]*)" value="([^"]*)"', asked.text))
        address = re.search(r'action="([^"]*)"', asked.text)
        assert address, asked.text
        answer = self.there.post(address.group(1), fields, allow_redirects=False, timeout=10)
        return str(answer.headers["Location"]).removeprefix(OURS)

    def log_in(self, profile: Profile, *, level: str = HIGH, **form: str) -> HttpResponse:
        """Walk all the way, and return what we answer."""
        return self.here.get(self.answer_at(self.begin(profile), level=level, **form))
