"""
The case: registration per school year, responsibility, status, contact, journal and feedback.

Facts are dated rows that are added, never changed. ``Registration`` also carries the case as it stands today
(status, contact, whose it is) so that a worklist reads one table; ``fotfeste check`` proves it equals the facts.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from fotfeste.access.rows import AboutYouth, RowAccess
from fotfeste.access.topics import Topic
from fotfeste.casework.enums import (
    AnsweredBy,
    AskedBy,
    AssignmentGround,
    AttemptResult,
    Basis,
    Channel,
    CounsellorGround,
    Direction,
    FeedbackCategory,
    FeedbackSource,
    FeedbackState,
    GuardianTold,
    NextOwner,
    RemarkAbout,
)
from fotfeste.casework.models.attachments import JournalAttachment  # noqa: F401  (the app's models in one place)
from fotfeste.casework.models.note_templates import NoteTemplate  # noqa: F401
from fotfeste.casework.models.substitutions import Substitution  # noqa: F401
from fotfeste.casework.periods import BigintAsRange, DateRange


class CaseRow(AboutYouth):
    """A row of the case whose table has an index of its own that begins with the youth."""

    youth = models.ForeignKey(
        "people.Youth", on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )

    class Meta:
        abstract = True


class Explanation(models.Model):
    """The reasons of a decision of law, without personal data: shared by all whose facts have the same form."""

    digest = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=40)
    body = models.JSONField()

    class Meta:
        db_table = "casework_explanation"


class MembershipDecision(AboutYouth):
    """Whether the youth belonged to the service by the law and facts of a day; the newest row counts."""

    decided_on = models.DateField("avgjort for dagen")
    statutory = models.CharField("lovens målgruppe", max_length=12)
    local = models.CharField("lokal målgruppe", max_length=12)
    explanation = models.ForeignKey(
        Explanation, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    is_current = models.BooleanField(default=True)
    recorded_at = models.DateTimeField("registrert")

    class Meta:
        db_table = "casework_membership_decision"
        constraints = [
            models.UniqueConstraint(name="one_current_membership", fields=["youth"], condition=Q(is_current=True)),
        ]

    row_access = RowAccess(topic=Topic.STATUS, counted=True)


class Registration(CaseRow):
    """
    A youth's registration with the service for a school year, with the reason, and the case as it stands today.

    Source: Oslostandarden § 6.3 (registered per school year); codes.md § 5 (reasons, raw VIGO code kept).
    """

    school_year = models.SmallIntegerField("skoleår (start)")
    reason = models.CharField("årsak", max_length=30)
    raw_reason = models.CharField("årsakskode fra VIGO", max_length=20, blank=True)
    first_day = models.DateField("fra og med")
    last_day = models.DateField("til og med", null=True, blank=True)
    end_reason = models.CharField("avsluttet fordi", max_length=40, blank=True)
    closed_by = models.ForeignKey(
        "access.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    closed_at = models.DateTimeField("avsluttet", null=True, blank=True)
    is_preventive = models.BooleanField("forebyggende", default=False)
    source = models.CharField("kilde", max_length=80)
    recorded_at = models.DateTimeField("registrert")
    version = models.IntegerField("versjon", default=1)

    # How the case stands today. Written by the services beside the facts; recomputed by ``fotfeste check``.
    status_code = models.CharField("status", max_length=10)
    status_since = models.DateField("status siden")
    status_confirmed_on = models.DateField("status bekreftet")
    status_confirm_by = models.DateField("må bekreftes innen", null=True)
    unknown_since = models.DateField("ukjent siden", null=True)
    first_contact_on = models.DateField("første kontakt", null=True)
    last_contact_on = models.DateField("siste kontakt", null=True)
    last_attempt_on = models.DateField("siste forsøk", null=True)
    attempts = models.SmallIntegerField("forsøk", default=0)
    next_promise_on = models.DateField("neste løfte", null=True)
    district_code = models.CharField("bydel", max_length=6, blank=True)
    counsellor = models.ForeignKey(
        "access.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="ansvarlig person"
    )

    # The youth's, so that counting by age need not read who everybody is. The database fills it and keeps it true;
    # empty only on the way in (docs/adr/0028).
    born_year: "models.SmallIntegerField[int, int]" = models.SmallIntegerField(  # type: ignore[misc]
        "født år", null=True, editable=False
    )

    class Meta:
        db_table = "casework_registration"
        constraints = [
            models.UniqueConstraint(name="one_open_registration", fields=["youth"], condition=Q(last_day__isnull=True)),
            models.CheckConstraint(
                name="registration_period", condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day"))
            ),
        ]
        indexes = [
            # They hold all the row policy asks for, so that counting by status reads nothing else (docs/adr/0033).
            models.Index(
                fields=["unit_id", "status_code"],
                include=["county_id", "youth_id"],
                name="registration_unit",
                condition=Q(last_day__isnull=True),
            ),
            models.Index(
                fields=["county_id", "status_code"],
                include=["unit_id", "youth_id"],
                name="registration_county",
                condition=Q(last_day__isnull=True),
            ),
            models.Index(fields=["youth"], name="registration_youth"),
        ]

    row_access = RowAccess(topic=Topic.STATUS)


class Responsibility(CaseRow):
    """
    Which unit answers for the youth, in which period, and why. One at a time, without exception.

    A row replaced on the day it began has no period left: it keeps its first day only, and ``superseded_at``.
    """

    holder = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="enhet")
    first_day = models.DateField("fra og med")
    last_day = models.DateField("til og med", null=True, blank=True)
    ground = models.CharField("grunnlag", max_length=12, choices=AssignmentGround.choices)
    rule = models.CharField("regel", max_length=60, blank=True)
    explanation = models.ForeignKey(Explanation, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    distance_metres = models.IntegerField("avstand i meter", null=True)
    data_version = models.CharField("dataversjon", max_length=40, blank=True)
    reason = models.CharField("begrunnelse", max_length=500, blank=True)
    decided_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("registrert")
    ended_at = models.DateTimeField("siste dag registrert", null=True, blank=True)
    superseded_at = models.DateTimeField("erstattet", null=True, blank=True)

    class Meta:
        db_table = "casework_responsibility"
        constraints = [
            ExclusionConstraint(
                name="one_responsible_unit_at_a_time",
                expressions=[(BigintAsRange(), RangeOperators.EQUAL), (DateRange(), RangeOperators.OVERLAPS)],
                condition=Q(superseded_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="one_open_responsibility", fields=["youth"], condition=Q(last_day__isnull=True)
            ),
            models.CheckConstraint(
                name="responsibility_period", condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day"))
            ),
        ]
        indexes = [models.Index(fields=["youth", "first_day"], name="responsibility_youth")]

    row_access = RowAccess(topic=Topic.STATUS)


class CounsellorPeriod(CaseRow):
    """
    Who answers for the youth at the responsible unit, in which period, as known from one moment to another.

    ``counsellor`` is empty while nobody does. Each choice adds one row that reaches until further notice; the one it
    takes the place of is superseded, and added again with its last day when any of its days are left.
    """

    counsellor = models.ForeignKey(
        "access.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="ansvarlig person"
    )
    unit_then = models.BigIntegerField("enhet da")
    first_day = models.DateField("fra og med")
    last_day = models.DateField("til og med", null=True, blank=True)
    ground = models.CharField("grunnlag", max_length=10, choices=CounsellorGround.choices)
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    chosen_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("registrert")
    superseded_at = models.DateTimeField("erstattet", null=True, blank=True)

    class Meta:
        db_table = "casework_counsellor_period"
        constraints = [
            ExclusionConstraint(
                name="one_counsellor_at_a_time",
                expressions=[(BigintAsRange(), RangeOperators.EQUAL), (DateRange(), RangeOperators.OVERLAPS)],
                condition=Q(superseded_at__isnull=True),
            ),
            models.CheckConstraint(
                name="counsellor_period", condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day"))
            ),
        ]
        indexes = [models.Index(fields=["youth", "first_day"], name="counsellor_period_youth")]

    row_access = RowAccess(topic=Topic.STATUS)


class StatusEvent(CaseRow):
    """
    A status in a period, as known from one moment to another.

    ``county_then`` and ``unit_then`` are where the youth belonged in that period: a move is an event of its own, so
    a report for any day needs this table alone. Nothing is overwritten: a correction closes ``superseded_at`` and
    adds a row. Source: rule-status-history.
    """

    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    code_list = models.CharField("kodeverk", max_length=10)
    code = models.CharField("status", max_length=10)
    raw_code = models.CharField("kode slik den kom", max_length=20, blank=True)
    first_day = models.DateField("fra og med")
    last_day = models.DateField("til og med", null=True, blank=True)
    recorded_at = models.DateTimeField("registrert")
    superseded_at = models.DateTimeField("erstattet", null=True, blank=True)
    basis = models.CharField("bygger på", max_length=12, choices=Basis.choices)
    basis_text = models.CharField("opplysning", max_length=200, blank=True)
    contact = models.ForeignKey("casework.ContactAttempt", null=True, on_delete=models.PROTECT, related_name="+")
    feedback = models.ForeignKey("casework.Feedback", null=True, on_delete=models.PROTECT, related_name="+")
    county_then = models.SmallIntegerField("fylke da")
    unit_then = models.BigIntegerField("enhet da")
    set_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", db_constraint=False)

    class Meta:
        db_table = "casework_status_event"
        constraints = [
            models.CheckConstraint(
                name="status_event_period", condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day"))
            ),
            models.UniqueConstraint(
                name="one_open_status", fields=["youth"], condition=Q(last_day__isnull=True, superseded_at__isnull=True)
            ),
        ]
        indexes = [models.Index(fields=["youth", "first_day"], name="status_event_youth")]

    row_access = RowAccess(topic=Topic.STATUS)


class StatusConfirmation(CaseRow):
    """Somebody said the status still holds. Source: rule-reconfirm."""

    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="+")
    code = models.CharField("status", max_length=10)
    confirmed_on = models.DateField("bekreftet")
    confirmed_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("registrert")

    class Meta:
        db_table = "casework_status_confirmation"
        indexes = [models.Index(fields=["youth"])]

    row_access = RowAccess(topic=Topic.STATUS)


class ContactAttempt(CaseRow):
    """One attempt to reach the youth, or the youth reaching us. Whether it was contact is a rule of law/contact.py."""

    registration = models.ForeignKey(Registration, null=True, on_delete=models.PROTECT, related_name="+")
    on = models.DateField("dato")
    channel = models.CharField("kanal", max_length=10, choices=Channel.choices)
    direction = models.CharField("retning", max_length=3, choices=Direction.choices, default=Direction.OUT)
    result = models.CharField("resultat", max_length=14, choices=AttemptResult.choices)
    answered_by = models.CharField("hvem svarte", max_length=10, choices=AnsweredBy.choices, blank=True)
    guardian_told = models.CharField("foresatte fortalte om", max_length=10, choices=GuardianTold.choices, blank=True)
    is_contact = models.BooleanField("reell kontakt")
    note = models.CharField("merknad", max_length=500, blank=True)
    registered_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("registrert")
    withdrawn_by = models.ForeignKey(
        "access.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    superseded_at = models.DateTimeField("trukket tilbake", null=True, blank=True)

    class Meta:
        db_table = "casework_contact_attempt"
        indexes = [models.Index(fields=["youth", "on"], name="contact_attempt_youth")]

    row_access = RowAccess(topic=Topic.STATUS)


class JournalNote(CaseRow):
    """A journal note on the case. A correction is a note of its own that points to the one it corrects."""

    text = models.TextField("notat")
    written_on = models.DateField("skrevet")
    written_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("registrert")
    superseded_at = models.DateTimeField("rettet", null=True, blank=True)
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "casework_journal_note"
        indexes = [models.Index(fields=["youth", "written_on"], name="journal_note_youth")]

    row_access = RowAccess(topic=Topic.JOURNAL)


class Feedback(AboutYouth):
    """
    What a district or Nav office reports about a youth, for the education administration to turn into a status.

    Source: samarbeidsavtalen § 4 (rep-district-feedback), rule-district-reports-only, amb-43: category and date only.
    """

    from_unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    category = models.CharField("svar", max_length=14, choices=FeedbackCategory.choices)
    activity_code = models.CharField("aktivitet", max_length=10, blank=True)
    on = models.DateField("gjelder fra")
    told_by = models.CharField("kilde", max_length=8, choices=FeedbackSource.choices, blank=True)
    next_step = models.CharField("hva nå, og hvem", max_length=200, blank=True)
    next_owner = models.CharField("hvem tar neste steg", max_length=14, choices=NextOwner.choices, blank=True)
    state = models.CharField("tilstand", max_length=10, choices=FeedbackState.choices, default=FeedbackState.NEW)
    question = models.CharField("spørsmål tilbake", max_length=300, blank=True)
    sent_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField("sendt")
    handled_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    handled_at = models.DateTimeField("behandlet", null=True)
    version = models.IntegerField("versjon", default=1)

    class Meta:
        db_table = "casework_feedback"
        indexes = [models.Index(fields=["state", "sent_at"], name="feedback_state")]

    row_access = RowAccess(topic=Topic.FEEDBACK, written_by="from_unit_id", told=Topic.STATUS_REPORT)


class Remark(CaseRow):
    """
    The youth's own words about something the service has not corrected, kept with what it is about.

    What was asked, by whom, and what the service answered and why. Added and never changed.
    Source: personvernforordningen art. 16.
    """

    about = models.CharField("gjelder", max_length=12, choices=RemarkAbout.choices)
    asked = models.CharField("det som ble bedt rettet", max_length=1000)
    asked_by = models.CharField("hvem ba", max_length=10, choices=AskedBy.choices)
    asked_on = models.DateField("bedt om")
    answer = models.CharField("hvorfor det ikke er rettet", max_length=1000)
    refused_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("registrert")

    class Meta:
        db_table = "casework_remark"
        indexes = [models.Index(fields=["youth", "recorded_at"], name="remark_youth")]

    row_access = RowAccess(topic=Topic.STATUS)
