"""A copy of all there is about one person: everything, who saw it, what the law leaves out, and nobody else's."""

import io
import json
import re
import stat
import zipfile
from argparse import Namespace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fotfeste.access.classification import field_classes
from fotfeste.access.models import AccessGrant
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import system_actor
from fotfeste.access.topics import Ground, Topic
from fotfeste.audit import services as audit
from fotfeste.audit.models import AuditEntry
from fotfeste.casework.models import Registration, Responsibility
from fotfeste.casework.services import merging
from fotfeste.config.commands import export_person
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Invalid, NotAllowed
from fotfeste.oversight.about_person import models_about_person, models_without_youth
from fotfeste.oversight.access_exceptions import exceptions, to_review, withheld
from fotfeste.oversight.copy_words import words
from fotfeste.oversight.person_papers import papers
from fotfeste.oversight.services.person_copies import copy_person
from fotfeste.people.models import Address, DuplicatePair, Youth
from tests import factories as make
from tests.attack.world import WORDS, outsiders, secret_case

pytestmark = pytest.mark.django_db

#: The copy, and beside it a file of the journal and one that was shared.
FILES = {*(f"opplysninger.{form}" for form in ("css", "html", "json", "pdf")), "vedlegg-1.pdf", "vedlegg-2.pdf"}
NUMBER = make.tenor_number(date(2008, 2, 3), 77)


@pytest.fixture
def officer():
    return make.actor(Role.PRIVACY_OFFICER, make.education_admin(), name="Ombud Prøve")


@pytest.fixture
def secret():
    """A youth with strictly confidential address and a row of each kind."""
    return secret_case(make.unit(name="Hjemskolen"), national_id=NUMBER, protection="strictly_confidential")


def _copy(actor, number=NUMBER, **more):
    with acting_as(actor):
        return copy_person(actor=actor, national_id=number, **more)


def test_every_model_with_personal_fields_is_in_the_copy_or_says_why_not():
    assert set(models_without_youth()) == set(exceptions().unfindable)
    assert {"casework.JournalNote", "people.Address", "consent.Release"} <= {
        each._meta.label for each in models_about_person()
    }


def test_every_exception_names_a_model_or_a_field_that_is_there():
    models = {model for model, _field in field_classes()}
    fields = {f"{model}.{field}" for model, field in field_classes()}
    assert {*withheld(), *to_review(), *exceptions().repeated} - models - fields == set()


def test_all_that_is_written_about_the_person_is_in_every_form_of_the_copy(secret, officer):
    files = papers(_copy(officer))
    assert set(files) == FILES
    assert b"vedleggkanari" in files["vedlegg-1.pdf"]
    for name in ("opplysninger.json", "opplysninger.html"):
        text = files[name].decode()
        assert [word for word in (*WORDS, NUMBER, "vedlegg-1.pdf") if word not in text] == []
    assert files["opplysninger.pdf"].startswith(b"%PDF")
    assert b"/StructTreeRoot" in files["opplysninger.pdf"]


def test_codes_and_units_are_told_in_words(secret, officer):
    text = papers(_copy(officer))["opplysninger.html"].decode()
    assert "OTUK – Ukjent aktivitet" in text
    assert "Hjemskolen" in text
    assert "quit_school" not in text


@pytest.mark.parametrize(
    ("language", "expected", "log"),
    [
        ("nn", ("førenamn", "Ukjend aktivitet", "Les før utlevering", "nei"), "Kari Prøve såg på deg på"),
        ("en", ("first name", "OTUK – ", "Phone", "No. 1"), "Kari Prøve looked at you at"),
    ],
)
def test_it_is_told_in_the_language_that_is_chosen(secret, officer, enter, language, expected, log):
    kari = make.actor(Role.COUNSELLOR, secret.holder, name="Kari Prøve")
    with acting_as(kari):
        audit.record_read(by=kari.user_id, about=secret.registration.youth_id, screen="casework:person")
    asked = {"national_id": NUMBER, "is_sure": "on", "language": language}
    answer = enter(officer).post("/logg/innsyn/", asked)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        html, data = (packed.read(f"opplysninger.{form}").decode() for form in ("html", "json"))
    assert f'<html lang="{language}">' in html
    assert [word for word in (*expected, log, "notatkanari") if word not in html] == []
    assert json.loads(data)["language"] == language
    norwegian = {name for name, other in words().items() if other[language] != name}
    assert {each.removeprefix("<dt>") for each in re.findall(r"<dt>[^<]*", html)} & norwegian == set()


def test_where_something_comes_from_is_said_in_words_and_by_its_number_in_the_copy(secret, officer):
    youth = secret.registration.youth
    responsibility = Responsibility.objects.filter(youth_id=youth.pk)
    with acting_as(make.system()):
        make.grant(youth, make.unit(), Topic.IDENTITY, ground=Ground.FORMER_UNIT)
        AccessGrant.objects.update(source=f"responsibility:{responsibility.get().pk}")
        Registration.objects.filter(youth_id=youth.pk).update(source="vigo-ot", end_reason="moved_away")
        Address.objects.filter(youth_id=youth.pk).update(district_code="030112")
    text = papers(_copy(officer))["opplysninger.html"].decode()
    assert "<dt>kommer fra</dt><dd>Ansvar nr. 1</dd>" in text
    assert "<dt>kilde</dt><dd>VIGO OT</dd>" in text
    assert "Flyttet fra fylket" in text
    assert "Bydel Alna" in text
    assert re.findall(r"[a-z-]+:\d+<", text) == []


def test_it_tells_who_saw_the_person_and_where(secret, officer):
    # Given a counsellor who looked
    school = secret.holder
    kari = make.actor(Role.COUNSELLOR, school, name="Kari Prøve")
    with acting_as(kari):
        audit.record_read(by=kari.user_id, about=secret.registration.youth_id, screen="casework:person")
    # When the copy is taken out
    said = json.loads(papers(_copy(officer))["opplysninger.json"])["log"]
    # Then the look is told with the ground
    assert "Kari Prøve så på deg på siden om ungdommen. Enheten har ansvaret for ungdommen." in [
        each["text"] for each in said
    ]


def test_a_long_log_takes_no_more_questions_than_a_short_one(secret, officer, django_assert_max_num_queries):
    kari = make.actor(Role.COUNSELLOR, secret.holder, name="Kari Prøve")
    with CaptureQueriesContext(connection) as short:
        _copy(officer)
    with acting_as(kari):
        for _again in range(40):
            audit.record_read(by=kari.user_id, about=secret.registration.youth_id, screen="casework:person")
    with django_assert_max_num_queries(len(short) + 5):
        made = _copy(officer)
    assert len(made.log) > 40


def test_a_possible_duplicate_is_left_out_with_count_and_paragraph(secret, officer):
    twin = make.youth(secret.holder, first_name="Annen", last_name="Svartbak", born=date(2008, 2, 3))
    with acting_as(make.system()):
        first, second = sorted((secret.registration.youth_id, twin.pk))
        DuplicatePair.objects.create(county_id=3, first_id=first, second_id=second, found_at=clock.now())
    files = papers(_copy(officer))
    text = files["opplysninger.html"].decode()
    assert "personopplysningsloven § 16" in text
    assert "2 ikke med." in text
    assert "Svartbak" not in text + files["opplysninger.json"].decode()


def test_what_is_written_freely_is_marked_to_be_read_before_it_is_handed_over(secret, officer):
    parts = {part.key: part for part in _copy(officer).parts}
    note = next(each for each in parts["casework.JournalNote"].rows[0] if each.key == "text")
    assert note.value == "notatkanari"
    assert "forvaltningsloven § 13" in note.review


def test_what_stood_on_a_merged_registration_is_the_persons_own(officer):
    # Given two registrations of one person, merged
    school = make.unit(name="Hjemskolen")
    kept = make.case(school, last_name="Beholdt", national_id=NUMBER).youth
    absorbed = make.youth(school, last_name="Innlemmet", born=kept.born)
    admin = make.actor(Role.EDUCATION_ADMIN, make.education_admin())
    with acting_as(admin):
        merging.merge_youths(actor=admin, kept_id=kept.pk, absorbed_id=absorbed.pk, reason="samme")
    # When the copy is taken out
    text = papers(_copy(officer))["opplysninger.html"].decode()
    # Then both are in it
    assert "Beholdt" in text
    assert "Innlemmet" in text


def test_it_is_logged_as_a_reading_with_the_ground_also_when_nobody_is_found(secret, officer):
    _copy(officer)
    assert _copy(officer, make.tenor_number(date(2009, 1, 1), 78)) is None
    with acting_as(officer):
        found = list(AuditEntry.objects.filter(verb="person.copied").order_by("pk"))
    assert [(each.youth_id, each.ground, each.user_id) for each in found] == [
        (secret.registration.youth_id, "own_access", officer.user_id),
        (None, "own_access", officer.user_id),
    ]


def test_a_number_that_stands_on_two_gives_nobody(secret, officer):
    make.youth(secret.holder, national_id=NUMBER, is_number_contested=True)
    with pytest.raises(Invalid, match="står på flere"):
        _copy(officer)


def test_nobody_but_the_privacy_officer_gets_it_and_no_officer_of_another_county(secret, enter):
    elsewhere = make.actor(Role.PRIVACY_OFFICER, make.education_admin(46))
    assert _copy(elsewhere) is None
    everybody = outsiders() | {"counsellor of the youth": make.actor(Role.COUNSELLOR, secret.holder)}
    for who, actor in everybody.items():
        if who != "privacy_officer":
            with pytest.raises(NotAllowed):
                _copy(actor)
            assert enter(actor).get("/logg/innsyn/").status_code == 403


def test_the_officer_is_given_a_file_with_nothing_of_the_person_in_its_name(secret, officer, enter):
    answer = enter(officer).post("/logg/innsyn/", {"national_id": NUMBER, "is_sure": "on"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="innsyn.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        assert set(packed.namelist()) == FILES


def test_it_is_not_given_to_somebody_nobody_has_made_sure_of(secret, officer, enter):
    answer = enter(officer).post("/logg/innsyn/", {"national_id": NUMBER})
    assert answer.status_code == 422
    assert "Kanarifugl" not in answer.content.decode()


def test_the_command_writes_files_only_the_owner_reads_and_never_the_number(secret, tmp_path, capsys):
    out = tmp_path / "kopi"
    asked = {"county": "03", "id": NUMBER, "out": out, "json": False, "language": "nb"}
    assert export_person.run(Namespace(**asked)) == 0
    assert {each.name for each in out.iterdir()} == FILES
    assert {stat.S_IMODE(each.stat().st_mode) for each in out.iterdir()} == {0o600}
    assert NUMBER not in capsys.readouterr().out
    with pytest.raises(Invalid, match="Mappen må være tom"):
        export_person.run(Namespace(**asked))


def test_the_command_says_when_nobody_has_the_number(tmp_path, capsys):
    out = tmp_path / "kopi"
    assert export_person.run(Namespace(county="03", id=NUMBER, out=out, json=True, language="nb")) == 1
    assert json.loads(capsys.readouterr().out) == {"found": False}
    assert not out.exists()


def test_a_protected_address_is_found_by_the_overseer_alone(secret):
    overseer = system_actor("overseer", county_ids=(46,))
    assert _copy(overseer) is None
    with acting_as(overseer):
        assert Youth.objects.count() == 0
