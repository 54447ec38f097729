"""``fotfeste check`` finds what is wrong, says it in plain words, and names nobody."""

import json
from argparse import Namespace

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.audit import services as audit
from fotfeste.casework.models import Registration
from fotfeste.casework.services import standing
from fotfeste.config.checks import files
from fotfeste.config.commands import check
from fotfeste.kernel.database import Endpoint
from fotfeste.organisations.enums import UnitKind
from fotfeste.people.models import Youth
from tests import attached
from tests import factories as make


def run(capsys, **options: bool) -> tuple[int, str]:
    code = check.run(Namespace(**{"json": False, "show_ids": False, **options}))
    return code, capsys.readouterr().out


def checks_of(text: str) -> dict[str, dict]:
    return {each["name"]: each for each in json.loads(text)["checks"]}


def as_superuser(endpoint: Endpoint, statement: str) -> None:
    database = conninfo_to_dict(endpoint.app_url)["dbname"]
    with psycopg.connect(endpoint.superuser_url, dbname=database) as outside:
        outside.execute(statement)


@pytest.fixture
def registration(db):
    """A case as the services leave it: the day it must be confirmed by is worked out."""
    made = make.case(make.unit(name="Prøve skole"), first_name="Amina", last_name="Hemmelig")
    with acting_as(make.system()):
        standing.refresh(youth_ids=[made.youth_id])
    return made


def test_when_all_is_well_it_says_so(capsys, registration):
    code, said = run(capsys)
    assert code == 0
    assert "Alt henger sammen." in said


def test_a_unit_without_a_named_contact_is_told_of_but_is_no_fault(capsys, registration):
    code, said = run(capsys, json=True)
    contacts = checks_of(said)["named-contacts"]
    assert code == 0
    assert contacts["ok"]
    assert any(sentence.startswith("Oslo: ") for sentence in contacts["to_do"])


def test_what_is_open_without_a_ground_is_told_by_its_ground_in_plain_words(capsys, registration):
    make.grant(registration.youth, make.unit(UnitKind.DISTRICT), Topic.IDENTITY)
    code, said = run(capsys)
    assert code == 1
    assert "De gjelder «Ungdommen står på enhetens OTUK-liste» nr. test." in said
    assert "otuk_list" not in said


def test_a_case_that_shows_something_else_than_was_recorded_is_counted_without_a_name(capsys, registration):
    # Given a case that says three attempts were made when none was
    with acting_as(make.system()):
        Registration.objects.filter(pk=registration.pk).update(attempts=3)
    # When
    code, said = run(capsys)
    # Then
    assert code == 1
    assert "✗ Sakene står slik opplysningene sier" in said
    assert ": 1." in said
    assert "Hemmelig" not in said
    assert "Noe er galt" in said


def test_row_numbers_are_shown_only_when_asked_for(capsys, registration):
    with acting_as(make.system()):
        Registration.objects.filter(pk=registration.pk).update(attempts=3)
    _, quiet = run(capsys)
    _, told = run(capsys, show_ids=True)
    assert f"Rader: {registration.youth_id}" in told
    assert "Rader:" not in quiet


def test_a_youth_seen_by_another_unit_than_the_responsible_one_is_found(capsys, registration):
    other = make.unit(name="Annen skole")
    with acting_as(make.system()):
        Youth.objects.filter(pk=registration.youth_id).update(unit=other)
    code, said = run(capsys, json=True)
    assert code == 1
    assert not checks_of(said)["one-responsible-unit"]["ok"]


def test_a_changed_log_is_found(capsys, committed_database: Endpoint):
    with acting_as(make.system()) as actor:
        audit.record("first", by=actor.user_id)
    assert audit.seal() == 1
    as_superuser(committed_database, "UPDATE audit_entry SET verb = 'something else' WHERE verb = 'first'")
    code, said = run(capsys, json=True)
    assert code == 1
    assert "segl nummer 1" in checks_of(said)["log-seals"]["problems"][0]


def test_a_table_about_youths_without_a_row_policy_is_found(capsys, committed_database: Endpoint):
    as_superuser(committed_database, "ALTER TABLE casework_journal_note DISABLE ROW LEVEL SECURITY")
    code, said = run(capsys, json=True)
    assert code == 1
    assert "casework_journal_note" in checks_of(said)["row-policies"]["problems"][0]


def test_a_role_that_was_widened_in_the_database_alone_is_found(capsys, committed_database: Endpoint):
    as_superuser(
        committed_database,
        "INSERT INTO access_sharing_rule (rule, role, ground, topic, first_day) VALUES ('x', 'system_administrator', 'county_coordination', 'journal', '2020-01-01')",
    )
    code, said = run(capsys, json=True)
    assert code == 1
    assert "finnes ikke i programmet" in checks_of(said)["sharing-rules"]["problems"][0]


def test_that_no_malware_scanner_is_set_up_is_told_and_one_that_is_silent_is_a_fault(settings):
    def said() -> tuple[bool, str]:
        (result,) = files.look(None)
        return result.ok, " ".join(each.sentence for each in result.problems)

    assert said() == (True, "Ingen viruskontroll er satt opp (FOTFESTE_CLAMAV). Filer tas inn og merkes.")
    settings.UNSCANNED_FILES = "refuse"
    assert said() == (True, "Ingen viruskontroll er satt opp (FOTFESTE_CLAMAV). Filer tas ikke imot.")
    with attached.scanner(settings):
        assert said() == (True, "")
    ok, sentence = said()
    assert (ok, "svarer ikke" in sentence) == (False, True)
