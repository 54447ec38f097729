from django.db import migrations

_SETTING = "((SELECT nullif(current_setting('app.{name}', true), '')::{kind}[])::{kind}[])"


def _reached(topic: str) -> str:
    county = _SETTING.format(name=f"county_{topic}", kind="smallint")
    unit = _SETTING.format(name=f"unit_{topic}", kind="bigint")
    return f"(y.county_id = ANY {county} OR y.unit_id = ANY {unit})"


# Once protected, what a youth was called before can lead to where they are: only those who handle them read it, and
# what was so while the youth was protected, also after the protection is lifted.
_HISTORY = f"""EXISTS (SELECT FROM people_youth y WHERE y.id = people_youthevent.pgh_obj_id AND {_reached("identity")}
  AND (y.protection = 'none' AND people_youthevent.protection = 'none' OR {_reached("protected_address")}))"""
_MERGE = f"""EXISTS (SELECT FROM people_youth y WHERE y.id = people_merge.kept_id AND {_reached("identity")}
  AND (y.protection = 'none' OR {_reached("protected_address")}))"""
_BEFORE = "county_id = ANY ((SELECT nullif(current_setting('app.county_identity', true), '')::smallint[])::smallint[])"


class Migration(migrations.Migration):
    """
    Let whoever answers for a youth read what it was called before, and with whom it was merged, where it stands now.

    The history stood open to the county a youth had left, and to nobody in the unit that has it. Now it goes with the
    youth, as everything else does.
    """

    dependencies = [("people", "0011_moved_in_on")]

    operations = [
        migrations.RunSQL(
            f"""
            DROP POLICY people_youthevent_rows ON people_youthevent;
            CREATE POLICY people_youthevent_rows ON people_youthevent FOR SELECT TO fotfeste_app USING ({_HISTORY});
            CREATE POLICY people_merge_of_unit ON people_merge FOR SELECT TO fotfeste_app USING ({_MERGE});
            """,
            f"""
            DROP POLICY people_merge_of_unit ON people_merge;
            DROP POLICY people_youthevent_rows ON people_youthevent;
            CREATE POLICY people_youthevent_rows ON people_youthevent FOR SELECT TO fotfeste_app USING ({_BEFORE});
            """,
        )
    ]
