"""What may be done with users and their sessions."""

from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.roles import ROLES
from fotfeste.access.verdict import Verdict, allow_if


def may_end_sessions(*, actor: Actor, user_id: int, county_ids: frozenset[int]) -> Verdict:
    """
    Everybody may end their own sessions; others' are ended by who administers access where they work.

    :param county_ids: the counties the user has had a role in.
    """
    return allow_if(
        actor.user_id == user_id or _administers(actor, county_ids),
        otherwise=_("Bare den som styrer tilganger i fylket, kan avslutte andres økter."),
    )


def may_connect_logins(*, actor: Actor, county_ids: frozenset[int]) -> Verdict:
    """
    Who administers access where a user works may say who logs in as them.

    :param county_ids: the counties the user has had a role in; none for somebody new.
    """
    return allow_if(
        _administers(actor, county_ids),
        otherwise=_("Bare den som styrer tilganger i fylket, kan bestemme hvem som logger inn som en bruker."),
    )


def may_manage_roles(*, actor: Actor, user_id: int | None, county_id: int) -> Verdict:
    """
    Who administers access in a county may give and end roles at its units, others' and never their own.

    Source: opplæringsforskrifta § 20-2. That nobody gives themselves access is ours (inferred).

    :param user_id: whose role it is; None for somebody new.
    """
    if user_id == actor.user_id:
        return allow_if(
            False, otherwise=_("Ingen gir seg selv roller eller tar dem fra seg. Be en annen som styrer tilganger.")
        )
    return allow_if(
        _administers(actor, frozenset({county_id})),
        otherwise=_("Bare den som styrer tilganger i fylket, kan gi og avslutte roller der."),
    )


def may_review_role(*, actor: Actor, user_id: int, unit_id: int, county_id: int) -> Verdict:
    """
    Who administers access in a county, and who leads the unit, go through the roles there, others' and never their own.

    Source: GDPR article 32 no. 1 d. That nobody goes through their own is ours (inferred).
    """
    if user_id == actor.user_id:
        return allow_if(False, otherwise=_("Ingen går gjennom sin egen tilgang. Det gjør en annen."))
    return allow_if(
        unit_id in units_reviewed(actor) or _administers(actor, frozenset({county_id})),
        otherwise=_("Bare lederen i enheten og den som styrer tilganger i fylket, kan gå gjennom rollene der."),
    )


def units_reviewed(actor: Actor) -> frozenset[int]:
    """Return the units at which the actor goes through who has access, by a role held at the very unit."""
    return frozenset(a.unit_id for a in actor.assignments if Permission.ROLE_REVIEW in ROLES[a.role].permissions)


def counties_administered(actor: Actor) -> frozenset[int]:
    """Return the counties in which the actor administers access; a role of another kind counts for nothing here."""
    held = (a for a in actor.assignments if Permission.ACCESS_MANAGE in ROLES[a.role].permissions)
    return frozenset(a.county_id for a in held)


def _administers(actor: Actor, county_ids: frozenset[int]) -> bool:
    own = counties_administered(actor)
    return bool(own & county_ids or (own and not county_ids))
