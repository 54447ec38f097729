"""
What is sent out: notices to units, which say nothing about a youth, and letters to youths.

A letter row holds no address: where somebody lives is read when the letter is made, by whoever may know it.
"""

from django.db import models
from django.db.models import F, Q

from fotfeste.access.rows import AboutYouth, RowAccess
from fotfeste.access.topics import Topic
from fotfeste.correspondence.enums import (
    NEVER_CAME,
    ONE_BY_ONE,
    LetterChannel,
    LetterKind,
    LetterLanguage,
    LetterState,
    MailingState,
    NoticeKind,
    NoticeState,
    Receiver,
    ReplyCategory,
    ReplyState,
    ReturnReason,
)


class Notice(models.Model):
    """
    One e-mail to the named contacts of a unit, on a day. At most one of a kind to a unit each day.

    ``recipients`` are those it was addressed to, as they were named then: (name, address).
    """

    kind = models.CharField("type", max_length=30, choices=NoticeKind.choices)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="enhet")
    county = models.ForeignKey("organisations.County", on_delete=models.PROTECT, related_name="+")
    on = models.DateField("dag")
    recipients = models.JSONField("mottakere", default=list)
    subject = models.CharField("emne", max_length=200)
    body = models.TextField("tekst")
    reply_to = models.EmailField("svar til", blank=True)
    state = models.CharField("tilstand", max_length=10, choices=NoticeState.choices, default=NoticeState.WAITING)
    asked_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("bestilt")
    sent_at = models.DateTimeField("sendt", null=True)

    class Meta:
        db_table = "correspondence_notice"
        ordering = ["-asked_at", "-pk"]
        constraints = [models.UniqueConstraint(name="one_notice_a_day", fields=["kind", "unit", "on"])]


class LetterText(models.Model):
    """
    What a county writes in a kind of letter, in a language, from a day on. Rows are added, never changed.

    The newest row of the latest day that has begun holds; one with an empty text goes back to the product's own.
    """

    county = models.ForeignKey("organisations.County", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("type", max_length=20, choices=LetterKind.choices)
    language = models.CharField("språk", max_length=2, choices=LetterLanguage.choices)
    first_day = models.DateField("gjelder fra")
    subject = models.CharField("overskrift", max_length=150, blank=True)
    body = models.TextField("tekst", blank=True)
    written_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("registrert")

    class Meta:
        db_table = "correspondence_letter_text"
        ordering = ["kind", "language", "first_day", "pk"]
        indexes = [models.Index(fields=["county", "kind", "language"], name="letter_text_kind")]


class Mailing(models.Model):
    """
    Letters of one kind to many, prepared by one person and approved by another. It names nobody.

    Letters that go one by one lie together by their day, so that they are printed together; nobody approves those.

    ``texts`` are those that were in use when it was prepared, by language, and are what is sent. ``key`` names it to
    whoever carries the letters, and tells nothing.
    """

    county = models.ForeignKey("organisations.County", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("type", max_length=20, choices=LetterKind.choices)
    school_year = models.SmallIntegerField("skoleår (start)", null=True, blank=True)
    letter_day = models.DateField("dato på brevet")
    reply_by = models.DateField("svarfrist", null=True, blank=True)
    texts = models.JSONField("tekster", default=dict)
    key = models.CharField("nøkkel", max_length=32, unique=True)
    state = models.CharField("tilstand", max_length=10, choices=MailingState.choices, default=MailingState.PREPARED)
    prepared_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField("laget")
    approved_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField("godkjent", null=True)
    finished_at = models.DateTimeField("ferdig sendt", null=True)
    version = models.IntegerField("versjon", default=1)

    class Meta:
        db_table = "correspondence_mailing"
        ordering = ["-prepared_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="mailing_approved_by_another",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("prepared_by")),
            ),
            models.CheckConstraint(
                name="mailing_sent_is_approved",
                condition=Q(state__in=[MailingState.PREPARED, MailingState.WITHDRAWN, MailingState.NOBODY])
                | Q(approved_by__isnull=False)
                | Q(kind__in=sorted(ONE_BY_ONE)),
            ),
        ]


class Letter(AboutYouth):
    """
    One letter of a mailing: to a youth, or the copy to a guardian of one under 18.

    ``said`` is what its fields were filled in with, never an address. ``reply_digest`` is what the link to the reply
    page is known by; the link itself is kept nowhere. ``attempt`` is what it became in the contact history. ``about``
    is what a letter that goes alone is about, as ``meeting:12``; of that there is one letter.
    """

    mailing = models.ForeignKey(Mailing, on_delete=models.PROTECT, related_name="letters")
    receiver = models.CharField("mottaker", max_length=10, choices=Receiver.choices)
    # Without a foreign key: what is known of guardians goes before the case does.
    guardian_id = models.BigIntegerField("foresatt", null=True)
    language = models.CharField("språk", max_length=2, choices=LetterLanguage.choices)
    state = models.CharField("tilstand", max_length=12, choices=LetterState.choices, default=LetterState.WAITING)
    channel = models.CharField("kanal", max_length=10, choices=LetterChannel.choices, default=LetterChannel.PAPER)
    is_protected = models.BooleanField("beskyttet", default=False)
    key = models.CharField("nøkkel", max_length=32, unique=True)
    about = models.CharField("gjelder", max_length=40, blank=True)
    said = models.JSONField("fylt inn", default=dict)
    reference = models.CharField("referanse hos den som sender", max_length=100, blank=True)
    handed_at = models.DateTimeField("overlevert", null=True)
    sent_at = models.DateTimeField("sendt", null=True)
    attempt = models.ForeignKey("casework.ContactAttempt", null=True, on_delete=models.PROTECT, related_name="+")
    returned_on = models.DateField("kom i retur", null=True)
    return_reason = models.CharField("hvorfor i retur", max_length=20, choices=ReturnReason.choices, blank=True)
    reply_digest = models.CharField("svarlenke", max_length=64, blank=True)
    reply_until = models.DateField("kan besvares til", null=True)

    class Meta:
        db_table = "correspondence_letter"
        constraints = [
            models.UniqueConstraint(
                name="one_letter_to_a_youth",
                fields=["mailing", "youth"],
                condition=Q(receiver=Receiver.YOUTH, about=""),
            ),
            models.UniqueConstraint(
                name="one_letter_about",
                fields=["youth", "about"],
                condition=~Q(about="") & ~Q(state__in=NEVER_CAME),
            ),
            models.UniqueConstraint(name="one_letter_to_a_guardian", fields=["mailing", "youth", "guardian_id"]),
            models.UniqueConstraint(name="letter_reply", fields=["reply_digest"], condition=~Q(reply_digest="")),
            models.CheckConstraint(
                name="letter_sent_once",
                condition=Q(state__in=[LetterState.SENT, LetterState.RETURNED], sent_at__isnull=False)
                | (~Q(state__in=[LetterState.SENT, LetterState.RETURNED]) & Q(sent_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["mailing", "state"], name="letter_mailing"),
            models.Index(fields=["youth"], name="letter_youth"),
        ]

    row_access = RowAccess(topic=Topic.STATUS, protected="is_protected")


class Reply(AboutYouth):
    """What a youth answered by the link in a letter: a claim the responsible unit looks into, never a status."""

    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="reply")
    category = models.CharField("svar", max_length=20, choices=ReplyCategory.choices)
    answered_at = models.DateTimeField("svarte")
    state = models.CharField("tilstand", max_length=10, choices=ReplyState.choices, default=ReplyState.WAITING)
    handled_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    handled_at = models.DateTimeField("behandlet", null=True)
    version = models.IntegerField("versjon", default=1)

    class Meta:
        db_table = "correspondence_reply"
        indexes = [
            models.Index(fields=["unit_id", "answered_at"], name="reply_waits", condition=Q(state=ReplyState.WAITING)),
            models.Index(fields=["youth"], name="reply_youth"),
        ]

    row_access = RowAccess(topic=Topic.STATUS)
