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


def _problems(**changed: str) -> str:
    settings = {
        **_SET,
        "DATABASE_URL": "postgresql://a@db.example.no/fotfeste?sslmode=require",
        **changed,
    }
    code = """
import django; django.setup()
from fotfeste.config.deploy_checks import require_safe_settings
from fotfeste.kernel.errors import Invalid
try: require_safe_settings()
except Invalid as problem: print(problem)
"""
    told = subprocess.run(
        [sys.executable, "-c", code], env={**_OUTSIDE, **settings}, capture_output=True, text=True, timeout=60
    )
    assert told.returncode == 0, told.stderr
    return told.stdout


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({}, ""),
        ({"FOTFESTE_SECRET_KEY": "kort"}, "SECRET_KEY"),
        ({"FOTFESTE_SECRET_KEY": ""}, "SECRET_KEY"),
        ({"FOTFESTE_HOSTS": ""}, "FOTFESTE_HOSTS"),
        ({"FOTFESTE_HOSTS": "*"}, "FOTFESTE_HOSTS"),
        ({"FOTFESTE_OIDC_ISSUER": ""}, "FOTFESTE_LOGIN"),
        ({"DATABASE_URL": "postgresql://a@db.example.no/fotfeste"}, "sslmode"),
    ],
)
def test_the_server_does_not_start_in_production_with_settings_that_are_not_safe(changed, sentence):
    told = _problems(**changed)
    assert sentence in told if sentence else told == "", told
