"""What is done with the status in cases, of one as of many: each is tried by itself, and written with the others."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import F
from django.utils.translation import gettext as _

from fotfeste import codes
from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.casework import policies
from fotfeste.casework.enums import Basis
from fotfeste.casework.models import ContactAttempt, Registration, StatusConfirmation
from fotfeste.casework.selectors.labels import status_label
from fotfeste.casework.services import standing
from fotfeste.casework.services.locking import check_version, must_be_open, must_be_there
from fotfeste.casework.services.membership import decide_membership
from fotfeste.casework.services.status_checks import (
    Ground,
    Known,
    Terms,
    check_day,
    check_ground,
    code_to_record,
    known_of,
)
from fotfeste.casework.services.status_events import write_rewrites
from fotfeste.casework.services.status_timeline import Change, Rewrite, Stretch, rewrite
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import IllegalTransition, Invalid
from fotfeste.kernel.seen import Tried, tried
from fotfeste.law.contact import MISTAKE


@dataclass(frozen=True, slots=True)
class NewStatus:
    """
    A new status from a day on.

    :ivar code: the activity; the twin for youth outside the target group is found by itself.
    :ivar version: of the registration the user was shown; None for a job.
    """

    code: str
    on: date
    ground: Ground
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """
    What the status was in a period.

    :ivar last_day: None for until further notice.
    :ivar version: as for a new status.
    """

    code: str
    on: date
    last_day: date | None
    reason: str
    register_fact: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class StillHolds:
    """
    The status that stands, confirmed today.

    :ivar version: as for a new status.
    """

    version: int | None = None


@dataclass(frozen=True, slots=True)
class Mistake:
    """
    That the registration was a mistake, from its first day.

    :ivar version: as for a new status.
    """

    reason: str
    version: int | None = None


Act = NewStatus | Correction | StillHolds | Mistake
_WITH_GROUND = (NewStatus, Correction)


@dataclass(frozen=True, slots=True)
class _Work:
    """
    What is to be written in a case.

    :ivar code: the code the case has afterwards.
    :ivar confirmed: the code that is confirmed today; empty when none is.
    :ivar statuses: what becomes of the youth's statuses; None when they stay.
    """

    case: Registration
    verb: str
    code: str
    details: dict[str, str]
    confirmed: str = ""
    statuses: Rewrite | None = None


def act_in_cases(
    *, actor: Actor, cases: Mapping[int, Registration], terms: Terms, wanted: Mapping[int, Act]
) -> Tried[int, str]:
    """
    Do in each case what is wanted there; one refused leaves the others done. Return the code recorded in each.

    Called in a transaction, within ``followers.together``.

    :param cases: those that were found, by id, locked.
    :param wanted: registration id -> what is to be done.
    """
    allowed = tried(wanted, lambda pk: _allowed(actor, cases.get(pk), terms, wanted[pk]))
    known = known_of(
        actor=actor,
        changed=[case for pk, case in allowed.done if not isinstance(wanted[pk], StillHolds)],
        asked=[(case, act.code, act.on) for pk, case in allowed.done if isinstance(act := wanted[pk], _WITH_GROUND)],
        terms=terms,
    )
    works = tried(dict(allowed.done), lambda pk: _work(actor, cases[pk], terms, known, wanted[pk]))
    _write(actor, terms, [work for _pk, work in works.done])
    done = [(pk, work.code) for pk, work in works.done]
    return Tried(done, [*allowed.stopped, *works.stopped])


def _allowed(actor: Actor, case: Registration | None, terms: Terms, act: Act) -> Registration:
    """Return the case, where the actor may do it there and has seen how the case stands."""
    case = must_be_there(case)
    day = act.on if isinstance(act, _WITH_GROUND) else clock.today()
    may = policies.may_confirm_status if isinstance(act, StillHolds) else policies.may_set_status
    readings = terms.readings_on(case, max(day, case.first_day))
    registrars = terms.registrars_of(case.youth_id)
    may(actor=actor, registration=case, readings=readings, registrar_units=registrars).require()
    must_be_open(case)
    check_version(case, act.version, yours=_yours(case, act))
    return case


def _yours(case: Registration, act: Act) -> dict[str, str]:
    """Return the act as the side of whoever loses a race is shown."""
    if isinstance(act, Mistake):
        return {_("Status"): MISTAKE, _("Begrunnelse"): act.reason}
    if isinstance(act, Correction):
        return {_("Status"): status_label(act.code), _("Begrunnelse"): act.reason}
    if isinstance(act, NewStatus):
        return {_("Status"): status_label(act.code), _("Fra"): formats.short_day(act.on)}
    return {_("Status"): status_label(case.status_code), _("Bekreftet"): formats.short_day(clock.today())}


def _work(actor: Actor, case: Registration, terms: Terms, known: Known, act: Act) -> _Work:
    if isinstance(act, NewStatus):
        return _set(actor, case, terms, known, act)
    if isinstance(act, Correction):
        return _corrected(actor, case, terms, known, act)
    if isinstance(act, Mistake):
        return _mistaken(actor, case, known, act)
    code = case.status_code
    return _Work(case, "status.confirmed", code, {"code": code}, confirmed=code)


def _set(actor: Actor, case: Registration, terms: Terms, known: Known, new: NewStatus) -> _Work:
    check_day(new.on, case)
    final = code_to_record(new.code, new.on, is_member=case.youth_id not in known.outside)
    if final == case.status_code:
        raise IllegalTransition(_("Saken har allerede denne statusen. Bekreft den i stedet."))
    if new.on < case.status_since:
        day = formats.short_day(case.status_since)
        raise Invalid(
            _("Nåværende status gjelder fra {day}. Velg den dagen eller en senere, eller rett historikken.").format(
                day=day
            )
        )
    contact = check_ground(case, [case.status_code], final, new.ground, known=known, terms=terms)
    change = _becomes(final, new.on, new.ground, contact, actor)
    statuses = rewrite(known.stretches[case.youth_id], first_day=new.on, last_day=None, change=change)
    confirmed = final if new.on < clock.today() else ""
    details = {"code": final, "basis": new.ground.basis.value}
    return _Work(case, "status.set", final, details, confirmed, statuses)


def _corrected(actor: Actor, case: Registration, terms: Terms, known: Known, act: Correction) -> _Work:
    if not act.reason.strip():
        raise Invalid(_("Skriv hva som var galt."))
    check_day(act.on, case)
    if act.last_day is not None and act.last_day < act.on:
        raise Invalid(_("Siste dag er før første dag."))
    final = code_to_record(act.code, act.on, is_member=case.youth_id not in known.outside)
    stretches = known.stretches[case.youth_id]
    replaced = [
        stretch.code
        for stretch in stretches
        if (act.last_day is None or stretch.first_day <= act.last_day)
        and (stretch.last_day is None or stretch.last_day >= act.on)
    ]
    ground = Ground(Basis.CORRECTION, register_fact=act.register_fact, text=act.reason.strip())
    contact = check_ground(case, replaced, final, ground, known=known, terms=terms)
    change = _becomes(final, act.on, ground, contact, actor)
    statuses = rewrite(stretches, first_day=act.on, last_day=act.last_day, change=change)
    return _Work(case, "status.corrected", final, {"code": final}, statuses=statuses)


def _mistaken(actor: Actor, case: Registration, known: Known, act: Mistake) -> _Work:
    if not act.reason.strip():
        raise Invalid(_("Skriv hvorfor tilmeldingen er feil."))
    if case.status_code == MISTAKE:
        raise IllegalTransition(_("Tilmeldingen er allerede merket som feil."))

    def change(stretch: Stretch) -> Stretch:
        return replace(
            stretch,
            code=MISTAKE if stretch.code_list == codes.CURRENT else MISTAKE.upper(),
            basis=Basis.CORRECTION,
            basis_text=act.reason.strip()[:200],
            set_by_id=actor.user_id,
            contact_id=None,
            feedback_id=None,
            raw_code="",
        )

    statuses = rewrite(known.stretches[case.youth_id], first_day=case.first_day, last_day=None, change=change)
    return _Work(case, "registration.mistake", MISTAKE, {}, statuses=statuses)


def _becomes(code: str, on: date, ground: Ground, contact: ContactAttempt | None, actor: Actor) -> Change:
    def change(stretch: Stretch) -> Stretch:
        return replace(
            stretch,
            code=code,
            code_list=codes.list_on(on).name,
            raw_code="",
            basis=ground.basis,
            basis_text=(ground.text.strip() or ground.register_fact)[:200],
            contact_id=contact.pk if contact else None,
            feedback_id=ground.feedback_id,
            set_by_id=actor.user_id,
        )

    return change


def _write(actor: Actor, terms: Terms, works: list[_Work]) -> None:
    """Write it all, bring the cases in step, judge the youths anew, and log each act."""
    if not works:
        return
    write_rewrites({work.case.youth_id: work.statuses for work in works if work.statuses is not None})
    StatusConfirmation.objects.bulk_create(
        StatusConfirmation(
            youth_id=work.case.youth_id,
            registration=work.case,
            code=work.confirmed,
            confirmed_on=clock.today(),
            confirmed_by_id=actor.user_id,
            recorded_at=clock.now(),
        )
        for work in works
        if work.confirmed
    )
    Registration.objects.filter(pk__in=[work.case.pk for work in works]).update(version=F("version") + 1)
    youth_ids = [work.case.youth_id for work in works]
    standing.refresh(youth_ids=youth_ids, readings=terms.readings)
    decide_membership(actor=actor, youth_ids=youth_ids, readings=terms.readings)
    told: dict[str, dict[int, dict[str, str]]] = defaultdict(dict)
    for work in works:
        told[work.verb][work.case.youth_id] = work.details
    for verb, about in told.items():
        audit.record_each(verb, by=actor.user_id, about=about)
