"""Where people live: made-up streets in real neighbourhoods and towns, with points near their middle."""

from dataclasses import dataclass
from functools import cache
from math import cos, radians
from random import Random
from typing import NamedTuple

from fotfeste.integrations.synthetic.draw import Weighted, seeded
from fotfeste.integrations.synthetic.tables import rows

OSLO = "03"
OSLO_MUNICIPALITY = "0301"
METRES_PER_DEGREE = 111_195
SPREAD_IN_CITY, SPREAD_IN_TOWN = 230, 800
STREETS_PER_PLACE = 14


@dataclass(frozen=True, slots=True)
class Place:
    """A neighbourhood of Oslo or a town: the middle of where its people live."""

    municipality: str
    district: str
    """Six digits in Oslo; the municipality elsewhere."""
    name: str
    city: str
    postcode: str
    latitude: float
    longitude: float
    spread: int
    weight: float
    streets: tuple[str, ...]


class Address(NamedTuple):
    """A registered address with its point."""

    street: str
    postcode: str
    city: str
    municipality: str
    district: str
    latitude: float
    longitude: float


@cache
def places_of(county: str) -> tuple[Place, ...]:
    """
    Return the places of a county of today.

    :raises KeyError: there is no such county.
    """
    if county == OSLO:
        return tuple(_neighbourhood(row) for row in rows("oslo_areas"))
    found = tuple(_town(row) for row in rows("towns") if row["county"] == county)
    if not found:
        raise KeyError(county)
    return found


def _neighbourhood(row: dict[str, str]) -> Place:
    return Place(
        municipality=OSLO_MUNICIPALITY,
        district=row["district"],
        name=row["area"],
        city="Oslo",
        postcode=row["postcode"],
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        spread=SPREAD_IN_CITY,
        weight=float(row["weight"]),
        streets=_streets(row["area"]),
    )


def _town(row: dict[str, str]) -> Place:
    return Place(
        municipality=row["municipality"],
        district=row["municipality"],
        name=row["town"],
        city=row["town"],
        postcode=row["postcode"],
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        spread=SPREAD_IN_TOWN,
        weight=float(row["weight"]),
        streets=_streets(row["town"]),
    )


def _streets(place: str) -> tuple[str, ...]:
    words = {row["part"]: row["words"].split("|") for row in rows("streets")}
    rng = seeded("streets of", place)
    return tuple(rng.choice(words["stem"]) + rng.choice(words["suffix"]) for _ in range(STREETS_PER_PLACE))


class Addresses:
    """Draws addresses in a county."""

    def __init__(self, county: str) -> None:
        self._districts = Weighted(district_weights(county))
        by_district: dict[str, list[tuple[Place, float]]] = {}
        for place in places_of(county):
            by_district.setdefault(place.district, []).append((place, place.weight))
        self._places = {district: Weighted(found) for district, found in by_district.items()}

    def draw(self, rng: Random, district: str | None = None) -> Address:
        """Return an address, in the district when one is given."""
        place = self._places[district or self._districts.draw(rng)].draw(rng)
        number = 1 + int(110 * rng.random() ** 1.5)
        letter = rng.choice("ABCD") if rng.random() < 0.3 else ""
        latitude, longitude = point_near(rng, place.latitude, place.longitude, spread=place.spread)
        street = f"{rng.choice(place.streets)} {number}{letter}"
        return Address(street, place.postcode, place.city, place.municipality, place.district, latitude, longitude)


def point_near(rng: Random, latitude: float, longitude: float, *, spread: int) -> tuple[float, float]:
    """Return a point within two spreads (in metres) of another."""
    north = max(-2.0, min(2.0, rng.gauss(0, 1))) * spread / METRES_PER_DEGREE
    east = max(-2.0, min(2.0, rng.gauss(0, 1))) * spread / (METRES_PER_DEGREE * cos(radians(latitude)))
    return round(latitude + north, 5), round(longitude + east, 5)


def district_weights(county: str) -> dict[str, float]:
    """Return how many live in each district (Oslo) or municipality, as weights."""
    if county == OSLO:
        return {row["district"]: float(row["people"]) for row in rows("districts")}
    weights: dict[str, float] = {}
    for place in places_of(county):
        weights[place.district] = weights.get(place.district, 0) + place.weight
    return weights


def unknown_weights(county: str) -> dict[str, float]:
    """Return where the youth with unknown activity live, as weights: skewed in Oslo, as people live elsewhere."""
    if county == OSLO:
        return {row["district"]: float(row["on_otuk_list"]) for row in rows("districts")}
    return district_weights(county)
