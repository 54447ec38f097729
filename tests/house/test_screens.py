"""Every address declares who may open it; the public ones stand on an approved list."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

PUBLIC = {
    "login",
    "login-start",
    "login-callback",
    "login-keys",
    "logout",
    "logout-done",
    "logout-front",
    "logout-back",
    "set_language",
    "session-state",
    "session-extend",
    "accessibility",
    "correspondence:reply",
    "correspondence:reply_by_code",
    "correspondence:reply_thanks",
    "health",
    "annualwheel:feed",
}


def _addresses(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _addresses(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
        else:
            yield f"{prefix}{entry.name}", entry


def test_every_address_declares_a_permission_or_is_on_the_public_list():
    undeclared = [
        name
        for name, entry in _addresses(get_resolver())
        if not getattr(entry.callback, "permission", None)
        and not (getattr(entry.callback, "is_public", False) and name in PUBLIC)
    ]
    assert undeclared == []


def test_no_address_carries_a_bare_row_number():
    bare = [name for name, entry in _addresses(get_resolver()) if "<int:" in str(entry.pattern)]
    assert bare == []


@pytest.mark.django_db
def test_without_login_every_screen_leads_to_the_login_page(client):
    opened = []
    for name, entry in _addresses(get_resolver()):
        if name in PUBLIC or entry.pattern.converters:
            continue
        path = "/" + str(entry.pattern) if ":" not in name else None
        if path and client.get(path).status_code == 200:
            opened.append(name)
    assert opened == []
