"""Looking for one person registered twice among many who just came in, when the database has no statistics to go by."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from fotfeste.access.actor import Actor
from fotfeste.access.scope import acting_as
from fotfeste.people.enums import PairSign
from fotfeste.people.models import Youth
from fotfeste.people.services import duplicates
from tests import factories as make

pytestmark = pytest.mark.django_db

# Eight are born on each day, whatever the size. Every fourth lacks a number; nobody's name is like another's.
_YOUTHS = """
INSERT INTO people_youth (county_id, unit_id, first_name, last_name, born, national_id, id_kind, protection,
                          has_completed, version, recorded_at, is_number_contested)
SELECT 3, %(unit)s, md5('first ' || n), md5('last ' || n), date '1990-01-01' + n / 8, NULL,
       CASE WHEN n %% 4 = 0 THEN '' ELSE 'tenor' END, 'none', false, 1, now(), false
FROM generate_series(%(first)s, %(last)s) n
"""
_TELEPHONES = """
INSERT INTO people_contact_detail (youth_id, county_id, unit_id, kind, value, source, recorded_at)
SELECT id, county_id, unit_id, 'phone', %(telephone)s, 'prøve', now() FROM people_youth
WHERE first_name IN (SELECT md5('first ' || n) FROM generate_series(%(first)s, %(last)s) n)
"""


@pytest.fixture
def importer() -> Iterator[Actor]:
    with acting_as(make.system()) as actor:
        yield actor


def _fill(first: int, last: int) -> list[int]:
    """Register so many, all with the telephone some senders write for everybody; return all without a number."""
    with connection.cursor() as cursor:
        cursor.execute(_YOUTHS, {"unit": make.unit().pk, "first": first, "last": last})
        cursor.execute(_TELEPHONES, {"telephone": "+4799999999", "first": first, "last": last})
    return list(Youth.objects.filter(id_kind="").order_by("pk").values_list("pk", flat=True))


def _rows_passed(plan: dict[str, Any]) -> float:
    """Return how many rows the steps of a plan had in their hands."""
    rows = sum(plan[key] for key in plan if key == "Actual Rows" or key.startswith("Rows Removed"))
    return rows * plan["Actual Loops"] + sum(map(_rows_passed, plan.get("Plans", ())))


def _rows_passed_looking(youth_ids: list[int]) -> float:
    passed = []

    def look(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if "people_youth" in sql:
            execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}", params, many, context)
            passed.append(_rows_passed(context["cursor"].fetchone()[0][0]["Plan"]))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        duplicates.find_possible_duplicates(youth_ids=youth_ids)
    return sum(passed)


def test_among_four_times_as_many_youths_about_four_times_as_many_rows_are_passed(importer):
    # Given a thousand who just came in, and then three thousand more
    few = _rows_passed_looking(_fill(1, 1000))
    everybody = _fill(1001, 4000)
    # When looking among all four thousand
    many = _rows_passed_looking(everybody)
    # Then each table was gone through a fixed number of times, and not once for each youth
    assert len(everybody) == 1000
    assert few < 100 * 1000
    assert many < 5 * few


def test_a_telephone_everybody_has_makes_pairs_of_those_born_on_the_same_day_only(importer):
    pairs = duplicates.find_possible_duplicates(youth_ids=_fill(1, 400))
    born = dict(Youth.objects.values_list("pk", "born"))
    assert {pair.signs[0] for pair in pairs} == {PairSign.SAME_PHONE}
    assert all(born[pair.first_id] == born[pair.second_id] for pair in pairs)


def test_many_at_once_give_the_same_pairs_as_one_by_one(importer):
    # Given sixty without a number, and some who are the same: a name turned round, and a letter more
    school = make.unit()
    youth_ids = _fill(1, 240)
    for first_name, last_name in (("Amina", "Prøvesen"), ("Prøvesen", "Amina"), ("Aminah", "Prøvesen")):
        youth_ids.append(make.youth(school, first_name=first_name, last_name=last_name, national_id=None).pk)
    make.youth(school)
    # When they are asked about together, and each alone
    together = duplicates.find_possible_duplicates(youth_ids=youth_ids)
    alone = {pair for each in youth_ids for pair in duplicates.find_possible_duplicates(youth_ids=[each])}
    # Then the pairs and their signs are the same
    assert len(youth_ids) > duplicates.MANY
    assert together == sorted(alone, key=lambda pair: (pair.first_id, pair.second_id))
    assert len([pair for pair in together if PairSign.SAME_NAME in pair.signs]) == 3
