"""What an import costs as files grow, told in statements and rows, and what it must not mix up on the way."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fotfeste.access.scope import acting_as
from fotfeste.casework.models import MembershipDecision
from fotfeste.integrations.reading import read
from fotfeste.integrations.services.imports import Outcome, run_import, taken_before
from fotfeste.people.models import Enrolment, Youth
from tests import factories as make

pytestmark = pytest.mark.django_db

HERSLEB = "912001008"
ON = date(2026, 11, 16)
FIRST_BORN = date(2002, 1, 1)
HEADER = (
    "fødselsnummer;fornavn;etternavn;fødselsdato;mobil;adresse;bydel;skole_orgnr;type;programområde;trinn;start;slutt;"
    "sluttårsak"
)
_ROWS_READ = "SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) FROM pg_stat_xact_all_tables"


@pytest.fixture
def importer():
    with acting_as(make.system(3, 11)) as actor:
        yield actor


def pupil(nth: int, *, has_number: bool = True, start: str = "17.08.2026", end: str = "", school: str = HERSLEB) -> str:
    """Return a row about the nth pupil; each is born on a day of their own."""
    born = FIRST_BORN + timedelta(days=nth)
    number = make.tenor_number(born, 7) if has_number else ""
    name = f"Elev{nth};Prøvesen{nth}"
    return f"{number};{name};{born:%d.%m.%Y};59000001;Furuveien 1;030112;{school};elev;STUSP1----;VG1;{start};{end};"


def take(actor, *rows: str) -> Outcome:
    with read("enrolment", "\n".join([HEADER, *rows]).encode(), environment="test", on=ON) as reading:
        return run_import(actor=actor, reading=reading, county_id=3, on=ON, apply=True)


def rows_read() -> int:
    with connection.cursor() as cursor:
        cursor.execute(_ROWS_READ)
        return int(cursor.fetchone()[0])


def cost_of(actor, first: int, last: int) -> tuple[int, int]:
    """Take in so many new pupils, every fifth without a number; return statements made and rows read from tables."""
    rows = [pupil(nth, has_number=nth % 5 > 0) for nth in range(first, last)]
    before = rows_read()
    with CaptureQueriesContext(
        connection,
    ) as made:
        assert take(actor, *rows).new == len(rows)
    return len(made), rows_read() - before


def test_four_times_as_many_new_rows_take_as_many_statements_and_about_four_times_the_reading(importer):
    cost_of(importer, 2000, 10)  # so that what the connection prepares is prepared
    few_statements, few = cost_of(importer, 0, 300)
    many_statements, many = cost_of(importer, 300, 1500)
    assert many_statements == few_statements
    assert many < 5 * few


def test_a_known_table_is_recognised_by_its_digest_alone(importer):
    content = "\n".join([HEADER, pupil(1), pupil(2, start="31.02.2026")]).encode()
    with read("enrolment", content, environment="test", on=ON) as reading:
        first = run_import(actor=importer, reading=reading, county_id=3, on=ON, apply=True)
        digest = reading.meta.digest

    def again(**said):
        asked = {"source": "enrolment", "county_id": 3, "on": ON, "digest": digest, "apply": True, **said}
        return taken_before(actor=importer, **asked)

    known = again()
    assert (first.rows, first.new, first.rejected) == (2, 1, 1)
    assert (known.rows, known.new, known.unchanged, known.rejected, known.applied) == (2, 0, 1, 1, True)
    assert again(digest="0" * 64) is again(county_id=11) is again(on=ON + timedelta(days=1)) is None


def test_what_the_register_says_of_itself_is_read_each_time(importer):
    content = b'{"antall": 0, "otungdommer": []}'
    with read("vigo-ot", content, environment="test", on=ON) as reading:
        run_import(actor=importer, reading=reading, county_id=3, on=ON, apply=True)
        digest = reading.meta.digest
    assert taken_before(actor=importer, source="vigo-ot", county_id=3, on=ON, digest=digest, apply=True) is None


def test_two_rows_about_one_person_are_one_whether_they_have_a_number_or_not(importer):
    # Given a file where no number stands twice, and one where two do
    without = [pupil(1, has_number=False), pupil(1, has_number=False, start="18.08.2025", end="20.06.2026"), pupil(2)]
    with_number = [pupil(3), pupil(3, start="18.08.2025", end="20.06.2026"), pupil(4, has_number=False)]
    # Then each has one youth of it
    assert take(importer, *without).new == 3
    assert take(importer, *with_number).new == 3
    assert sorted(Youth.objects.values_list("first_name", flat=True)) == ["Elev1", "Elev2", "Elev3", "Elev4"]


def test_new_youths_are_numbered_in_the_order_of_their_identity_numbers(importer):
    take(importer, *(pupil(nth) for nth in (40, 3, 22, 31, 9)))
    numbers = list(Youth.objects.order_by("pk").values_list("national_id", flat=True))
    assert numbers == sorted(numbers)


def test_what_is_written_of_new_youths_comes_in_their_order_whichever_schools_they_go_to(importer):
    # Given pupils of two schools, one of which no register knows, in turn
    schools = (HERSLEB, "999999999")
    take(importer, *(pupil(nth, school=schools[nth % 2]) for nth in range(200, 0, -1)))
    youth_ids = sorted(Youth.objects.values_list("pk", flat=True))
    for model in (Enrolment, MembershipDecision):
        assert list(model.objects.order_by("pk").values_list("youth_id", flat=True)) == youth_ids
