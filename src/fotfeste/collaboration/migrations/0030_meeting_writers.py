from django.db import migrations

from fotfeste.access.rows import narrow

_OURS = "nullif(current_setting('app.my_units', true), '')::bigint[]"
_MINE = f"((SELECT {_OURS})::bigint[])"
# No role reaches meetings by the county: only the named jobs do.
_COUNTY = "((SELECT nullif(current_setting('app.county_meetings', true), '')::smallint[])::smallint[])"

# Who runs a meeting: whoever called it, and whoever answers for the youth now (policies.may_run_meeting).
_RUNS = f"(called_by_unit_id = ANY {_MINE} OR unit_id = ANY {_MINE} OR county_id = ANY {_COUNTY})"


def _runs(meeting_id: str) -> str:
    return f"EXISTS (SELECT FROM public.collaboration_meeting WHERE id = {meeting_id} AND {_RUNS})"


def _guest(holds: str) -> str:
    return f"EXISTS (SELECT FROM public.collaboration_guest g WHERE g.id = guest_id AND {holds})"


_OWN = f"g.meeting_id = collaboration_proposed_time.meeting_id AND g.removed_at IS NULL AND g.body_id = ANY {_MINE}"
_TIME_RUNS = _runs("collaboration_proposed_time.meeting_id")
_MAIL_RUNS = _guest(_runs("g.meeting_id"))


def _differ(but: str) -> str:
    """Say whether a row is another than it was. Its place follows the youth, whoever moves it; its key holds it there."""
    left_out = f"'{{county_id, unit_id{but}}}'::text[]"
    return f"(to_jsonb(OLD) - {left_out} IS DISTINCT FROM to_jsonb(NEW) - {left_out})"


_ANSWER = ", reply, substitute, times_answered, replied_at, replied_by_id, version"
_SPEAKS = f"coalesce(OLD.body_id = ANY ({_OURS}), false)"


class Migration(migrations.Migration):
    """
    Whoever is called to a meeting sees it, but writes nothing there but the answer of their own unit and the times it
    proposes itself. The rest is written by whoever runs the meeting.
    """

    dependencies = [("collaboration", "0029_person_handover")]

    operations = [
        narrow("collaboration_meeting", add=_RUNS),
        narrow("collaboration_guest", add=_runs("meeting_id")),
        narrow(
            "collaboration_proposed_time",
            add=f"{_TIME_RUNS} OR (state = 'open' AND {_guest(_OWN)})",
            change=_TIME_RUNS,
        ),
        narrow("collaboration_meeting_mail", add=_MAIL_RUNS, change=_MAIL_RUNS),
        migrations.RunSQL(
            f"""
            CREATE FUNCTION collaboration_meeting_is_run() RETURNS trigger LANGUAGE plpgsql
            SET search_path = pg_catalog, public, pg_temp AS $$
            DECLARE
              meeting constant bigint := coalesce((to_jsonb(OLD) ->> 'meeting_id')::bigint, OLD.id);
            BEGIN
              IF NOT {_runs("meeting")} THEN
                RAISE EXCEPTION 'only whoever runs a meeting writes this' USING ERRCODE = 'insufficient_privilege';
              END IF;
              RETURN NEW;
            END $$;
            REVOKE ALL ON FUNCTION collaboration_meeting_is_run() FROM PUBLIC;
            CREATE TRIGGER collaboration_meeting_is_run BEFORE UPDATE ON collaboration_meeting FOR EACH ROW
              WHEN ({_differ("")}) EXECUTE FUNCTION collaboration_meeting_is_run();
            CREATE TRIGGER collaboration_guest_is_run BEFORE UPDATE ON collaboration_guest FOR EACH ROW
              WHEN ({_differ("")} AND ({_differ(_ANSWER)} OR NOT {_SPEAKS}))
              EXECUTE FUNCTION collaboration_meeting_is_run();
            """,
            """
            DROP TRIGGER collaboration_guest_is_run ON collaboration_guest;
            DROP TRIGGER collaboration_meeting_is_run ON collaboration_meeting;
            DROP FUNCTION collaboration_meeting_is_run();
            """,
        ),
    ]
