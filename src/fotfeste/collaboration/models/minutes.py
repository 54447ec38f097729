"""The minutes of a meeting: the draft, each signed version, the copies handed to others, and where they are filed."""

from django.db import models
from django.db.models import Q

from fotfeste.access.rows import AboutYouth, RowAccess
from fotfeste.access.topics import Topic
from fotfeste.collaboration.enums import ArchiveState, Confirmed, MinutesState
from fotfeste.collaboration.models.meetings import Guest, Meeting

# A unit that is let in sees what it wrote itself, and the copies it has been given; never another's draft.
_WRITERS = RowAccess(topic=Topic.MEETINGS, written_by="written_at_unit_id")


class Minutes(AboutYouth):
    """
    The minutes of a meeting as they are being written. ``answers`` holds each field of the form by its name there.

    What is signed stands in ``MinutesVersion``; the draft may be opened again and becomes the next version.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="minutes")
    answers = models.JSONField("innhold", default=dict)
    state = models.CharField("tilstand", max_length=10, choices=MinutesState.choices, default=MinutesState.DRAFT)
    written_at_unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    written_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField("sist skrevet")
    version = models.IntegerField("versjon", default=1)

    class Meta:
        db_table = "collaboration_minutes"
        indexes = [models.Index(fields=["youth"], name="minutes_youth")]

    row_access = _WRITERS


class MinutesVersion(AboutYouth):
    """One signed version, with what each taker-part said. Never changed."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="versions")
    number = models.SmallIntegerField("nummer")
    answers = models.JSONField("innhold")
    parts = models.JSONField("deltakere")
    language = models.CharField("språk", max_length=2)
    written_at_unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    signed_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField("signert")

    class Meta:
        db_table = "collaboration_minutes_version"
        constraints = [models.UniqueConstraint(name="one_version_of_a_number", fields=["minutes", "number"])]
        indexes = [models.Index(fields=["youth", "signed_at"], name="minutes_version_youth")]

    row_access = _WRITERS


class MinutesCopy(AboutYouth):
    """
    A signed version as it was handed to a unit whose release covers minutes. The unit reads its copy, and no longer
    when the release is taken back.
    """

    minutes_version = models.ForeignKey(MinutesVersion, on_delete=models.PROTECT, related_name="copies")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="copies")
    for_unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    number = models.SmallIntegerField("nummer")
    answers = models.JSONField("innhold")
    parts = models.JSONField("deltakere")
    language = models.CharField("språk", max_length=2)
    cover = models.CharField("dekket av", max_length=60)
    signed_at = models.DateTimeField("signert")
    sent_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField("delt")

    class Meta:
        db_table = "collaboration_minutes_copy"
        constraints = [models.UniqueConstraint(name="one_copy_a_unit", fields=["minutes_version", "for_unit"])]
        indexes = [models.Index(fields=["youth"], name="minutes_copy_youth")]

    row_access = RowAccess(topic=Topic.MEETINGS, written_by="for_unit_id")


class Confirmation(AboutYouth):
    """
    What one who took part says of one version: that they have read it and agree to the understanding, or a remark.

    A body says it itself; of the youth, and of those who have no user here, the unit that held the meeting writes down
    what they said. A new version is asked of anew. Never changed.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="confirmations")
    guest = models.ForeignKey(Guest, on_delete=models.PROTECT, related_name="confirmations")
    number = models.SmallIntegerField("nummer")
    answer = models.CharField("felles forståelse", max_length=5, choices=Confirmed.choices)
    remark = models.CharField("merknad", max_length=1000, blank=True)
    replied_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    replied_at = models.DateTimeField("svarte")

    class Meta:
        db_table = "collaboration_confirmation"
        constraints = [
            models.UniqueConstraint(name="one_word_of_a_version", fields=["guest", "number"]),
            models.CheckConstraint(name="remark_is_written", condition=Q(answer=Confirmed.YES) | ~Q(remark="")),
        ]
        indexes = [
            models.Index(fields=["meeting", "number"], name="confirmation_meeting"),
            models.Index(fields=["youth"], name="confirmation_youth"),
        ]

    row_access = RowAccess(topic=Topic.MEETINGS)


class ArchivedMinutes(AboutYouth):
    """
    A signed version on its way to the pupil's file, and where it is filed, as the archive names it.

    Made with the version, so that none is forgotten; ``tries`` counts the times the archive did not take it.
    """

    minutes_version = models.OneToOneField(MinutesVersion, on_delete=models.PROTECT, related_name="archived")
    state = models.CharField("tilstand", max_length=10, choices=ArchiveState.choices, default=ArchiveState.WAITING)
    tries = models.SmallIntegerField("forsøk", default=0)
    tried_at = models.DateTimeField("sist forsøkt", null=True, blank=True)
    archive = models.CharField("arkiv", max_length=30, blank=True)
    reference = models.CharField("arkivreferanse", max_length=200, blank=True)
    written_at_unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    archived_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    archived_at = models.DateTimeField("arkivert", null=True, blank=True)

    class Meta:
        db_table = "collaboration_archived_minutes"
        constraints = [
            models.CheckConstraint(
                name="filed_minutes_have_a_reference",
                condition=~Q(state=ArchiveState.FILED) | (~Q(reference="") & Q(archived_at__isnull=False)),
            )
        ]
        indexes = [
            models.Index(fields=["youth"], name="archived_minutes_youth"),
            models.Index(fields=["county_id"], name="minutes_to_file", condition=~Q(state=ArchiveState.FILED)),
        ]

    row_access = _WRITERS
