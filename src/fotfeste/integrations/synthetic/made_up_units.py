"""Made-up schools and offices where the product does not bring the real ones. The same whatever the seed."""

from collections.abc import Iterable, Sequence
from random import Random

from fotfeste.integrations.synthetic.draw import quotas, seeded
from fotfeste.integrations.synthetic.numbers import organisation_number
from fotfeste.integrations.synthetic.places import Place, places_of, point_near
from fotfeste.integrations.synthetic.tables import rows
from fotfeste.integrations.synthetic.unit import (
    ADULT,
    APPRENTICESHIP,
    DISTRICT,
    LOWER,
    NAV_OFFICE,
    OTHER,
    UPPER,
    Unit,
)

LOWER_PER_UPPER = 2
PRIVATE_UPPER_SHARE, PRIVATE_LOWER_SHARE = 0.08, 0.05
TRAINING_OFFICES = ("bygg og anlegg", "elektro", "helse og oppvekst", "industri", "restaurant og mat")
UPPER_NAMES = ("", "Nord ", "Sør ", "Øst ", "Vest ", "Åsen ", "Strand ", "Lia ", "Tangen ", "Haugen ", "Dalen ")
LOWER_NAMES = ("Solbakken", "Fjellheim", "Nordlia", "Sørlia", "Bjørkhaug", "Granåsen", "Furumo", "Strandheim", "Elvely",
               "Myra", "Toppen", "Engen", "Bakkeløkka", "Kilden", "Utsikten", "Skogly", "Viken", "Odden")  # fmt: skip


def made_up_units(county: str, *, has_own: bool) -> list[Unit]:
    """Return training offices, and all other units too where the county has none of its own."""
    row = next(row for row in rows("counties") if row["county"] == county)
    serials = iter(range(int(county) * 10_000, int(county) * 10_000 + 10_000))
    units = _training_offices(county, row["name"], serials)
    if not has_own:
        units += _offices(county, row["name"], serials)
        units += _schools(county, int(row["schools"]), serials)
    return units


def _next_number(serials: Iterable[int]) -> str:
    return next(number for number in map(organisation_number, serials) if number)


def _training_offices(county: str, name: str, serials: Iterable[int]) -> list[Unit]:
    return [
        Unit(
            county=county,
            kind=OTHER,
            name=f"Opplæringskontoret for {trade} i {name}",
            org_number=_next_number(serials),
            is_synthetic=True,
        )
        for trade in TRAINING_OFFICES
    ]


def _offices(county: str, name: str, serials: Iterable[int]) -> list[Unit]:
    """The apprenticeship department, and for each municipality a Nav office and the municipality as a district."""
    department = Unit(
        county,
        APPRENTICESHIP,
        f"{name} fylkeskommune, fagopplæring",
        _next_number(serials),
        code=county,
        takes_responsibility=True,
        is_synthetic=True,
    )
    units = [department]
    for place in places_of(county):
        units.append(_of_municipality(NAV_OFFICE, f"Nav {place.name}", place, county, serials))
        units.append(_of_municipality(DISTRICT, f"{place.name} kommune", place, county, serials))
    return units


def _of_municipality(kind: str, name: str, place: Place, county: str, serials: Iterable[int]) -> Unit:
    return Unit(
        county=county,
        kind=kind,
        name=name,
        org_number=_next_number(serials),
        code=place.municipality,
        nav_code=place.municipality if kind == DISTRICT else "",
        district=place.district,
        postcode=place.postcode,
        city=place.city,
        takes_responsibility=kind == DISTRICT,
        is_synthetic=True,
    )


def _schools(county: str, count: int, serials: Iterable[int]) -> list[Unit]:
    rng = seeded("schools of", county)
    places = places_of(county)
    weights = {place: place.weight for place in places}
    units: list[Unit] = []
    private = max(1, round(count * PRIVATE_UPPER_SHARE))
    upper = {place: 1 + more for place, more in quotas(max(0, count - private - len(places)), weights).items()}
    for place, number in upper.items():
        units += [_school(rng, UPPER, place, _upper_name(place, i), serials) for i in range(number)]
    for i, place in enumerate(_biggest(places, private)):
        name = f"{place.name} private videregående skole {i + 1}"
        units.append(_school(rng, UPPER, place, name, serials, private=True))
    lower = count * LOWER_PER_UPPER
    for place, number in quotas(lower, weights).items():
        units += [_school(rng, LOWER, place, _lower_name(place, i), serials) for i in range(max(1, number))]
    for i, place in enumerate(_biggest(places, max(1, round(lower * PRIVATE_LOWER_SHARE)))):
        units.append(_school(rng, LOWER, place, f"{place.name} montessoriskole {i + 1}", serials, private=True))
    for place in _biggest(places, max(1, count // 15)):
        units.append(_school(rng, ADULT, place, f"{place.name} voksenopplæring", serials, takes_responsibility=False))
    return units


def _biggest(places: Sequence[Place], count: int) -> list[Place]:
    ranked = sorted(places, key=lambda place: -place.weight)
    return [ranked[i % len(ranked)] for i in range(count)]


def _upper_name(place: Place, i: int) -> str:
    series, word = divmod(i, len(UPPER_NAMES))
    return f"{place.name} {UPPER_NAMES[word]}videregående skole{f' {series + 1}' if series else ''}"


def _lower_name(place: Place, i: int) -> str:
    series, word = divmod(i, len(LOWER_NAMES))
    return f"{LOWER_NAMES[word]} ungdomsskole{f' {series + 1}' if series else ''}, {place.name}"


def _school(
    rng: Random,
    kind: str,
    place: Place,
    name: str,
    serials: Iterable[int],
    *,
    private: bool = False,
    takes_responsibility: bool = True,
) -> Unit:
    latitude, longitude = point_near(rng, place.latitude, place.longitude, spread=place.spread)
    return Unit(
        county=next(row["county"] for row in rows("towns") if row["municipality"] == place.municipality),
        kind=kind,
        name=name,
        org_number=_next_number(serials),
        district=place.district,
        postcode=place.postcode,
        city=place.city,
        latitude=latitude,
        longitude=longitude,
        is_private=private,
        takes_responsibility=takes_responsibility and not private,
        is_synthetic=True,
    )
