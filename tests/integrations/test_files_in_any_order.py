"""Files come late, and in any order: one that is older adds what nobody knew, and undoes nothing."""

import json
from datetime import date, timedelta

import pytest

from fotfeste.access.scope import acting_as
from fotfeste.casework.models import MembershipDecision, Registration, Responsibility, StatusEvent
from fotfeste.casework.selectors.decisions import decisions_for
from fotfeste.casework.services import consistency
from fotfeste.integrations.reading import read
from fotfeste.integrations.services.imports import Outcome, run_import
from fotfeste.organisations.models import Unit
from tests import factories as make

pytestmark = pytest.mark.django_db

HERSLEB = "912001008"
BORN = date(2008, 5, 14)
NUMBER = make.tenor_number(BORN, 1)
LEAVERS = "fødselsnummer;fornavn;etternavn;fødselsdato;skole_orgnr;type;programområde;trinn;start;slutt;sluttårsak"
LISTS = "fødselsnummer;fornavn;etternavn;fødselsdato;skoleår;siste_skole_orgnr;årsakskode"


@pytest.fixture
def importer():
    with acting_as(make.system(3, 11)) as actor:
        yield actor


def take(actor, source: str, content: str, on: date) -> Outcome:
    with read(source, content.encode(), environment="test", on=on) as reading:
        return run_import(actor=actor, reading=reading, county_id=3, on=on, apply=True)


def vigo(actor, code: str, on: date, number: str = NUMBER) -> Outcome:
    person = {
        "fornavn": "Amina",
        "etternavn": "Prøvesen",
        "fdato": "14.05.2008",
        "fnr": number,
        "epost": "",
        "mobilnr": "",
    }
    element = {
        "person": person,
        "otData": {"tilknytningnr": HERSLEB, "tilknytningnavn": "", "aktivitetskode": code},
        "elevkurs": {"promrkode": "", "promrnavn": "", "start": "", "slutt": ""},
    }
    return take(actor, "vigo-ot", json.dumps({"antall": 1, "otungdommer": [element]}), on)


def leaver(actor, end: str, on: date, *, start: str = "18.08.2025") -> Outcome:
    row = f"{NUMBER};Amina;Prøvesen;14.05.2008;{HERSLEB};elev;STUSP1----;VG1;{start};{end};Sluttet"
    return take(actor, "leavers", f"{LEAVERS}\n{row}", on)


def listed(actor, source: str, on: date, number: str = NUMBER) -> Outcome:
    reason = {"non-applicants": "OSON", "without-place": "OSNP"}[source]
    row = f"{number};Amina;Prøvesen;14.05.2008;2026–27;{HERSLEB};{reason}"
    return take(actor, source, f"{LISTS}\n{row}", on)


def statuses() -> list[tuple[str, date, date | None]]:
    live = StatusEvent.objects.filter(superseded_at=None).order_by("first_day")
    return [(event.code, event.first_day, event.last_day) for event in live]


def test_an_older_picture_of_the_register_changes_no_status_and_no_registration(importer):
    # Given how VIGO stood in November
    vigo(importer, "OTUK", date(2026, 11, 20))
    before = list(Registration.objects.values()), list(Responsibility.objects.values()), statuses()
    # When the picture of October turns up, with another status
    outcome = vigo(importer, "OTAR", date(2026, 10, 1))
    # Then all stands as it did, and it is said to be unchanged
    assert (list(Registration.objects.values()), list(Responsibility.objects.values()), statuses()) == before
    assert (outcome.changed, outcome.unchanged) == (0, 1)


def test_a_unit_that_the_register_names_answers_for_nobody_once_it_is_closed(importer):
    # Given a school that is closed from the day after the register's first picture, which names it
    closing = date(2026, 11, 14)
    Unit.objects.filter(org_number=HERSLEB).update(last_day=closing - timedelta(days=1))
    vigo(importer, "OTUK", date(2026, 11, 13))
    assert Responsibility.objects.get().holder.org_number == HERSLEB
    # When the next picture still names it
    outcome = vigo(importer, "OTUK", date(2026, 11, 20))
    # Then the youth waits in the queue, and it is said why
    assert Responsibility.objects.get(last_day=None).holder_id == make.education_admin().pk
    assert any("ikke finnes i fylket eller er stengt" in warning for warning in outcome.warnings)
    assert consistency.problems() == []


def test_an_older_picture_of_the_register_adds_those_nobody_knew(importer):
    vigo(importer, "OTUK", date(2026, 11, 20))
    outcome = vigo(importer, "OTAR", date(2026, 10, 1), number=make.tenor_number(BORN, 40))
    assert outcome.new == 1


def test_a_leaver_told_of_late_is_unknown_until_the_register_knew_more(importer):
    # Given a youth VIGO knew to be in work in November
    vigo(importer, "OTAR", date(2026, 11, 20))
    # When the list of October tells that the youth quit in September
    leaver(importer, "15.09.2026", date(2026, 10, 1))
    # Then the registration begins then, with nothing of November undone
    registration = Registration.objects.get()
    assert (registration.first_day, registration.reason) == (date(2026, 9, 16), "quit_school")
    assert statuses() == [
        ("OTUK", date(2026, 9, 16), date(2026, 11, 19)),
        ("OTAR", date(2026, 11, 20), None),
    ]
    assert (registration.status_code, registration.status_since) == ("OTAR", date(2026, 11, 20))
    assert [r.first_day for r in Responsibility.objects.filter(superseded_at=None)] == [date(2026, 9, 16)]
    assert consistency.problems() == []


@pytest.mark.parametrize("first", ["the register", "the list"])
@pytest.mark.parametrize("code", ["OTUK", "OTAR"])
def test_a_leaver_in_a_list_of_the_very_day_of_the_register_is_registered_from_the_day_after_the_end(
    importer, code, first
):
    # Given the register and the weekly list of the same day, in either order
    day = date(2026, 11, 20)
    if first == "the register":
        vigo(importer, code, day)
        leaver(importer, "15.09.2026", day)
    else:
        leaver(importer, "15.09.2026", day)
        vigo(importer, code, day)
    # Then the registration begins with the leaver's own day, and what the register says holds from the day it said it
    registration = Registration.objects.get()
    assert (registration.first_day, registration.reason) == (date(2026, 9, 16), "quit_school")
    assert (statuses()[0][:2], registration.status_code) == (("OTUK", date(2026, 9, 16)), code)
    assert registration.unknown_since == (date(2026, 9, 16) if code == "OTUK" else None)
    assert [r.first_day for r in Responsibility.objects.filter(superseded_at=None)] == [date(2026, 9, 16)]
    assert consistency.problems() == []
    # And later files find one unit that answers, and no other that has not ended
    vigo(importer, "OTAP", date(2026, 11, 27))
    assert Registration.objects.get().status_code == "OTAP"
    assert Responsibility.objects.filter(last_day=None).count() == 1


def test_a_leaver_in_a_list_later_than_the_register_is_registered_from_the_day_after_the_end(importer):
    # Given a youth the register told of in November, and who it said works
    vigo(importer, "OTAR", date(2026, 11, 13))
    unit = Responsibility.objects.get().holder_id
    # When a weekly list after that tells that the youth quit in September
    on = date(2026, 11, 20)
    leaver(importer, "15.09.2026", on)
    # Then the service has followed up since then, with what was known since kept, and who answered
    registration = Registration.objects.get()
    assert (registration.first_day, registration.reason) == (date(2026, 9, 16), "quit_school")
    assert statuses() == [("OTUK", date(2026, 9, 16), date(2026, 11, 12)), ("OTAR", date(2026, 11, 13), None)]
    held = Responsibility.objects.filter(superseded_at=None).values_list("first_day", "holder_id", "last_day")
    assert list(held) == [(date(2026, 9, 16), unit, None)]
    assert set(StatusEvent.objects.filter(superseded_at=None).values_list("unit_then", flat=True)) == {unit}
    ((_case, alone),) = decisions_for(youth_ids=[registration.youth_id], on=on).values()
    kept = MembershipDecision.objects.select_related("explanation").get(is_current=True)
    assert kept.explanation.body == alone.to_dict()
    assert consistency.problems() == []
    # And telling it again, or that the youth quit later, changes nothing
    for end in ("15.09.2026", "01.10.2026"):
        leaver(importer, end, date(2026, 11, 27))
        assert Registration.objects.get().first_day == date(2026, 9, 16)


def test_who_was_at_school_in_between_has_been_outside_only_since(importer):
    # Given a youth who quit in September, began again in October and was registered when that ended too
    leaver(importer, "10.11.2026", date(2026, 11, 13), start="01.10.2026")
    assert Registration.objects.get().first_day == date(2026, 11, 11)
    # When a later list tells of the first time
    leaver(importer, "15.09.2026", date(2026, 11, 20))
    # Then it is not from then that the youth has been outside
    assert Registration.objects.get().first_day == date(2026, 11, 11)
    assert consistency.problems() == []


def test_work_done_since_stays_when_an_older_list_comes(importer):
    # Given a registration of November whose status has changed twice since
    for code, day in (("OTUK", 16), ("OTOV", 18), ("OTUK", 20)):
        vigo(importer, code, date(2026, 11, day))
    # When the list of October tells of an end in September
    leaver(importer, "15.09.2026", date(2026, 10, 1))
    # Then all of it is still there, after the days the list told of
    assert statuses() == [
        ("OTUK", date(2026, 9, 16), date(2026, 11, 15)),
        ("OTUK", date(2026, 11, 16), date(2026, 11, 17)),
        ("OTOV", date(2026, 11, 18), date(2026, 11, 19)),
        ("OTUK", date(2026, 11, 20), None),
    ]
    assert consistency.problems() == []


def test_the_register_may_go_back_to_what_it_said_before(importer):
    for code, day in (("OTUK", 16), ("OTOV", 18), ("OTUK", 20)):
        vigo(importer, code, date(2026, 11, day))
    assert statuses()[-1] == ("OTUK", date(2026, 11, 20), None)


def test_who_did_not_apply_and_leaves_before_the_summer_is_unknown_from_the_day_after(importer):
    # Given somebody on the list of March, to be registered when the school year begins
    listed(importer, "non-applicants", date(2026, 3, 19))
    assert Registration.objects.get().first_day == date(2026, 8, 1)
    # When the weekly list of May says that the youth has quit
    leaver(importer, "15.05.2026", date(2026, 5, 20))
    # Then the service follows up from then on, without a gap
    registration = Registration.objects.get()
    assert (registration.first_day, registration.school_year) == (date(2026, 5, 16), 2025)
    assert (registration.status_code, registration.unknown_since) == ("OTUK", date(2026, 5, 16))
    assert consistency.problems() == []


@pytest.mark.parametrize("source", ["non-applicants", "without-place"])
@pytest.mark.proves("rule-start-unknown")
def test_a_list_about_a_school_year_does_not_undo_what_was_cleared_up_in_it(importer, source):
    # Given a youth who was reached in August and works
    vigo(importer, "OTAR", date(2026, 8, 20))
    # When a list of September says that the youth has no place for the year
    listed(importer, source, date(2026, 9, 25))
    # Then it is still known what the youth does
    assert statuses() == [("OTAR", date(2026, 8, 20), None)]


@pytest.mark.parametrize(
    ("code", "since"),
    [
        pytest.param("OTAR", date(2026, 5, 4), id="what was known last school year is asked about again"),
        pytest.param("OTEV", date(2026, 8, 20), id="a pupil without a place is no pupil"),
        pytest.param("Feil", date(2026, 8, 20), id="a mistake told twice is for a person to look at"),
    ],
)
@pytest.mark.proves("rule-start-unknown")
def test_a_list_about_a_school_year_makes_unknown_what_it_contradicts(importer, code, since):
    vigo(importer, code, since)
    listed(importer, "without-place", date(2026, 9, 25))
    assert statuses()[-1] == ("OTUK", date(2026, 9, 25), None)
