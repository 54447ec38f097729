"""
How many people, in which counties, and how many of them are with the service.

========  =======  ==========  =========================================================
size      people   in service  what for
========  =======  ==========  =========================================================
oslo        6 000       1 600  the demo: everybody with the service, a sample of the rest
county     60 000       1 600  a county with its whole cohort of 16 to 24
national  500 000      25 000  all counties, 440 public and private upper-secondary schools
N people        N              as many with the service as the county has, at most 4 of 15
========  =======  ==========  =========================================================

"In service" counts today's groups 1 to 4; those registered but outside the target group (group 5) come beside
them. The figure for Oslo is an assumption: nothing has been published since the age limit became 24.
"""

from dataclasses import dataclass

from fotfeste.integrations.synthetic.tables import rows

OSLO_PEOPLE, NATIONAL_PEOPLE = 6_000, 500_000
OSLO = "03"
NAMED = ("oslo", "county", "national")
LARGEST_SHARE_IN_SERVICE = 4 / 15
MOST_IN_ONE_COUNTY = 100_000


class WrongSize(ValueError):
    """The size asked for cannot be made; the text is for the user."""


@dataclass(frozen=True, slots=True)
class CountyPlan:
    """What to make for one county."""

    county: str
    name: str
    region: str
    people: int
    in_service: int
    unknown_share: float


def plans_for(people: str, county: str | None = None) -> tuple[CountyPlan, ...]:
    """
    Return a plan for each county of the size asked for.

    A number without a county is made for Oslo, and for the whole country from 100 000 people.

    :raises WrongSize: the size or the county is not known, or too few people were asked for.
    """
    size = people.strip().lower()
    if size == "national":
        if county:
            raise WrongSize("Størrelsen «national» gjelder hele landet: utelat --county, eller bruk --people county.")
        return _whole_country(NATIONAL_PEOPLE)
    if size == "oslo":
        if county not in (None, OSLO):
            raise WrongSize("Størrelsen «oslo» gjelder fylke 03: bruk --people county for et annet fylke.")
        return (_plan(OSLO, OSLO_PEOPLE),)
    if size == "county":
        return (_plan(county or OSLO, None),)
    if not size.isascii() or not size.isdigit():
        raise WrongSize(f"Antall personer må være et helt tall eller en av {', '.join(NAMED)}.")
    number = int(size)
    if number == 0:
        raise WrongSize("Antall personer må være minst 1.")
    if county is None and number >= MOST_IN_ONE_COUNTY:
        return _whole_country(number)
    return (_plan(county or OSLO, number),)


def _plan(county: str, people: int | None) -> CountyPlan:
    row = next((row for row in rows("counties") if row["county"] == county), None)
    if row is None:
        known = ", ".join(row["county"] for row in rows("counties"))
        raise WrongSize(f"Fylke «{county}» finnes ikke i dag. Fylkene er {known}.")
    everyone, in_service = int(row["people"]), int(row["in_ot"])
    wanted = everyone if people is None else people
    if wanted > everyone:
        in_service = round(in_service * wanted / everyone)
    return CountyPlan(
        county=county,
        name=row["name"],
        region=row["region"],
        people=wanted,
        in_service=min(in_service, round(wanted * LARGEST_SHARE_IN_SERVICE)),
        unknown_share=float(row["unknown_share"]),
    )


def _whole_country(people: int) -> tuple[CountyPlan, ...]:
    weights = {row["county"]: int(row["people"]) for row in rows("counties")}
    shares = {county: people * weight // sum(weights.values()) for county, weight in weights.items()}
    shares[OSLO] += people - sum(shares.values())
    return tuple(_plan(county, share) for county, share in shares.items())
