"""
Opening and closing topics of a youth, by the sharing rules and nothing else.

A service whose fact is a ground (a list, a release, a hand-over) tells it as *openings*; what each opens, and to whom,
is decided here from the rules. The same openings can be worked out again from the facts, which is how
``fotfeste check`` proves that nothing is open that should not be, and nothing closed that should be open.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from fotfeste.access import sharing
from fotfeste.access.models import AccessGrant
from fotfeste.access.topics import Ground, Topic
from fotfeste.kernel import clock


@dataclass(frozen=True, slots=True)
class Opening:
    """
    A fact that opens something of a youth to a unit, or to one person.

    :ivar source: what it comes from, such as ``otuk-round:12``; shown to those who ask why.
    :ivar unit_kind: the kind of the unit, which says what roles are held there.
    :ivar topics: what the fact itself is limited to (a release names topics); None is all that the rules open.
    :ivar closes_at: when it ends, where hours count.
    """

    youth_id: int
    ground: Ground
    source: str
    first_day: date
    last_day: date | None = None
    unit_id: int | None = None
    unit_kind: str = ""
    user_id: int | None = None
    topics: frozenset[Topic] | None = None
    closes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Granted:
    """What a row of ``access_grant`` says, without when it was written."""

    youth_id: int
    unit_id: int | None
    user_id: int | None
    topic: str
    ground: str
    source: str
    first_day: date
    last_day: date | None
    closes_at: datetime | None


def decide(openings: Iterable[Opening]) -> set[Granted]:
    """Return the grants that some openings lead to by the rules in force on the first day of each."""
    return {
        Granted(
            each.youth_id,
            each.unit_id,
            each.user_id,
            topic.value,
            each.ground.value,
            each.source,
            each.first_day,
            each.last_day,
            each.closes_at,
        )
        for each in openings
        for topic in _opened_by(each)
    }


def _opened_by(each: Opening) -> frozenset[Topic]:
    if each.unit_id is not None:
        opened = sharing.openable(ground=each.ground, unit_kind=each.unit_kind, on=each.first_day)
    else:
        rules = [rule for rule in sharing.rules_on(each.first_day) if rule.ground is each.ground]
        opened = frozenset(topic for rule in rules for topic in rule.topics)
    return opened if each.topics is None else opened & each.topics


def open_grants(openings: Iterable[Opening]) -> int:
    """Write the grants some openings lead to and return how many. Runs inside a system actor's scope."""
    return _write(decide(openings))


def _write(wanted: Iterable[Granted]) -> int:
    now = clock.now()
    rows = [
        AccessGrant(
            youth_id=each.youth_id,
            unit_id=each.unit_id,
            user_id=each.user_id,
            topic=each.topic,
            ground=each.ground,
            source=each.source,
            first_day=each.first_day,
            last_day=each.last_day,
            closes_at=each.closes_at,
            recorded_at=now,
        )
        for each in sorted(wanted, key=lambda one: (one.youth_id, one.unit_id or 0, one.topic))
    ]
    return len(AccessGrant.objects.bulk_create(rows, batch_size=2000))


def sync(*, ground: Ground, youth_ids: Iterable[int], openings: Iterable[Opening], on: date) -> None:
    """Close at once what is open of some youths on a ground and should not be, and open what should be and is not."""
    ids = list(youth_ids)
    wanted = decide(openings)
    rows = _holding(on).filter(ground=ground, youth_id__in=ids)
    standing = {Granted(*row): pk for pk, *row in rows.values_list("pk", *_FIELDS)}
    surplus = [pk for each, pk in standing.items() if each not in wanted]
    AccessGrant.objects.filter(pk__in=surplus).update(closed_at=clock.now())
    _write(wanted - standing.keys())


def reconcile(*, on: date) -> tuple[int, int]:
    """
    Let all grants be what the facts and the rules say; return how many were closed and opened.

    Services keep them so from moment to moment; this mends what passes them by, such as a rule that ends today.
    """
    expected = expected_grants(on=on)
    rows = _holding(on).filter(ground__in=grounds_told())
    standing = {Granted(*row): pk for pk, *row in rows.values_list("pk", *_FIELDS)}
    surplus = [pk for each, pk in standing.items() if each not in expected]
    AccessGrant.objects.filter(pk__in=surplus).update(closed_at=clock.now())
    return len(surplus), _write(expected - standing.keys())


def close_source(*, ground: Ground, source: str) -> int:
    """Close at once all that one fact opened, for everybody and also in pages being made; return how many."""
    return AccessGrant.objects.filter(ground=ground, source=source, closed_at__isnull=True).update(
        closed_at=clock.now()
    )


def close_grants(*, county_id: int, ground: Ground, before: date) -> int:
    """Let the county's open grants on a ground end the day before a day; return how many."""
    return (
        _still_open(before)
        .filter(county_id=county_id, ground=ground, first_day__lt=before)
        .update(last_day=before - timedelta(days=1))
    )


def close_grants_about(*, youth_ids: Iterable[int], ground: Ground, before: date) -> int:
    """Let what is open of some youths on a ground end the day before a day; what began that day never held."""
    rows = _still_open(before).filter(youth_id__in=list(youth_ids), ground=ground)
    return rows.update(last_day=before - timedelta(days=1))


_FIELDS = tuple(Granted.__dataclass_fields__)


def _holding(on: date) -> "QuerySet[AccessGrant]":
    rows = _still_open(on).filter(first_day__lte=on)
    return rows.filter(Q(closes_at__isnull=True) | Q(closes_at__gt=clock.now()))


def _still_open(before: date) -> "QuerySet[AccessGrant]":
    return AccessGrant.objects.filter(Q(last_day__isnull=True) | Q(last_day__gte=before), closed_at__isnull=True)


# ------------------------------------------------------------------ working all of it out again

Teller = Callable[[date], Iterator[Opening]]
_tellers: dict[Ground, Teller] = {}


def register_teller(ground: Ground, teller: Teller) -> None:
    """Say how the openings on a ground that hold on a day are worked out from the facts. Once for each ground."""
    if ground in _tellers:
        raise ValueError(f"Two ways to work out {ground}.")
    _tellers[ground] = teller


def grounds_told() -> frozenset[Ground]:
    """Return the grounds whose openings can be worked out again."""
    return frozenset(_tellers)


def expected_grants(*, on: date) -> set[Granted]:
    """Return every grant that should hold on the day by the facts and the rules, as far as the actor may see them."""
    return decide(opening for teller in _tellers.values() for opening in teller(on))


def standing_grants(*, on: date) -> set[Granted]:
    """Return every grant that does hold on the day, as far as the actor may see them."""
    return {Granted(*row) for row in _holding(on).values_list(*_FIELDS)}
