"""Meetings about one youth: when and where, who is called, what they answer, and what each said there."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from fotfeste.access.rows import AboutYouth, RowAccess
from fotfeste.access.topics import Topic
from fotfeste.collaboration.enums import (
    CallChannel,
    Contributes,
    GuestKind,
    MailState,
    MeetingKind,
    MeetingState,
    Reply,
)

_ACCESS = RowAccess(topic=Topic.MEETINGS)


class Meeting(AboutYouth):
    """
    A meeting about a youth. ``uid`` and ``sequence`` are what calendars know it by: a change counts one up.

    ``preparation`` is what the two bodies agreed half an hour before a three-way conversation.
    """

    kind = models.CharField("møtetype", max_length=20, choices=MeetingKind.choices)
    called_by_unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    called_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField("innkalt")
    starts_at = models.DateTimeField("tid")
    minutes_long = models.SmallIntegerField("varighet i minutter", default=60)
    place = models.CharField("sted", max_length=200, blank=True)
    video_url = models.URLField("videolenke", max_length=500, blank=True)
    purpose = models.TextField("hva skal avklares")
    state = models.CharField("tilstand", max_length=10, choices=MeetingState.choices, default=MeetingState.CALLED)
    cancel_reason = models.CharField("avlyst fordi", max_length=300, blank=True)
    preparation = models.TextField("formøte: tema og form", blank=True)
    prepared_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField("formøte registrert", null=True, blank=True)
    uid = models.UUIDField("kalender-id", default=uuid4, unique=True)
    sequence = models.SmallIntegerField("kalenderversjon", default=0)
    version = models.IntegerField("versjon", default=1)

    class Meta:
        db_table = "collaboration_meeting"
        constraints = [
            models.CheckConstraint(name="meeting_has_a_place", condition=~Q(place="") | ~Q(video_url="")),
            models.CheckConstraint(
                name="meeting_cancelled_for_a_reason",
                condition=~Q(state=MeetingState.CANCELLED) | ~Q(cancel_reason=""),
            ),
        ]
        indexes = [
            models.Index(fields=["youth", "starts_at"], name="meeting_youth"),
            models.Index(fields=["called_by_unit", "starts_at"], name="meeting_caller"),
        ]

    row_access = _ACCESS


class Guest(AboutYouth):
    """
    Somebody called to a meeting, what they answered, and their part in it: whether they were there, and what they can
    do.

    ``cover`` is what let them be called: a release, as ``release:12``, a sharing rule, or that the unit answers for the
    youth. ``times_answered`` says of each proposed time, by its id, whether they can come then.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="guests")
    kind = models.CharField("type", max_length=10, choices=GuestKind.choices)
    body = models.ForeignKey("organisations.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    partner = models.CharField("tjeneste", max_length=30, blank=True)
    name = models.CharField("navn", max_length=120, blank=True)
    email = models.EmailField("e-post", blank=True)
    channel = models.CharField("kanal", max_length=10, choices=CallChannel.choices)
    cover = models.CharField("dekket av", max_length=60, blank=True)
    invited_on = models.DateField("innkalt")
    invited_at = models.DateTimeField("innkalling registrert")
    reply = models.CharField("svar", max_length=10, choices=Reply.choices, default=Reply.NONE)
    substitute = models.CharField("stedfortreder", max_length=120, blank=True)
    times_answered = models.JSONField("svar på andre tider", default=dict, blank=True)
    replied_at = models.DateTimeField("svarte", null=True, blank=True)
    replied_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField("ikke lenger innkalt", null=True, blank=True)
    was_there = models.BooleanField("til stede", null=True)
    contributes = models.CharField("bidrar", max_length=10, choices=Contributes.choices, blank=True)
    contribution = models.CharField("bidrag", max_length=500, blank=True)
    due_on = models.DateField("frist", null=True, blank=True)
    part_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    part_at = models.DateTimeField("bidrag registrert", null=True, blank=True)
    version = models.IntegerField("versjon", default=1)

    class Meta:
        db_table = "collaboration_guest"
        constraints = [
            models.UniqueConstraint(
                name="unit_called_once",
                fields=["meeting", "body"],
                condition=Q(body__isnull=False, removed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="guest_is_a_unit_or_a_person",
                condition=Q(kind=GuestKind.UNIT, body__isnull=False) | (~Q(kind=GuestKind.UNIT) & Q(body__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["meeting"], name="guest_meeting"),
            models.Index(fields=["body"], name="guest_body", condition=Q(removed_at__isnull=True)),
            models.Index(fields=["youth"], name="guest_youth"),
        ]

    row_access = _ACCESS


class MeetingMail(AboutYouth):
    """
    One calendar invitation, change or cancellation, to one e-mail address or as an SMS to one number. It says nothing
    about a youth.
    """

    guest = models.ForeignKey(Guest, on_delete=models.PROTECT, related_name="mails")
    channel = models.CharField("kanal", max_length=10, choices=CallChannel.choices, default=CallChannel.EMAIL)
    address = models.CharField("til", max_length=254)
    method = models.CharField("kalenderhandling", max_length=10)
    sequence = models.SmallIntegerField("kalenderversjon")
    state = models.CharField("tilstand", max_length=10, choices=MailState.choices, default=MailState.WAITING)
    asked_at = models.DateTimeField("bestilt")
    sent_at = models.DateTimeField("sendt", null=True, blank=True)

    class Meta:
        db_table = "collaboration_meeting_mail"
        indexes = [models.Index(fields=["guest"], name="meeting_mail_guest")]

    row_access = _ACCESS
