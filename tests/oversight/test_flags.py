"""Unusual reading is found in the log, told to the privacy officer with its reasons, and acted on by nobody else."""

from datetime import date, datetime, timedelta

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import actor_for, system_actor
from fotfeste.audit import services as audit
from fotfeste.kernel import clock
from fotfeste.oversight.enums import FlagKind
from fotfeste.oversight.flag_rules import flag_rules
from fotfeste.oversight.models import ReadingFlag
from fotfeste.oversight.services import flags
from fotfeste.people.models import Address, Guardian
from tests import factories as make

pytestmark = pytest.mark.django_db

WEEK = date(2026, 11, 16)
RULES = flag_rules(on=WEEK)
NOON = datetime(2026, 11, 18, 12, tzinfo=clock.OSLO)


@pytest.fixture
def school():
    return make.unit()


@pytest.fixture
def admin():
    return make.actor(Role.EDUCATION_ADMIN, make.education_admin(), name="Marit Ekornstad")


@pytest.fixture
def officer():
    return make.actor(Role.PRIVACY_OFFICER, make.education_admin())


def read(actor, *youths, at=NOON, apart=timedelta(hours=1)):
    """Let somebody open youths, one after the other."""
    for number, youth in enumerate(youths):
        with clock.frozen(at + number * apart), acting_as(actor, on=at.date()):
            audit.record_read(by=actor.user_id, about=youth.pk, screen="casework:person")


def flagged(officer) -> dict[str, ReadingFlag]:
    """Look the week over and return what the officer is told, by kind."""
    with acting_as(system_actor("overseer", county_ids=(make.OSLO,))) as overseer:
        flags.flag_week(actor=overseer, week=WEEK)
    with acting_as(officer):
        return {flag.kind: flag for flag in ReadingFlag.objects.all()}


def test_many_persons_outside_ones_tasks_are_told_of_with_how_many(school, admin, officer):
    youths = [make.youth(school) for _number in range(RULES.outside_persons)]
    read(admin, *youths[1:], apart=timedelta(minutes=1))
    assert flagged(officer) == {}
    read(admin, youths[0], at=NOON + timedelta(days=1))
    flag = flagged(officer)[FlagKind.OUTSIDE_CASELOAD]
    assert (flag.user_id, flag.county_id, flag.count) == (admin.user_id, make.OSLO, RULES.outside_persons)
    assert flag.youth_ids == sorted(youth.pk for youth in youths)
    assert flag.reasons == {
        "looks": RULES.outside_persons,
        "grounds": ["county_coordination"],
        "limit": RULES.outside_persons,
    }


def test_reading_ones_own_and_those_one_did_something_about_is_ones_task(school, admin, officer):
    # Given a counsellor with many of her own, and a coordinator who wrote about each of the many opened
    youths = [make.youth(school) for _number in range(RULES.outside_persons)]
    read(make.actor(Role.COUNSELLOR, school), *youths, apart=timedelta(minutes=1))
    read(admin, *youths, apart=timedelta(minutes=1))
    with clock.frozen(NOON - timedelta(days=RULES.acted_within_days)), acting_as(admin):
        for youth in youths:
            audit.record("responsibility.moved", by=admin.user_id, about=youth.pk)
    # Then nothing is told
    assert flagged(officer) == {}


def test_a_youth_of_ones_own_name_outside_ones_tasks_is_told_of_with_how_many_are_called_so(school, admin, officer):
    relative = make.youth(school, last_name="Lie EKORNSTAD")
    make.youth(school, last_name="Ekornstad")
    read(admin, relative, make.youth(school, last_name="Hansen"))
    flag = flagged(officer)[FlagKind.OWN_NAME]
    assert (flag.youth_ids, flag.count) == ([relative.pk], 1)
    assert flag.reasons == {"by_name": 1, "by_guardian": 0, "namesakes": 2}


def test_ones_own_name_among_ones_own_youths_is_told_of_only_when_one_is_the_guardian(school, officer):
    counsellor = make.actor(Role.COUNSELLOR, school, name="Kari Ekornstad")
    namesake, child = make.youth(school, last_name="Ekornstad"), make.youth(school, last_name="Bergmann")
    with acting_as(make.system()):
        known = {"source": "test", "recorded_at": clock.now()}
        Guardian.objects.create(youth=child, name="kari ekornstad ", **known)
    read(counsellor, namesake, child)
    flag = flagged(officer)[FlagKind.OWN_NAME]
    assert (flag.youth_ids, flag.reasons["by_guardian"], flag.reasons["by_name"]) == ([child.pk], 1, 0)


def lives(youth, street, **fields):
    with acting_as(make.system()):
        Address.objects.create(
            youth=youth, kind="registered", street=street, postcode="0668", city="Oslo", source="test",
            recorded_at=clock.now(), **fields,
        )  # fmt: skip


def test_two_of_one_address_within_minutes_are_told_of_unless_both_are_ones_tasks(school, admin, officer):
    first, second, third = (make.youth(school) for _number in range(3))
    for youth in (first, second, third):
        lives(youth, "Furuveien 1")
    soon, late = timedelta(minutes=RULES.address_minutes), timedelta(minutes=RULES.address_minutes + 1)
    read(make.actor(Role.COUNSELLOR, school), first, second, apart=soon)
    read(admin, first, third, apart=late)
    assert flagged(officer) == {}
    read(admin, second, first, at=NOON + timedelta(days=2), apart=soon)
    flag = flagged(officer)[FlagKind.SAME_ADDRESS]
    assert (flag.user_id, flag.count, flag.youth_ids) == (admin.user_id, 1, sorted([first.pk, second.pk]))


def test_that_two_share_a_protected_address_is_told_to_nobody(school, officer):
    handler = make.user()
    for role in (Role.EDUCATION_ADMIN, Role.PROTECTED_HANDLER):
        make.assign(handler, role, make.education_admin())
    first, second = (make.youth(school, protection="strictly_confidential") for _number in range(2))
    for youth in (first, second):
        lives(youth, "Skjulveien 1", is_protected=True)
    read(actor_for(user_id=handler.pk, on=make.TODAY), first, second, apart=timedelta(minutes=1))
    assert flagged(officer) == {}


def test_looking_at_night_is_told_of_and_at_day_is_not(school, officer):
    day, night = (make.actor(Role.COUNSELLOR, school) for _number in range(2))
    youth = make.youth(school)
    before_night = datetime(2026, 11, 18, RULES.night_from - 1, 59, tzinfo=clock.OSLO)
    many = [youth] * RULES.night_looks
    read(day, *many, at=before_night - timedelta(minutes=10), apart=timedelta(minutes=1))
    read(night, *many, at=before_night + timedelta(minutes=1), apart=timedelta(minutes=1))
    flag = flagged(officer)[FlagKind.AT_NIGHT]
    assert (flag.user_id, flag.count, flag.youth_ids) == (night.user_id, RULES.night_looks, [youth.pk])


def test_asking_for_many_that_are_not_open_is_told_of(school, officer):
    curious = make.actor(Role.COUNSELLOR, school)
    for number in range(RULES.refused_persons):
        with clock.frozen(NOON), acting_as(curious, on=NOON.date()):
            audit.record_refusal(by=curious.user_id, ground="hidden", screen="casework:person", about=1000 + number)
    assert flagged(officer)[FlagKind.REFUSED].count == RULES.refused_persons


def test_another_week_another_county_and_jobs_are_left_out(school, admin, officer):
    relative = make.youth(school, last_name="Ekornstad")
    read(admin, relative, at=NOON + timedelta(days=7))
    read(admin, relative, at=NOON - timedelta(days=7))
    read(make.system(), *[make.youth(school) for _number in range(RULES.outside_persons)])
    assert flagged(officer) == {}


def test_a_week_looked_over_again_gives_the_same_and_leaves_what_was_looked_at(school, admin, officer):
    # Given a flag somebody has looked at
    read(admin, make.youth(school, last_name="Ekornstad"))
    flag = flagged(officer)[FlagKind.OWN_NAME]
    with acting_as(officer):
        flags.look_at_flag(actor=officer, flag_id=flag.pk, note="Snakket med leder.")
    # When more turns up and the week is looked over again
    read(admin, make.youth(school, last_name="Ekornstad"), at=NOON + timedelta(days=1))
    again = flagged(officer)[FlagKind.OWN_NAME]
    # Then there is still one, as it was
    assert (again.pk, again.count, again.note) == (flag.pk, 1, "Snakket med leder.")


def test_flags_are_the_countys_privacy_officers_alone(school, admin, officer):
    read(admin, make.youth(school, last_name="Ekornstad"))
    assert flagged(officer)
    others = [make.actor(role, make.education_admin()) for role in Role if role is not Role.PRIVACY_OFFICER]
    for actor in (*others, make.actor(Role.PRIVACY_OFFICER, make.education_admin(46)), make.system()):
        with acting_as(actor):
            assert not ReadingFlag.objects.exists()
