"""School history: what began, what ended, and why."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import EditConflict, Invalid
from fotfeste.law.facts import EnrolmentEnd
from fotfeste.people import policies
from fotfeste.people.enums import CorrectionReason, EnrolmentKind
from fotfeste.people.models import Enrolment
from fotfeste.people.selectors.dated_facts import last_day_written
from fotfeste.people.selectors.for_law import read_end
from fotfeste.people.services.places import lock_youth


@transaction.atomic
def record_enrolment(
    *,
    actor: Actor,
    youth_id: int,
    kind: str,
    school_id: int | None,
    first_day: date | None,
    last_day: date | None = None,
    end_reason: str = "",
    school_name: str = "",
    programme: str = "",
    level: str = "",
    is_private: bool = False,
    source: str,
) -> Enrolment:
    """
    Add a stretch of school, apprenticeship or adult education.

    :param first_day: None when only the end is known.
    :param end_reason: one of ``law.facts.EnrolmentEnd`` when it has ended.
    :raises NotAllowed: the youth is another unit's.
    :raises Invalid: it ends before it begins, or begins on the day one of the same kind at the same place began.
    """
    youth = lock_youth(youth_id=youth_id)
    policies.may_edit_youth(actor=actor, youth=youth).require()
    _check_period(first_day, last_day)
    kind = EnrolmentKind(kind)
    same = {"kind": kind, "school_id": school_id, "first_day": first_day}
    if Enrolment.objects.filter(youth_id=youth.pk, superseded_at=None, **same).exists():
        raise Invalid(_("Dette skoleløpet er allerede registrert."))
    enrolment = Enrolment.objects.create(
        youth=youth,
        **same,
        school_name=school_name,
        programme=programme,
        level=level,
        is_private=is_private,
        last_day=last_day,
        end_reason=EnrolmentEnd(end_reason).value if end_reason else "",
        source=source,
        recorded_at=clock.now(),
    )
    audit.record(
        "enrolment.recorded", by=actor.user_id, about=youth.pk, county=youth.county_id, details={"kind": kind.value}
    )
    return enrolment


@transaction.atomic
def end_enrolment(*, actor: Actor, enrolment_id: int, last_day: date, end_reason: str) -> Enrolment:
    """
    Record that the youth stopped, and why. The row that ran is superseded by one with an end.

    :param last_day: the day the youth stopped, included.
    :raises NotAllowed: the youth is another unit's.
    :raises EditConflict: somebody has already ended it.
    :raises Invalid: there is no such enrolment the actor may see, or it would end before it begins.
    """
    enrolment = Enrolment.objects.select_for_update(of=("self",)).filter(pk=enrolment_id).first()
    if enrolment is None:
        raise Invalid(_("Skoleløpet finnes ikke, eller du har ikke tilgang."))
    youth = lock_youth(youth_id=enrolment.youth_id)
    policies.may_edit_youth(actor=actor, youth=youth).require()
    if enrolment.superseded_at is not None or enrolment.last_day is not None:
        raise EditConflict(
            _("Noen andre har allerede registrert når ungdommen sluttet. Ingenting er lagret."),
            about=enrolment.youth_id,
            theirs={_("Sluttdato"): last_day_written(enrolment), _("Årsak"): enrolment.end_reason},
            yours={_("Sluttdato"): formats.short_day(last_day), _("Årsak"): end_reason},
        )
    _check_period(enrolment.first_day, last_day)
    now = clock.now()
    Enrolment.objects.filter(pk=enrolment.pk).update(superseded_at=now)
    enrolment.pk = None
    enrolment._state.adding = True
    enrolment.last_day, enrolment.end_reason, enrolment.recorded_at = last_day, EnrolmentEnd(end_reason).value, now
    enrolment.save()
    audit.record(
        "enrolment.ended", by=actor.user_id, about=youth.pk, county=youth.county_id, details={"reason": end_reason}
    )
    return enrolment


@transaction.atomic
def correct_enrolment(
    *,
    actor: Actor,
    youth_id: int,
    enrolment_id: int,
    reason: str,
    never_was: bool = False,
    first_day: date | None,
    last_day: date | None,
    end_reason: str,
    programme: str,
    level: str,
) -> None:
    """
    Correct a stretch of school. What stood is superseded and stays findable; ``never_was`` puts nothing in its place.

    Source: personvernforordningen art. 16; opplæringsforskrifta § 20-2.

    :param reason: one of ``CorrectionReason``, kept in the log.
    :raises NotAllowed: the youth is another unit's.
    :raises EditConflict: it has been ended or corrected since it was shown.
    :raises Invalid: there is no such enrolment the actor may see, it would end before it begins, or nothing is changed.
    """
    youth = lock_youth(youth_id=youth_id)
    policies.may_edit_youth(actor=actor, youth=youth).require()
    enrolment = Enrolment.objects.select_for_update(of=("self",)).filter(pk=enrolment_id, youth_id=youth.pk).first()
    if enrolment is None:
        raise Invalid(_("Skoleløpet finnes ikke, eller du har ikke tilgang."))
    asked = {
        "first_day": first_day,
        "last_day": last_day,
        "end_reason": _end_written(enrolment, end_reason),
        "programme": programme,
        "level": level,
    }
    if enrolment.superseded_at is not None:
        raise _corrected_meanwhile(enrolment, asked)
    _check_period(first_day, last_day)
    if not never_was and all(getattr(enrolment, name) == value for name, value in asked.items()):
        raise Invalid(_("Du har ikke endret noe. Ingenting er lagret."))
    now = clock.now()
    Enrolment.objects.filter(pk=enrolment.pk).update(superseded_at=now)
    if not never_was:
        enrolment.pk = None
        enrolment._state.adding = True
        enrolment.recorded_at = now
        for name, value in asked.items():
            setattr(enrolment, name, value)
        enrolment.save()
    verb = "enrolment.withdrawn" if never_was else "enrolment.corrected"
    details = {"why": CorrectionReason(reason).value}
    audit.record(verb, by=actor.user_id, about=youth.pk, county=youth.county_id, details=details)


def _end_written(enrolment: Enrolment, end_reason: str) -> str:
    """Return the reason as it is to stand; a sender's own word for the same reason is kept."""
    if not end_reason:
        return ""
    is_same = bool(enrolment.end_reason) and read_end(enrolment.end_reason) is EnrolmentEnd(end_reason)
    return enrolment.end_reason if is_same else EnrolmentEnd(end_reason).value


def _corrected_meanwhile(enrolment: Enrolment, asked: dict[str, Any]) -> EditConflict:
    assert enrolment.superseded_at is not None
    newer = Enrolment.objects.filter(youth_id=enrolment.youth_id, recorded_at=enrolment.superseded_at)
    stands = newer.exclude(pk=enrolment.pk).first()
    return EditConflict(
        _("Noen andre har allerede rettet dette skoleløpet. Ingenting er lagret."),
        about=enrolment.youth_id,
        theirs=_told(vars(stands)) if stands else {_("Skoleløpet"): _("Trukket tilbake")},
        yours=_told(asked),
    )


def _told(values: Mapping[str, Any]) -> dict[str, str]:
    days = {_("Startdato"): values["first_day"], _("Sluttdato"): values["last_day"]}
    rest = {_("Årsak"): "end_reason", _("Programområde"): "programme", _("Trinn"): "level"}
    return {
        **{name: formats.short_day(day) if day else "" for name, day in days.items()},
        **{name: str(values[key]) for name, key in rest.items()},
    }


def _check_period(first_day: date | None, last_day: date | None) -> None:
    if first_day and last_day and last_day < first_day:
        raise Invalid(_("Sluttdatoen er før startdatoen."))
