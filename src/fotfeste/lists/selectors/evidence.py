"""That a list was made and answered, and that a youth has stood on it, as records that show a step is done."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from fotfeste.collaboration.selectors.evidence import Record, evidence
from fotfeste.collaboration.selectors.unit_evidence import About, day_of, unit_evidence
from fotfeste.kernel import clock
from fotfeste.lists.models import OtukRound, OtukRow, WashSession
from fotfeste.lists.selectors.otuk import UnitCount, current_round, district_counts
from fotfeste.lists.selectors.wash import sessions_of
from fotfeste.spec import implements

#: A list made so long before its day is the list of that day.
_EARLY = timedelta(days=5)


@implements("rut-outside-s07")
@unit_evidence("form-otuk-list")
def _made(about: About, since: datetime) -> Iterator[Record]:
    """The list of a list day is made: on the day, or some days before it when it was made early."""
    day = day_of(about)
    if day is None:
        return
    made = OtukRound.objects.filter(county_id=about.unit.county_id, on__gte=day - _EARLY).order_by("on").first()
    if made is not None:
        yield Record(None, "form-otuk-list", made.known_at, made.on, made.source, made.frozen_by_id)


@unit_evidence("list-answers")
def _answered(about: About, since: datetime) -> Iterator[Record]:
    """Every district has gone through its list and said so, or answered about all, or a newer one has come."""
    day = day_of(about)
    rounds = OtukRound.objects.filter(county_id=about.unit.county_id, on__gte=day - _EARLY) if day else ()
    made = next(iter(rounds.order_by("on")), None) if rounds else None
    if made is None:
        return
    newer = OtukRound.objects.filter(county_id=made.county_id, on__gt=made.on).exists()
    if newer or all(each.closing or each.answered >= each.listed for each in _counts_of(about, made)):
        yield Record(None, "list-answers", clock.now(), clock.today(), made.source)


@implements("rut-wash-session-s02")
@unit_evidence("form-list-review")
def _nav_answered(about: About, since: datetime) -> Iterator[Record]:
    """The Nav office of a district has answered about all on the district's list."""
    made = _round_of(about)
    counts = _counts_of(about, made) if made is not None else []
    mine = next((each for each in counts if each.unit_id == about.unit.pk), None)
    if made is not None and mine is not None and mine.listed and mine.office_answered >= mine.listed:
        yield Record(None, "form-list-review", clock.now(), clock.today(), made.source)


@implements("rut-wash-session-s01")
@unit_evidence("wash-session")
def _opened(about: About, since: datetime) -> Iterator[Record]:
    """The district's list is gone through with Nav on the screen."""
    session = _wash_of(about)
    if session is not None:
        on = session.opened_at.astimezone(clock.OSLO).date()
        yield Record(None, "wash-session", session.opened_at, on, f"wash:{session.pk}", session.opened_by_id)


@implements("rut-wash-session-s03")
@unit_evidence("missing-name-flag")
def _none_missing(about: About, since: datetime) -> Iterator[Record]:
    """Nav knows of nobody who is not on the list. Where it does, the district writes what came of it."""
    session = _wash_of(about)
    if session is not None and session.missing == 0 and session.missing_at is not None:
        on = session.missing_at.astimezone(clock.OSLO).date()
        yield Record(None, "missing-name-flag", session.missing_at, on, f"wash:{session.pk}", session.missing_by_id)


@implements("rut-wash-session-s04")
@unit_evidence("task")
def _shared_out(about: About, since: datetime) -> Iterator[Record]:
    """The wash is closed, and whoever Nav does not take care of, or says has moved, is somebody's to see to."""
    session = _wash_of(about)
    if session is not None and session.closed_at is not None:
        on = session.closed_at.astimezone(clock.OSLO).date()
        yield Record(None, "task", session.closed_at, on, f"wash:{session.pk}", session.closed_by_id)


def _counts_of(about: About, made: OtukRound) -> list[UnitCount]:
    found: list[UnitCount] = about.kept.once(("counts", made.pk), lambda: district_counts(made=made))
    return found


def _wash_of(about: About) -> WashSession | None:
    made = _round_of(about)
    if made is None:
        return None
    sessions = about.kept.once(("washes", made.pk), lambda: sessions_of(made=made))
    return next((each for each in sessions if each.district_id == about.unit.pk), None)


def _round_of(about: About) -> OtukRound | None:
    """Return the round a routine is about; the one that is out when it is about none."""
    kind, _colon, rest = about.subject.partition(":")
    number = rest.partition(":")[0]
    if kind == "otuk-round" and number.isdecimal():
        rounds = OtukRound.objects.filter(pk=int(number))
        found: OtukRound | None = about.kept.once(("round", number), rounds.first)
        return found
    return current_round(county_id=about.unit.county_id)


@evidence("form-otuk-list")
def _listed(youth_ids: frozenset[int], since: datetime) -> Iterator[Record]:
    rows = OtukRow.objects.filter(youth_id__in=youth_ids, round__known_at__gte=since).select_related("round")
    for row in rows.order_by("round__known_at", "pk"):
        made = row.round
        yield Record(row.youth_id, "form-otuk-list", made.known_at, made.on, made.source, made.frozen_by_id)
