"""Every form there is, sent twice at the same moment as by a double click: done once, and answered twice."""

import contextvars
import itertools
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from psycopg.conninfo import conninfo_to_dict

from fotfeste.access.actor import Actor
from fotfeste.access.roles import Role
from fotfeste.kernel import opaque
from fotfeste.kernel.database import Endpoint
from tests import factories as make
from tests.at_once.addresses import addresses_that_take_posts, refused
from tests.attack.served import session_of
from tests.attack.world import FILLED, Secret, addresses, secret_case
from tests.integrations.reading.files import csv_of, people

TOKEN = "t" * 32
FILES: dict[str, Callable[[], SimpleUploadedFile]] = {
    "integrations:upload": lambda: SimpleUploadedFile("liste.csv", csv_of(people("leavers", 2))),
    "casework:keep_release_scan": lambda: SimpleUploadedFile("ark.pdf", b"%PDF-1.7\n"),
    "organisations:unit_files": lambda: SimpleUploadedFile("enheter.csv", b"navn;type\nPr\xc3\xb8ve;annet\n"),
}
MORE = {
    "integrations:upload": {"source": "leavers", "on": "16.11.2026", "sender": ""},
    "reporting:freeze": {"rapport": "rep-internal", "fylke": "3", "dag": "2026-11-20", "kodeverk": ""},
}
#: Left out: they end the session both are sent in, or look for people, which is counted and not done.
LEFT_OUT = {
    "login-start",
    "login-callback",
    "logout",
    "logout-front",
    "logout-back",
    "lists:search",
    "oversight:person_copy",
    "styleguide",
}


#: Rows that need not be as many: equal facts share an explanation; a session tells when it was last used.
_NOT_COUNTED = {
    "access_session",
    "access_sent_form",
    "access_attempt_count",
    "pghistory_context",
    "casework_explanation",
}
_TABLES = """
SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
"""


@pytest.fixture
def count_rows(committed_database: Endpoint) -> Iterator[Callable[[], dict[str, int]]]:
    """Give a function that counts the rows of every table, whoever may see them; readings and refusals in the log left out."""
    database = conninfo_to_dict(committed_database.app_url)["dbname"]
    with psycopg.connect(committed_database.superuser_url, dbname=database, autocommit=True) as outside:
        tables = [name for (name,) in outside.execute(_TABLES).fetchall() if name not in _NOT_COUNTED]
        parts = [
            f"SELECT '{name}', count(*) FROM {name}"
            + (" WHERE verb NOT IN ('read', 'listed', 'refused')" if name == "audit_entry" else "")
            for name in tables
        ]
        statement = " UNION ALL ".join(parts)
        yield lambda: dict(outside.execute(statement).fetchall())


def _sender(actor: Actor) -> Callable[[str, dict], tuple[int, str]]:
    """Return what sends a form as a page of the actor's would: with the token of the page it stood on."""
    session = session_of(actor).partition("=")[2]

    def send(path: str, data: dict) -> tuple[int, str]:
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        client.cookies["sessionid"], client.cookies["csrftoken"] = session, TOKEN
        answer = client.post(path, {**data, "csrfmiddlewaretoken": TOKEN})
        return answer.status_code, answer.headers.get("Location", "")

    return send


@pytest.fixture
def at_once(committed_database: Endpoint) -> Iterator[Callable[[Callable[[], Any]], list[Any]]]:
    """Give what does something from two hands at the same moment, each with a connection of its own, which it keeps."""
    gate = threading.Barrier(2)

    def do(act: Callable[[], Any]) -> Any:
        gate.wait(timeout=30)
        return act()

    with ThreadPoolExecutor(2) as hands:

        def both(act: Callable[[], Any]) -> list[Any]:
            doing = [hands.submit(contextvars.copy_context().run, do, act) for _ in range(2)]
            return [each.result(timeout=60) for each in doing]

        yield both
        both(connections.close_all)


def _world(role: Role, number: int) -> tuple[Secret, Actor]:
    """Make a case with a row of each kind, and somebody with the role who has to do with it."""
    school = make.unit()
    secret = secret_case(school, born=date(2008, 1, 1) + timedelta(days=number % 300))
    if role is Role.EDUCATION_ADMIN:
        return secret, make.actor(role, make.education_admin())
    return secret, make.actor(role, school)


def _form(name: str, secret: Secret) -> dict:
    key = opaque.encode(secret.registration.youth_id)
    unit = opaque.encode(make.unit().pk)
    chosen = {"valgt": [key], f"versjon-{key}": "1", f"kode-{key}": "11", "unit": unit, "holder": unit, "bruk": key}
    return {**FILLED, **chosen, **MORE.get(name, {})}


def _filled(name: str, form: dict) -> dict:
    """Return what is sent once: a file is read to its end when it is."""
    return {**form, "file": FILES[name]()} if name in FILES else dict(form)


@dataclass
class Sent:
    """A form that was sent by somebody: how many rows it added by table, and the answers."""

    gained: dict[str, int]
    answers: list[tuple[int, str]]


def _once(act: Callable[[], Any]) -> list[Any]:
    return [act()]


def _send(
    world: tuple[Secret, Actor], name: str, count_rows: Callable[[], dict[str, int]], how: Callable[..., list[Any]]
) -> Sent:
    """Send the form at an address in a session of its own, once, or twice at the same moment."""
    secret, actor = world
    path = next(path for each, path, _one in addresses(secret.ids) if each == name)
    send, form = _sender(actor), _form(name, secret)
    before = count_rows()
    answers = how(lambda: send(path, _filled(name, form)))
    after = count_rows()
    return Sent({table: after[table] - before[table] for table in after if after[table] != before[table]}, answers)


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.EDUCATION_ADMIN])
def test_a_double_click_does_what_one_click_does(count_rows, at_once, role):
    wrong, did, numbers, world = [], set(), itertools.count(), None
    for name in sorted(addresses_that_take_posts() - LEFT_OUT - refused(role)):
        sent = []
        for how in (_once, at_once):
            # A youth of its own; one to whom nothing was done is as good as a new one.
            world = world or _world(role, next(numbers))
            sent.append(_send(world, name, count_rows, how))
            world = None if sent[-1].gained else world
        once, both = sent
        did |= {name} if once.gained else set()
        # Done already by the other role or for today, it may do less; it never does more, and answers both alike
        is_more = any(rows > once.gained.get(table, 0) for table, rows in both.gained.items())
        if is_more or len(both.answers) < 2 or {code for code, _to in both.answers} != {once.answers[0][0]}:
            wrong.append((name, once, both))
    assert not wrong, "\n".join(map(str, wrong))
    assert FAMILIES[role] <= did


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.EDUCATION_ADMIN])
def test_a_double_click_on_what_the_role_may_not_do_does_nothing(count_rows, at_once, role):
    secret, actor = _world(role, 0)
    send, paths = _sender(actor), {name: path for name, path, _one in addresses(secret.ids)}
    forms = {name: _form(name, secret) for name in sorted(addresses_that_take_posts() & refused(role) - LEFT_OUT)}
    before = count_rows()
    answers = {name: at_once(lambda: send(paths[name], _filled(name, form))) for name, form in forms.items()}  # noqa: B023
    assert {name: codes for name, codes in answers.items() if codes != [(403, "")] * 2} == {}
    assert count_rows() == before


#: Of each family of writes one that is surely tried.
FAMILIES = {
    Role.COUNSELLOR: {
        "casework:journal",
        "casework:register_contact",
        "casework:confirm_status",
        "casework:add_guardian",
        "lists:quick_contact",
        "home_contact",
    },
    Role.EDUCATION_ADMIN: {"integrations:upload", "reporting:freeze", "lists:otuk_make"},
}
