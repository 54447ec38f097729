"""
What the database does when it disposes of something: one function of the owner's, and policies that open to it alone.

The application deletes nothing about a youth. ``oversight_dispose`` does, when a disposal two people have approved says
so, and only those it names: the owner sees and deletes their rows while that disposal is under way and no others
(``oversight_disposing``), a state no other transaction ever sees. A migration gives the tables in the order they go.
"""

from dataclasses import dataclass

from django.db import migrations

from fotfeste.kernel.database import OWNER_ROLE


@dataclass(frozen=True, slots=True)
class Disposed:
    """A table something goes from: of which record kind, and by which columns it names the youth."""

    kind: str
    model: str
    table: str
    columns: tuple[str, ...] = ("youth_id",)


_SAFE = "SET search_path = pg_catalog, public, pg_temp"

_UNDER_WAY = f"""
CREATE OR REPLACE FUNCTION oversight_disposing(p_kind text) RETURNS bigint[] LANGUAGE sql STABLE {_SAFE} AS $$
  SELECT d.youth_ids FROM public.oversight_disposal d
  WHERE d.state = 'under_way' AND (d.kind = p_kind OR d.kind = 'case')
$$;
REVOKE ALL ON FUNCTION oversight_disposing(text) FROM PUBLIC;
"""

# A case takes along what is kept shorter; of one whose contact details go, the registrations are looked at only.
_FUNCTION = """
CREATE OR REPLACE FUNCTION oversight_dispose(p_disposal bigint) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
  {safe} AS $fn$
DECLARE
  d public.oversight_disposal;
  taken jsonb := '{{}}';
  gone bigint;
  today constant date := nullif(current_setting('app.today', true), '')::date;
  me constant bigint := nullif(current_setting('app.user_id', true), '')::bigint;
BEGIN
  IF NOT EXISTS (SELECT FROM public.access_user w WHERE w.id = me AND w.subject = 'system:disposer'
                 AND w.is_system AND w.is_active) THEN
    RAISE EXCEPTION 'only the disposer disposes' USING ERRCODE = 'insufficient_privilege';
  END IF;
  SELECT * INTO d FROM public.oversight_disposal WHERE id = p_disposal FOR UPDATE;
  IF d.id IS NULL OR d.state <> 'approved' OR d.decided_by_id IS NULL OR d.decided_by_id = d.proposed_by_id
     OR EXISTS (SELECT FROM public.access_user w WHERE w.id IN (d.proposed_by_id, d.decided_by_id) AND w.is_system) THEN
    RAISE EXCEPTION 'no disposal that two people have approved' USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE public.oversight_disposal SET state = 'under_way' WHERE id = d.id;
  PERFORM FROM public.people_youth WHERE id = ANY (d.youth_ids) ORDER BY id FOR UPDATE;
  IF (SELECT count(*) FROM public.people_youth WHERE id = ANY (d.youth_ids) AND county_id = d.county_id)
       <> cardinality(d.youth_ids) THEN
    RAISE EXCEPTION 'somebody has left the county' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT FROM public.oversight_legal_hold h WHERE h.youth_id = ANY (d.youth_ids) AND h.lifted_at IS NULL
             AND (h.last_day IS NULL OR h.last_day >= today)) THEN
    RAISE EXCEPTION 'somebody is on hold' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT FROM public.casework_registration r
             WHERE r.youth_id = ANY (d.youth_ids) AND r.last_day IS NULL) THEN
    RAISE EXCEPTION 'somebody is registered' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT FROM public.people_youth y WHERE y.id = ANY (d.youth_ids)
             AND (extract(year FROM y.born) + 24 >= extract(year FROM today)
                  OR NOT coalesce(y.merged_into_id = ANY (d.youth_ids), true))) THEN
    RAISE EXCEPTION 'somebody may still be followed up' USING ERRCODE = 'check_violation';
  END IF;
{steps}
  UPDATE public.oversight_disposal SET state = 'done', counts = taken, youth_ids = '{{}}',
    done_at = clock_timestamp() WHERE id = d.id;
  RETURN taken;
END $fn$;
REVOKE ALL ON FUNCTION oversight_dispose(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION oversight_dispose(bigint) TO fotfeste_app;
"""


def _named(each: Disposed, ids: str) -> str:
    return " OR ".join(f"{column} = ANY ({ids})" for column in each.columns)


def _step(each: Disposed) -> str:
    named = _named(each, "d.youth_ids")
    lines = [
        f"  DELETE FROM public.{each.table} WHERE {named};",
        "  GET DIAGNOSTICS gone = ROW_COUNT;",
        f"  taken := taken || jsonb_build_object('{each.model}', gone);",
    ]
    if each.kind == "case":
        return "\n".join(["  IF d.kind = 'case' THEN", *(f"  {line}" for line in lines), "  END IF;"])
    return "\n".join(lines)


def _policies(each: Disposed) -> str:
    named = {kind: _named(each, f"(SELECT oversight_disposing('{kind}'))::bigint[]") for kind in ("reach", "case")}
    return f"""
CREATE POLICY {each.table}_dispose_see ON {each.table} FOR SELECT TO {OWNER_ROLE} USING ({named["reach"]});
CREATE POLICY {each.table}_dispose ON {each.table} FOR DELETE TO {OWNER_ROLE} USING ({named[each.kind]});"""


def dispose_from(tables: tuple[Disposed, ...], *, new: tuple[Disposed, ...]) -> list[migrations.RunSQL]:
    """
    Return the migration operations that let a disposal take from these tables, in this order.

    :param new: those no earlier migration has opened to it.
    """
    steps = "\n".join(map(_step, tables))
    statement = _UNDER_WAY + "".join(map(_policies, new)) + _FUNCTION.format(safe=_SAFE, steps=steps)
    closed = "".join(
        f"DROP POLICY {each.table}_dispose ON {each.table}; DROP POLICY {each.table}_dispose_see ON {each.table};"
        for each in new
    )
    return [migrations.RunSQL(statement, f"DROP FUNCTION oversight_dispose(bigint); {closed}")]
