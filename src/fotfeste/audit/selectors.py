"""Reading the log: what the row policy opens of it, which is the county of a privacy officer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.db import connection
from django.db.models import Count, Q, QuerySet

from fotfeste.audit.models import AuditEntry
from fotfeste.kernel.clock import OSLO


class Kind(StrEnum):
    """Which entries one wants; empty is all."""

    ALL = ""
    READINGS = "readings"
    ACTS = "acts"
    REFUSALS = "refusals"


#: Verbs that are looking, not doing.
READING = (
    "read",
    "listed",
    "youth.searched",
    "youth.explained",
    "otuk.downloaded",
    "wash.downloaded",
    "wash.match_asked",
    "worklist.downloaded",
    "import.examples_shown",
    "person.copied",
)
REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Counted:
    """How many times somebody looked, and how many times something was done."""

    readings: int
    acts: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the log one wants: a day, what one user did, a kind of entries."""

    on: date | None = None
    user_id: int | None = None
    kind: Kind = Kind.ALL


EVERYTHING = Wanted()


@dataclass(frozen=True, slots=True)
class Mention:
    """An entry about a youth, by itself or on a list, before it is read whole."""

    pk: int
    at: datetime
    user_id: int
    verb: str


def entries(wanted: Wanted = EVERYTHING) -> QuerySet[AuditEntry]:
    """Return what was logged, the latest first, narrowed to what is wanted."""
    found = AuditEntry.objects.order_by("-at", "-pk").filter(_of_kind(wanted.kind))
    if wanted.on is not None:
        found = found.filter(_within(wanted.on))
    return found if wanted.user_id is None else found.filter(user_id=wanted.user_id)


def entries_about(youth_id: int, wanted: Wanted = EVERYTHING) -> list[Mention]:
    """Return every mention of a youth, on lists as well, the latest first; read them whole with ``entries_of``."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, at, user_id, verb FROM public.audit_about(%s)", [youth_id])
        found = [Mention(*row) for row in cursor.fetchall()]
    return [
        each
        for each in found
        if (wanted.on is None or each.at.astimezone(OSLO).date() == wanted.on)
        and (wanted.user_id is None or each.user_id == wanted.user_id)
        and wanted.kind in {Kind.ALL, _kind_of(each.verb)}
    ]


def entries_of(mentions: Iterable[Mention]) -> list[AuditEntry]:
    """Return the entries mentioned, in the same order; only the months they stand in are looked into."""
    wanted = list(mentions)
    if not wanted:
        return []
    moments = [each.at for each in wanted]
    rows = AuditEntry.objects.filter(pk__in=[each.pk for each in wanted], at__gte=min(moments), at__lte=max(moments))
    return list(rows.order_by("-at", "-pk"))


def readings_and_acts(*, on: date) -> Counted:
    """Return how much was read and done on a day."""
    counted = AuditEntry.objects.filter(_within(on)).aggregate(
        readings=Count("pk", filter=_of_kind(Kind.READINGS)), acts=Count("pk", filter=_of_kind(Kind.ACTS))
    )
    return Counted(**counted)


def _of_kind(kind: Kind) -> Q:
    if kind is Kind.ALL:
        return Q()
    if kind is Kind.ACTS:
        return ~Q(verb__in=(*READING, REFUSED))
    return Q(verb__in=READING) if kind is Kind.READINGS else Q(verb=REFUSED)


def _kind_of(verb: str) -> Kind:
    if verb == REFUSED:
        return Kind.REFUSALS
    return Kind.READINGS if verb in READING else Kind.ACTS


def _within(on: date) -> Q:
    begins = datetime.combine(on, time(), tzinfo=OSLO)
    return Q(at__gte=begins, at__lt=datetime.combine(on + timedelta(days=1), time(), tzinfo=OSLO))
