"""Every address there is, asked for by everybody who has nothing to do with the youth it is about."""

import re

import pytest
from django.db import connection

from fotfeste.access.roles import Role
from fotfeste.kernel import opaque
from tests import factories as make
from tests.at_once.addresses import refused
from tests.attack.world import FILLED, addresses, everything_about, outsiders, secret_case

#: Those of the outsiders who may write about youths of their own.
WRITERS = ("counsellor", "district_contact", "nav_responsible", "education_admin elsewhere")

#: The roles that send everything they have no permission for in ``test_sent_twice``.
REFUSED_TWICE = {Role.COUNSELLOR, Role.EDUCATION_ADMIN}

pytestmark = pytest.mark.django_db


@pytest.fixture
def secret():
    return secret_case(make.unit(name="Hjemskolen"))


def _told(answer, words) -> list[str]:
    said = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = said.decode("utf-8", "replace") + str(dict(answer.headers)) + str(answer.cookies)
    return [word for word in words if word in text]


def _ways(client, path, youth_id, *, reads=True, writes=True):
    key = opaque.encode(youth_id)
    chosen = {"valgt": [key], f"versjon-{key}": "1", f"kode-{key}": "11", "satt": [f"{key}.{opaque.encode(1)}"]}
    if reads:
        yield "get", client.get(path, headers={"HX-Request": "true"})
    if writes:
        yield "post", client.post(path, {**FILLED, **chosen})


def test_outsiders_read_nothing_of_the_youth_and_change_nothing_at_any_address(secret, browser):
    youth_id = secret.registration.youth_id
    before = everything_about(youth_id)
    told, opened, broken = [], [], []
    for who, actor in outsiders().items():
        client, closed = browser(actor), refused(actor.role)
        for name, path, is_one_thing in addresses(secret.ids):
            # What a role has no permission for refuses before it looks for anybody. That it does is tried for every role
            # in test_access_matrix, and of what is sent, for these two in test_sent_twice.
            sends = who in WRITERS and not (name in closed and actor.role in REFUSED_TWICE)
            for way, answer in _ways(client, path, youth_id, reads=name not in closed, writes=sends):
                told += [(who, way, name, word) for word in _told(answer, secret.words)]
                if is_one_thing and answer.status_code == 200 and not name.startswith("organisations:"):
                    opened.append((who, way, name))
                if answer.status_code >= 500:
                    broken.append((who, way, name))
    assert (told, opened, broken) == ([], [], [])
    assert everything_about(youth_id) == before


CALENDAR_ANSWERS = {("annualwheel:feed", 404), ("annualwheel:feed", 405)}


def test_nobody_reads_or_does_anything_without_logging_in(secret, browser):
    youth_id = secret.registration.youth_id
    before = everything_about(youth_id)
    wrong = []
    for name, path, _ in addresses(secret.ids):
        if name in {
            "login",
            "login-keys",
            "logout-done",
            "session-state",
            "session-extend",
            "accessibility",
            "health",
            "set_language",
        }:
            continue
        for way, answer in _ways(browser(), path, youth_id):
            leads_to_login = answer.headers.get("Location", answer.headers.get("HX-Redirect", "")).startswith(
                "/logg-inn/"
            )
            # Where a letter is answered, and where a calendar program asks with its secret address, anybody may come,
            # and is told nothing.
            is_open = name.startswith("correspondence:reply") or (name, answer.status_code) in CALENDAR_ANSWERS
            if not (leads_to_login or is_open) or _told(answer, secret.words):
                wrong.append((name, way, answer.status_code))
    assert wrong == []
    assert everything_about(youth_id) == before


def _answered(answer, path) -> tuple[int, str]:
    """Return the status and what the page says, without the address asked for."""
    text = answer.content.decode().replace(path, "")
    main = re.search(r"<main.*</main>", text, re.DOTALL)
    return answer.status_code, main.group() if main else text


def _forget_messages(client) -> None:
    """Take away what would be said on the next page, whichever that is."""
    session = client.session
    if session.pop("_messages", None):
        session.save()


#: What a connection prepares the first time a page is asked for, whoever it is about (``kernel.together``).
ONCE_A_CONNECTION = ("PREPARE ", "SELECT name FROM pg_prepared_statements", "SELECT set_config(%s, 'yes', false)")


def _watched(client, method, path):
    """Return the answer, and every statement sent to the database on the way: as many steps take as long."""
    asked = []

    def watch(execute, statement, values, many, context):
        if not str(statement).startswith(ONCE_A_CONNECTION):
            asked.append(re.sub(r'"s\d+_x\d+"', "", str(statement)))
        return execute(statement, values, many, context)

    with connection.execute_wrapper(watch):
        answer = getattr(client, method)(path)
    _forget_messages(client)
    return answer, asked


def test_a_row_that_may_not_be_seen_answers_by_the_same_steps_as_one_that_never_was(secret, browser):
    actor = outsiders()["counsellor"]
    client = browser(actor)
    never = {name: 2**40 + number for number, name in enumerate(secret.ids)}
    client.get("/")
    differing = []
    for (name, there, is_one_thing), (_n, nowhere, _i) in zip(addresses(secret.ids), addresses(never), strict=True):
        if is_one_thing and not name.startswith("organisations:"):
            for method in ("get", "post"):
                (first, asked), (second, asked_again) = (_watched(client, method, path) for path in (there, nowhere))
                if (_answered(first, there), asked) != (_answered(second, nowhere), asked_again):
                    differing.append(
                        (name, method, _answered(first, there), _answered(second, nowhere), asked, asked_again)
                    )
    assert differing == []
