"""Giving people access: a user, a role at a unit for a period, and the way they log in."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access import policies as access_policies
from fotfeste.access import selectors as access_selectors
from fotfeste.access.actor import Actor
from fotfeste.access.roles import ROLES, Role
from fotfeste.access.services import identities, users
from fotfeste.audit import services as audit
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import IllegalTransition, Invalid
from fotfeste.kernel.seen import must_be_as_seen
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.models import Unit


@transaction.atomic
def add_user(
    *,
    actor: Actor,
    name: str,
    email: str,
    role: Role,
    unit_id: int,
    first_day: date,
    last_day: date | None = None,
    code: str = "",
) -> int:
    """
    Make a user with a role, and let whoever was shown the code log in as them; return the user's id.

    :raises NotAllowed: the actor does not administer access in the unit's county.
    :raises Invalid: the name is missing, the role is not held at such a unit, or no such code is waiting.
    """
    unit = Unit.objects.get(pk=unit_id)
    access_policies.may_manage_roles(actor=actor, user_id=None, county_id=unit.county_id).require()
    name = " ".join(name.split())
    if not name:
        raise Invalid(_("Skriv navnet på brukeren."))
    user = users.make_user(name=name, email=email)
    audit.record("user.added", by=actor.user_id, county=unit.county_id, details={"user": user.pk})
    give_role(actor=actor, user_id=user.pk, role=role, unit_id=unit_id, first_day=first_day, last_day=last_day)
    if code:
        identities.connect_by_code(actor=actor, user_id=user.pk, code=code)
    return int(user.pk)


@transaction.atomic
def give_role(
    *,
    actor: Actor,
    user_id: int,
    role: Role,
    unit_id: int,
    first_day: date,
    last_day: date | None = None,
    version: str | None = None,
) -> int:
    """
    Give a user a role at a unit for a period; return the assignment's id.

    Source: opplæringsforskrifta § 20-2.

    :param version: ``roles_seen`` of the user's roles the actor was shown; None for a job.
    :raises NotAllowed: the actor does not administer access in the unit's county, or is the user.
    :raises EditConflict: somebody has given or ended a role of the user's in between.
    :raises Invalid: the role is not held at such a unit, the period ends before it begins, or the user has the role.
    """
    unit = Unit.objects.select_for_update().get(pk=unit_id)
    access_policies.may_manage_roles(actor=actor, user_id=user_id, county_id=unit.county_id).require()
    _must_be_as_seen(actor, user_id, version, _in_words(role, unit.name, first_day, last_day))
    if unit.kind not in ROLES[role].held_at:
        kinds = ", ".join(str(kind.label).lower() for kind in UnitKind if kind.value in ROLES[role].held_at)
        raise Invalid(_("Rollen «%(role)s» kan bare gis ved: %(kinds)s.") % {"role": role.label, "kinds": kinds})
    if last_day is not None and last_day < first_day:
        raise Invalid(_("Siste dag er før første dag."))
    if unit.last_day is not None and unit.last_day < first_day:
        raise Invalid(_("Enheten er lagt ned."))
    for held in access_selectors.assignments_in(county_ids=[unit.county_id], user_id=user_id):
        overlaps = first_day <= (held.last_day or date.max) and held.first_day <= (last_day or date.max)
        has_days = held.last_day is None or held.first_day <= held.last_day  # one ended before it began has none
        if (held.role, held.unit_id) == (role, unit_id) and overlaps and has_days:
            raise Invalid(_("Brukeren har alt denne rollen ved enheten i perioden."))
    given = users.give_role(
        user_id=user_id,
        role=role,
        unit_id=unit_id,
        first_day=first_day,
        last_day=last_day,
        granted_by_id=actor.user_id,
    )
    _log("role.given", actor, unit, user_id, role)
    return int(given.pk)


@transaction.atomic
def end_role(*, actor: Actor, assignment_id: int, last_day: date, version: str | None = None) -> None:
    """
    End a role after a day.

    :param version: ``roles_seen`` of the user's roles the actor was shown; None for a job.
    :raises NotAllowed: the actor does not administer access in the unit's county, or holds the role.
    :raises EditConflict: somebody has given or ended a role of the user's in between.
    :raises IllegalTransition: it has ended already.
    :raises Invalid: there is no such role, or the day is before its first.
    """
    held, unit = _held_at(assignment_id)
    access_policies.may_manage_roles(actor=actor, user_id=held.user_id, county_id=unit.county_id).require()
    _must_be_as_seen(actor, held.user_id, version, _in_words(Role(held.role), unit.name, held.first_day, last_day))
    if held.last_day is not None and held.last_day <= last_day:
        raise IllegalTransition(_("Rollen er alt avsluttet."))
    if last_day < held.first_day:
        raise Invalid(_("Siste dag er før rollens første dag."))
    users.end_role(assignment_id=assignment_id, last_day=last_day)
    _log("role.ended", actor, unit, held.user_id, Role(held.role))


@transaction.atomic
def end_role_at_once(*, actor: Actor, assignment_id: int, reason: str, version: str | None = None) -> None:
    """
    End a role from this moment, also one that begins today or later; of a user without another, every session ends.

    :param reason: why it could not wait for the end of the day; kept with the role.
    :param version: ``roles_seen`` of the user's roles the actor was shown; None for a job.
    :raises NotAllowed: the actor does not administer access in the unit's county, or holds the role.
    :raises EditConflict: somebody has given or ended a role of the user's in between.
    :raises IllegalTransition: it has ended already.
    :raises Invalid: there is no such role, or no reason is given.
    """
    held, unit = _held_at(assignment_id)
    access_policies.may_manage_roles(actor=actor, user_id=held.user_id, county_id=unit.county_id).require()
    today, reason = clock.today(), " ".join(reason.split())
    _must_be_as_seen(actor, held.user_id, version, _in_words(Role(held.role), unit.name, held.first_day, today))
    if held.ended_at is not None or (held.last_day is not None and held.last_day < today):
        raise IllegalTransition(_("Rollen er alt avsluttet."))
    if not reason:
        raise Invalid(_("Skriv hvorfor rollen avsluttes med en gang."))
    _ended, sessions = users.end_role_at_once(
        assignment_id=assignment_id, at=clock.now(), today=today, ended_by_id=actor.user_id, reason=reason
    )
    _log("role.ended_at_once", actor, unit, held.user_id, Role(held.role), sessions=sessions)


def _held_at(assignment_id: int) -> tuple[Any, Unit]:
    held = access_selectors.assignment_or_none(assignment_id=assignment_id)
    if held is None:
        raise Invalid(_("Rollen finnes ikke."))
    return held, Unit.objects.select_for_update().get(pk=held.unit_id)


def _must_be_as_seen(actor: Actor, user_id: int, version: str | None, yours: str) -> None:
    users.lock_user(user_id=user_id)
    held = list(
        access_selectors.assignments_in(county_ids=access_policies.counties_administered(actor), user_id=user_id)
    )
    must_be_as_seen(
        version,
        access_selectors.roles_seen(held),
        _("Noen har endret rollene til brukeren mens du holdt på. Ingenting er lagret."),
        theirs={
            _("Roller"): "; ".join(
                _in_words(Role(each.role), each.unit.name, each.first_day, each.last_day) for each in held
            )
        },
        yours={_("Roller"): yours},
    )


def _in_words(role: Role, unit: str, first_day: date, last_day: date | None) -> str:
    last = formats.short_day(last_day) if last_day else ""
    return f"{role.label}, {unit}, {formats.short_day(first_day)} – {last}".rstrip()


def _log(verb: str, actor: Actor, unit: Unit, user_id: int, role: Role, **more: int) -> None:
    details = {"user": user_id, "role": role.value, "unit": unit.pk, **more}
    audit.record(verb, by=actor.user_id, county=unit.county_id, details=details)
