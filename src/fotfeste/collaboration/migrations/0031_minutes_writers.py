from django.db import migrations

from fotfeste.access.rows import narrow

_MINE = "((SELECT nullif(current_setting('app.my_units', true), '')::bigint[])::bigint[])"
_COUNTY = "((SELECT nullif(current_setting('app.county_meetings', true), '')::smallint[])::smallint[])"


def _runs(meeting_id: str) -> str:
    """Say who runs a meeting, as 0030 does."""
    return f"""EXISTS (SELECT FROM public.collaboration_meeting m WHERE m.id = {meeting_id}
               AND (m.called_by_unit_id = ANY {_MINE} OR m.unit_id = ANY {_MINE} OR m.county_id = ANY {_COUNTY}))"""


def _in(table: str, holds: str) -> str:
    return f"EXISTS (SELECT FROM public.collaboration_{table} t WHERE {holds})"


# A body says for itself what it thinks of the minutes; what the others say is written down by whoever runs the meeting.
_SAYS_IT = f"(t.body_id = ANY {_MINE} OR (t.body_id IS NULL AND {_runs('t.meeting_id')}))"


class Migration(migrations.Migration):
    """Minutes are written, signed and handed out by whoever runs the meeting, and nobody says for another what they think."""

    dependencies = [("collaboration", "0030_meeting_writers")]

    operations = [
        narrow(
            "collaboration_confirmation",
            add=_in(
                "guest", f"t.id = guest_id AND t.meeting_id = collaboration_confirmation.meeting_id AND {_SAYS_IT}"
            ),
        ),
        narrow("collaboration_minutes", add=_runs("meeting_id")),
        narrow("collaboration_minutes_version", add=_in("minutes", f"t.id = minutes_id AND {_runs('t.meeting_id')}")),
        narrow("collaboration_minutes_copy", add=_runs("meeting_id")),
    ]
