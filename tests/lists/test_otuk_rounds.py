"""An OTUK round is frozen: who is on which list, who is on none, and that it can be worked out again to the person."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from fotfeste.access.models import AccessGrant
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.casework.services import contacts, responsibility, statuses
from fotfeste.casework.services.residence import set_protection
from fotfeste.casework.services.statuses import Ground
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Invalid, NotAllowed
from fotfeste.lists import jobs
from fotfeste.lists.models import OtukRow
from fotfeste.lists.selectors import otuk
from fotfeste.lists.services.listing import LeftOut
from fotfeste.lists.services.proof import prove_round
from fotfeste.lists.services.rounds import freeze_round, left_out_of
from fotfeste.people.models import Address, ContactDetail, Youth
from tests import factories as make
from tests.lists.otuk_world import STOVNER

pytestmark = pytest.mark.django_db

ROUND = date(2026, 11, 20)


def names_seen_by(actor, **narrowed) -> list[str]:
    with acting_as(actor):
        rows = OtukRow.objects.filter(**narrowed).order_by("district__code", "number")
        return [row.fields["name"].split(",")[0] for row in rows]


@pytest.mark.proves("rep-otuk-list", "avt-uda-otuk-lists", "amb-37")
def test_each_district_gets_those_who_live_there_by_name_and_nobody_else(world):
    # Given unknown youths in two districts, and one who is in activity
    world.unknown("Bakke")
    world.unknown("Aas")
    world.unknown("Dahl", district=STOVNER)
    world.unknown("Ikke", status="OTAR")
    # When the round is made
    frozen = world.frozen()
    # Then each district sees its own, by name, and the administration all
    assert (frozen.rows, frozen.without_district) == (3, 0)
    assert names_seen_by(world.alna_contact) == ["Aas", "Bakke"]
    assert names_seen_by(world.stovner_contact) == ["Dahl"]
    assert sorted(names_seen_by(world.admin)) == ["Aas", "Bakke", "Dahl"]
    assert names_seen_by(world.nav) == []


@pytest.mark.proves("form-otuk-list", "otl-name", "otl-birthdate", "otl-address", "otl-phone", "otl-school",
                    "otl-status-since", "otl-reason", "otl-contact-attempts", "otl-times-listed")  # fmt: skip
def test_a_row_holds_the_minimum_and_no_more(world):
    case = world.unknown("Bakke", phone="+4790012301", born=date(2008, 5, 14))
    with acting_as(world.admin):
        contacts.register_attempt(
            actor=world.admin, youth_id=case.youth_id, on=date(2026, 11, 1), channel="call", result="no_answer"
        )
    world.freeze()
    with acting_as(world.alna_contact):
        row = OtukRow.objects.get()
    assert row.fields == {
        "name": "Bakke, Amina",
        "born": "2008-05-14",
        "address": "Furuveien 1, 0668 Oslo",
        "phone": "90012301",
        "school": "Prøve videregående skole",
        "since": "2026-09-12",
        "reason": "Sluttet på skolen",
        "attempts": 1,
    }
    assert row.times_listed == 1


def test_a_list_opens_what_is_needed_to_the_district_and_only_the_name_to_nav(world):
    case = world.unknown("Bakke")
    made = world.freeze()
    with acting_as(world.admin):
        opened = AccessGrant.objects.filter(youth_id=case.youth_id).values_list("unit_id", "topic", "source")
        granted = {(unit, topic) for unit, topic, _source in opened}
        assert {source for *_rest, source in opened} == {made.source}
    district = {Topic.IDENTITY, Topic.CONTACT, Topic.ADDRESS, Topic.LIST_ROW, Topic.FEEDBACK, Topic.CONSENT}
    nav = {Topic.IDENTITY, Topic.FEEDBACK}
    assert granted == {(world.alna.pk, t) for t in district} | {(world.nav_alna.pk, t) for t in nav}


def test_the_next_round_closes_the_last(world):
    # Given two on the first list, of whom one is reached before the next
    stays, leaves = world.unknown("Bakke"), world.unknown("Aas")
    with clock.frozen(date(2026, 10, 10)):
        world.freeze(date(2026, 10, 10))
    with acting_as(world.admin):
        contacts.register_attempt(
            actor=world.admin, youth_id=leaves.youth_id, on=date(2026, 11, 1), channel="call", result="answered",
            answered_by="youth",
        )  # fmt: skip
        statuses.set_status(
            actor=world.admin, registration_id=leaves.pk, code="OTOV", on=date(2026, 11, 2), ground=Ground(),
            version=None,
        )  # fmt: skip
    # When the next is made
    world.freeze()
    # Then the district no longer knows the one who left, and the other is on the list a second time
    with acting_as(world.alna_contact):
        assert {youth.pk for youth in Youth.objects.all()} == {stays.youth_id}
        assert [row.times_listed for row in OtukRow.objects.order_by("round__on")] == [1, 2]


def test_the_same_round_is_made_once(world):
    world.unknown("Bakke")
    first, again = world.frozen(), world.frozen()
    assert (first.round, first.is_new, again.is_new) == (again.round, True, False)
    assert (again.rows, OtukRow.objects.count()) == (1, 0)
    assert names_seen_by(world.admin) == ["Bakke"]


def test_a_list_is_not_made_for_a_day_ahead(world):
    with pytest.raises(Invalid, match="ikke har vært"):
        world.freeze(make.TODAY + timedelta(days=1))


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.DISTRICT_CONTACT, Role.NAV_RESPONSIBLE, Role.COUNTY_LEADER])
def test_only_the_education_administration_makes_lists(world, role):
    other = make.actor(role, world.alna)
    with acting_as(other), pytest.raises(NotAllowed, match="Utdanningsadministrasjonen"):
        freeze_round(actor=other, county_id=make.OSLO, on=ROUND)


def test_a_round_made_afterwards_is_kept_and_opens_nothing(world):
    world.unknown("Bakke")
    world.freeze()
    world.unknown("Aas", since=date(2026, 9, 1))
    world.freeze(date(2026, 10, 10))
    assert set(names_seen_by(world.alna_contact)) == {"Bakke"}
    assert len(names_seen_by(world.admin)) == 3


def test_a_stay_goes_before_the_registered_address_and_an_institution_is_never_told(world):
    staying = world.unknown("Bakke", recorded_at=date(2026, 10, 1))
    world.lives(staying.youth, STOVNER, kind="stay")
    placed = world.unknown("Aas")
    world.lives(placed.youth, STOVNER, kind="institution", street="Hjemmet")
    world.freeze()
    assert names_seen_by(world.stovner_contact) == ["Bakke"]
    assert names_seen_by(world.alna_contact) == ["Aas"]
    with acting_as(world.admin):
        assert "Hjemmet" not in str(list(OtukRow.objects.values_list("fields")))


def test_those_without_a_district_are_told_with_why(world):
    nowhere = world.unknown("Aas", district="", street="")
    no_district = world.unknown("Bakke", district="", street="Veien 1")
    elsewhere = world.unknown("Dahl", district="460101")
    frozen = world.frozen()
    assert (frozen.rows, frozen.without_district) == (0, 3)
    with acting_as(world.admin):
        assert left_out_of(frozen.round) == {
            nowhere.youth_id: LeftOut.NO_ADDRESS,
            no_district.youth_id: LeftOut.NO_DISTRICT,
            elsewhere.youth_id: LeftOut.NOT_HERE,
        }


@pytest.mark.parametrize("grade", ["confidential", "strictly_confidential", "shielded"])
def test_a_protected_youth_stands_on_no_districts_list_and_leaves_no_gap_in_the_numbers(world, grade):
    # Given three, the middle one protected
    world.unknown("Aa")
    hidden = world.unknown("Bb", protection=grade, phone="+4790012301")
    world.unknown("Cc")
    # When the administration, which does not handle protected youths, makes the round
    made = world.freeze()
    # Then neither the district nor the administration sees anything of it, not even a missing number
    with acting_as(world.alna_contact):
        assert list(OtukRow.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
        assert not Youth.objects.filter(pk=hidden.youth_id).exists()
    assert len(names_seen_by(world.admin)) == 2
    # And who handles them sees the row, without address and telephone
    with acting_as(world.handler):
        (row,) = otuk.protected_rows(made=made)
        assert (row.youth_id, row.fields["address"], row.fields["phone"]) == (hidden.youth_id, "", "")
        assert row.district_id == make.education_admin().pk


@pytest.mark.proves("otl-protected")
def test_a_youth_protected_after_the_list_was_made_is_taken_off_it(world):
    # Given a youth on a list
    case = world.unknown("Bakke")
    made = world.freeze()
    # When the youth is protected
    with acting_as(make.system()) as importer:
        set_protection(actor=importer, youth_id=case.youth_id, grade="strictly_confidential")
    # Then no board or file shows the row from that moment
    with acting_as(world.alna_contact):
        assert otuk.board(made=made, unit_id=world.alna.pk) == []
    # And when the job has run, the district cannot even ask for it
    jobs.withdraw_protected_youths()
    jobs.withdraw_protected_youths()
    with acting_as(world.alna_contact):
        assert not OtukRow.objects.exists()
        assert not Youth.objects.exists()
    with acting_as(world.handler):
        assert len(otuk.protected_rows(made=made)) == 1


@pytest.mark.proves("form-otuk-list", "rep-otuk-list")
def test_a_round_worked_out_again_is_the_same_whatever_has_happened_since(world):
    # Given a frozen round
    first, second = world.unknown("Bakke", phone="+4790012301"), world.unknown("Aas", district=STOVNER)
    world.unknown("Skjult", protection="confidential")
    made = world.freeze()
    # When one moves, is reached, gets another number and another status, and a third is taken in
    with clock.frozen(date(2026, 12, 5)):
        with acting_as(make.system()):
            Address.objects.filter(youth_id=first.youth_id).update(superseded_at=clock.now())
            ContactDetail.objects.filter(youth_id=first.youth_id).update(superseded_at=clock.now())
        world.lives(first.youth, STOVNER, street="Nyveien 2")
        with acting_as(world.admin):
            contacts.register_attempt(
                actor=world.admin, youth_id=second.youth_id, on=date(2026, 12, 1), channel="call", result="no_answer"
            )
        world.unknown("Ny", recorded_at=date(2026, 12, 4))
        # Then the round worked out as it was known then is the same to the person
        with acting_as(world.admin):
            proved = prove_round(actor=world.admin, made=made)
        with acting_as(world.handler):
            proved_with_all = prove_round(actor=world.handler, made=made)
    assert (proved.holds, proved_with_all.holds) == (True, True)
    # And only who handles protected youths can count that there is one more
    assert (proved.rows, proved_with_all.rows) == (2, 3)


def test_what_was_corrected_backwards_shows_as_a_difference(world):
    # Given a frozen round, and a name that is corrected afterwards
    case = world.unknown("Bakke")
    made = world.freeze()
    with acting_as(make.system()):
        Youth.objects.filter(pk=case.youth_id).update(last_name="Berg")
        proved = prove_round(actor=make.system(), made=made)
    # Then the proof tells what was sent and what it would be now
    assert not proved.holds
    (difference,) = proved.differences
    assert (difference.kind, difference.changes) == ("changed", (("name", "Bakke, Amina", "Berg, Amina"),))


def test_a_frozen_row_is_never_deleted_and_not_written_by_the_district(world):
    world.unknown("Bakke")
    world.freeze()
    with acting_as(world.admin), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        OtukRow.objects.all().delete()


@pytest.mark.proves("dl-otuk-list-oct", "dl-otuk-list-nov", "dl-otuk-list-feb", "dl-otuk-list-apr")
@pytest.mark.parametrize(
    ("today", "last", "following"),
    [
        (date(2026, 10, 9), date(2026, 10, 9), date(2026, 11, 20)),  # 10 October 2026 is a Saturday
        (date(2026, 11, 23), date(2026, 11, 20), date(2027, 2, 19)),
        (date(2027, 2, 20), date(2027, 2, 19), date(2027, 4, 20)),
        (date(2027, 4, 20), date(2027, 4, 20), date(2027, 10, 8)),
    ],
)
def test_the_four_list_days_of_the_year_are_told_and_a_missing_list_is_noticed(world, today, last, following):
    days = otuk.list_days(county_id=make.OSLO, today=today)
    assert (days.last, days.next, days.is_made) == (last, following, False)
    with clock.frozen(today):
        world.freeze(last)
    assert otuk.list_days(county_id=make.OSLO, today=today).is_made


def test_a_list_beside_the_four_of_the_year_is_an_extra_one(world, log_in):
    made = {day: world.freeze(day).pk for day in (date(2026, 10, 9), date(2026, 10, 26), date(2026, 11, 20))}
    assert otuk.extra_rounds(county_id=make.OSLO) == {made[date(2026, 10, 26)]}
    page = log_in(world.admin).get("/otuk/").content.decode()
    assert page.count("Ekstra liste") == 1


def test_who_answers_for_a_youth_is_told_once_also_when_the_unit_was_changed_twice_in_a_day(world):
    case = world.unknown("Bakke")
    other = make.unit(name="Andre videregående skole")
    with clock.frozen(date(2026, 11, 10)), acting_as(world.admin):
        for unit in (other, world.school, other):
            responsibility.assign(
                actor=world.admin, youth_id=case.youth_id, holder_id=unit.pk, reason="Prøve", version=None
            )
    world.freeze()
    with acting_as(world.alna_contact):
        assert [row.fields["school"] for row in OtukRow.objects.all()] == ["Andre videregående skole"]
