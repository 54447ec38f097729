"""What the application's own database role can do by hand, as it would be if somebody could write SQL through us."""

import pytest
from django.db import DatabaseError, connection, transaction

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.audit import services as audit
from fotfeste.organisations.enums import UnitKind
from tests import factories as make

pytestmark = pytest.mark.django_db


def _rows(statement: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def _about_youths() -> list[str]:
    return [
        row[0]
        for row in _rows(
            """SELECT c.relname FROM pg_class c
               WHERE c.relrowsecurity AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1"""
        )
    ]


def _visible() -> dict[str, int]:
    counted = {table: _rows(f"SELECT count(*) FROM {table}")[0][0] for table in _about_youths()}
    return {table: count for table, count in counted.items() if count}


def test_nothing_is_seen_before_after_and_when_something_failed_inside_a_scope():
    school = make.unit()
    make.case(school)
    counsellor = make.actor(Role.COUNSELLOR, school)
    assert _visible() == {}
    with acting_as(counsellor):
        assert _visible()
    assert _visible() == {}
    with pytest.raises(DatabaseError), transaction.atomic(), acting_as(counsellor):
        _rows("SELECT 1/0")
    assert _visible() == {}
    with pytest.raises(RuntimeError), transaction.atomic(), acting_as(counsellor):
        raise RuntimeError
    assert _visible() == {}


def test_an_inner_scope_that_fails_gives_the_outer_one_back():
    mine, theirs = make.unit(), make.unit()
    make.case(mine)
    make.case(theirs)
    with acting_as(make.actor(Role.COUNSELLOR, mine)):
        with pytest.raises(DatabaseError), transaction.atomic(), acting_as(make.system()):
            _rows("SELECT 1/0")
        assert _rows("SELECT unit_id FROM people_youth") == [(mine.pk,)]


def test_every_function_looks_in_trusted_schemas_only():
    ours = _rows(
        """SELECT p.oid::regprocedure::text, coalesce(array_to_string(p.proconfig, ','), '') FROM pg_proc p
           WHERE p.pronamespace = 'public'::regnamespace AND p.prosqlbody IS NULL"""
    )
    assert len(ours) > 20
    assert [name for name, config in ours if "search_path=pg_catalog, public, pg_temp" not in config] == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET verb = 'x'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "SELECT count(*) FROM audit_entry_rest",
        "DELETE FROM audit_entry_rest",
        "ALTER TABLE audit_entry DETACH PARTITION audit_entry_rest",
        "UPDATE audit_seal SET digest = 'x'",
        "INSERT INTO audit_seal (last_entry_id, entries, digest, sealed_at) VALUES (1, 1, 'x', now())",
        "INSERT INTO access_sharing_rule (rule, role, ground, topic, first_day) VALUES ('x', 'counsellor', 'county_coordination', 'journal', '2020-01-01')",
        "DELETE FROM people_youth",
        "DELETE FROM casework_journal_note",
        "DELETE FROM access_grant",
        "DELETE FROM access_role_assignment",
        "UPDATE people_youthevent SET first_name = 'x'",
        "DELETE FROM people_youthevent",
        "ALTER TABLE people_youth DISABLE ROW LEVEL SECURITY",
        "DROP POLICY people_youth_rows ON people_youth",
        "SET ROLE fotfeste_owner",
        "CREATE TABLE public.mine (x int)",
        "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "COPY people_youth TO PROGRAM 'cat'",
        "SET session_replication_role = replica",
    ],
)
def test_the_role_cannot(statement):
    with acting_as(make.system()), pytest.raises(DatabaseError), transaction.atomic():
        _rows(statement)


def test_nobody_writes_the_log_in_anothers_name():
    one = make.actor(Role.COUNSELLOR, make.unit())
    other = make.actor(Role.COUNSELLOR, make.unit())
    with acting_as(one), pytest.raises(DatabaseError), transaction.atomic():
        audit.record("read", by=other.user_id)


def test_only_the_countys_coordination_opens_a_youth_to_a_unit():
    mine, theirs = make.unit(), make.unit()
    youth = make.youth(theirs)
    insert = """INSERT INTO access_grant (youth_id, county_id, unit_id, topic, ground, source, first_day, recorded_at)
                VALUES (%s, %s, %s, 'identity', 'otuk_list', 'x', '2026-01-01', now())"""
    elsewhere = make.actor(Role.EDUCATION_ADMIN, make.education_admin(46))
    for actor in (make.actor(Role.COUNSELLOR, mine), elsewhere):
        with acting_as(actor), pytest.raises(DatabaseError), transaction.atomic():
            _rows(insert, youth.pk, youth.county_id, mine.pk)


@pytest.mark.parametrize("column", ["unit_id", "county_id"])
def test_no_row_is_moved_to_where_the_youth_is_not(column):
    mine, theirs = make.unit(), make.unit(county_id=46)
    case = make.case(mine)
    there = theirs.pk if column == "unit_id" else 46
    for table in ("casework_registration", "casework_status_event", "casework_responsibility"):
        with acting_as(make.system(3, 46)), pytest.raises(DatabaseError), transaction.atomic():
            _rows(f"UPDATE {table} SET {column} = %s WHERE youth_id = %s", there, case.youth_id)


def test_jobs_carry_row_numbers_and_moments_only():
    named = _rows("SELECT DISTINCT k FROM procrastinate_jobs, jsonb_object_keys(args) k")
    assert {name for (name,) in named} <= {"file_id", "timestamp", "round_id"}


def _stand_ins() -> None:
    """Make a temporary table in the name of each of ours, with what is in it, so that it can be written in."""
    ours = """SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
              AND NOT relispartition"""
    for (table,) in _rows(ours):
        _rows(f'CREATE TEMP TABLE "{table}" AS TABLE public."{table}"')


def test_temporary_tables_of_the_same_names_open_nothing():
    # Given a district's contact, and a youth with whom the district has nothing to do
    mine, theirs = make.unit(UnitKind.DISTRICT), make.unit()
    youth = make.case(theirs).youth
    contact = make.actor(Role.DISTRICT_CONTACT, mine)
    with acting_as(contact):
        # When every table has a stand-in that says the contact may see everything
        _stand_ins()
        _rows(
            """INSERT INTO pg_temp.access_grant (youth_id, county_id, unit_id, topic, ground, first_day)
               VALUES (%s, 3, %s, 'identity', 'otuk_list', '2020-01-01')""",
            youth.pk,
            mine.pk,
        )
        _rows("UPDATE pg_temp.access_role_assignment SET role = 'education_admin', unit_id = %s", theirs.pk)
        _rows(
            "INSERT INTO pg_temp.access_sharing_rule (rule, role, ground, topic, first_day) "
            "VALUES ('x', 'district_contact', 'county_coordination', 'status', '2020-01-01')"
        )
        _rows("UPDATE pg_temp.access_user SET is_system = true, is_active = true")
        # Then nothing is seen, neither now nor in a scope entered anew
        assert _rows("SELECT count(*) FROM public.people_youth") == [(0,)]
        _rows("SELECT public.access_enter(%s, '2026-11-23')", contact.user_id)
        assert _rows("SELECT count(*) FROM public.people_youth") == [(0,)]
        assert _rows("SELECT count(*) FROM public.casework_registration") == [(0,)]
        with pytest.raises(DatabaseError, match="not a system actor"), transaction.atomic():
            _rows("SELECT public.access_enter_system(%s, ARRAY[3]::smallint[], '2026-11-23')", contact.user_id)


def test_a_temporary_table_swallows_no_history_and_moves_no_row():
    # Given a youth of my own, and stand-ins for every table
    mine, elsewhere = make.unit(), make.unit()
    youth = make.youth(mine, last_name="Galt")
    before = len(_history(youth.pk))
    with acting_as(make.actor(Role.COUNSELLOR, mine)):
        _stand_ins()
        _rows("UPDATE pg_temp.people_youth SET unit_id = %s", elsewhere.pk)
        # When the name is corrected, and a note is put with the stand-in's unit
        _rows("UPDATE public.people_youth SET last_name = 'Riktig' WHERE id = %s", youth.pk)
        _rows(
            """INSERT INTO public.casework_journal_note (youth_id, text, written_on, written_by_id, recorded_at)
               SELECT %s, 'x', '2026-11-23', nullif(current_setting('app.user_id'), '')::bigint, now()""",
            youth.pk,
        )
        # Then the note stands where the youth stands
        assert _rows("SELECT unit_id FROM public.casework_journal_note") == [(mine.pk,)]
        ours = """SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
              AND NOT relispartition"""
    for (table,) in _rows(ours):
        _rows(f'DROP TABLE pg_temp."{table}"')
    # And the history was written in the real place
    assert len(_history(youth.pk)) == before + 1


def _history(youth_id: int) -> list[tuple]:
    with acting_as(make.actor(Role.EDUCATION_ADMIN, make.education_admin())):
        return _rows("SELECT last_name FROM public.people_youthevent WHERE pgh_obj_id = %s", youth_id)


def test_a_temporary_type_of_a_known_name_changes_nothing():
    mine, theirs = make.unit(), make.unit()
    make.youth(theirs)
    counsellor = make.actor(Role.COUNSELLOR, mine)
    with acting_as(counsellor):
        _rows("CREATE DOMAIN pg_temp.date AS text")
        _rows("CREATE DOMAIN pg_temp.text AS bigint")
        _rows("SELECT public.access_enter(%s, %s::pg_catalog.date)", counsellor.user_id, make.TODAY)
        assert _rows("SELECT count(*) FROM public.people_youth") == [(0,)]
