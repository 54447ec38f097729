"""Every form there is, sent twice at the same moment as by a double click: done once, and answered twice."""

import contextvars
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from psycopg.conninfo import conninfo_to_dict

from fotfeste.access.actor import Actor
from fotfeste.access.roles import ROLES, Role
from fotfeste.kernel import opaque
from fotfeste.kernel.database import Endpoint
from tests import factories as make
from tests.at_once.addresses import addresses_that_take_posts, views
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


def _twice(send: Callable[[], tuple[int, str]]) -> list[tuple[int, str]]:
    gate, answers = threading.Barrier(2), []

    def run() -> None:
        try:
            gate.wait(timeout=30)
            answers.append(send())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=contextvars.copy_context().run, args=(run,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


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


def _send(role: Role, name: str, number: int, count_rows: Callable[[], dict[str, int]], *, twice: bool) -> Sent:
    """Send the form at an address about a youth of its own, once, or twice at the same moment."""
    secret, actor = _world(role, number)
    path = next(path for each, path, _one in addresses(secret.ids) if each == name)
    send, form = _sender(actor), _form(name, secret)
    before = count_rows()
    answers = _twice(lambda: send(path, _filled(name, form))) if twice else [send(path, _filled(name, form))]
    after = count_rows()
    return Sent({table: after[table] - before[table] for table in after if after[table] != before[table]}, answers)


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.EDUCATION_ADMIN])
def test_a_double_click_does_what_one_click_does(count_rows, role):
    wrong, did = [], set()
    for number, name in enumerate(sorted(addresses_that_take_posts() - LEFT_OUT - _refused(role))):
        once, both = (_send(role, name, number, count_rows, twice=twice) for twice in (False, True))
        did |= {name} if once.gained else set()
        # Done already by the other role or for today, it may do less; it never does more, and answers both alike
        is_more = any(rows > once.gained.get(table, 0) for table, rows in both.gained.items())
        if is_more or len(both.answers) < 2 or {code for code, _to in both.answers} != {once.answers[0][0]}:
            wrong.append((name, once, both))
    assert not wrong, "\n".join(map(str, wrong))
    assert FAMILIES[role] <= did


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.EDUCATION_ADMIN])
def test_a_double_click_on_what_the_role_may_not_do_does_nothing(count_rows, role):
    secret, actor = _world(role, 0)
    send, paths = _sender(actor), {name: path for name, path, _one in addresses(secret.ids)}
    forms = {name: _form(name, secret) for name in sorted(addresses_that_take_posts() & _refused(role) - LEFT_OUT)}
    before = count_rows()
    answers = {name: _twice(lambda: send(paths[name], _filled(name, form))) for name, form in forms.items()}  # noqa: B023
    assert {name: codes for name, codes in answers.items() if codes != [(403, "")] * 2} == {}
    assert count_rows() == before


def _refused(role: Role) -> set[str]:
    """Return the addresses the role has no permission for."""
    allowed = {None, *ROLES[role].permissions}
    return {name for name, view in views().items() if getattr(view, "permission", None) not in allowed}


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
