"""A county's own wheel: what it does otherwise from a day on, and events of its own, with the past as it was."""

from dataclasses import fields, replace
from datetime import date

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.annualwheel.models import WheelTask
from fotfeste.annualwheel.selectors.wheel import days_to_keep
from fotfeste.annualwheel.services.editing import Change, change_wheel, version_of
from fotfeste.annualwheel.services.tasks import keep_tasks
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Invalid, NotAllowed
from fotfeste.law.annual_wheel import event
from fotfeste.law.school_year import SchoolYear
from fotfeste.law.status_rules import registration_deadlines
from fotfeste.law.wheel_days import LISTS, REGISTRATIONS, occurrences
from fotfeste.law.working_days import WeekendRule
from fotfeste.lists.selectors.otuk import list_days
from fotfeste.organisations.models import CountyReading
from fotfeste.organisations.selectors.readings import readings_for
from tests import factories as make
from tests.annualwheel.test_screens import text_of

pytestmark = pytest.mark.django_db

FEB = Change("dl-otuk-list-feb", date(2026, 12, 1), "Avtalt i fylket.", day=(2, 24))


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(make.TODAY):
        yield


@pytest.fixture
def admin():
    return make.actor(Role.EDUCATION_ADMIN, make.education_admin())


def changed(admin, change: Change) -> str:
    with acting_as(admin):
        version = version_of(county_id=make.OSLO, event_id=change.event_id)
        return change_wheel(actor=admin, county_id=make.OSLO, change=change, version=version)


def days(event_id: str, *years: int) -> list[date]:
    readings = readings_for(county_id=make.OSLO)
    return [one.due for year in years for one in occurrences(event(event_id), SchoolYear(year), readings)]


def vars_of(found) -> list:
    return [getattr(found, each.name) for each in fields(found)]


@pytest.mark.proves("dl-otuk-list-feb", "amb-47")
def test_a_moved_day_holds_from_its_day_for_all_who_ask_and_past_years_keep_theirs(admin):
    changed(admin, FEB)
    assert days("dl-otuk-list-feb", 2025, 2026, 2027) == [date(2026, 2, 20), date(2027, 2, 24), date(2028, 2, 24)]
    with clock.frozen(date(2027, 2, 1)):
        assert date(2027, 2, 24) in vars_of(list_days(county_id=make.OSLO, today=date(2027, 2, 1)))
    changed(admin, Change("dl-registration-feb", date(2026, 12, 1), "Avtalt.", day=(2, 15)))
    readings = readings_for(county_id=make.OSLO)
    assert date(2027, 2, 15) in registration_deadlines(SchoolYear(2026), readings)  # what a status must be confirmed by
    assert date(2027, 2, 15) in days("dl-list-review", 2026)
    assert date(2026, 2, 10) in registration_deadlines(SchoolYear(2025), readings)
    # Back to what the documents say, from another day: the year between keeps its own.
    with clock.frozen(date(2027, 6, 1)):
        changed(admin, replace(FEB, first_day=date(2027, 6, 1), day=(2, 20)))
    assert days("dl-otuk-list-feb", 2026, 2027) == [date(2027, 2, 24), date(2028, 2, 18)]
    assert CountyReading.objects.filter(reading="dl-otuk-list-feb").count() == 2


def test_a_rule_a_lead_and_an_event_switched_off_move_the_tasks_at_once(admin):
    changed(admin, Change("dl-otuk-list-feb", make.TODAY, "Avtalt.", weekend=WeekendRule.NEXT_WORKING_DAY, lead=30))
    assert days("dl-otuk-list-feb", 2026) == [date(2027, 2, 22)]
    with clock.frozen(date(2027, 1, 25)), acting_as(make.system()):
        by = make.system().user_id
        keep_tasks(county_id=make.OSLO, by_id=by, on=date(2027, 1, 25))
        assert WheelTask.objects.get(event="dl-otuk-list-feb").due_on == date(2027, 2, 22)
    with clock.frozen(date(2027, 1, 26)):
        changed(admin, Change("dl-otuk-list-feb", date(2027, 1, 26), "Lages ikke i år.", is_on=False))
    assert WheelTask.objects.get(event="dl-otuk-list-feb").state == "dropped"
    assert days("dl-otuk-list-feb", 2025, 2026) == [date(2026, 2, 20)]


def test_an_event_of_the_countys_own_is_in_the_wheel_from_its_day_and_may_end(admin, client):
    own = Change("", date(2027, 1, 1), "Vi samles hvert år.", day=(3, 2), label="Felles samling", party="district")
    event_id = changed(admin, own)
    assert event_id == "own-1"
    kept = days_to_keep(county_id=make.OSLO, year=SchoolYear(2026), parties=frozenset({"district"}))
    assert date(2027, 3, 2) in [one.due for each, one in kept if each.id == event_id]
    session = client.session
    session["user_id"] = admin.user_id
    session.save()
    page = text_of(client.get(f"/arshjul/{event_id}/?skolear=2026"))
    assert "Felles samling" in page
    assert "Fylkets eget årshjul" in page
    assert "Ført som gjort" in page  # it is shown done by a record
    with clock.frozen(date(2027, 5, 1)):
        changed(admin, replace(own, event_id=event_id, first_day=date(2027, 5, 1), is_on=False))
    assert [
        len([1 for each, _one in days_to_keep(county_id=make.OSLO, year=SchoolYear(year), parties=None) if each.is_own])
        for year in (2025, 2026, 2027)
    ] == [0, 1, 0]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (replace(FEB, first_day=date(2026, 11, 22)), "Det som har vært, blir stående"),
        (replace(FEB, reason=" "), "Skriv hvorfor"),
        (replace(FEB, day=(2, 30)), "Den dagen finnes ikke"),
        (replace(FEB, day=(2, 20)), "Det er slik allerede"),
        (replace(FEB, day=(6, 1)), "etter at den neste har begynt"),
        (replace(FEB, lead=61), "fra 0 til 60 dager"),
        (replace(FEB, recipients=("alle",)), "Velg noe fra listen"),
        (replace(FEB, event_id="dl-count-date", day=(10, 2)), "ligger fast"),
        (replace(FEB, event_id="dl-weekly-leavers"), "ligger fast"),
        (replace(FEB, event_id="dl-finnes-ikke"), "finnes ikke"),
        (replace(FEB, event_id="", party="uda"), "hva hendelsen heter"),
        (replace(FEB, event_id="", label="Noe", party="ingen"), "Velg noe fra listen"),
        (replace(FEB, event_id="", label="Noe", party="uda", day=None), "hvilken dag"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(admin, change, sentence):
    with pytest.raises(Invalid, match=sentence):
        changed(admin, change)
    assert not CountyReading.objects.exists()


def test_only_the_administration_changes_the_wheel_and_everybody_sees_how_it_differs(admin, client):
    contact = make.actor(Role.COUNSELLOR, make.unit())
    with pytest.raises(NotAllowed):
        changed(contact, FEB)
    session = client.session
    session["user_id"] = admin.user_id
    session.save()
    here = "/arshjul/oppsett/dl-otuk-list-feb/"
    given = {"is_on": "on", "day": "31.2.", "weekend": "", "lead": "14", "recipients": ["district"], "version": "0"}
    wrong = client.post(here, {**given, "first_day": "01.12.2026", "reason": "Avtalt"})
    assert wrong.status_code == 422
    assert "Den dagen finnes ikke. Skriv dag og måned, som 10.10." in text_of(wrong)
    right = client.post(here, {**given, "day": "24.2", "first_day": "01.12.2026", "reason": "Avtalt"}, follow=True)
    assert "Årshjulet er endret." in text_of(right)
    session["user_id"] = contact.user_id
    session.save()
    page = text_of(client.get("/arshjul/oppsett/"))
    assert "Fra 1. des. 2026: 24. feb." in page
    assert client.get(here).status_code == 403


def test_a_county_that_leaves_events_out_of_its_wheel_has_its_pages_still(admin, client):
    for event_id in (*LISTS, *REGISTRATIONS, "dl-national-report-jun"):
        changed(admin, Change(event_id, make.TODAY, "Gjøres ikke her.", is_on=False))
    session = client.session
    session["user_id"] = admin.user_id
    session.save()
    for page in ("/", "/otuk/", "/arshjul/", "/arshjul/oppsett/", "/arshjul/dl-registration-jun/"):
        assert client.get(page).status_code == 200, page
    assert registration_deadlines(SchoolYear(2027), readings_for(county_id=make.OSLO))[0] == date(2027, 11, 10)
