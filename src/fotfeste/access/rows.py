"""
Who may read a row, said where the row's model is and enforced by PostgreSQL.

Each row about a youth carries the youth's county and the unit now responsible. A composite foreign key with
ON UPDATE CASCADE keeps them equal to the youth's own, so a transfer moves the whole case in one statement.
The policy is three arms over arrays that are resolved once per statement (docs/adr/0004). Tables that imports fill
by the hundred thousand keep the same promise by triggers (``following``, docs/adr/0012).
"""

from dataclasses import dataclass

from django.db import migrations, models

from fotfeste.access.topics import Topic


@dataclass(frozen=True, slots=True)
class RowAccess:
    """
    Which topic opens the rows of a model.

    ``protected``: a boolean column; where it is true the topic PROTECTED_ADDRESS is needed as well.
    ``county_only``: rows of the county's own desk (staging, history); no unit rides on them.
    ``written_by``: a column with the unit a row came from. A unit the youth was opened to by a grant then sees its
    own rows only, never what the other units that were asked have answered.
    ``sent_to``: a column with the unit a row was sent to, which sees it as if it were its own.
    ``told``: a topic that, opened by a grant, shows the rows the responsible unit itself wrote.
    ``counted``: a table whose rows are counted by the thousand. The actor's first county is then asked about by itself,
    before the arrays, which take the database as long for each row as all the rest of counting it.
    """

    topic: Topic
    youth: str = "youth_id"
    protected: str = ""
    county_only: bool = False
    written_by: str = ""
    sent_to: str = ""
    told: Topic | None = None
    counted: bool = False


class AboutYouth(models.Model):
    """Base of every model about a youth: carries county and responsible unit for the row policy."""

    youth = models.ForeignKey("people.Youth", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    # Empty only on the way in: the database fills them from the youth and lets none be empty.
    county_id: "models.SmallIntegerField[int, int]" = models.SmallIntegerField(null=True, editable=False)  # type: ignore[misc]
    unit_id: "models.BigIntegerField[int, int]" = models.BigIntegerField(null=True, editable=False)  # type: ignore[misc]

    class Meta:
        abstract = True


def _setting(name: str, kind: str, *, at: int | None = None) -> str:
    # The scalar subselect makes it an InitPlan: parsed once per statement, not once per row.
    array = f"nullif(current_setting('app.{name}', true), '')::{kind}[]"
    return f"(SELECT ({array})[{at}])" if at else f"((SELECT {array})::{kind}[])"


def _arms(topic: str, access: RowAccess) -> str:
    county = f"county_id = ANY {_setting(f'county_{topic}', 'smallint')}"
    if access.county_only:
        return county
    if access.counted:
        county = f"county_id = {_setting(f'county_{topic}', 'smallint', at=1)} OR {county}"
    unit = f"unit_id = ANY {_setting(f'unit_{topic}', 'bigint')}"
    granted = f"{access.youth} = ANY ((SELECT access_granted('{topic}'))::bigint[])"
    if access.written_by:
        mine = _setting("my_units", "bigint")
        own = f"{access.written_by} = ANY {mine}"
        if access.sent_to:
            own = f"({own} OR {access.sent_to} = ANY {mine})"
        granted += f" AND {own}"
    if access.told is not None:
        told = f"{access.youth} = ANY ((SELECT access_granted('{access.told.value}'))::bigint[])"
        granted += f" OR {told} AND {access.written_by} = unit_id"
    return f"({county} OR {unit} OR {granted})"


def policy_expression(access: RowAccess) -> str:
    """Return the SQL condition under which a row may be read and written."""
    expression = _arms(access.topic.value, access)
    if access.protected:
        expression += f" AND (NOT {access.protected} OR {_arms(Topic.PROTECTED_ADDRESS.value, access)})"
    return expression


def protect_sql(table: str, access: RowAccess) -> str:
    """Return the statements that put a table under its row policy for the app role."""
    condition = policy_expression(access)
    lines = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY {table}_rows ON {table} TO fotfeste_app USING ({condition}) WITH CHECK ({condition})",
        f"REVOKE DELETE, TRUNCATE ON {table} FROM fotfeste_app",
    ]
    if access.youth == "youth_id" and not access.county_only:
        lines += [
            f"ALTER TABLE {table} ALTER COLUMN county_id SET NOT NULL, ALTER COLUMN unit_id SET NOT NULL",
            f"""ALTER TABLE {table} ADD CONSTRAINT {table}_follows_youth FOREIGN KEY (youth_id, county_id, unit_id)
                REFERENCES people_youth (id, county_id, unit_id) ON UPDATE CASCADE""",
            f"""CREATE TRIGGER {table}_place BEFORE INSERT ON {table} FOR EACH ROW
                WHEN (NEW.unit_id IS NULL OR NEW.county_id IS NULL) EXECUTE FUNCTION access_take_place()""",
        ]
    return ";\n".join(lines) + ";"


def protect(table: str, access: RowAccess) -> migrations.RunSQL:
    """Return the migration operation that protects a table. Every table about a youth must have one."""
    undo = f"DROP POLICY {table}_rows ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"
    return migrations.RunSQL(protect_sql(table, access), undo)


def renew(table: str, access: RowAccess) -> migrations.RunSQL:
    """Return the migration operation that writes a table's policy again, after what it says has got another form."""
    condition = policy_expression(access)
    statement = f"ALTER POLICY {table}_rows ON {table} USING ({condition}) WITH CHECK ({condition})"
    return migrations.RunSQL(statement, migrations.RunSQL.noop)


def narrow(table: str, *, add: str, change: str = "") -> migrations.RunSQL:
    """
    Return the migration operation that lets fewer write rows of a table than read them.

    :param add: the SQL condition under which a row may be added, besides that of the table's policy.
    :param change: the same of a row that is there. One who may not change a row does not lock it either; where a
        service locks first and then says why not, a trigger keeps the row instead.
    """
    make = f"CREATE POLICY {table}_added ON {table} AS RESTRICTIVE FOR INSERT TO fotfeste_app WITH CHECK ({add});"
    drop = f"DROP POLICY {table}_added ON {table};"
    if change:
        make += f"CREATE POLICY {table}_changed ON {table} AS RESTRICTIVE FOR UPDATE TO fotfeste_app USING ({change});"
        drop += f"DROP POLICY {table}_changed ON {table};"
    return migrations.RunSQL(make, drop)
