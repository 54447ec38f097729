"""What a youth has released, how each stands on a day, and what covers a service that somebody wants to involve."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, QuerySet, prefetch_related_objects

from fotfeste.access import selectors as access
from fotfeste.access import sharing
from fotfeste.access.topics import Ground, Topic
from fotfeste.consent.enums import RELEASABLE, Answer, PartnerKind, ReleaseState
from fotfeste.consent.models import EmergencyOpening, Release, ReleaseBody, ReleaseScan
from fotfeste.kernel.together import Rows, read_together
from fotfeste.spec import implements

SOON = timedelta(days=30)
_HOLDS = frozenset({ReleaseState.GIVEN, ReleaseState.ENDS_SOON, ReleaseState.COMING})


@dataclass(frozen=True, slots=True)
class ShownRelease:
    """
    A release as it is shown: how it stands, and for each service what it may know.

    :ivar bodies: (name, unit id or None, topics in the order of the form).
    """

    release: Release
    state: ReleaseState
    bodies: tuple[tuple[str, int | None, tuple[Topic, ...]], ...]
    recorded_by: str
    withdrawn_by: str
    has_scan: bool


def state_of(release: Release, *, on: date) -> ReleaseState:
    """Return how a release stands on a day."""
    if release.answer == Answer.NO:
        return ReleaseState.REFUSED
    if release.withdrawn_at is not None:
        return ReleaseState.WITHDRAWN
    if on < release.first_day:
        return ReleaseState.COMING
    if on > release.last_day:
        return ReleaseState.EXPIRED
    return ReleaseState.ENDS_SOON if release.last_day - on <= SOON else ReleaseState.GIVEN


#: A youth's releases, the newest first, for ``read_together`` with ``youth_id``.
RELEASES_OF_YOUTH = Rows(Release, "t.youth_id = %(youth_id)s", "t.first_day DESC, t.id DESC")
#: The services they name, likewise.
BODIES_OF_YOUTH = Rows(ReleaseBody, "t.youth_id = %(youth_id)s", "t.id", related=("body",))


def releases_of(*, youth_id: int, on: date) -> list[ShownRelease]:
    """Return what a youth has answered, as far as the actor may see it: what holds first, then the newest."""
    [rows] = read_together(RELEASES_OF_YOUTH, values={"youth_id": youth_id})
    return shown_releases(rows, youth_id=youth_id, on=on)


def shown_releases(rows: Sequence[Release], *, youth_id: int, on: date) -> list[ShownRelease]:
    """Return how releases that have been read, the newest first, stand on a day: what holds first."""
    if not rows:
        return []
    prefetch_related_objects(rows, "bodies__body")
    names = access.user_names({r.recorded_by_id for r in rows} | {r.withdrawn_by_id for r in rows if r.withdrawn_by_id})
    scanned = set(ReleaseScan.objects.filter(youth_id=youth_id).values_list("release_id", flat=True))
    shown = [
        ShownRelease(
            release=row,
            state=state_of(row, on=on),
            bodies=tuple((body_name(body), body.body_id, ordered(body.topics)) for body in row.bodies.all()),
            recorded_by=names.get(row.recorded_by_id, ""),
            withdrawn_by=names.get(row.withdrawn_by_id or 0, ""),
            has_scan=row.pk in scanned,
        )
        for row in rows
    ]
    return sorted(shown, key=lambda each: each.state not in _HOLDS)


def release_or_none(*, youth_id: int, release_id: int) -> Release | None:
    """Return one release of the youth, or None when there is none the actor may see."""
    found = Release.objects.filter(pk=release_id, youth_id=youth_id)
    return found.prefetch_related("bodies__body").select_related("recorded_by", "youth").first()


def scan_or_none(*, youth_id: int, release_id: int) -> ReleaseScan | None:
    """Return the signed paper of a release, or None when there is none the actor may see."""
    return ReleaseScan.objects.filter(youth_id=youth_id, release_id=release_id).first()


@dataclass(frozen=True, slots=True)
class Chip:
    """One service on the person page: who, how it stands, and what until when."""

    name: str
    state: ReleaseState
    topics: tuple[Topic, ...]
    last_day: date


def chips_of(releases: Sequence[Release], bodies: Sequence[ReleaseBody], *, on: date) -> list[Chip]:
    """
    Return one chip for each service the youth has been asked about: the release that holds, else the last answer.

    :param releases: the youth's, the newest first; ``bodies`` are the services they name.
    """
    found: dict[str, Chip] = {}
    stand = [(release, state_of(release, on=on)) for release in releases]
    for release, state in sorted(stand, key=lambda each: each[1] not in _HOLDS):
        for body in bodies:
            if body.release_id == release.pk:
                name = body_name(body)
                found.setdefault(name, Chip(name, state, ordered(body.topics), release.last_day))
    return list(found.values())


def releases_that_end(*, on: date, within: timedelta = SOON) -> QuerySet[Release]:
    """Return the releases that end within so many days and have not been renewed; for use inside another query."""
    rows = Release.objects.filter(last_day__gte=on, last_day__lte=on + within, withdrawn_at=None)
    renewed = Release.objects.filter(renews__isnull=False).values("renews_id")
    return rows.exclude(answer=Answer.NO).exclude(pk__in=renewed)


def ending(*, unit_ids: Iterable[int], on: date, within: timedelta = SOON) -> list[Release]:
    """Return the releases of the youths some units answer for that end within so many days, the nearest first."""
    rows = releases_that_end(on=on, within=within).filter(unit_id__in=list(unit_ids))
    return list(rows.order_by("last_day", "pk").select_related("youth"))


@dataclass(frozen=True, slots=True)
class Cover:
    """What lets a service be involved: the youth's release, or a sharing rule that opens it without one."""

    release: Release | None = None
    rule: sharing.SharingRule | None = None


#: A release is asked for itself; an invitation needs cover and is none for the next one.
_NO_COVER = frozenset({Ground.RELEASE, Ground.INVITATION})


@implements("rut-rule-consent", "principle-share-information", "inv-consent")
def cover_for(*, youth_id: int, unit_id: int, unit_kind: str, topic: Topic, on: date) -> Cover | None:
    """
    Return what covers that a unit is involved in a topic of the youth on a day; None when nothing does.

    Nobody may be invited to a meeting or a plan without it. A rule that opens it without the youth's word is named, so
    that the screen can say which.

    Source: Oslostandarden §§ 4.2-4.4.
    """
    found = _newest(ReleaseBody.objects.filter(youth_id=youth_id, body_id=unit_id, topics__contains=[topic.value]), on)
    if found is not None:
        return Cover(release=found)
    opened = {g.ground for g in access.grants_about(youth_id=youth_id, on=on) if g.unit_id == unit_id}
    for rule in sharing.rules_on(on):
        if rule.ground.value not in opened or rule.ground in _NO_COVER or topic not in rule.topics:
            continue
        if topic in sharing.openable(ground=rule.ground, unit_kind=unit_kind, on=on):
            return Cover(rule=rule)
    return None


def partner_cover(*, youth_id: int, partner: str, topic: Topic, on: date) -> Release | None:
    """Return the release that lets a partner without users here in on a topic on a day; None when none does."""
    bodies = ReleaseBody.objects.filter(youth_id=youth_id, partner=partner, topics__contains=[topic.value])
    return _newest(bodies, on)


def partner_covers(*, youth_id: int, topic: Topic, on: date) -> dict[str, Release]:
    """Return the release that lets each partner without users here in on a topic on a day, by the kind of partner."""
    bodies = ReleaseBody.objects.filter(youth_id=youth_id, topics__contains=[topic.value]).exclude(partner="")
    rows = _holding(bodies, on).select_related("release").order_by("release__last_day")
    return {row.partner: row.release for row in rows}


def covered_until(*, topic: Topic, on: date, youth_ids: Iterable[int] | None = None) -> dict[tuple[int, int], date]:
    """Return until when each unit may know a topic of a youth by a release that holds on the day: (youth, unit)."""
    rows = _holding(ReleaseBody.objects.filter(body_id__isnull=False, topics__contains=[topic.value]), on)
    if youth_ids is not None:
        rows = rows.filter(youth_id__in=list(youth_ids))
    ordered_rows = rows.order_by("release__last_day").values_list("youth_id", "body_id", "release__last_day")
    return {(youth_id, unit_id): last_day for youth_id, unit_id, last_day in ordered_rows if unit_id is not None}


def _newest(bodies: QuerySet[ReleaseBody], on: date) -> Release | None:
    found = _holding(bodies, on).select_related("release").order_by("-release__last_day").first()
    return found.release if found is not None else None


def _holding(bodies: QuerySet[ReleaseBody], on: date) -> QuerySet[ReleaseBody]:
    return bodies.filter(release__withdrawn_at=None, release__first_day__lte=on, release__last_day__gte=on).exclude(
        release__answer=Answer.NO
    )


def releases_since(*, youth_ids: Iterable[int], since: datetime) -> list[Release]:
    """Return what some youths have answered since a moment, as it was taken down; withdrawn since or not."""
    rows = Release.objects.filter(youth_id__in=list(youth_ids), recorded_at__gte=since)
    return list(rows.order_by("recorded_at", "pk"))


def covered_units(*, youth_id: int, topics: Iterable[Topic], on: date) -> frozenset[int]:
    """Return the units a release of the youth lets know any of the topics on a day."""
    return covered_units_of_each(youth_ids=[youth_id], topics=topics, on=on).get(youth_id, frozenset())


def covered_units_of_each(*, youth_ids: Iterable[int], topics: Iterable[Topic], on: date) -> dict[int, frozenset[int]]:
    """Return the same for each of several youths; of a youth who has released nobody, nothing."""
    rows = ReleaseBody.objects.filter(
        youth_id__in=list(youth_ids),
        body_id__isnull=False,
        topics__overlap=[topic.value for topic in topics],
        release__withdrawn_at=None,
        release__first_day__lte=on,
        release__last_day__gte=on,
    ).exclude(release__answer=Answer.NO)
    found: dict[int, set[int]] = {}
    for youth_id, unit_id in rows.values_list("youth_id", "body_id"):
        if unit_id is not None:
            found.setdefault(youth_id, set()).add(unit_id)
    return {youth_id: frozenset(unit_ids) for youth_id, unit_ids in found.items()}


def released_until(*, youth_ids: Iterable[int], on: date) -> dict[tuple[str, int | str], date]:
    """
    Return whom some registrations of a youth have released on a day, each with the last day it holds.

    A unit stands as ``("unit", id)``, a kind of service that is no unit here as ``("partner", kind)``.
    """
    rows = ReleaseBody.objects.filter(
        youth_id__in=list(youth_ids),
        release__withdrawn_at=None,
        release__first_day__lte=on,
        release__last_day__gte=on,
    ).exclude(release__answer=Answer.NO)
    found: dict[tuple[str, int | str], date] = {}
    for body_id, partner, last_day in rows.order_by("release__last_day").values_list(
        "body_id", "partner", "release__last_day"
    ):
        found[("unit", body_id) if body_id is not None else ("partner", partner)] = last_day
    return found


def body_name(body: ReleaseBody) -> str:
    """Return what a service is called."""
    return body.body.name if body.body is not None else str(PartnerKind(body.partner).label)


def ordered(topics: Iterable[str]) -> tuple[Topic, ...]:
    """Return topics in the order of the form."""
    wanted = set(topics)
    return tuple(topic for topic, _label in RELEASABLE if topic.value in wanted)


def emergency_openings(*, limit: int = 50) -> list[EmergencyOpening]:
    """Return the emergency openings the actor may see, those nobody has looked at first, then the newest."""
    rows = EmergencyOpening.objects.select_related("opened_by", "opened_at_unit", "looked_at_by")
    return list(rows.order_by(F("looked_at").asc(nulls_first=True), "-opened_at", "-pk")[:limit])


def openings_to_look_at() -> int:
    """Return how many emergency openings the actor may see that nobody has looked at."""
    return EmergencyOpening.objects.filter(looked_at=None).count()


def seen_of(release: Release | None) -> str:
    """Return what a form that renews a release carries, to tell whether it has been renewed or taken back since."""
    return release.withdrawn_at.isoformat() if release and release.withdrawn_at else "-"


def languages_asked_in(*, youth_ids: Iterable[int]) -> dict[int, str]:
    """Return the language each youth was last asked in, where they have been asked: the one they are written to in."""
    rows = Release.objects.filter(youth_id__in=list(youth_ids)).order_by("youth_id", "-recorded_at", "-pk")
    return dict(rows.distinct("youth_id").values_list("youth_id", "language"))
