"""Finding the unit a row of a file speaks of, without a query for each row."""

from collections.abc import Iterable, Mapping
from typing import Any

from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.models import Unit


class UnitIndex:
    """
    Units by what files know them by: organisation number, VIGO number, or kind and code.

    A county has one education administration, so kind and county are enough for that.
    """

    def __init__(self, units: Iterable[Unit]) -> None:
        self._by_key: dict[tuple[str, str], Unit] = {}
        for unit in units:
            self.add(unit)

    def add(self, unit: Unit) -> None:
        """Remember a unit under every key it has."""
        for key in self.keys(vars(unit)):
            self._by_key[key] = unit

    def units(self) -> set[Unit]:
        """Return all that are known."""
        return set(self._by_key.values())

    def matches(self, values: Mapping[str, Any]) -> set[Unit]:
        """Return every unit that one of the values' keys belongs to; more than one means the row contradicts itself."""
        return {self._by_key[key] for key in self.keys(values) if key in self._by_key}

    def find(self, values: Mapping[str, Any]) -> Unit | None:
        """Return the unit with the first of the values' keys that is known, or None."""
        return next((self._by_key[key] for key in self.keys(values) if key in self._by_key), None)

    def by_org_number(self, number: str) -> Unit:
        """
        Return the unit with the organisation number.

        :raises KeyError: no unit has it.
        """
        return self._by_key["org_number", number]

    def by_code(self, kind: UnitKind, code: str) -> Unit:
        """
        Return the unit of a kind with the code.

        :raises KeyError: no unit has it.
        """
        return self._by_key[kind, code]

    @staticmethod
    def keys(values: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Return the keys of a unit's field values, in the order they weigh."""
        keys = [(name, values[name]) for name in ("org_number", "vigo_number") if values.get(name)]
        if values.get("code"):
            keys.append((values["kind"], values["code"]))
        if values["kind"] == UnitKind.EDUCATION_ADMIN:
            keys.append((UnitKind.EDUCATION_ADMIN, f"county {values['county_id']}"))
        return keys
