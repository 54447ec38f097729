"""
The worklist and the person page over HTTP, against a minimal Django page with the same rows (``benchmarks/minimal``).

Limit 2 for a client alone; what 95 of 100 answers take with eight clients is told. Each filter of the list, all of them
together and the page that counts the lists made ready are told against the same minimal page. And what a part
of the product costs: the same pages without row policies and without the log of who was read, limit 1.1 each.
"""

import argparse
import os
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import QueryDict

from benchmarks import database
from benchmarks.pairs import Comparison, in_turn, table, tell
from benchmarks.product import settings_for
from benchmarks.server import running
from benchmarks.sites import MINIMAL, Site, minimal_session_of, serving, session_of
from fotfeste.kernel.database import Endpoint

if TYPE_CHECKING:
    from fotfeste.access.actor import Actor

PAGE_LIMIT = 2.0
PART_LIMIT = 1.1
PERSONS = 20


@dataclass(frozen=True, slots=True)
class Addresses:
    """The same pages in the product and in the minimal site."""

    session: str
    minimal_session: str
    product_list: tuple[str, ...]
    product_persons: tuple[str, ...]
    minimal_list: tuple[str, ...]
    minimal_persons: tuple[str, ...]
    narrowed: tuple[tuple[str, str], ...]


def addresses(endpoint: Endpoint) -> Addresses:
    """Return a counsellor's list and twenty of those on it, with a session of the counsellor's."""
    os.environ.update(settings_for(endpoint))
    import django

    django.setup()
    from django.urls import reverse

    from fotfeste.access.scope import acting_as
    from fotfeste.access.selectors import actor_for
    from fotfeste.casework.selectors.worklist import open_registrations
    from fotfeste.kernel import clock

    user_id = database.actor_ids(endpoint)["counsellor"]
    actor = actor_for(user_id=user_id, on=clock.today())
    assert actor
    with acting_as(actor):
        narrowings = _narrowings(actor, clock.today())
        own = open_registrations().filter(unit_id__in=actor.unit_ids).order_by("pk")
        found = list(own.values_list("youth_id", flat=True)[:PERSONS])
    return Addresses(
        session_of(user_id),
        minimal_session_of(endpoint, user_id),
        (reverse("lists:worklist"),),
        tuple(reverse("casework:person", kwargs={"youth_id": youth_id}) for youth_id in found),
        ("/list/",),
        tuple(f"/person/{youth_id}/" for youth_id in found),
        (
            *((each, f"{reverse('lists:worklist')}?{each}") for each in narrowings),
            ("every list counted", reverse("lists:ready")),
        ),
    )


#: What is chosen of a filter; of another the middle one of those offered.
_CHOSEN = {"status": "OTUK", "ukjent": "90", "kontakt": "30", "arsak": "quit_school", "alder": "18"}


def _narrowings(actor: "Actor", today: date) -> list[str]:
    """
    Return each way the worklist can be narrowed, as its address has it.

    One choice of every field of its form, the groups of statuses and nobody as the one responsible, every quick choice,
    every list made ready, and several of them together.
    """
    from fotfeste.casework.forms.counsellor import NOBODY
    from fotfeste.lists.forms import Choices, WorklistFilterForm
    from fotfeste.lists.selectors.ready import offered
    from fotfeste.lists.selectors.worklist import QUICK_CHOICES
    from fotfeste.lists.views.worklist import read_filter

    places, none = read_filter(actor, {}, today)
    fields = WorklistFilterForm(none, places=places).fields
    asked = [f"{name}={_CHOSEN.get(name) or _middle(field.choices)}" for name, field in fields.items()]
    asked += ["status=gruppe-3", f"ansvarlig={NOBODY}", "bekreft=ja"]
    asked += [f"hurtig={name}" for name in QUICK_CHOICES]
    asked += [f"utvalg={name}" for name in offered(actor)]
    asked.append("utvalg=no_plan&status=OTUK&ukjent=30&kontakt=30&sort=name")
    for each in asked:
        if not Choices(QueryDict(each), places=places).is_narrowed:
            raise SystemExit(f"The worklist is not narrowed by {each}.")
    return asked


def _middle(choices: Iterable[tuple[Any, Any]]) -> str:
    offered = [str(value) for value, _label in choices if value]
    return offered[len(offered) // 2]


def measure(endpoint: Endpoint, *, count: int, pairs: int) -> tuple[list[Comparison], list[Comparison], str]:
    """Return the pages against the minimal ones, the product against itself without a part, and the sizes in words."""
    where = addresses(endpoint)
    narrowed_count = max(2, count // 4)
    with ExitStack() as stack:
        minimal = stack.enter_context(serving(endpoint, where.minimal_session, target=MINIMAL))
        product, unfenced, unlogged = (
            stack.enter_context(serving(endpoint, where.session, variant=variant))
            for variant in ("", "unfenced", "unlogged")
        )
        sizes = _sizes(where, minimal, product)
        _must_show_the_same(where, product, unfenced)
        pages = []
        for name, plain, ours in (
            ("worklist", where.minimal_list, where.product_list),
            ("person page", where.minimal_persons, where.product_persons),
        ):
            pages.append(
                in_turn(
                    f"{name}, a client alone, p50",
                    lambda plain=plain: minimal.p50(plain, count),
                    lambda ours=ours: product.p50(ours, count),
                    pairs=pairs,
                    limit=PAGE_LIMIT,
                )
            )
            pages.append(
                in_turn(
                    f"{name}, eight clients, p95",
                    lambda plain=plain: minimal.p95_of_eight(plain, count // 2),
                    lambda ours=ours: product.p95_of_eight(ours, count // 2),
                    pairs=pairs,
                    limit=None,
                )
            )
        pages += [
            replace(
                in_turn(
                    f"worklist narrowed, {name}, a client alone, p50",
                    lambda: minimal.p50(where.minimal_list, narrowed_count),
                    lambda path=path: product.p50((path,), narrowed_count),
                    pairs=pairs,
                    limit=PAGE_LIMIT,
                ),
                is_beside=True,
            )
            for name, path in where.narrowed
        ]
        parts = [
            _part("worklist, without row policies → with", unfenced, product, where.product_list, count, pairs),
            _part("person page, without row policies → with", unfenced, product, where.product_persons, count, pairs),
            _part("person page, without read log → with", unlogged, product, where.product_persons, count, pairs),
        ]
    return pages, parts, sizes


def _part(name: str, without: Site, whole: Site, paths: tuple[str, ...], count: int, pairs: int) -> Comparison:
    return in_turn(
        name, lambda: without.p50(paths, count), lambda: whole.p50(paths, count), pairs=pairs, limit=PART_LIMIT
    )


def _sizes(where: Addresses, minimal: Site, product: Site) -> str:
    told = []
    for name, plain, ours in (
        ("worklist", where.minimal_list[0], where.product_list[0]),
        ("person page", where.minimal_persons[0], where.product_persons[0]),
    ):
        told.append(f"{name} {len(minimal.body(plain)) / 1000:.0f} kB → {len(product.body(ours)) / 1000:.0f} kB")
    return f"What is sent, minimal → product: {', '.join(told)}."


def _must_show_the_same(where: Addresses, product: Site, unfenced: Site) -> None:
    """See that the site without policies shows the same rows: as many, and about as much of them."""
    rows = [site.body(where.product_list[0]).count(b"data-row ") for site in (product, unfenced)]
    if rows[0] != rows[1] or not rows[0]:
        raise SystemExit(f"The list shows {rows[0]} rows with policies and {rows[1]} without: not the same page.")


def main(arguments: list[str] | None = None) -> int:
    """Measure and say how it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=7)
    parser.add_argument("--count", type=int, default=80, help="answers behind each figure")
    parser.add_argument("--tiny", action="store_true", help="a small database, to try whether it runs")
    chosen = parser.parse_args(arguments)
    with running("lists-server") as server:
        endpoint = database.people(server, database.TINY if chosen.tiny else database.COUNTRY)
        pages, parts, sizes = measure(endpoint, count=chosen.count, pairs=chosen.pairs)
    told = [f"A counsellor's pages from two workers. {sizes}", table(pages), "What a part costs.", table(parts)]
    return tell("Pages over HTTP", told, [*pages, *parts], keep=not chosen.tiny)


if __name__ == "__main__":
    sys.exit(main())
