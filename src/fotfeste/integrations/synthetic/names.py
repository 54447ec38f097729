"""Names in great variety: Norwegian, Sami, Kven and the backgrounds of those who live in the country today."""

from functools import cache
from random import Random

from fotfeste.integrations.synthetic.draw import Weighted
from fotfeste.integrations.synthetic.tables import rows

NORWEGIAN = "norwegian"
OTHER_SCRIPT = "other-script"
FRONT_LOADED = 1.6
"""Names early in a list are drawn more often."""


@cache
def _lists() -> dict[tuple[str, str], tuple[str, ...]]:
    return {(row["background"], row["kind"]): tuple(row["names"].split("|")) for row in rows("names")}


class Names:
    """Draws names as they are mixed in a part of the country: ``oslo``, ``north`` or ``elsewhere``."""

    def __init__(self, region: str) -> None:
        self._backgrounds = Weighted({row["background"]: float(row[region]) for row in rows("backgrounds")})

    def draw(self, rng: Random, sex: str) -> tuple[str, str]:
        """Return first name (with middle name) and surname."""
        background = self._backgrounds.draw(rng)
        given_from = surname_from = background
        if background != OTHER_SCRIPT and rng.random() < 0.05:
            given_from = NORWEGIAN
        return self._given(rng, given_from, sex), self._surname(rng, surname_from)

    def relative(self, rng: Random, surname: str) -> str:
        """Return the full name of a parent of somebody with the surname; mostly they share it."""
        first, other = self.draw(rng, rng.choice(("female", "male")))
        return f"{first} {surname if rng.random() < 0.7 else other}"

    def _given(self, rng: Random, background: str, sex: str) -> str:
        first = _one(rng, background, sex)
        chance = rng.random()
        if background == OTHER_SCRIPT or chance > 0.24:
            return first
        second = _one(rng, background, sex)
        if second == first:
            return first
        return f"{first}-{second}" if chance < 0.03 and background == NORWEGIAN else f"{first} {second}"

    def _surname(self, rng: Random, background: str) -> str:
        surname = _one(rng, background, "surname")
        chance = rng.random()
        if background == OTHER_SCRIPT or chance > 0.12:
            return surname
        other = _one(rng, background if chance > 0.03 else NORWEGIAN, "surname")
        if other == surname:
            return surname
        return f"{surname}-{other}" if chance < 0.02 else f"{other} {surname}"


def _one(rng: Random, background: str, kind: str) -> str:
    names = _lists()[background, kind]
    return names[int(len(names) * rng.random() ** FRONT_LOADED)]
