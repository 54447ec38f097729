"""What the private schools' report of September does to those who are followed up already."""

from datetime import date

import pytest

from fotfeste.access.scope import acting_as
from fotfeste.casework.models import MembershipDecision, Registration, StatusEvent
from fotfeste.casework.services import consistency
from fotfeste.casework.services.membership import decide_membership
from fotfeste.integrations.reading import read
from fotfeste.integrations.services.imports import run_import
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.models import Unit
from tests import factories as make

pytestmark = pytest.mark.django_db

ON = date(2026, 9, 30)
HEADER = "fødselsnummer;fornavn;etternavn;fødselsdato;skole_orgnr;programområde;start;slutt"


@pytest.fixture
def report():
    """Take in the school's report about one youth."""

    school = Unit.objects.filter(kind=UnitKind.UPPER_SECONDARY, is_private=True, county_id=make.OSLO).latest("pk")

    def take(registration, *, end: str = "", on: date = ON):
        youth = registration.youth
        row = f"{youth.national_id};{youth.first_name};{youth.last_name};14.05.2008;{school.org_number};STUSP1----;17.08.2026;{end}"
        with (
            acting_as(make.system(), on=on) as importer,
            read("private-school", f"{HEADER}\n{row}".encode(), environment="test", on=on) as reading,
        ):
            return run_import(actor=importer, reading=reading, county_id=make.OSLO, on=on, apply=True)

    return take


def a_case(status: str, **said):
    registration = make.case(make.unit(), status=status, since=date(2026, 8, 20), **said)
    with acting_as(make.system(), on=ON) as importer:
        decide_membership(actor=importer, youth_ids=[registration.youth_id], on=date(2026, 8, 20))
    return registration


def stands(registration) -> tuple[str, str]:
    """Return the status as the case shows it, and the membership."""
    with acting_as(make.system(), on=ON):
        registration = Registration.objects.get(pk=registration.pk)
        membership = MembershipDecision.objects.get(youth_id=registration.youth_id, is_current=True)
        return registration.status_code, membership.statutory


@pytest.mark.parametrize(
    ("before", "after", "membership"),
    [
        pytest.param("OTUK", "OTVF", "in_ot", id="one nobody had reached is counted on, in activity"),
        pytest.param("ELVG_IM", "OTVF_IM", "not_in_ot", id="one followed up preventively stays outside"),
        pytest.param("OTVF_IM", "OTVF_IM", "not_in_ot", id="one known as private pupil outside is no news"),
        pytest.param("OTAR_IM", "OTVF_IM", "not_in_ot", id="one who worked outside the target group stays outside"),
        pytest.param("Feil", "Feil", "not_in_ot", id="a registration by mistake stays one"),
    ],
)
@pytest.mark.proves("rule-uda-private-schools")
def test_a_private_pupil_keeps_the_side_of_the_target_group_the_law_has_put_it_on(report, before, after, membership):
    registration = a_case(before)
    report(registration)
    assert stands(registration) == (after, membership)


def test_a_twin_that_is_known_already_goes_on_from_the_day_it_began(report):
    registration = a_case("OTVF_IM")
    report(registration)
    with acting_as(make.system(), on=ON):
        live = StatusEvent.objects.filter(youth_id=registration.youth_id, superseded_at=None)
        assert {event.code for event in live} == {"OTVF_IM"}
        assert Registration.objects.get(pk=registration.pk).status_since == date(2026, 8, 20)


@pytest.mark.proves("form-private-school-report", "ps-school", "ps-youth", "ps-status", "ps-date")
def test_one_who_has_left_the_private_school_is_unknown_whichever_of_the_two_codes_it_had(report):
    registration = a_case("OTVF_IM")
    report(registration, end="15.09.2026")
    assert stands(registration)[0] == "OTUK"


def preventive(status: str = "ELVG_IM", since: date = date(2026, 8, 10)):
    """A pupil handed over on 10 August, followed up preventively at a private school."""
    registration = make.case(make.unit(), status=status, since=since, reason="preventive")
    with acting_as(make.system(), on=ON) as importer:
        Registration.objects.filter(pk=registration.pk).update(is_preventive=True)
        decide_membership(actor=importer, youth_ids=[registration.youth_id], on=since)
    return registration


def registrations_of(youth_id: int) -> list[tuple]:
    with acting_as(make.system(), on=ON):
        rows = Registration.objects.filter(youth_id=youth_id).order_by("first_day")
        return [(row.first_day, row.last_day, row.is_preventive, row.reason, row.status_code) for row in rows]


@pytest.mark.parametrize("status", ["ELVG_IM", "OTVF_IM"])
def test_a_pupil_followed_up_preventively_who_has_left_is_registered_anew_as_one_who_quit(report, status):
    # Given a private pupil with a preventive registration, whatever the report has made of the status before
    registration = preventive(status)
    # When the school reports that the pupil left on 15 September
    report(registration, end="15.09.2026")
    # Then the preventive registration ends that day, and the service follows up from the day after
    assert registrations_of(registration.youth_id) == [
        (date(2026, 8, 10), date(2026, 9, 15), True, "preventive", status),
        (date(2026, 9, 16), None, False, "quit_school", "OTUK"),
    ]
    with acting_as(make.system(), on=ON):
        live = StatusEvent.objects.filter(youth_id=registration.youth_id, superseded_at=None).order_by("first_day")
        assert [(event.code, event.first_day, event.last_day) for event in live] == [
            (status, date(2026, 8, 10), date(2026, 9, 15)),
            ("OTUK", date(2026, 9, 16), None),
        ]
        assert MembershipDecision.objects.get(youth_id=registration.youth_id, is_current=True).statutory == "in_ot"
    assert consistency.problems() == []
    # And the same report once more changes nothing
    before = registrations_of(registration.youth_id)
    report(registration, end="15.09.2026", on=date(2026, 10, 1))
    assert registrations_of(registration.youth_id) == before


def test_a_pupil_followed_up_preventively_who_still_goes_there_stays_so(report):
    registration = preventive()
    report(registration)
    ((_first, last, is_preventive, _reason, _status),) = registrations_of(registration.youth_id)
    assert (last, is_preventive) == (None, True)


def test_an_older_report_ends_no_preventive_registration_that_is_known_of_later(report):
    registration = preventive(since=date(2026, 11, 2))
    report(registration, end="15.09.2026")
    assert registrations_of(registration.youth_id) == [(date(2026, 11, 2), None, True, "preventive", "ELVG_IM")]


def test_a_report_registers_nobody_who_was_not_followed_up(report):
    youth = make.youth(make.unit())
    registration = Registration(youth=youth)
    report(registration, end="15.09.2026")
    assert registrations_of(youth.pk) == []
