"""Every address something can be sent to, read from the addresses themselves."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from fotfeste.access.roles import ROLES, Role

_GIVEN = "request_method_list"


def addresses_that_take_posts() -> set[str]:
    """Return the names of the addresses whose view does not say that it takes no POST."""
    return {name for name, entry in _entries(get_resolver()) if "POST" in (_methods(entry.callback) or {"POST"})}


def views() -> dict[str, Callable[..., Any]]:
    """Return the view of every address by its name."""
    return {name: entry.callback for name, entry in _entries(get_resolver()) if entry.callback is not None}


def refused(role: Role) -> set[str]:
    """Return the addresses the role has no permission for: they refuse before they look for anything."""
    allowed = {None, *ROLES[role].permissions}
    return {name for name, view in views().items() if getattr(view, "permission", None) not in allowed}


def _entries(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _entries(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        else:
            yield f"{space}{entry.name}", entry


def _methods(view: Callable[..., Any] | None) -> set[str] | None:
    """Return what ``require_http_methods`` was told somewhere around the view; None when it was told nothing."""
    while view is not None:
        if _GIVEN in view.__code__.co_freevars:
            return set(view.__closure__[view.__code__.co_freevars.index(_GIVEN)].cell_contents)
        view = getattr(view, "__wrapped__", None)
    return None
