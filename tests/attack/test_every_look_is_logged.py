"""Whoever is shown a youth stands in the log for it, whatever the page: alone, in a list, or in a file."""

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.audit.models import AuditEntry
from fotfeste.casework.models import Feedback
from fotfeste.kernel import clock
from fotfeste.lists.models import OtukRow
from fotfeste.oversight.words import SCREENS
from fotfeste.people.models import DuplicatePair
from tests import factories as make
from tests.at_once.addresses import refused
from tests.attack.world import addresses
from tests.lists.otuk_world import World

pytestmark = pytest.mark.django_db

ALONE, PROTECTED, WAITING, TWIN = NAMES = ("Kanarifuglsen", "Spurvehaukdatter", "Kattuglesen", "Granmeisdatter")


@pytest.fixture
def world():
    return World.made()


@pytest.fixture
def shown(world):
    """Two youths of a school, on the list that is out, with a message about the one and a twin of the other."""
    first = world.unknown(ALONE)
    second = world.unknown(PROTECTED, protection="strictly_confidential")
    waiting = make.case(make.education_admin(), last_name=WAITING)
    made = world.freeze()
    with acting_as(make.system()) as worker:
        row = OtukRow.objects.get(youth=first.youth)
        twin = make.youth(world.school, last_name=TWIN)
        message = {"from_unit": world.alna, "on": make.TODAY, "sent_by_id": worker.user_id, "sent_at": clock.now()}
        feedback = Feedback.objects.create(youth=first.youth, category="reached", **message)
        Feedback.objects.create(youth=first.youth, category="moved", state="returned", question="Hvor?", **message)
        first_id, second_id = sorted((first.youth_id, twin.pk))
        pair = DuplicatePair.objects.create(
            county_id=make.OSLO, first_id=first_id, second_id=second_id, found_at=clock.now()
        )
    ids = {"round_id": made.pk, "unit_id": row.district_id, "feedback_id": feedback.pk, "pair_id": pair.pk}
    ids_of = (first.youth_id, second.youth_id, waiting.youth_id, twin.pk)
    return {"youths": dict(zip(NAMES, ids_of, strict=True)), "ids": ids}


def _insiders(world):
    yield world.admin
    yield world.handler
    yield world.alna_contact
    yield world.nav
    for role in (Role.COUNSELLOR, Role.UNIT_LEADER, Role.ADULT_EDUCATION_ADVISER):
        yield make.actor(role, world.school)


def _named(answer) -> set[str]:
    said = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return {name for name in NAMES if name in said.decode("utf-8", "replace")}


class Log:
    """The log as the privacy officer reads it, a stretch at a time."""

    def __init__(self) -> None:
        self.officer = make.actor(Role.PRIVACY_OFFICER, make.education_admin())
        self.read_to = 0

    def new(self) -> set[int]:
        """Return the youths of whom something was logged since the last time."""
        with acting_as(self.officer):
            found = list(AuditEntry.objects.filter(pk__gt=self.read_to).order_by("pk"))
        self.read_to = found[-1].pk if found else self.read_to
        return {pk for entry in found for pk in (entry.youth_id, *(entry.youth_ids or ()))}


def _looks(world, shown, browser):
    """Yield each answer that names somebody: who got it, where, and whom it names."""
    for actor in _insiders(world):
        client = browser(actor)
        youths = (ALONE, WAITING) if actor is world.admin else (ALONE,)
        paths = {each for name in youths for each in addresses({**shown["ids"], "youth_id": shown["youths"][name]})}
        # What the role has no permission for names nobody, whoever is asked for (test_access_matrix).
        closed = refused(actor.role)
        for name, path, _is_one in sorted(each for each in paths if each[0] not in closed):
            for headers in ({}, {"HX-Request": "true"}):
                found = _named(client.get(path.replace("vigo-ot", "csv"), headers=headers))
                if not found:
                    break
                yield str(actor.role), name, found


def test_every_page_that_names_a_youth_is_in_the_log_about_that_youth(world, shown, browser):
    log, silent, seen = Log(), [], set()
    for role, screen, found in _looks(world, shown, browser):
        logged = log.new()
        seen |= {(screen, name) for name in found}
        silent += [f"{role} {screen} {name}" for name in found if shown["youths"][name] not in logged]
    assert "\n".join(sorted(set(silent))) == ""
    assert len({screen for screen, _name in seen}) > 25
    assert {name for _screen, name in seen} == set(NAMES)
    with acting_as(log.officer):
        screens = set(AuditEntry.objects.filter(verb__in=("read", "listed")).values_list("screen", flat=True))
    assert screens - set(SCREENS) == set(), "Say in oversight/words.py what these are called."
