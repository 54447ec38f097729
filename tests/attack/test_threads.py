"""Requests served at once by the threads of one process: whose scope it is never leaks from one to another."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from django.http import HttpRequest, JsonResponse
from django.test import Client
from django.urls import path

from fotfeste.access import scope
from fotfeste.access.permissions import Permission
from fotfeste.access.roles import Role
from fotfeste.access.screens import public, requires
from fotfeste.access.topics import Topic
from fotfeste.config.urls import handler400, handler403, handler404, handler500  # noqa: F401
from fotfeste.config.urls import urlpatterns as ours
from fotfeste.people.models import Youth
from tests import factories as make
from tests.attack.served import session_of


@pytest.fixture(autouse=True)
def _today():
    """Let the clock go: a day that is frozen here is none in another thread."""


THREADS, ROUNDS = 6, 5
_gate = threading.Barrier(THREADS, timeout=30)


def _seen() -> list[Any]:
    """Return what this request knows of itself: who acts, within what it looks, and the youths it is let see."""
    acting = scope.current_actor()
    within = scope.within(Topic.STATUS)
    names = sorted(Youth.objects.values_list("last_name", flat=True))
    return [acting.user_id if acting else None, str(within), names]


def _looks_twice(request: HttpRequest) -> JsonResponse:
    """Look, wait until the others have looked too, and look again."""
    before = _seen()
    _gate.wait()
    after = _seen()
    _gate.wait()
    if "fail" in request.GET:
        raise RuntimeError
    return JsonResponse({"before": before, "after": after})


urlpatterns = [
    path("ser/", requires(Permission.WORKLIST_VIEW)(_looks_twice)),
    path("aapen/", public(_looks_twice)),
    *ours,
]


def _ask(address: str, cookie: str) -> Any:
    """Ask as a browser would, in whichever thread is free; say what was left behind in it."""
    client = Client(raise_request_exception=False, headers={"Cookie": cookie} if cookie else {})
    try:
        answer = client.get(address)
        told = json.loads(answer.content) if answer.status_code == 200 else answer.status_code
        return told, scope.current_actor(), str(scope.within(Topic.STATUS))
    finally:
        connections.close_all()


def test_threads_that_serve_others_at_once_never_lend_each_other_an_actor(committed_database, settings):
    # Given four schools with a youth and a counsellor each, somebody whose page breaks, and somebody not logged in
    settings.ROOT_URLCONF = __name__
    schools = [make.unit() for _ in range(4)]
    for number, school in enumerate(schools):
        make.case(school, last_name=f"Skole{number}")
    people = [make.actor(Role.COUNSELLOR, school) for school in schools]
    cookies = [session_of(actor) for actor in people]
    nobody = [None, str(scope.within(Topic.STATUS)), []]
    expected = [
        [actor.user_id, str(scope.bounds.Bound(units=(school.pk,)).condition()), [f"Skole{number}"]]
        for number, (actor, school) in enumerate(zip(people, schools, strict=True))
    ]
    # When they are served over and over by the same threads, all inside their views at the same time
    wrong = []
    with ThreadPoolExecutor(THREADS) as pool:
        for turn in range(ROUNDS):
            order = [(turn + step) % 4 for step in range(4)]
            asked = [("/ser/", cookies[each]) for each in order]
            asked += [("/ser/?fail", cookies[turn % 4]), ("/aapen/", "")]
            should: list[Any] = [{"before": expected[each], "after": expected[each]} for each in order]
            should += [500, {"before": nobody, "after": nobody}]
            found = list(pool.map(lambda each: _ask(*each), asked))
            # Then each was itself before and after, and nothing of it was left in the thread
            wrong += [
                (turn, told, meant)
                for (told, *left), meant in zip(found, should, strict=True)
                if told != meant or left != [None, nobody[1]]
            ]
    assert wrong == []
