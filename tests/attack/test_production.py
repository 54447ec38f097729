"""With the settings of production: what is set, and that nothing starts when it is not."""

import json
import os
import secrets
import subprocess
import sys

import pytest

#: What surrounds a server, without what only tests are given.
_OUTSIDE = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "FOTFESTE_"))}
_SET = {
    "FOTFESTE_ENV": "production",
    "DJANGO_SETTINGS_MODULE": "fotfeste.config.settings",
    "FOTFESTE_HOSTS": "fotfeste.example.no",
    "FOTFESTE_OIDC_ISSUER": "https://login.example.no",
    "FOTFESTE_OIDC_ACR": "any",
    **{
        name: secrets.token_urlsafe(64)
        for name in ("FOTFESTE_SECRET_KEY", "FOTFESTE_IDENTITY_KEY", "FOTFESTE_OIDC_CLIENT_SECRET")
    },
}


def _in_production(endpoint, code: str) -> dict:
    """Run code in a process with the settings of production, and return what it printed as JSON."""
    settings = {
        **_SET,
        "DATABASE_URL": endpoint.app_url,
        "DATABASE_OWNER_URL": endpoint.owner_url,
    }
    before = "import django, json; django.setup()\nfrom django.test import Client\n"
    answer = subprocess.run(
        [sys.executable, "-c", before + code], env={**_OUTSIDE, **settings}, capture_output=True, text=True, timeout=60
    )
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


def test_in_production_all_is_encrypted_and_cookies_are_for_this_site_alone(committed_database):
    told = _in_production(
        committed_database,
        """
client = Client(headers={"host": "fotfeste.example.no"})
plain = client.get("/logg-inn/")
page = client.get("/logg-inn/", secure=True)
chosen = client.post("/sprak/", {"language": "nn"}, secure=True)
cookies = {**page.cookies, **chosen.cookies}
print(json.dumps({"plain": [plain.status_code, plain.headers["Location"]],
    "hsts": page.headers["Strict-Transport-Security"],
    "cookies": {n: [bool(c["secure"]), bool(c["httponly"]), c["samesite"], c["path"], c["domain"]]
                for n, c in cookies.items()},
    "style": client.get("/stil/", secure=True).status_code}))
""",
    )
    assert told["plain"] == [301, "https://fotfeste.example.no/logg-inn/"]
    assert told["hsts"] == "max-age=31536000; includeSubDomains; preload"
    assert {"__Host-session", "__Host-csrf", "django_language"} <= told["cookies"].keys()
    assert set(map(tuple, told["cookies"].values())) == {(True, True, "Lax", "/", "")}
    assert told["style"] == 404


#: What is changed of settings that are safe, and what must stand in the refusal.
_CHANGES = [
    ({"FOTFESTE_SECRET_KEY": "kort"}, "SECRET_KEY"),
    ({"FOTFESTE_SECRET_KEY": ""}, "SECRET_KEY"),
    ({"FOTFESTE_HOSTS": ""}, "FOTFESTE_HOSTS"),
    ({"FOTFESTE_HOSTS": "*"}, "FOTFESTE_HOSTS"),
    ({"FOTFESTE_OIDC_ISSUER": ""}, "FOTFESTE_LOGIN"),
    ({"DATABASE_URL": "postgresql://a@db.example.no/fotfeste"}, "sslmode"),
    ({}, ""),
]
#: One process for all: to start takes seconds, and the settings are read anew from what surrounds it each time.
_ASK_OF_EACH = """
import importlib, json, os, sys
import django; django.setup()
from django.conf import settings
from django.utils.functional import empty
from fotfeste.config import settings as ours
from fotfeste.config.deploy_checks import require_safe_settings
from fotfeste.kernel.errors import Invalid
safe, told = dict(os.environ), []
for changed in json.load(sys.stdin):
    os.environ.clear()
    os.environ.update(safe | changed)
    importlib.reload(ours)
    settings._wrapped = empty
    try: told.append(require_safe_settings() or "")
    except Invalid as problem: told.append(str(problem))
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def problems() -> list[str]:
    """What is wrong with the settings after each of the changes, in a process with the settings of production."""
    safe = {**_OUTSIDE, **_SET, "DATABASE_URL": "postgresql://a@db.example.no/fotfeste?sslmode=require"}
    told = subprocess.run(
        [sys.executable, "-c", _ASK_OF_EACH],
        input=json.dumps([changed for changed, _sentence in _CHANGES]),
        env=safe, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout)


@pytest.mark.parametrize("number", range(len(_CHANGES)), ids=[str(changed) for changed, _sentence in _CHANGES])
def test_the_server_does_not_start_in_production_with_settings_that_are_not_safe(problems, number):
    sentence = _CHANGES[number][1]
    assert sentence in problems[number] if sentence else problems[number] == "", problems[number]
