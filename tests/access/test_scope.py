"""Nothing about a youth is visible but to those a ground opens it to."""

from datetime import date

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.utils import DatabaseError, IntegrityError

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import actor_for
from fotfeste.access.topics import Topic
from fotfeste.casework.models import JournalNote, Registration
from fotfeste.kernel import clock
from fotfeste.organisations.enums import UnitKind
from fotfeste.people.models import Address, Youth
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_without_an_actor_no_row_is_visible():
    make.case(make.unit())
    assert list(Youth.objects.all()) == []
    assert list(Registration.objects.all()) == []


def test_a_counsellor_sees_the_youths_of_the_own_school_and_no_others():
    # Given two schools with a youth each
    mine, other = make.unit(), make.unit()
    ours = make.case(mine).youth_id
    make.case(other)
    # When the counsellor of one of them looks
    with acting_as(make.actor(Role.COUNSELLOR, mine)):
        seen = list(Youth.objects.values_list("pk", flat=True))
    # Then only the own school's youth is there
    assert seen == [ours]


def test_the_education_administration_sees_its_county_and_no_other():
    here = make.case(make.unit()).youth_id
    make.case(make.unit(county_id=11))
    with acting_as(make.actor(Role.EDUCATION_ADMIN, make.education_admin())):
        assert list(Youth.objects.values_list("pk", flat=True)) == [here]


def test_a_role_sees_no_more_topics_than_it_needs():
    # Given a note written on a case
    school = make.unit()
    case = make.case(school)
    writer = make.actor(Role.COUNSELLOR, school)
    with acting_as(writer):
        JournalNote.objects.create(
            youth_id=case.youth_id,
            text="Ringt.",
            written_on=make.TODAY,
            written_by_id=writer.user_id,
            recorded_at=clock.now(),
        )
    # Then neither the county's administration nor the school's leader reads the journal
    for role, at in ((Role.EDUCATION_ADMIN, make.education_admin()), (Role.UNIT_LEADER, school)):
        with acting_as(make.actor(role, at)):
            assert list(JournalNote.objects.all()) == []
            assert Registration.objects.count() == 1


def test_a_system_administrator_sees_no_youth():
    make.case(make.unit())
    with acting_as(make.actor(Role.SYSTEM_ADMINISTRATOR, make.education_admin())):
        assert not Youth.objects.exists()
        assert not Registration.objects.exists()


def test_a_grant_opens_its_topics_to_its_unit_for_its_period():
    # Given a youth on the list of a district through November
    district = make.unit(UnitKind.DISTRICT, name="Bydel Prøve")
    person = make.case(make.unit()).youth
    make.grant(person, district, Topic.IDENTITY, first_day=date(2026, 11, 1), last_day=date(2026, 11, 30))
    contact = make.actor(Role.DISTRICT_CONTACT, district)
    # When the district's contact looks before, on the last day, and after
    seen = []
    for day in (date(2026, 10, 31), date(2026, 11, 30), date(2026, 12, 1)):
        with acting_as(contact, on=day):
            seen.append((Youth.objects.count(), Registration.objects.count()))
    # Then only the middle look finds the name, and none finds the status
    assert seen == [(0, 0), (1, 0), (0, 0)]


def test_a_role_that_ended_yesterday_opens_nothing_today():
    school = make.unit()
    make.case(school)
    person = make.user()
    make.assign(person, Role.COUNSELLOR, school, last_day=date(2026, 11, 22))
    held = actor_for(user_id=person.pk, on=date(2026, 11, 22))
    with acting_as(held, on=date(2026, 11, 22)):
        assert Youth.objects.count() == 1
    with acting_as(held, on=date(2026, 11, 23)):
        assert Youth.objects.count() == 0


def test_a_protected_address_needs_its_own_role():
    # Given an address under protection
    school = make.unit()
    person = make.youth(school, protection="confidential")
    with acting_as(make.system()):
        Address.objects.create(
            youth=person,
            kind="registered",
            street="Hemmelig vei 1",
            is_protected=True,
            source="test",
            recorded_at=clock.now(),
        )
    # Then the counsellor who follows the youth up does not see it, the named handler does
    with acting_as(make.actor(Role.COUNSELLOR, school)):
        assert Youth.objects.count() == 1
        assert not Address.objects.exists()
    with acting_as(make.actor(Role.PROTECTED_HANDLER, make.education_admin())):
        assert Address.objects.count() == 1


def test_nobody_writes_about_a_youth_they_cannot_see():
    person = make.youth(make.unit())
    stranger = make.actor(Role.COUNSELLOR, make.unit())
    with acting_as(stranger), pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
        JournalNote.objects.create(
            youth=person, text="x", written_on=make.TODAY, written_by_id=stranger.user_id, recorded_at=clock.now()
        )


def test_a_row_cannot_be_forged_into_the_writers_own_unit():
    person = make.youth(make.unit())
    elsewhere = make.unit()
    stranger = make.actor(Role.COUNSELLOR, elsewhere)
    with acting_as(stranger), pytest.raises(IntegrityError), transaction.atomic():
        JournalNote.objects.create(
            youth=person, county_id=3, unit_id=elsewhere.pk, text="x", written_on=make.TODAY,
            written_by_id=stranger.user_id, recorded_at=clock.now(),
        )  # fmt: skip


def test_when_a_youth_moves_the_whole_case_follows_and_the_old_unit_keeps_nothing():
    # Given a case at one school
    old, new = make.unit(), make.unit()
    case = make.case(old)
    before, after = make.actor(Role.COUNSELLOR, old), make.actor(Role.COUNSELLOR, new)
    # When the youth's responsible unit becomes another
    with acting_as(make.system()):
        Youth.objects.filter(pk=case.youth_id).update(unit_id=new.pk)
    # Then every row is the new unit's
    with acting_as(before):
        assert (Youth.objects.count(), Registration.objects.count()) == (0, 0)
    with acting_as(after):
        assert (Youth.objects.count(), Registration.objects.count()) == (1, 1)


def test_scopes_nest_and_leave_nothing_behind():
    school = make.unit()
    make.case(school)
    counsellor, stranger = make.actor(Role.COUNSELLOR, school), make.actor(Role.COUNSELLOR, make.unit())
    with acting_as(counsellor):
        with acting_as(stranger):
            assert not Youth.objects.exists()
        assert Youth.objects.exists()
    assert not Youth.objects.exists()


def test_entering_from_another_scope_is_the_same_as_entering_from_none():
    counsellor, job = make.actor(Role.COUNSELLOR, make.unit()), make.system()

    def settings():
        with connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT topic FROM access_sharing_rule")
            names = [f"{kind}_{topic}" for (topic,) in cursor.fetchall() for kind in ("unit", "county", "granted")]
            names += ["user_id", "today", "my_units", "personal", "some_granted"]
            cursor.execute(
                f"SELECT {', '.join('current_setting(%s, true)' for _ in names)}", [f"app.{n}" for n in names]
            )
            return dict(zip(names, cursor.fetchone(), strict=True))

    def alone(actor):
        with acting_as(actor):
            return settings()

    expected = {actor: alone(actor) for actor in (counsellor, job)}
    assert expected[counsellor] != expected[job]
    for outer, inner in ((counsellor, job), (job, counsellor)):
        with acting_as(outer):
            assert (alone(inner), settings()) == (expected[inner], expected[outer])


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE people_youth DISABLE ROW LEVEL SECURITY",
        "DELETE FROM people_youth",
        "UPDATE audit_entry SET verb = 'x'",
        "DELETE FROM audit_entry",
        "INSERT INTO access_sharing_rule (rule, role, ground, topic, first_day) VALUES ('x', 'counsellor', 'county_coordination', 'journal', '2020-01-01')",
        "SET ROLE fotfeste_owner",
        "DELETE FROM pghistory_context",
        "UPDATE access_roleassignmentevent SET role = 'x'",
        "DELETE FROM django_migrations",
    ],
)
def test_the_application_cannot_lift_its_own_limits(statement: str):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_history_of_a_youth_says_who_changed_what():
    # Given a youth whose name somebody corrects
    school = make.unit()
    person = make.youth(school, last_name="Galt")
    counsellor = make.actor(Role.COUNSELLOR, school)
    with acting_as(counsellor):
        Youth.objects.filter(pk=person.pk).update(last_name="Riktig")
    # Then the history holds what stood before and who changed it
    with acting_as(make.actor(Role.EDUCATION_ADMIN, make.education_admin())), connection.cursor() as cursor:
        cursor.execute(
            """SELECT e.last_name, (c.metadata ->> 'user')::bigint FROM people_youthevent e
               JOIN pghistory_context c ON c.id = e.pgh_context_id WHERE e.pgh_obj_id = %s""",
            [person.pk],
        )
        assert cursor.fetchall() == [("Galt", counsellor.user_id)]
