"""What an import does to people and cases. Files are small and made in the test."""

import json
from datetime import date

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.models import MembershipDecision, Registration, Responsibility, StatusEvent
from fotfeste.integrations.models import Import
from fotfeste.integrations.reading import read
from fotfeste.integrations.services.imports import Outcome, run_import
from fotfeste.kernel.errors import NotAllowed
from fotfeste.people.models import Address, ContactDetail, DuplicatePair, Enrolment, Youth
from tests import factories as make

pytestmark = pytest.mark.django_db

HERSLEB, STOVNER = "912001008", "974591065"
BORN = date(2008, 5, 14)
NUMBER = make.tenor_number(BORN, 1)
OTHER = make.tenor_number(BORN, 40)


@pytest.fixture
def importer():
    with acting_as(make.system(3, 11)) as actor:
        yield actor


def school(org_number: str = HERSLEB):
    from fotfeste.organisations.models import Unit

    return Unit.objects.get(org_number=org_number)


def take(actor, source: str, header: str, *rows: str, on: date = date(2026, 11, 16), apply: bool = True) -> Outcome:
    content = "\n".join([header, *rows]).encode()
    with read(source, content, environment="test", on=on) as reading:
        return run_import(actor=actor, reading=reading, county_id=3, on=on, apply=apply)


ENROLMENT = (
    "fødselsnummer;fornavn;etternavn;fødselsdato;e-post;mobil;adresse;postnummer;poststed;kommunenummer;bydel;"
    "breddegrad;lengdegrad;skole_orgnr;type;programområde;trinn;start;slutt;sluttårsak;fullført_grunnskole"
)
LEAVER = "fødselsnummer;fornavn;etternavn;fødselsdato;mobil;bydel;skole_orgnr;type;programområde;trinn;start;slutt;sluttårsak"


def pupil(number: str = NUMBER, name: str = "Amina;Prøvesen", *, street: str = "Furuveien 1", phone: str = "59000001",
          org: str = HERSLEB, start: str = "17.08.2026", end: str = "", reason: str = "") -> str:  # fmt: skip
    return (
        f"{number};{name};14.05.2008;;{phone};{street};0668;Oslo;0301;030112;59.93;10.87;{org};elev;STUSP1----;VG1;"
        f"{start};{end};{reason};ja"
    )


def leaver(number: str = NUMBER, name: str = "Amina;Prøvesen", *, end: str = "12.11.2026") -> str:
    return f"{number};{name};14.05.2008;59000001;030112;{HERSLEB};elev;STUSP1----;VG1;17.08.2026;{end};Sluttet"


def test_school_history_makes_a_youth_seen_by_the_school_but_not_registered(importer):
    outcome = take(importer, "enrolment", ENROLMENT, pupil())
    assert (outcome.new, outcome.rejected, outcome.applied) == (1, 0, True)
    youth = Youth.objects.get(national_id=NUMBER)
    assert youth.unit_id == school().pk
    assert not Registration.objects.exists()
    assert MembershipDecision.objects.get(is_current=True).statutory == "not_in_ot"


@pytest.mark.proves("rule-start-unknown", "unit-vgs-former", "tg-pupil-leaver")
def test_a_leaver_is_registered_as_unknown_with_the_last_school_responsible(importer):
    # Given a pupil
    take(importer, "enrolment", ENROLMENT, pupil(), on=date(2026, 9, 1))
    # When the weekly list says the pupil quit on 12 November
    outcome = take(importer, "leavers", LEAVER, leaver())
    # Then there is a registration from the day after, unknown, and the school answers for it by a rule
    assert outcome.changed == 1
    registration = Registration.objects.get()
    assert (registration.first_day, registration.status_code, registration.reason) == (
        date(2026, 11, 13),
        "OTUK",
        "quit_school",
    )
    responsibility = Responsibility.objects.get()
    assert (responsibility.holder_id, responsibility.rule) == (school().pk, "unit-vgs-former")
    assert responsibility.explanation.body["unit"]["reasons"]
    assert StatusEvent.objects.get().basis == "intake"
    assert Enrolment.objects.get(superseded_at=None).last_day == date(2026, 11, 12)
    assert MembershipDecision.objects.get(is_current=True).statutory == "in_ot"


def test_the_same_file_twice_changes_nothing(importer):
    first = take(importer, "leavers", LEAVER, leaver())
    again = take(importer, "leavers", LEAVER, leaver())
    assert (first.new, again.new, again.changed, again.unchanged) == (1, 0, 0, 1)
    assert Registration.objects.count() == StatusEvent.objects.count() == Youth.objects.count() == 1


def test_the_same_rows_in_another_file_change_nothing(importer):
    take(importer, "enrolment", ENROLMENT, pupil())
    before = list(Address.objects.values()), list(ContactDetail.objects.values()), list(Enrolment.objects.values())
    again = take(importer, "enrolment", ENROLMENT, pupil(), pupil(OTHER, "Jonas;Nysen"))
    assert (again.new, again.changed, again.moved, again.unchanged) == (1, 0, 0, 1)
    youth = Youth.objects.get(national_id=NUMBER).pk
    after = [list(model.objects.filter(youth_id=youth).values()) for model in (Address, ContactDetail, Enrolment)]
    assert list(before) == after


def test_a_plan_changes_nothing(importer):
    outcome = take(importer, "leavers", LEAVER, leaver(), apply=False)
    assert (outcome.new, outcome.applied) == (1, False)
    assert not Youth.objects.exists()
    assert not Import.objects.exists()


def test_a_plan_says_what_the_rules_decided(importer):
    outcome = take(importer, "leavers", LEAVER, leaver(), apply=False)
    assert [(line["unit"], line["rule"], line["statutory"]) for line in outcome.decided] == [
        ("Hersleb videregående skole", "unit-vgs-former", "in_ot")
    ]


def test_a_new_telephone_number_is_added_and_the_old_one_kept_with_its_days(importer):
    take(importer, "enrolment", ENROLMENT, pupil(phone="59000001"), on=date(2026, 10, 1))
    outcome = take(importer, "enrolment", ENROLMENT, pupil(phone="59000002"), on=date(2026, 11, 1))
    assert outcome.changed == 1
    known = ContactDetail.objects.filter(kind="phone", superseded_at=None).order_by("first_day")
    assert [(d.value, d.first_day, d.last_day) for d in known] == [
        ("+4759000002", date(2026, 11, 1), None),
        ("+4759000001", None, date(2026, 10, 31)),
    ]


def test_an_older_file_never_overwrites_newer_facts(importer):
    # Given what a file of November says
    take(importer, "enrolment", ENROLMENT, pupil(phone="59000002", street="Nyveien 9"), on=date(2026, 11, 1))
    # When a file of September turns up with other values
    outcome = take(
        importer, "enrolment", ENROLMENT, pupil(phone="59000001", street="Gamleveien 1"), on=date(2026, 9, 1)
    )
    # Then nothing of November is changed, and the user is told why
    assert outcome.unchanged == 1
    assert [d.value for d in ContactDetail.objects.filter(kind="phone")] == ["+4759000002"]
    assert [a.street for a in Address.objects.all()] == ["Nyveien 9"]
    assert any("nyere fil" in warning for warning in outcome.warnings)


def test_a_district_nobody_knows_is_told_of_and_the_row_kept(importer):
    row = pupil().replace(";030112;", ";Månen;")
    outcome = take(importer, "enrolment", ENROLMENT, row, pupil(OTHER, "Jonas;Nysen"))
    assert (outcome.new, outcome.rejected) == (2, 0)
    (told,) = [warning for warning in outcome.warnings if "bydel" in warning]
    assert told.startswith("1 rad har en bydel som ikke finnes i fylket (Månen)")
    assert Address.objects.get(youth__national_id=NUMBER).district_code == ""


def test_a_pupil_who_changes_school_is_counted_as_moved_and_only_the_new_school_sees_the_case(importer):
    take(importer, "enrolment", ENROLMENT, pupil(), on=date(2026, 9, 1))
    outcome = take(
        importer,
        "enrolment",
        ENROLMENT,
        pupil(end="30.09.2026", reason="Byttet skole"),
        pupil(org=STOVNER, start="01.10.2026"),
        on=date(2026, 10, 5),
    )
    assert outcome.moved == 2
    assert Youth.objects.get().unit_id == school(STOVNER).pk
    assert set(Address.objects.values_list("unit_id", flat=True)) == {school(STOVNER).pk}


def test_a_possible_duplicate_is_found_and_left_to_a_person(importer):
    take(importer, "enrolment", ENROLMENT, pupil())
    outcome = take(importer, "leavers", LEAVER, leaver(number=""))
    assert (outcome.new, outcome.possible_duplicates) == (1, 1)
    assert DuplicatePair.objects.get().state == "open"


def test_somebody_without_a_number_is_recognised_by_name_and_birth_date(importer):
    take(importer, "leavers", LEAVER, leaver(number=""))
    again = take(importer, "leavers", LEAVER, leaver(number="", end="12.11.2026"), on=date(2026, 11, 23))
    assert (again.new, again.unchanged) == (0, 1)


def test_a_counsellor_may_not_import():
    counsellor = make.actor(Role.COUNSELLOR, school())
    with acting_as(counsellor), pytest.raises(NotAllowed):
        take(counsellor, "leavers", LEAVER, leaver())


def test_every_new_and_changed_youth_is_in_the_log(importer):
    take(importer, "enrolment", ENROLMENT, pupil(), on=date(2026, 9, 1))
    take(importer, "leavers", LEAVER, leaver())
    with acting_as(make.actor(Role.PRIVACY_OFFICER, make.education_admin())):
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT verb FROM audit_entry WHERE youth_id IS NOT NULL ORDER BY id")
            assert [verb for (verb,) in cursor.fetchall()] == ["import.new", "import.changed"]


def from_vigo(importer) -> None:
    """Let VIGO OT name a course that began on 17 August, without the school."""
    element = {
        "person": {
            "fornavn": "Amina",
            "etternavn": "Prøvesen",
            "fdato": "14.05.2008",
            "fnr": NUMBER,
            "epost": "",
            "mobilnr": "",
        },
        "otData": {"tilknytningnr": "", "tilknytningnavn": "", "aktivitetskode": "OTUK"},
        "elevkurs": {"promrkode": "STUSP1----", "promrnavn": "", "start": "17.08.2026", "slutt": "12.11.2026"},
    }
    content = json.dumps({"antall": 1, "otungdommer": [element]}).encode()
    with read("vigo-ot", content, environment="test", on=date(2026, 11, 16)) as reading:
        run_import(actor=importer, reading=reading, county_id=3, on=date(2026, 11, 16), apply=True)


def test_a_course_in_vigo_without_a_school_adds_nothing_to_a_history_that_knows_it(importer):
    # Given a school year in the school history
    take(importer, "enrolment", ENROLMENT, pupil(end="12.11.2026"), on=date(2026, 11, 13))
    # When VIGO OT names the same course
    from_vigo(importer)
    # Then the history has it once, with the school
    assert [e.school_id for e in Enrolment.objects.filter(superseded_at=None)] == [school().pk]


def test_a_contested_number_in_a_file_is_the_one_who_had_it_first(importer):
    # Given a number that stands on its owner, and contested on somebody without one
    take(importer, "enrolment", ENROLMENT, pupil())
    owner = Youth.objects.get(national_id=NUMBER)
    contester = make.youth(make.unit(), national_id=NUMBER, is_number_contested=True)
    # When a file tells of the number
    outcome = take(importer, "leavers", LEAVER, leaver())
    # Then it is the owner who left
    assert (outcome.new, outcome.changed) == (0, 1)
    assert list(Registration.objects.values_list("youth_id", flat=True)) == [owner.pk]
    assert contester.pk != owner.pk


@pytest.mark.parametrize("vigo_first", [True, False], ids=["VIGO first", "the school history first"])
def test_a_course_in_vigo_does_not_make_an_apprentice_a_pupil(importer, vigo_first):
    # Given an apprentice, whom VIGO OT names with a course from the same day
    contract = pupil(org="310300039", end="12.11.2026", reason="Hevet").replace(";elev;", ";lærling;")
    if vigo_first:
        from_vigo(importer)
    take(importer, "enrolment", ENROLMENT, contract, on=date(2026, 11, 13))
    if not vigo_first:
        from_vigo(importer)
    # Then there is the contract, and nothing beside it
    assert [e.kind for e in Enrolment.objects.filter(superseded_at=None)] == ["apprentice"]
