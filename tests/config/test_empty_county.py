"""A county that has taken nothing in yet: every screen says why it is empty, and where to begin."""

import re

import pytest

from fotfeste.access.roles import Role
from fotfeste.organisations.enums import UnitKind
from tests import factories as make
from tests.config.conftest import text_of

pytestmark = pytest.mark.django_db

IMPORTS, DIRECTORY, LISTS = "/innlesing/", "/enheter/", "/otuk/"


def place_of(role):
    if role is Role.DISTRICT_CONTACT:
        return make.unit(UnitKind.DISTRICT, name="Bydel Ny", code="039902", takes_responsibility=True)
    kinds = {Role.NAV_RESPONSIBLE: UnitKind.NAV_OFFICE, Role.APPRENTICESHIP_ADVISER: UnitKind.APPRENTICESHIP_DEPARTMENT}
    if role in {Role.COUNSELLOR, Role.UNIT_LEADER} or role in kinds:
        return make.unit(kinds.get(role, UnitKind.UPPER_SECONDARY), name="Ny enhet")
    return make.education_admin()


def empty_parts(response) -> list[str]:
    """Return the empty states of a page, as text with the addresses in them."""
    text = response.content.decode().replace("\xa0", " ")
    return [
        " ".join(part.split()) for part in re.findall(r'<div class="fot-empty">.*?</div>\s*(?:</div>)?', text, re.S)
    ]


@pytest.mark.parametrize(
    ("role", "path", "says", "leads_to"),
    [
        (Role.COUNSELLOR, "/", "Ingen ungdommer her ennå", DIRECTORY),
        (Role.COUNSELLOR, "/ungdommer/", "Når enheten får ansvaret for en ungdom", DIRECTORY),
        (Role.COUNSELLOR, "/oversikt/", "når Utdanningsadministrasjonen har lest inn listene", ""),
        (Role.DISTRICT_CONTACT, "/", "Dere har ingen å svare for nå", ""),
        (Role.DISTRICT_CONTACT, "/", "Ingen ungdommer her ennå", DIRECTORY),
        (Role.DISTRICT_CONTACT, "/ungdommer/", "står på OTUK-listene", LISTS),
        (Role.DISTRICT_CONTACT, "/otuk/", "Neste liste kommer", DIRECTORY),
        (Role.NAV_RESPONSIBLE, "/", "Når bydelen får en ny OTUK-liste", DIRECTORY),
        (Role.NAV_RESPONSIBLE, "/ungdommer/", "står på OTUK-listene", LISTS),
        (Role.APPRENTICESHIP_ADVISER, "/", "Ingen ungdommer her ennå", DIRECTORY),
        (Role.UNIT_LEADER, "/", "Ingen tall ennå", DIRECTORY),
        (Role.COUNTY_LEADER, "/", "har lest inn listene", DIRECTORY),
        (Role.EDUCATION_ADMIN, "/", "Begynn med listen fra VIGO", IMPORTS),
        (Role.EDUCATION_ADMIN, "/", "Lag listene når ungdommene er lest inn", LISTS),
        (Role.EDUCATION_ADMIN, "/ungdommer/", "er lest inn og tatt i bruk", IMPORTS),
        (Role.EDUCATION_ADMIN, "/ko/", "kommer de hit som ingen regel gir en enhet", IMPORTS),
        (Role.EDUCATION_ADMIN, "/meldinger/", "Meldinger kommer hit når", DIRECTORY),
        (Role.EDUCATION_ADMIN, "/meldinger/?vis=behandlet", "Når du har tatt en melding i bruk", "/meldinger/"),
        (Role.EDUCATION_ADMIN, "/dubletter/", "Du trenger ikke gjøre noe nå", IMPORTS),
        (Role.EDUCATION_ADMIN, "/dubletter/?vis=sammenslatt", "står de her og kan angres", "/dubletter/"),
        (Role.EDUCATION_ADMIN, "/otuk/", "Den første lages av seg selv", ""),
        (Role.EDUCATION_ADMIN, "/innlesing/", "Velg en fil til venstre", ""),
        (Role.EDUCATION_ADMIN, "/innlesing/historikk/", "", IMPORTS),
        (Role.EDUCATION_ADMIN, "/oversikt/", "når fylkets ungdommer er lest inn", IMPORTS),
        (Role.EDUCATION_ADMIN, "/rapporter/", "frys tabellen når den er sendt", ""),
    ],
)
def test_an_empty_screen_says_what_comes_next_and_leads_there(enter, role, path, says, leads_to):
    parts = empty_parts(enter(make.actor(role, place_of(role))).get(path))
    told = [part for part in parts if says in part and f'href="{leads_to}' in part] if leads_to else parts
    assert any(says in part for part in told), parts


def test_a_unit_with_youths_none_of_whom_needs_anything_is_told_so(enter):
    school = make.unit()
    make.case(school, status="OTAR", since=make.TODAY)
    assert "Ingen ungdommer her ennå" not in text_of(enter(make.actor(Role.COUNSELLOR, school)).get("/"))
