"""Registering a youth with the service, carrying over to a new school year, closing, and taking back a mistake."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste import codes
from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.casework import policies
from fotfeste.casework.enums import AssignmentGround, Basis, CounsellorGround, EndReason
from fotfeste.casework.models import Registration
from fotfeste.casework.services import membership, registrars, residence, responsibility, standing
from fotfeste.casework.services.counsellor_periods import From, let_go
from fotfeste.casework.services.locking import check_version, lock_registration, must_be_open
from fotfeste.casework.services.responsibility import Placement
from fotfeste.casework.services.status_acts import Mistake
from fotfeste.casework.services.status_events import (
    add_status,
    live_stretches_of_each,
    nothing,
    rewrite_statuses,
    write_rewrites,
)
from fotfeste.casework.services.status_timeline import Stretch, rewrite
from fotfeste.casework.services.statuses import act_on_cases
from fotfeste.codes import RegistrationReason
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import IllegalTransition, Invalid
from fotfeste.kernel.to_write import write_fields
from fotfeste.law.dated import BeforeOurHorizon
from fotfeste.law.end_dates import last_day_of_service
from fotfeste.law.school_year import school_year_of
from fotfeste.people.services import places
from fotfeste.spec import implements

PREVENTIVE_PUPIL = "ELVG_IM"
_DAY = timedelta(days=1)
#: Nobody so many years old has been covered by any rule we know of.
_OLDEST = 35


@implements("rule-start-unknown", "rule-prevention-separate")
@transaction.atomic
def open_registration(
    *,
    actor: Actor,
    youth_id: int,
    reason: str,
    first_day: date,
    source: str,
    raw_reason: str = "",
    is_preventive: bool = False,
    holder_id: int | None = None,
    holder_reason: str = "",
) -> Registration:
    """
    Register a youth with the service: unknown activity until clarified, and a unit that answers from the first day.

    Pupils followed up preventively have a code of their own and are not counted among those outside.

    :param holder_id: who is to answer, with ``holder_reason``; by rule unless given.
    :raises NotAllowed: only the county's coordination may.
    :raises IllegalTransition: the youth is registered already, or is merged into another.
    :raises Invalid: the day is ahead, or before an earlier registration ended.
    """
    youth = places.lock_youth(youth_id=youth_id)
    policies.may_open_registration(actor=actor, unit_id=youth.unit_id, county_id=youth.county_id).require()
    if youth.merged_into_id is not None:
        raise IllegalTransition(_("Registreringen er slått sammen med en annen. Meld inn den som er beholdt."))
    _check_first_day(youth_id, first_day)
    registration = Registration.objects.create(
        youth_id=youth_id,
        school_year=school_year_of(first_day).start_year,
        reason=RegistrationReason(reason).value,
        raw_reason=raw_reason,
        first_day=first_day,
        is_preventive=is_preventive,
        source=source,
        recorded_at=clock.now(),
        status_code=PREVENTIVE_PUPIL if is_preventive else codes.UNKNOWN_ACTIVITY,
        status_since=first_day,
        status_confirmed_on=first_day,
        district_code=residence.district_shown(youth_id=youth_id, protection=youth.protection),
    )
    _let_answer(actor, registration, youth.county_id, holder_id, holder_reason)
    add_status(
        registration=registration,
        first_day=first_day,
        code=registration.status_code,
        code_list=codes.list_on(first_day).name,
        basis=Basis.INTAKE,
        set_by_id=actor.user_id,
    )
    membership.decide_membership(actor=actor, youth_ids=[youth_id], on=first_day)
    standing.refresh(youth_ids=[youth_id])
    registrars.refresh(youth_ids=[youth_id])
    audit.record("registration.opened", by=actor.user_id, about=youth_id, county=youth.county_id)
    registration.refresh_from_db()
    return registration


@transaction.atomic
def close_registration(
    *, actor: Actor, registration_id: int, last_day: date, end_reason: str, version: int | None
) -> Registration:
    """
    Close a registration after a day. Status and responsibility end with it; nothing is deleted.

    :raises NotAllowed: only the county's coordination may.
    :raises EditConflict: somebody has changed the case in between.
    :raises IllegalTransition: it is closed already.
    :raises Invalid: the day is ahead, or before the first.
    """
    registration = lock_registration(registration_id=registration_id)
    place = {"unit_id": registration.unit_id, "county_id": registration.county_id}
    policies.may_open_registration(actor=actor, **place).require()
    must_be_open(registration)
    check_version(registration, version, yours={_("Avsluttet"): formats.short_day(last_day)})
    if last_day > clock.today() or last_day < registration.first_day:
        raise Invalid(_("Velg en dag fra tilmeldingens første dag til i dag."))
    end_case(registration=registration, last_day=last_day, end_reason=EndReason(end_reason), by=actor.user_id)
    audit.record(
        "registration.closed",
        by=actor.user_id,
        about=registration.youth_id,
        county=registration.county_id,
        details={"reason": end_reason},
    )
    return registration


def end_case(*, registration: Registration, last_day: date, end_reason: EndReason, by: int) -> None:
    """
    End a registration with status and responsibility after a day, for whoever has checked that it may be done.

    :param by: id of the user or system actor who ends it.
    """
    _end_each({registration: last_day}, end_reason, by)


def _end_each(last_days: Mapping[Registration, date], end_reason: EndReason, by: int) -> None:
    after = {case.youth_id: last_day + _DAY for case, last_day in last_days.items()}
    known = live_stretches_of_each(youth_ids=after)
    write_rewrites(
        {
            youth_id: rewrite(known[youth_id], first_day=first_day, last_day=None, change=nothing())
            for youth_id, first_day in after.items()
        }
    )
    responsibility.end_each({case.youth_id: last_day for case, last_day in last_days.items()})
    closed = CounsellorGround.CLOSED
    let_go({case.youth_id: From(after[case.youth_id], case.unit_id, None, closed) for case in last_days}, by=by)
    _close_each(last_days, end_reason=end_reason, by=by)
    registrars.refresh(youth_ids=after)


@transaction.atomic
def carry_over(*, actor: Actor, registration_id: int, first_day: date, version: int | None) -> Registration:
    """
    Continue a registration in a new school year: a registration of its own, with status and responsible unit as before.

    Source: Oslostandarden kap. 6.3 (registered per school year).

    :param first_day: first day of the new registration, usually 1 August.
    :raises NotAllowed: only the county's coordination may.
    :raises EditConflict: somebody has changed the case in between.
    :raises IllegalTransition: it is closed, or the service has ended for the youth.
    :raises Invalid: the day is in the same school year, or ahead.
    """
    old = lock_registration(registration_id=registration_id)
    policies.may_open_registration(actor=actor, unit_id=old.unit_id, county_id=old.county_id).require()
    must_be_open(old)
    check_version(old, version, yours={_("Videreført fra"): formats.short_day(first_day)})
    year = school_year_of(first_day).start_year
    if year <= old.school_year or first_day > clock.today():
        raise Invalid(_("Velg en dag i et nytt skoleår som har begynt."))
    if _service_ended(old.youth.born, first_day):
        raise IllegalTransition(_("Ungdommen er for gammel for tjenesten. Avslutt tilmeldingen i stedet."))
    _close_each({old: first_day - _DAY}, end_reason=EndReason.CARRIED_OVER, by=actor.user_id)
    new = Registration.objects.create(
        youth_id=old.youth_id,
        school_year=year,
        reason=old.reason,
        raw_reason=old.raw_reason,
        first_day=first_day,
        is_preventive=old.is_preventive,
        source=old.source,
        recorded_at=clock.now(),
        status_code=old.status_code,
        status_since=old.status_since,
        status_confirmed_on=old.status_confirmed_on,
        district_code=old.district_code,
        counsellor_id=old.counsellor_id,
        next_promise_on=old.next_promise_on,
    )

    def in_the_new_year(stretch: Stretch) -> Stretch:
        return replace(stretch, registration_id=new.pk)

    rewrite_statuses(youth_id=old.youth_id, first_day=first_day, last_day=None, change=in_the_new_year)
    standing.refresh(youth_ids=[old.youth_id])
    audit.record("registration.carried_over", by=actor.user_id, about=old.youth_id, county=old.county_id)
    new.refresh_from_db()
    return new


@implements("tg-registered-by-mistake")
@transaction.atomic
def mark_registered_by_mistake(*, actor: Actor, registration_id: int, reason: str, version: int | None) -> Registration:
    """
    Say that the registration was a mistake: its status becomes so from the first day. Nothing is deleted.

    A report rerun as known before today still shows what it showed.

    :raises NotAllowed: only the responsible school and the education administration may.
    :raises EditConflict: somebody has changed the case in between.
    :raises IllegalTransition: it is marked already, or closed.
    :raises Invalid: no reason.
    """
    act_on_cases(actor=actor, wanted={registration_id: Mistake(reason, version)}).all_or_none()
    return Registration.objects.get(pk=registration_id)


@implements("rule-age-out")
@transaction.atomic
def close_too_old(*, actor: Actor, on: date, limit: int | None = None) -> int:
    """
    Close every open registration whose youth the service no longer covers on the day, with that as the reason.

    Source: opplæringslova § 9-4: to the end of the year the youth turns 24.

    :param limit: close so many at most.
    :returns: how many were closed.
    """
    years = range(on.year - _OLDEST, on.year)
    last_year = max((year for year in years if _service_ended(date(year, 12, 31), on)), default=0)
    rows = Registration.objects.select_for_update(of=("self",)).filter(last_day=None).select_related("youth")
    closed = [
        each
        for each in rows.filter(born_year__lte=last_year).order_by("pk")[:limit]
        if policies.may_open_registration(actor=actor, unit_id=each.unit_id, county_id=each.county_id)
    ]
    last_days = {each: max(last_day_of_service(born=each.youth.born, as_of=on), each.first_day) for each in closed}
    _end_each(last_days, EndReason.TOO_OLD, actor.user_id)
    details = {"reason": EndReason.TOO_OLD.value}
    about = {each.youth_id: details for each in closed}
    audit.record_each("registration.closed", by=actor.user_id, about=about)
    return len(closed)


def _close_each(last_days: Mapping[Registration, date], *, end_reason: EndReason, by: int) -> None:
    for registration, last_day in last_days.items():
        registration.last_day, registration.end_reason = last_day, end_reason
        registration.closed_by_id, registration.closed_at = by, clock.now()
        registration.version += 1
    write_fields(last_days, ["last_day", "end_reason", "closed_by", "closed_at", "version"])


def _let_answer(
    actor: Actor, registration: Registration, county_id: int, holder_id: int | None, holder_reason: str
) -> None:
    """Give the new registration a unit, by rule unless one is given, and move the case there."""
    youth_id, first_day = registration.youth_id, registration.first_day
    placement = Placement(AssignmentGround.MANUAL, reason=holder_reason)
    if holder_id is None:
        holder_id, placement = responsibility.placement_by_rule(youth_id=youth_id, county_id=county_id, on=first_day)
    responsibility.begin(
        actor=actor, youth_id=youth_id, county_id=county_id, holder_id=holder_id, placement=placement, on=first_day
    )
    registration.refresh_from_db()


def _check_first_day(youth_id: int, first_day: date) -> None:
    if first_day > clock.today():
        raise Invalid(_("Tilmeldingen kan ikke begynne fram i tid."))
    latest = Registration.objects.filter(youth_id=youth_id).order_by("-first_day", "-pk").first()
    if latest is None:
        return
    if latest.last_day is None:
        raise IllegalTransition(_("Ungdommen er allerede tilmeldt."))
    if first_day <= latest.last_day:
        day = formats.short_day(latest.last_day)
        raise Invalid(_("Ungdommen var tilmeldt til og med {day}. Velg en senere dag.").format(day=day))


def _service_ended(born: date, on: date) -> bool:
    try:
        return last_day_of_service(born=born, as_of=on) < on
    except BeforeOurHorizon:
        return False
