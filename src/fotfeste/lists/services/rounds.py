"""Freezing an OTUK round, and proving afterwards that it was what the register knew."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import people_at, system_actor
from fotfeste.access.services import grants
from fotfeste.access.topics import Ground
from fotfeste.audit import services as audit
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Invalid
from fotfeste.kernel.jobs import ask_for
from fotfeste.law.wheel_days import LISTS, days_of
from fotfeste.law.working_days import add_working_days
from fotfeste.lists import policies
from fotfeste.lists.models import OtukClosing, OtukRound, OtukRow
from fotfeste.lists.services.closing import close_rest, log_closed
from fotfeste.lists.services.listing import LeftOut, Listed, Listing, listing_on
from fotfeste.lists.services.reviews import REVIEW_JOB
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.selectors import units
from fotfeste.organisations.selectors.readings import readings_for
from fotfeste.spec import implements

# A target, not a duty: no document says how long the districts have (amb-52).
RESPONSE_WORKING_DAYS = 10
#: How long after its day a list that was not made is still made by itself, when no job ran on the day.
_CATCH_UP = timedelta(days=7)
_ONE_AT_A_TIME = 0x0F21


@dataclass(frozen=True, slots=True)
class Frozen:
    """A round, how many stand on the districts' lists, and how many no district could be found for."""

    round: OtukRound
    rows: int
    without_district: int
    is_new: bool = True


@implements("rep-otuk-list", "form-otuk-list", "avt-uda-otuk-lists", "amb-52")
@transaction.atomic
def freeze_round(*, actor: Actor, county_id: int, on: date, known_at: datetime | None = None) -> Frozen:
    """
    Freeze the county's lists for a day, one for each district, and open the rows to the districts and Nav.

    The same round asked for again is returned as it was frozen. Being on the list is itself confidential, so the row
    holds the minimum of fields and each opening is a grant with the round as its source. The lists are worked out as
    the system actor "scheduler": they hold the same whoever asks for them. A round made afterwards, for a day
    before the last one, is only kept; it opens nothing.

    Source: Oslostandarden § 6.3.1; samarbeidsavtalen § 4.

    :param known_at: the moment whose knowledge counts; now unless given.
    :raises NotAllowed: the actor does not make lists for the county.
    :raises Invalid: the day has not come.
    """
    policies.may_freeze_round(actor=actor, county_id=county_id).require()
    if on > clock.today():
        raise Invalid(_("Listen kan ikke lages for en dag som ikke har vært."))
    with connection.cursor() as cursor:  # the job and somebody who presses may come at once
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_ONE_AT_A_TIME, county_id])
    already = OtukRound.objects.filter(county_id=county_id, on=on).first()
    if already:
        with acting_as(list_maker((county_id,)), on=clock.today()):
            listed = already.rows.filter(is_protected=False).count()
            return Frozen(already, listed, len(listing_again(already).left_out), is_new=False)
    made = OtukRound.objects.create(
        county_id=county_id,
        on=on,
        known_at=known_at or clock.now(),
        respond_by=add_working_days(on, RESPONSE_WORKING_DAYS),
        frozen_by_id=actor.user_id,
    )
    closed: list[OtukClosing] = []
    with acting_as(list_maker((county_id,)), on=clock.today()):
        listing = listing_again(made)
        rows = [_frozen(made, row) for row in listing.rows]
        OtukRow.objects.bulk_create(rows)
        if not OtukRound.objects.filter(county_id=county_id, on__gt=on).exists():
            closed = close_rest(made=made, by_id=actor.user_id)
            grants.close_grants(county_id=county_id, ground=Ground.OTUK_LIST, before=on)
            grants.open_grants(openings_of(made))
            ask_for(REVIEW_JOB, once=str(county_id), county_id=county_id)
    log_closed(closed, by=actor.user_id, county_id=county_id)
    details = {"round": made.pk, "rows": len(rows), "left_out": len(listing.left_out)}
    audit.record("otuk.frozen", by=actor.user_id, county=county_id, details=details)
    return Frozen(made, sum(not row.is_protected for row in rows), len(listing.left_out))


@implements("avt-uda-otuk-lists", "std-uda-otuk-lists", "std-send-lists")
def freeze_due_round(*, county_id: int, today: date) -> Frozen | None:
    """
    Make the list the county's wheel asks for on a day, as the system actor; None when none is due or it is made.

    One that was made up to a week before its day is that list, as it is for the wheel. One nobody made on its day is
    made on the first of the next days there is a run. In a county where nobody makes lists none is made.

    Source: Oslostandarden § 6.3.1.
    """
    admin = units.education_admins().get(county_id)
    if admin is None or not people_at(unit_ids=[admin], permission=Permission.OTUK_MAKE, on=today):
        return None
    times = days_of(LISTS, around=today, readings=readings_for(county_id=county_id))
    due = next((one for one in reversed(times) if one.due <= today <= one.due + _CATCH_UP), None)
    if due is None or OtukRound.objects.filter(county_id=county_id, on__gte=due.opens).exists():
        return None
    maker = list_maker((county_id,))
    with acting_as(maker, on=today):
        return freeze_round(actor=maker, county_id=county_id, on=due.due)


def left_out_of(made: OtukRound) -> dict[int, LeftOut]:
    """Return those no district could be found for, with why, as it was known when the round was made."""
    with acting_as(list_maker((made.county_id,)), on=clock.today()):
        return listing_again(made).left_out


def withdraw_protected() -> int:
    """
    Take youths who have become protected since they were listed off the districts' lists; return how many rows.

    Runs inside a system actor's scope. The row stays frozen and is now told only to those who handle protected youths.
    """
    rows = OtukRow.objects.filter(is_protected=False).exclude(youth__protection="none")
    ids = set(rows.values_list("youth_id", flat=True))
    if not ids:
        return 0
    grants.close_grants_about(youth_ids=ids, ground=Ground.OTUK_LIST, before=clock.today())
    return OtukRow.objects.filter(youth_id__in=ids).update(is_protected=True)


def list_maker(county_ids: tuple[int, ...]) -> Actor:
    """Return the system actor lists are worked out as."""
    return system_actor("scheduler", county_ids=county_ids)


def listing_again(made: OtukRound) -> Listing:
    """Return the lists of a round as the register was known when it was made, within the scope one stands in."""
    return listing_on(county_id=made.county_id, on=made.on, known_at=made.known_at, times=_times_listed(made))


def _frozen(made: OtukRound, row: Listed) -> OtukRow:
    return OtukRow(
        round=made,
        district_id=row.unit_id,
        youth_id=row.youth_id,
        number=row.number,
        fields=row.fields,
        is_protected=row.is_protected,
        times_listed=row.times_listed,
    )


def _times_listed(made: OtukRound) -> dict[int, int]:
    """Return how many lists in a row each youth has been on, up to the round before this one."""
    earlier = OtukRound.objects.filter(county_id=made.county_id, on__lt=made.on, known_at__lte=made.known_at)
    before = earlier.exclude(pk=made.pk).order_by("-on").first()
    return dict(before.rows.values_list("youth_id", "times_listed")) if before else {}


def openings_of(made: OtukRound) -> Iterator[grants.Opening]:
    """Tell what a round opens: each unprotected row to the district and, by name only, to its Nav office."""
    offices = {d.unit_id: d.nav_office_id for d in units.districts(county_id=made.county_id, on=made.on)}
    rows = made.rows.filter(is_protected=False).order_by("pk").values_list("youth_id", "district_id")
    for youth_id, district_id in rows:
        asked = [(district_id, UnitKind.DISTRICT), (offices.get(district_id), UnitKind.NAV_OFFICE)]
        for unit_id, kind in asked:
            if unit_id:
                yield grants.Opening(youth_id, Ground.OTUK_LIST, made.source, made.on, unit_id=unit_id, unit_kind=kind)


def openings_on(day: date) -> Iterator[grants.Opening]:
    """Tell what lists open on a day: those of each county's last round up to it."""
    last = OtukRound.objects.filter(on__lte=day).order_by("county_id", "-on").distinct("county_id")
    for made in last:
        yield from openings_of(made)
