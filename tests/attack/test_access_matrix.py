"""
The access matrix: every role, in every relation to a youth, against every topic, by every way out of the system.

What is expected is read off the sharing rules. What is observed is what PostgreSQL lets the role read, and the words each
address answers with. A new address is asked like the others; a new table about a youth is read like the others.
"""

from dataclasses import replace

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from procrastinate.contrib.django import app

from fotfeste.access.permissions import Permission
from fotfeste.access.roles import ROLES, Role
from fotfeste.access.rows import RowAccess, policy_expression
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.config.schedule import SCHEDULE
from fotfeste.people.enums import ADDRESS_PROTECTING
from tests import factories as make
from tests.at_once.addresses import refused
from tests.attack.relations import Known, Relation, adding_nothing, expected, home_of, make_known, relations
from tests.attack.world import NOBODYS, addresses

pytestmark = pytest.mark.django_db

#: What else tells it: a list row and a report of status are meant to say who it is and what was answered.
_ALSO_TOLD_BY = {
    Topic.IDENTITY: {Topic.LIST_ROW},
    Topic.FEEDBACK: {Topic.STATUS_REPORT},
    Topic.ADDRESS: {Topic.PROTECTED_ADDRESS},
}
_ONE_TOPIC = {f"released {topic}" for topic in Topic} - {f"released {Topic.STATUS}"}
#: One youth to whom the role stands in every relation that opens nothing to it, all at the same time.
_ALL_AT_ONCE = Relation("all that open nothing more")
#: The first of the youths: nothing opens the one and the unit answers for the other, and again for two who are protected.
_A_FEW = 4
_TABS = {
    "casework:person": {Topic.CONTACT: "verge", Topic.STATUS: "forsøk"},
    "casework:journal": {Topic.JOURNAL: "notat"},
    "casework:school_history": {Topic.EDUCATION: "bedrift"},
}


@pytest.fixture(params=list(Role), ids=str)
def world(request, browser):
    """A person in the role at a unit, logged in, a youth in each relation to it, and the pages that have been read."""
    role = request.param
    at = home_of(role)
    actor = make.actor(role, at)
    youths = [make_known(number, relation, actor, at) for number, relation in enumerate(relations())]
    youths.append(make_known(len(youths), _ALL_AT_ONCE, actor, at, besides=adding_nothing(role)))
    return role, actor, youths, browser(actor), {}


def test_a_role_gets_to_know_what_the_sharing_rules_open_and_nothing_else(world, matrix):
    # The jobs come last: they may close what is open.
    checks = (_policies, _tables_read, _told, _shown, _opened_by_jobs)
    found = ((check.__name__, check(world, matrix)) for check in checks)
    assert [each for each in found if each[1]] == []


def _policies(world, matrix):
    """Return where PostgreSQL opens another topic than the rules do."""
    role, actor, youths, *_browser = world
    wrong = []
    for known in youths:
        opened = _opened_by_policies(actor, known)
        should = expected(role, known.relation)
        matrix["sql"] += len(Topic)
        wrong += [(known.relation.name, str(topic)) for topic in opened ^ should]
    return wrong


def _tables_read(world, matrix):
    """Return the tables that give other rows than their topic opens."""
    role, actor, youths, *_browser = world
    wrong = []
    for model in _tables():
        access: RowAccess = model.row_access
        with acting_as(actor):
            seen = set(model._base_manager.values_list("pk" if access.youth == "id" else "youth_id", flat=True))
        for known in youths:
            matrix["table"] += 1
            may = access.topic in expected(role, known.relation)
            if access.protected and known.relation.protection in ADDRESS_PROTECTING:
                may = may and Topic.PROTECTED_ADDRESS in expected(role, known.relation)
            if (known.youth_id in seen) is not may:
                wrong.append((model.__name__, known.relation.name, may))
    return wrong


def _told(world, matrix):
    """Return the addresses that tell more than the rules open, or break."""
    role, _actor, youths, client, pages = world
    wrong = []
    may = {known.youth_id: expected(role, known.relation) for known in youths}
    cells = sum(len(known.words) for known in youths)
    for name, path, said, answer in _everything(client, role, youths):
        wrong += [(name, answer.status_code)] if answer.status_code >= 500 else []
        matrix[_channel(name)] += cells
        pages |= {path: said} if name in _TABS else {}
        text = said + str(dict(answer.headers))
        for known in youths:
            for word in known.told_in(text):
                topic = known.words[word]
                if not may[known.youth_id] & {topic, *_ALSO_TOLD_BY.get(topic, ())}:
                    wrong.append((name, known.relation.name, str(topic), word))
    return wrong


def _shown(world, matrix):
    """Return the pages, lists, searches and counts that show less than the rules open, or more."""
    role, _actor, youths, client, pages = world
    may_do = ROLES[role].permissions
    worklist = _text(client, "/ungdommer/") if Permission.WORKLIST_VIEW in may_do else ""
    wrong = []
    for known in youths:
        may = expected(role, known.relation)
        seen = {"list": known.name in worklist}
        should = {"list": Permission.WORKLIST_VIEW in may_do and {Topic.STATUS, Topic.IDENTITY} <= may}
        if Permission.YOUTH_SEARCH in may_do and known.relation.name not in _ONE_TOPIC:
            seen["search"] = f"{known.name[:4]}for" in _found(client, known.name)
            should["search"] = Topic.IDENTITY in may
        opens = Permission.YOUTH_OPEN in may_do and Topic.IDENTITY in may
        for name, path, _ in addresses(dict(known.ids)):
            if name in _TABS:
                text = pages[path] if path in pages else _text(client, path)
                for topic, ending in _TABS[name].items():
                    seen[f"{name} {topic}"] = f"{known.name[:4]}{ending}" in text
                    # Where a protected youth goes to school would tell where the youth lives.
                    hidden = known.relation.protection != "none" and topic is Topic.EDUCATION
                    should[f"{name} {topic}"] = opens and topic in may and not hidden
        matrix["page"] += len(seen)
        wrong += [(known.relation.name, what, should[what]) for what in seen if seen[what] is not should[what]]
    return wrong


def _opened_by_jobs(world, matrix):
    """Return what the jobs have opened, or closed of what rides on the row."""
    role, actor, youths, *_browser = world
    before = {known.youth_id: _opened_by_policies(actor, known) for known in youths}
    for name in SCHEDULE:
        app.tasks[name]()
    wrong = []
    for known in youths:
        opened = _opened_by_policies(actor, known)
        # What rides on the row stays; what was opened here without a fact behind it is closed.
        rides = expected(role, replace(known.relation, ground=None))
        matrix["job"] += len(Topic)
        if not rides <= opened <= before[known.youth_id]:
            wrong.append((known.relation.name, opened - before[known.youth_id], rides - opened))
    return wrong


def _opened_by_policies(actor, known: Known) -> frozenset[Topic]:
    """Return the topics whose row policy lets the actor read a row that stands where the youth stands."""
    asked = ", ".join(f"({policy_expression(RowAccess(topic=topic))}) AS {topic.value}" for topic in Topic)
    with acting_as(actor), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {asked} FROM (VALUES (%s::bigint, %s::smallint, %s::bigint)) v (youth_id, county_id, unit_id)",
            [known.youth_id, known.registration.county_id, known.registration.unit_id],
        )
        [row] = cursor.fetchall()
    return frozenset(topic for topic, is_open in zip(Topic, row, strict=True) if is_open)


def _tables():
    """Return the tables about a youth in which each youth here has a row."""
    for model in apps.get_models():
        access = getattr(model, "row_access", None)
        if access is not None and not access.county_only and not access.written_by:
            with acting_as(make.system(3, 46)):
                if model._base_manager.count() >= len(list(relations())):
                    yield model


def _everything(client: Client, role: Role, youths: list[Known]):
    """
    Yield each address there is with what it says: those of one youth for each of them, the others once.

    One that takes only what is sent to it says nothing, and one the role has no permission for refuses before it looks for
    anybody: they are asked once. One that leads to a row nobody has finds nothing whoever it is about: it is asked for a few.
    Of the releases of a single topic only one is asked for, and of the relations that open nothing more to the role only
    the youth who is in all of them: what any one of them let through would be let through there. The person's own pages,
    the list, the search, each table and each policy are asked about each relation by itself elsewhere.
    """
    left_out = _ONE_TOPIC | {relation.name for relation in adding_nothing(role)}
    closed = refused(role)
    asked: set[str] = set()
    said_once: set[str] = set()
    for number, known in enumerate(youths):
        if known.relation.name in left_out:
            continue
        for name, path, _ in addresses(dict(known.ids)):
            if path in asked or name in said_once or (number >= _A_FEW and NOBODYS in path):
                continue
            asked.add(path)
            answer = client.get(path)
            if name in closed:
                assert answer.status_code == 403, name
            if name in closed or answer.status_code == 405:
                said_once.add(name)
            said = b"".join(answer.streaming_content) if answer.streaming else answer.content
            yield name, path, said.decode("utf-8", "replace"), answer


def _found(client: Client, name: str) -> str:
    """Return the page of whom a search finds."""
    return client.post("/sok/", {"q": name}, follow=True).content.decode()


def _text(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def _channel(name: str) -> str:
    endings = {"file": "export", "download": "export", "paper": "pdf", "rejects": "export", "search": "search"}
    return next((channel for ending, channel in endings.items() if ending in name), "address")
