"""What was found out with a youth: situation, needs and goals, and who is around them."""

from django.db import models
from django.db.models import Q

from fotfeste.access.rows import AboutYouth, RowAccess
from fotfeste.access.topics import Topic
from fotfeste.collaboration.enums import ActorBody, ActorPart, AreaState, MapArea, MapPlace, NextStep, WantsSchool
from fotfeste.spec import implements

implements("map-date", "map-youth", "map-by", "map-place", "map-situation", "map-needs", "map-goal")
implements("map-wants-school", "map-has-contact", "map-consent-asked", "map-next-step", "map-actors")


class Mapping(AboutYouth):
    """
    One mapping, as it was written. A new one is a row of its own; the newest stands, and none is changed.

    Source: Oslostandarden § 5, § 6.1.1.
    """

    held_on = models.DateField("dato for samtale")
    place = models.CharField("sted", max_length=12, choices=MapPlace.choices, blank=True)
    situation = models.TextField("situasjonen nå")
    needs = models.TextField("behov")
    goal = models.TextField("ungdommens egne mål")
    wants_school = models.CharField("ønsker å fullføre opplæring", max_length=8, choices=WantsSchool.choices)
    has_contact = models.BooleanField("har kontakt med andre instanser")
    consent_asked = models.BooleanField("samtykke tatt opp")
    next_step = models.CharField("neste steg", max_length=24, choices=NextStep.choices)
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="gjennomført av")
    by_unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("registrert")

    class Meta:
        db_table = "collaboration_mapping"
        constraints = [
            models.CheckConstraint(name="mapping_has_a_goal", condition=~Q(goal="") & ~Q(situation="") & ~Q(needs="")),
        ]
        indexes = [models.Index(fields=["youth", "id"], name="mapping_youth")]

    row_access = RowAccess(topic=Topic.MAPPING)


class _Note(AboutYouth):
    """
    What one area came to, as one mapping said it. The newest of an area stands; empty when it was taken out.

    It is a row of its own and not a field of the mapping, so that whoever writes a mapping without knowing of an area
    leaves that area as it stands.
    """

    mapping = models.ForeignKey(Mapping, on_delete=models.PROTECT, related_name="+")
    area = models.CharField("område", max_length=16, choices=MapArea.choices)
    state = models.CharField("kort sagt", max_length=10, choices=AreaState.choices, blank=True)
    text = models.TextField("notat", blank=True)

    class Meta:
        abstract = True


class AreaNote(_Note):
    """An area anybody may know who knows the mapping."""

    class Meta:
        db_table = "collaboration_area_note"
        constraints = [models.UniqueConstraint(name="one_area_note", fields=["mapping", "area"])]
        indexes = [models.Index(fields=["youth"], name="area_note_youth")]

    row_access = RowAccess(topic=Topic.MAPPING)


class SensitiveNote(_Note):
    """Health, substance use and family: for those who may know the specially sensitive."""

    class Meta:
        db_table = "collaboration_sensitive_note"
        constraints = [models.UniqueConstraint(name="one_sensitive_note", fields=["mapping", "area"])]
        indexes = [models.Index(fields=["youth"], name="sensitive_note_youth")]

    row_access = RowAccess(topic=Topic.HEALTH)


class EconomyNote(_Note):
    """The youth's economy: for those who may know it."""

    class Meta:
        db_table = "collaboration_economy_note"
        constraints = [models.UniqueConstraint(name="one_economy_note", fields=["mapping", "area"])]
        indexes = [models.Index(fields=["youth"], name="economy_note_youth")]

    row_access = RowAccess(topic=Topic.ECONOMY)


class ActorMap(AboutYouth):
    """That somebody went through who is around the youth. What it came to stands in the marks."""

    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    by_unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("registrert")

    class Meta:
        db_table = "collaboration_actor_map"
        indexes = [models.Index(fields=["youth", "id"], name="actor_map_youth")]

    row_access = RowAccess(topic=Topic.MAPPING)


class _Mark(AboutYouth):
    """The part somebody has around the youth, who to speak to, and since when. The newest of a body stands."""

    actor_map = models.ForeignKey(ActorMap, on_delete=models.PROTECT, related_name="+")
    body = models.CharField("aktør", max_length=24, choices=ActorBody.choices)
    part = models.CharField("deltakelse", max_length=12, choices=ActorPart.choices)
    contact = models.CharField("kontaktperson", max_length=120, blank=True)
    since = models.DateField("siden", null=True, blank=True)

    class Meta:
        abstract = True


class ActorMark(_Mark):
    """Somebody it tells nothing sensitive to name."""

    class Meta:
        db_table = "collaboration_actor_mark"
        constraints = [models.UniqueConstraint(name="one_actor_mark", fields=["actor_map", "body"])]
        indexes = [models.Index(fields=["youth"], name="actor_mark_youth")]

    row_access = RowAccess(topic=Topic.MAPPING)


class SensitiveActorMark(_Mark):
    """Somebody whose being there tells of health, family or crime: for those who may know the specially sensitive."""

    class Meta:
        db_table = "collaboration_sensitive_actor_mark"
        constraints = [models.UniqueConstraint(name="one_sensitive_actor_mark", fields=["actor_map", "body"])]
        indexes = [models.Index(fields=["youth"], name="sensitive_actor_mark_youth")]

    row_access = RowAccess(topic=Topic.HEALTH)
