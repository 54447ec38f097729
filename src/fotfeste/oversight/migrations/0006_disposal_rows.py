from django.db import migrations

from fotfeste.oversight.disposing import Disposed, dispose_from

_AUDIT = "((SELECT nullif(current_setting('app.county_audit', true), '')::smallint[])::smallint[])"
_DESK = "((SELECT nullif(current_setting('app.county_list_row', true), '')::smallint[])::smallint[])"
_ME = "nullif(current_setting('app.user_id', true), '')::bigint"
_SEEN = f"(county_id = ANY {_AUDIT} OR county_id = ANY {_DESK})"
PROTECT = f"""
ALTER TABLE oversight_disposal ENABLE ROW LEVEL SECURITY;
ALTER TABLE oversight_disposal FORCE ROW LEVEL SECURITY;
CREATE POLICY oversight_disposal_read ON oversight_disposal FOR SELECT TO fotfeste_app USING {_SEEN};
CREATE POLICY oversight_disposal_propose ON oversight_disposal FOR INSERT TO fotfeste_app
  WITH CHECK ({_SEEN} AND state = 'proposed' AND proposed_by_id = {_ME} AND decided_by_id IS NULL AND done_at IS NULL);
CREATE POLICY oversight_disposal_decide ON oversight_disposal FOR UPDATE TO fotfeste_app
  USING ({_SEEN} AND state = 'proposed')
  WITH CHECK ({_SEEN} AND decided_by_id = {_ME}
              AND (state = 'withdrawn' OR (state = 'approved' AND decided_by_id <> proposed_by_id)));
REVOKE UPDATE, DELETE, TRUNCATE ON oversight_disposal FROM fotfeste_app;
GRANT UPDATE (state, decided_by_id, decided_at) ON oversight_disposal TO fotfeste_app;
CREATE POLICY oversight_disposal_carry_out ON oversight_disposal FOR SELECT TO fotfeste_owner USING (true);
CREATE POLICY oversight_disposal_certify ON oversight_disposal FOR UPDATE TO fotfeste_owner
  USING (state IN ('approved', 'under_way')) WITH CHECK (state IN ('under_way', 'done'));
-- What is not to be need not be remembered of anybody.
CREATE FUNCTION oversight_forget_withdrawn() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.youth_ids := '{{}}';
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION oversight_forget_withdrawn() FROM PUBLIC;
CREATE TRIGGER oversight_disposal_forget BEFORE UPDATE OF state ON oversight_disposal FOR EACH ROW
  WHEN (NEW.state = 'withdrawn') EXECUTE FUNCTION oversight_forget_withdrawn();
"""

#: In the order they go: what points to something goes before it.
TABLES = (
    Disposed("reach", "people.ContactDetail", "people_contact_detail"),
    Disposed("reach", "people.Guardian", "people_guardian"),
    Disposed("reach", "people.Address", "people_address"),
    Disposed("case", "casework.StatusEvent", "casework_status_event"),
    Disposed("case", "casework.StatusConfirmation", "casework_status_confirmation"),
    Disposed("case", "casework.ContactAttempt", "casework_contact_attempt"),
    Disposed("case", "casework.Feedback", "casework_feedback"),
    Disposed("case", "casework.JournalNote", "casework_journal_note"),
    Disposed("case", "casework.CounsellorPeriod", "casework_counsellor_period"),
    Disposed("case", "casework.Responsibility", "casework_responsibility"),
    Disposed("case", "casework.MembershipDecision", "casework_membership_decision"),
    Disposed("case", "casework.Registration", "casework_registration"),
    Disposed("case", "consent.ReleaseScan", "consent_release_scan"),
    Disposed("case", "consent.ReleaseBody", "consent_release_body"),
    Disposed("case", "consent.Release", "consent_release"),
    Disposed("case", "consent.EmergencyOpening", "consent_emergency_opening"),
    Disposed("case", "lists.OtukRow", "lists_otuk_row"),
    Disposed("case", "access.AccessGrant", "access_grant"),
    Disposed("case", "oversight.LegalHold", "oversight_legal_hold"),
    Disposed("case", "people.Enrolment", "people_enrolment"),
    Disposed("case", "people.DuplicatePair", "people_duplicate_pair", ("first_id", "second_id")),
    Disposed("case", "people.Merge", "people_merge", ("kept_id", "absorbed_id")),
    Disposed("case", "people.YouthEvent", "people_youthevent", ("pgh_obj_id",)),
    Disposed("case", "people.Youth", "people_youth", ("id",)),
)


class Migration(migrations.Migration):
    """Who proposes and approves disposals, what of a certificate can be changed, and how something goes."""

    dependencies = [
        ("oversight", "0005_disposal"),
        ("access", "0009_grants_follow"),
        ("casework", "0012_born_year"),
        ("consent", "0004_emergency_rows"),
        ("lists", "0006_granted_by_function"),
        ("people", "0012_history_of_who_one_is"),
    ]

    operations = [migrations.RunSQL(PROTECT, migrations.RunSQL.noop), *dispose_from(TABLES, new=TABLES)]
