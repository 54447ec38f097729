"""Counties, units and the named people one calls there. Dated: a county or a school is open in a period."""

import pghistory
from django.db import models
from django.db.models import F, Q

from fotfeste.kernel import formats
from fotfeste.kernel.seen import mark_of
from fotfeste.organisations.enums import ContactRole, ReviewOutcome, UnitKind


class County(models.Model):
    """A county as it was or is. The primary key is the county number, which is never used twice."""

    id = models.SmallIntegerField("fylkesnummer", primary_key=True)
    name = models.CharField("navn", max_length=80)
    first_day = models.DateField("fra og med", null=True)
    last_day = models.DateField("til og med", null=True)
    successors = models.JSONField("etterfølgere", default=list)
    source = models.CharField("kilde", max_length=200, blank=True)
    note = models.CharField("merknad", max_length=300, blank=True)

    class Meta:
        db_table = "organisations_county"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    @property
    def code(self) -> str:
        """The two digits as they are written."""
        return f"{self.id:02}"


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class Unit(models.Model):
    """
    A school, district, Nav office or other unit that takes part in the service.

    A school with both lower and upper secondary pupils is one unit: one organisation number, one staff. Its other
    level stands in ``also_kind``, and every search by kind finds it under both.
    """

    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="units", verbose_name="fylke")
    kind = models.CharField("type", max_length=40, choices=UnitKind.choices)
    also_kind = models.CharField("er også", max_length=40, choices=UnitKind.choices, blank=True)
    name = models.CharField("navn", max_length=200)
    org_number = models.CharField("organisasjonsnummer", max_length=9, blank=True)
    vigo_number = models.CharField("VIGO-nummer", max_length=12, blank=True)
    code = models.CharField("kode (bydel eller Nav-kontor)", max_length=10, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    nav_office = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="serves")
    district_code = models.CharField("ligger i bydel", max_length=6, blank=True)
    street = models.CharField("adresse", max_length=120, blank=True)
    postcode = models.CharField("postnummer", max_length=4, blank=True)
    city = models.CharField("poststed", max_length=60, blank=True)
    latitude = models.FloatField("breddegrad", null=True, blank=True)
    longitude = models.FloatField("lengdegrad", null=True, blank=True)
    is_private = models.BooleanField("privat", default=False)
    takes_responsibility = models.BooleanField("kan ha OT-ansvar", default=False)
    first_day = models.DateField("åpen fra og med", null=True, blank=True)
    last_day = models.DateField("åpen til og med", null=True, blank=True)
    source = models.CharField("kilde", max_length=300, blank=True)
    note = models.CharField("merknad", max_length=300, blank=True)
    is_kept_locally = models.BooleanField("holdes ved like av fylket", default=False)

    class Meta:
        db_table = "organisations_unit"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(name="unit_org_number", fields=["org_number"], condition=~Q(org_number="")),
            models.UniqueConstraint(name="unit_vigo_number", fields=["vigo_number"], condition=~Q(vigo_number="")),
            models.UniqueConstraint(name="unit_code", fields=["kind", "code"], condition=~Q(code="")),
            models.UniqueConstraint(
                name="one_education_admin_per_county", fields=["county"], condition=Q(kind=UnitKind.EDUCATION_ADMIN)
            ),
            models.CheckConstraint(
                name="unit_period",
                condition=Q(last_day__isnull=True) | Q(first_day__isnull=True) | Q(last_day__gte=F("first_day")),
            ),
            models.CheckConstraint(name="unit_also_kind", condition=~Q(also_kind=F("kind"))),
            models.CheckConstraint(
                name="unit_point",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CountyReading(models.Model):
    """
    How a county reads something the documents leave open, from a day on. Rows are added, never changed.

    The newest line that has begun holds; one replaced on the very day it began has ``superseded_at``. What it does
    otherwise with an event of the year is such a line too: ``reading`` is the id of the event, ``told`` holds the rest.
    """

    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="+", verbose_name="fylke")
    reading = models.CharField("lesemåte", max_length=60)
    value = models.CharField("leses som", max_length=60)
    first_day = models.DateField("fra og med")
    told = models.JSONField("hva som gjelder", default=dict)
    reason = models.CharField("begrunnelse", max_length=500)
    chosen_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("registrert")
    superseded_at = models.DateTimeField("erstattet", null=True, blank=True)

    class Meta:
        db_table = "organisations_county_reading"
        ordering = ["reading", "first_day", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_reading_a_day",
                fields=["county", "reading", "first_day"],
                condition=Q(superseded_at__isnull=True),
            ),
        ]


class UnitFile(models.Model):
    """A county's file of units: it waits with its plan, and is kept with what it did once it is used."""

    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="+", verbose_name="fylke")
    content = models.TextField("innhold")
    uploaded_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField("lastet opp")
    applied_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    applied_at = models.DateTimeField("tatt i bruk", null=True)
    new = models.IntegerField("nye", default=0)
    changed = models.IntegerField("endret", default=0)
    unchanged = models.IntegerField("uendret", default=0)
    rejected = models.IntegerField("avvist", default=0)

    class Meta:
        db_table = "organisations_unit_file"
        ordering = ["-uploaded_at", "-pk"]


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class NamedContact(models.Model):
    """
    A person named as contact at a unit in a period.

    Source: samarbeidsavtalen 2025 § 3 (the list of contacts is kept current).
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="contacts", verbose_name="enhet")
    role = models.CharField("ansvar", max_length=30, choices=ContactRole.choices)
    name = models.CharField("navn", max_length=200)
    email = models.EmailField("e-post", blank=True)
    phone = models.CharField("telefon", max_length=20, blank=True)
    first_day = models.DateField("fra og med")
    last_day = models.DateField("til og med", null=True, blank=True)
    confirmed_on = models.DateField("sist bekreftet", null=True, blank=True)
    deputy = models.CharField("stedfortreder", max_length=200, blank=True)
    published_on = models.DateField("publisert på nettsiden", null=True, blank=True)
    uda_seen_at = models.DateTimeField("Utdanningsadministrasjonen har sett det", null=True, blank=True)

    class Meta:
        db_table = "organisations_named_contact"
        ordering = ["unit", "-first_day"]
        constraints = [
            models.CheckConstraint(
                name="named_contact_period", condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day"))
            ),
            models.UniqueConstraint(
                name="named_contact_once", fields=["unit", "role", "name"], condition=Q(last_day__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def version(self) -> str:
        """Return what tells whether somebody has changed it since."""
        return mark_of(self.pk, self.last_day, self.confirmed_on, self.published_on, self.uda_seen_at)

    @property
    def shown_phone(self) -> str:
        """The number as people write it: Norwegian ones in pairs, others as they are."""
        return formats.phone(self.phone)


class RoleReview(models.Model):
    """
    That somebody went through a role in a round, and what came of it. The latest of a round counts; rows are added.

    Source: GDPR article 32 no. 1 d; how often is ours (``review_rounds.yaml``).
    """

    assignment = models.ForeignKey("access.RoleAssignment", on_delete=models.PROTECT, related_name="+")
    round = models.CharField("runde", max_length=20)
    outcome = models.CharField("utfall", max_length=10, choices=ReviewOutcome.choices)
    decided_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("avgjort")

    class Meta:
        db_table = "organisations_role_review"
        constraints = [
            models.UniqueConstraint(name="role_review_once", fields=["assignment", "round", "outcome"]),
        ]
