"""The wash a command is for, and the person it acts as."""

from dataclasses import dataclass

from fotfeste.access.actor import Actor
from fotfeste.kernel.errors import Invalid


@dataclass(frozen=True, slots=True)
class WashPlace:
    """A wash that goes on: the units whose people may ask in it, and the office that answers."""

    session_id: int
    askers: tuple[int, ...]
    answerers: tuple[int, ...]


def wash_at(county: str, district: str) -> WashPlace:
    """
    Return the wash of a district's list in the round that is out.

    :raises Invalid: there is no such county or district, or its list is not washed.
    """
    from fotfeste.config.commands.counties import county_number
    from fotfeste.kernel import clock
    from fotfeste.lists.selectors import otuk, wash
    from fotfeste.organisations.selectors import units

    county_id, today = county_number(county), clock.today()
    unit_id = next(
        (each.unit_id for each in units.districts(county_id=county_id, on=today) if each.code == district), 0
    )
    if not unit_id:
        raise Invalid(f"«{district}» er ikke koden til en bydel i fylket.")
    with otuk.as_list_maker(county_id):
        made = otuk.current_round(county_id=county_id)
        session = wash.session_of(made=made, district_id=unit_id) if made is not None else None
    if session is None:
        raise Invalid("Bydelen har ingen listevask i runden som er ute. Åpne den i Fotfeste først.")
    admin = units.education_admin_of(county_id=county_id)
    return WashPlace(session.pk, (unit_id, admin.pk), (session.office_id,))


def acting_in(unit_ids: tuple[int, ...], name: str) -> Actor:
    """
    Return the one of a name who answers lists at one of the units, as who acts.

    :raises Invalid: nobody there is called so, or several are.
    """
    from fotfeste.access.permissions import Permission
    from fotfeste.access.selectors import actor_for, people_at
    from fotfeste.kernel import clock

    on = clock.today()
    wanted = " ".join(name.split()).casefold()
    people = people_at(unit_ids=unit_ids, permission=Permission.OTUK_VIEW, on=on)
    found = {user_id for _unit, user_id, called in people if called.casefold() == wanted}
    actor = actor_for(user_id=next(iter(found)), on=on) if len(found) == 1 else None
    if actor is None:
        raise Invalid(
            "Ingen eller flere med det navnet svarer for listen der. Skriv hele navnet, slik det står i Fotfeste."
        )
    return actor
