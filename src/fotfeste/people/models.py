"""Youths and the dated facts about who they are, where they live and what school they have gone to."""

import pghistory
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat

from fotfeste.access.rows import AboutYouth, RowAccess
from fotfeste.access.topics import Topic
from fotfeste.people.enums import AddressKind, ContactKind, EnrolmentKind, IdKind, PairState, Protection
from fotfeste.people.name_key import SearchKey


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Youth(models.Model):
    """
    A young person known to the service or to the schools' registers.

    ``county_id`` and ``unit_id`` say who may see the row (docs/adr/0004): the county the youth belongs to and the
    unit responsible now. Facts with dates are rows of their own; a change of name or number is kept by the history.
    """

    # Their own indexes are the first columns of those below; each index less makes a load a good deal faster.
    county = models.ForeignKey(
        "organisations.County", on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    unit = models.ForeignKey(
        "organisations.Unit", on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    first_name = models.CharField("fornavn", max_length=100)
    last_name = models.CharField("etternavn", max_length=100)
    born = models.DateField("fødselsdato")
    national_id = models.CharField("identitetsnummer", max_length=13, null=True, blank=True)
    id_kind = models.CharField("type nummer", max_length=20, choices=IdKind.choices, blank=True)
    # Somebody else has the number. Told to nobody but the county's coordination, who decides whose it is.
    is_number_contested = models.BooleanField("nummeret står også på en annen", default=False, db_default=False)
    protection = models.CharField("gradering", max_length=30, choices=Protection.choices, default=Protection.NONE)
    has_completed = models.BooleanField("har oppnådd studie- eller yrkeskompetanse", default=False)
    finished_compulsory = models.BooleanField("har fullført grunnskolen", null=True, blank=True)
    moved_in_on = models.DateField("flyttet til fylket", null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    version = models.IntegerField("versjon", default=1)
    recorded_at = models.DateTimeField("registrert")
    known_on = models.DateField("opplysningene gjelder per", null=True)
    name_key = models.GeneratedField(
        expression=SearchKey(Concat(F("last_name"), Value(" "), F("first_name"))),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )

    class Meta:
        db_table = "people_youth"
        constraints = [
            models.UniqueConstraint(
                name="youth_national_id",
                fields=["national_id"],
                condition=Q(national_id__isnull=False, is_number_contested=False),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "name_key"], name="youth_unit_name"),
            models.Index(fields=["county", "name_key"], name="youth_county_name"),
            models.Index(fields=["born"], name="youth_born"),
            models.Index(fields=["national_id"], name="youth_contested", condition=Q(is_number_contested=True)),
            models.Index(fields=["merged_into"], name="youth_merged_into", condition=Q(merged_into__isnull=False)),
        ]

    row_access = RowAccess(topic=Topic.IDENTITY, youth="id")


class DatedFact(AboutYouth):
    """
    A fact that holds in a period and was recorded at a moment, from a source.

    Nothing is overwritten: a correction closes ``superseded_at`` of the old row and adds one. What is known now is
    the rows where it is empty.
    """

    # Every table of facts has an index of its own that begins with the youth.
    youth = models.ForeignKey(Youth, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    first_day = models.DateField("fra og med", null=True)
    last_day = models.DateField("til og med", null=True)
    source = models.CharField("kilde", max_length=80)
    recorded_at = models.DateTimeField("registrert")
    superseded_at = models.DateTimeField("erstattet", null=True, blank=True)

    class Meta:
        abstract = True


class ContactDetail(DatedFact):
    """A telephone number (E.164) or e-mail address, with where it came from and when."""

    kind = models.CharField("type", max_length=10, choices=ContactKind.choices)
    value = models.CharField("verdi", max_length=254)

    class Meta:
        db_table = "people_contact_detail"
        indexes = [models.Index(fields=["youth", "kind"])]

    row_access = RowAccess(topic=Topic.CONTACT)


class Address(DatedFact):
    """Where the youth is registered, stays or is placed. Protected ones need a topic of their own."""

    kind = models.CharField("type", max_length=20, choices=AddressKind.choices)
    street = models.CharField("adresse", max_length=120, blank=True)
    postcode = models.CharField("postnummer", max_length=4, blank=True)
    city = models.CharField("poststed", max_length=60, blank=True)
    municipality = models.CharField("kommunenummer", max_length=4, blank=True)
    district_code = models.CharField("bydel", max_length=6, blank=True)
    latitude = models.FloatField("breddegrad", null=True)
    longitude = models.FloatField("lengdegrad", null=True)
    is_protected = models.BooleanField("beskyttet", default=False)

    class Meta:
        db_table = "people_address"
        indexes = [models.Index(fields=["youth", "kind"])]

    row_access = RowAccess(topic=Topic.ADDRESS, protected="is_protected")


class Guardian(DatedFact):
    """A parent or other guardian of a youth under 18."""

    name = models.CharField("navn", max_length=200)
    phone = models.CharField("telefon", max_length=20, blank=True)
    email = models.EmailField("e-post", blank=True)
    relation = models.CharField("relasjon", max_length=60, blank=True)

    class Meta:
        db_table = "people_guardian"
        indexes = [models.Index(fields=["youth"])]

    row_access = RowAccess(topic=Topic.CONTACT)


class Enrolment(DatedFact):
    """A stretch of school, apprenticeship or adult education, with its end and the reason for it."""

    kind = models.CharField("type", max_length=30, choices=EnrolmentKind.choices)
    school = models.ForeignKey(
        "organisations.Unit",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    school_name = models.CharField("skole eller bedrift", max_length=200, blank=True)
    programme = models.CharField("programområde", max_length=20, blank=True)
    level = models.CharField("trinn", max_length=10, blank=True)
    is_private = models.BooleanField("privat", default=False)
    end_reason = models.CharField("sluttårsak", max_length=60, blank=True)

    class Meta:
        db_table = "people_enrolment"
        indexes = [models.Index(fields=["youth", "first_day"])]
        constraints = [
            models.CheckConstraint(
                name="enrolment_period",
                condition=Q(last_day__isnull=True) | Q(first_day__isnull=True) | Q(last_day__gte=F("first_day")),
            ),
        ]

    row_access = RowAccess(topic=Topic.EDUCATION)


class DuplicatePair(models.Model):
    """Two youths who may be one. A person decides; see Merge."""

    county_id = models.SmallIntegerField("fylke")
    first = models.ForeignKey(Youth, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Youth, on_delete=models.PROTECT, related_name="+")
    signs = models.JSONField("tegn", default=list)
    state = models.CharField("tilstand", max_length=12, choices=PairState.choices, default=PairState.OPEN)
    found_at = models.DateTimeField("funnet")
    decided_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("avgjort", null=True)

    class Meta:
        db_table = "people_duplicate_pair"
        constraints = [
            models.UniqueConstraint(name="duplicate_pair_once", fields=["first", "second"]),
            models.CheckConstraint(name="duplicate_pair_order", condition=Q(first__lt=F("second"))),
        ]

    row_access = RowAccess(topic=Topic.IDENTITY, county_only=True)


class Merge(models.Model):
    """One youth taken up in another. Nothing is moved or deleted, so it can be undone."""

    county_id = models.SmallIntegerField("fylke")
    kept = models.ForeignKey(Youth, on_delete=models.PROTECT, related_name="+")
    absorbed = models.ForeignKey(Youth, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("begrunnelse", max_length=300, blank=True)
    undo_state = models.JSONField("tilstand før", default=dict)
    merged_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField("slått sammen")
    undone_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField("angret", null=True)

    class Meta:
        db_table = "people_merge"

    row_access = RowAccess(topic=Topic.IDENTITY, county_only=True)
