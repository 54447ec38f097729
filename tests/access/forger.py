"""A provider that says whatever it is told to, also what no honest one would."""

import base64
import hashlib
import hmac
import itertools
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from django.http import HttpResponse
from django.test import Client
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from fotfeste.access.login.profiles import Profile


@cache
def _keys() -> Iterator[RSAKey]:
    return itertools.cycle([RSAKey.generate_key(2048, private=True, auto_kid=True) for _ in range(6)])


def _another_key() -> RSAKey:
    """Return a key that none of the last five is: finding one takes longer than all that is done with it."""
    return next(_keys())


class Forger:
    """
    The provider, and what it will say next.

    :ivar metadata: what it says of itself beyond where its doors are.
    :ivar claims: what the next ID token holds beyond what an honest one does; None takes a claim away.
    """

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.key = _another_key()
        self.metadata: dict[str, Any] = {}
        self.claims: dict[str, Any] = {}
        self.sign = self.honestly
        self.refuses_with = ""
        self.asked: list[str] = []
        self._nonce = ""

    def describe(self) -> dict[str, Any]:
        doors = {name: f"{self.issuer}/{name}" for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
        return {
            "issuer": self.issuer,
            **doors,
            "end_session_endpoint": f"{self.issuer}/end_session_endpoint",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
            **self.metadata,
        }

    def public_keys(self) -> dict[str, Any]:
        return KeySet([self.key]).as_dict(private=False)

    def token(self) -> dict[str, Any]:
        if self.refuses_with:
            return {"error": self.refuses_with, "error_description": "Fra tilbyderen"}
        now = int(time.time())
        honest = {
            "iss": self.issuer, "aud": "fotfeste", "sub": "kari-sub", "nonce": self._nonce,
            "iat": now, "exp": now + 120, "auth_time": now,
        }  # fmt: skip
        said = {name: value for name, value in {**honest, **self.claims}.items() if value is not None}
        return {"access_token": "x", "token_type": "Bearer", "expires_in": 60, "id_token": self.sign(said)}

    def honestly(self, claims: dict[str, Any], **header: Any) -> str:
        return jwt.encode({"alg": "RS256", "kid": self.key.kid, **header}, claims, self.key)

    def unsigned(self, claims: dict[str, Any]) -> str:
        header = {"alg": "none", "typ": "JWT"}
        return ".".join(_encoded(json.dumps(part).encode()) for part in (header, claims)) + "."

    def by_another_key(self, claims: dict[str, Any]) -> str:
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, _another_key())

    def with_the_public_key_as_secret(self, claims: dict[str, Any]) -> str:
        header = {"alg": "HS256", "kid": self.key.kid, "typ": "JWT"}
        signed = ".".join(_encoded(json.dumps(part).encode()) for part in (header, claims))
        tag = hmac.new(self.key.as_pem(private=False), signed.encode(), hashlib.sha256).digest()
        return f"{signed}.{_encoded(tag)}"

    def change_key(self) -> None:
        self.key = _another_key()

    def answer_to(self, address: str, **query: str) -> str:
        """Return the address of ours that an honest provider would send the browser back to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        self._nonce = asked["nonce"]
        back = {"state": asked["state"], "code": "en-kode", **query}
        return f"{urlsplit(asked['redirect_uri']).path}?{urlencode(back)}"


Started = tuple[Forger, Profile]


def log_in(client: Client, started: Started, **query: str) -> HttpResponse:
    """Walk all the way there and back; ``query`` changes the answer."""
    forger, profile = started
    address = client.get(f"/logg-inn/til/{profile.name}/").headers["Location"]
    return client.get(forger.answer_to(address, **query))


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


@contextmanager
def forging(kind: Profile, **values: Any) -> Iterator[tuple[Forger, Profile]]:
    """Start the provider; give it and the profile of it."""

    class Doors(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            forger.asked.append(self.path)
            self._say(forger.public_keys() if self.path == "/jwks_uri" else forger.describe())

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            said = forger.token()
            self._say(said, status=400 if "error" in said else 200)

        def _say(self, said: dict[str, Any], *, status: int = 200) -> None:
            content = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: object) -> None:
            """Say nothing of each request."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Doors)
    forger = Forger(f"http://localhost:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        made = {"name": kind.kind, "client_id": "fotfeste", "client_secret": "hemmelig", **values}
        yield forger, replace(kind, issuer=forger.issuer, **made)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
