"""``fotfeste administrator``: the first person of a county who may give others access."""

import argparse

from fotfeste.kernel.errors import Invalid


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Who, in which county, and the code shown to them when they tried to log in."""
    parser.add_argument("name", metavar="NAVN")
    parser.add_argument("--county", required=True, metavar="FYLKE", help="fylkesnummer, to siffer")
    parser.add_argument("--code", required=True, metavar="KODE", help="koden personen fikk se ved innlogging")


def run(arguments: argparse.Namespace) -> int:
    """
    Make the user, give the role at the county's education administration, and connect the login.

    :raises Invalid: no name was given, or no such code is waiting.
    """
    from django.db import transaction

    from fotfeste.access.actor import Actor, Assignment, permissions_of
    from fotfeste.access.roles import Role
    from fotfeste.access.scope import acting_as
    from fotfeste.access.selectors import system_actor
    from fotfeste.access.services import identities, users
    from fotfeste.audit import services as audit
    from fotfeste.config.commands.counties import county_number
    from fotfeste.kernel import clock
    from fotfeste.organisations.selectors.units import education_admin_of

    county_id, today = county_number(arguments.county), clock.today()
    name = " ".join(arguments.name.split())
    if not name:
        raise Invalid("Skriv navnet på den som skal styre tilganger.")
    keeper = system_actor("checker", county_ids=(county_id,))
    with transaction.atomic():
        user = users.make_user(name=name, email="")
        unit = education_admin_of(county_id=county_id)
        users.give_role(user_id=user.pk, role=Role.SYSTEM_ADMINISTRATOR, unit_id=unit.pk, first_day=today)
        details = {"user": user.pk, "role": Role.SYSTEM_ADMINISTRATOR.value, "unit": unit.pk}
        with acting_as(keeper):
            audit.record("role.given", by=keeper.user_id, county=county_id, details=details)
        # Whoever runs this acts as the administrator, who has not been here to confirm anything.
        held = (Assignment(Role.SYSTEM_ADMINISTRATOR, unit.pk, unit.name, county_id, today),)
        made = Actor(user.pk, user.name, held, permissions=permissions_of(held))
        with acting_as(made):
            identities.connect_by_code(actor=made, user_id=user.pk, code=arguments.code)
    print(f"{name} er systemadministrator i {unit.county} fra i dag, og kan gi andre tilgang under «Brukere».")
    return 0
