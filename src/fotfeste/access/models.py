"""Users, the roles they hold, and the grants that open a youth to a unit beyond its own responsibility."""

import pghistory
from django.db import models
from django.db.models import F, Q

from fotfeste.access.roles import Role
from fotfeste.access.topics import Ground, Topic


class User(models.Model):
    """A person who logs in (how, is in LoginIdentity), or a named system actor that jobs act as."""

    subject = models.CharField("id i Fotfeste", max_length=255, unique=True)
    name = models.CharField("navn", max_length=200)
    email = models.EmailField("e-post", blank=True)
    language = models.CharField("språk", max_length=5, default="nb")
    is_system = models.BooleanField("systemaktør", default=False)
    is_active = models.BooleanField("aktiv", default=True)

    class Meta:
        db_table = "access_user"

    def __str__(self) -> str:
        return self.name


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class RoleAssignment(models.Model):
    """
    A role a user holds at a unit in a period, both days included.

    One that is ended at once, with a reason, has no day left: its last day is moved to the day before, also when it
    began that day or was to begin later. So whatever asks for the roles of a day finds it no more.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField("rolle", max_length=40, choices=Role.choices)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField("fra og med")
    last_day = models.DateField("til og med", null=True, blank=True)
    granted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField("avsluttet med en gang", null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    end_reason = models.CharField("begrunnelse", max_length=300, blank=True, db_default="")

    class Meta:
        db_table = "access_role_assignment"
        constraints = [
            models.CheckConstraint(
                name="role_assignment_period",
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")) | Q(ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="role_assignment_ended_with_reason",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, end_reason="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False, last_day__isnull=False) & ~Q(end_reason="")),
            ),
        ]
        indexes = [models.Index(fields=["unit", "role"])]


class KnowledgeConfirmation(models.Model):
    """
    That somebody knows what the law asks of those who read about others, said by themselves, and until when it counts.

    Without one that counts, of the text in use, a role opens nothing. Rows are added, never changed.
    Source: opplæringsforskrifta § 20-2.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    version = models.CharField("versjon av teksten", max_length=20)
    first_day = models.DateField("fra og med")
    last_day = models.DateField("til og med")
    confirmed_at = models.DateTimeField("bekreftet")

    class Meta:
        db_table = "access_knowledge_confirmation"
        constraints = [models.CheckConstraint(name="knowledge_period", condition=Q(last_day__gte=F("first_day")))]


class KnowledgeTextRow(models.Model):
    """The versions of what is confirmed, so that the database knows the one in use. Filled by ``fotfeste migrate``."""

    version = models.CharField("versjon av teksten", max_length=20, unique=True)
    first_day = models.DateField("fra og med", unique=True)

    class Meta:
        db_table = "access_knowledge_text"


class SharingRuleRow(models.Model):
    """The sharing rules as rows, so that the database can apply them. Filled by ``fotfeste migrate`` from the file."""

    rule = models.CharField("regel", max_length=60)
    role = models.CharField("rolle", max_length=40, choices=Role.choices)
    ground = models.CharField("grunnlag", max_length=40, choices=Ground.choices)
    topic = models.CharField("tema", max_length=30, choices=Topic.choices)
    first_day = models.DateField("fra og med")
    last_day = models.DateField("til og med", null=True, blank=True)

    class Meta:
        db_table = "access_sharing_rule"
        constraints = [models.UniqueConstraint(name="sharing_rule_once", fields=["rule", "role", "ground", "topic"])]


class AccessGrant(models.Model):
    """
    A topic of one youth opened to one unit, or to one person, for a period, with the ground and what it came from.

    The broad grounds (responsible unit, county coordination) need no row here: they ride on each row about the youth
    as its unit and county (docs/adr/0004). A grant ends with its last day, at ``closes_at`` where hours count, or at
    once when it is closed: whatever statement comes after that, also in a page being made, no longer sees by it.
    """

    youth_id = models.BigIntegerField("ungdom")
    # Both follow the youth; the database fills them in.
    county_id = models.SmallIntegerField("fylke", null=True, editable=False)
    holder_id = models.BigIntegerField("ansvarlig enhet", null=True, editable=False)
    unit = models.ForeignKey(
        "organisations.Unit",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="enhet",
        db_index=False,
    )
    user = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="person", db_index=False
    )
    topic = models.CharField("tema", max_length=30, choices=Topic.choices)
    ground = models.CharField("grunnlag", max_length=40, choices=Ground.choices)
    source = models.CharField("kommer fra", max_length=80)
    first_day = models.DateField("fra og med")
    last_day = models.DateField("til og med", null=True, blank=True)
    recorded_at = models.DateTimeField("registrert")
    closes_at = models.DateTimeField("stenges", null=True, blank=True)
    closed_at = models.DateTimeField("stengt", null=True, blank=True)

    class Meta:
        db_table = "access_grant"
        constraints = [
            models.CheckConstraint(
                name="access_grant_one_receiver",
                condition=Q(unit__isnull=True, user__isnull=False) | Q(unit__isnull=False, user__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "topic"], name="access_grant_unit_topic"),
            models.Index(fields=["unit", "last_day"], name="access_grant_open", condition=Q(closed_at__isnull=True)),
            models.Index(fields=["youth_id"], name="access_grant_youth"),
            models.Index(fields=["user"], name="access_grant_user", condition=Q(user__isnull=False)),
            models.Index(fields=["ground", "source"], name="access_grant_source"),
        ]


class Session(models.Model):
    """
    A browser's session, from login to logout or to its limit.

    The key in the browser's cookie stands here as a digest only: who reads this table can take over no session.
    """

    digest = models.CharField("avtrykk av nøkkelen", max_length=64, unique=True)
    data = models.TextField("innhold")
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+", verbose_name="bruker")
    begun_at = models.DateTimeField("begynt")
    seen_at = models.DateTimeField("sist brukt")
    profile = models.CharField("innlogget gjennom", max_length=40, blank=True)
    provider_session = models.CharField("avtrykk av økten der", max_length=64, blank=True)
    provider_subject = models.CharField("avtrykk av id der", max_length=64, blank=True)

    class Meta:
        db_table = "access_session"
        indexes = [
            models.Index(fields=["seen_at"], name="access_session_seen_at"),
            models.Index(fields=["provider_session"], name="access_session_provider"),
            models.Index(fields=["provider_subject"], name="access_session_subject"),
        ]


class LoginIdentity(models.Model):
    """
    A person at an identity provider, known by a digest, and the user it is.

    Without a user it is somebody who has logged in and is waiting to be connected to one, by the code they were shown.
    """

    digest = models.CharField("avtrykk", max_length=64, unique=True)
    profile = models.CharField("innloggingstjeneste", max_length=40)
    user = models.ForeignKey(
        User, null=True, on_delete=models.CASCADE, related_name="identities", verbose_name="bruker"
    )
    code = models.CharField("kode", max_length=9, null=True, unique=True)
    made_at = models.DateTimeField("registrert")
    connected_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="koblet av"
    )
    last_login_at = models.DateTimeField("sist innlogget", null=True)

    class Meta:
        db_table = "access_login_identity"
        constraints = [
            models.CheckConstraint(
                name="login_identity_waits_by_code", condition=Q(user__isnull=False) | Q(code__isnull=False)
            ),
        ]


class AttemptCount(models.Model):
    """
    How many times something was tried in a stretch of time, by a user or from a network address (``limits``).

    Also what counts once, as a provider's statement that somebody has logged out: then a moment, of no length.
    """

    kind = models.CharField("hva", max_length=20)
    who = models.CharField("avtrykk av hvem", max_length=32)
    begins_at = models.DateTimeField("fra")
    seconds = models.IntegerField("sekunder")
    count = models.IntegerField("antall")

    class Meta:
        db_table = "access_attempt_count"
        constraints = [
            models.UniqueConstraint(name="attempt_count_once", fields=["kind", "who", "begins_at", "seconds"]),
        ]
        indexes = [models.Index(fields=["begins_at"], name="attempt_count_begins")]


class SentForm(models.Model):
    """A form that was sent, known by a digest of all it held, and where it led, so that sent twice it is done once."""

    digest = models.CharField("avtrykk", max_length=64, primary_key=True)
    at = models.DateTimeField("tidspunkt")
    location = models.CharField("førte til", max_length=500, blank=True)

    class Meta:
        db_table = "access_sent_form"
        indexes = [models.Index(fields=["at"], name="sent_form_at")]
