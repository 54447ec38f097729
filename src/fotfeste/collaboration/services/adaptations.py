"""How a county works a routine otherwise than the standard."""

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.collaboration import policies
from fotfeste.collaboration.models import RoutineChange
from fotfeste.collaboration.selectors.definitions import seen_of
from fotfeste.collaboration.selectors.parties import known_parties
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Invalid
from fotfeste.kernel.seen import must_be_as_seen
from fotfeste.spec.routines import Part, RoutineStep, Use, changed_part, routine_of


@transaction.atomic
def adapt_step(
    *, actor: Actor, county_id: int, step_id: str, values: dict[Part, str], reason: str = "", version: str | None = None
) -> int:
    """
    Say how the county works a step: its text, who does it, its days, and whether it is used. What is as in the
    standard is no change, and takes an earlier one away. Work begun before goes on as it began.

    :param version: ``seen_of`` the step, as the user was shown it; None for a job.
    :returns: how many parts were changed.
    :raises NotAllowed: only the county's education administration may.
    :raises EditConflict: somebody has changed it in between.
    :raises Invalid: a value cannot be, or a step the standard always asks for is left out.
    """
    policies.may_adapt_routine(actor=actor, county_id=county_id).require()
    step = routine_of(step_id).step(step_id)
    stands = {
        Part(each.part): each
        for each in RoutineChange.objects.select_for_update(of=("self",)).filter(
            county_id=county_id, step=step_id, superseded_at=None
        )
    }
    must_be_as_seen(
        version,
        seen_of(stands.values(), step_id),
        _("Noen har endret trinnet mens du holdt på. Ingenting er lagret."),
        theirs={_("Trinnet"): "; ".join(each.value for each in stands.values()) or _("Som i standarden")},
        yours={_("Trinnet"): "; ".join(values.values())},
    )
    now, count = clock.now(), 0
    for part, value in values.items():
        value = value.strip()
        _check(step, part, value)
        old = stands.get(part)
        is_standard = value == changed_part(step, part)
        if (old is not None and old.value == value) or (old is None and is_standard):
            continue
        if old is not None:
            old.superseded_at = now
            old.save(update_fields=["superseded_at"])
        if not is_standard:
            RoutineChange.objects.create(
                county_id=county_id,
                step=step_id,
                part=part,
                value=value,
                reason=reason.strip()[:300],
                changed_by_id=actor.user_id,
                recorded_at=now,
            )
        count += 1
    if count:
        audit.record(
            "routine.adapted",
            by=actor.user_id,
            county=county_id,
            details={"step": step_id, "parts": sorted(part.value for part in values)},
        )
    return count


def _check(step: RoutineStep, part: Part, value: str) -> None:
    if not value:
        raise Invalid(_("Fyll ut alle feltene."))
    if len(value) > 500:
        raise Invalid(_("Teksten kan ha høyst 500 tegn."))
    if part is Part.PARTY and value not in known_parties() and value != changed_part(step, part):
        raise Invalid(_("Velg hvem som gjør trinnet, fra listen."))
    if part is Part.DAYS and not (value.isascii() and value.isdecimal() and 1 <= int(value) <= 365):
        raise Invalid(_("Frist i dager er et tall fra 1 til 365."))
    if part is Part.USE and value not in set(Use):
        raise Invalid(_("Velg om trinnet er i bruk, fra listen."))
    if part is Part.USE and Use(value) is Use.LEFT_OUT and step.use is Use.ALWAYS:
        raise Invalid(_("Standarden ber alltid om dette trinnet. Det kan gjøres når det er aktuelt, men ikke tas ut."))
