"""What the search shows of each youth it found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fotfeste.access.actor import Actor
from fotfeste.casework.selectors import whereabouts
from fotfeste.casework.selectors.labels import status_name
from fotfeste.casework.selectors.tones import status_tone
from fotfeste.kernel.ui import Tone
from fotfeste.organisations.selectors import units
from fotfeste.people.selectors import age_on


@dataclass(frozen=True, slots=True)
class Hit:
    """A youth found. ``status`` is empty for one who is not in the service, or of whom the actor sees no status."""

    youth_id: int
    name: str
    born: date
    age: int
    is_protected: bool
    unit: str
    unit_is_hidden: bool
    status: str
    tone: Tone


def hits_of(youths: Iterable[Any], *, registrations: Mapping[int, Any], actor: Actor, today: date) -> list[Hit]:
    """Return the rows of the result, in the order found."""
    found = list(youths)
    names = units.unit_names({youth.unit_id for youth in found})
    return [_hit(youth, registrations.get(youth.pk), names, actor, today) for youth in found]


def _hit(youth: Any, registration: Any, names: Mapping[int, str], actor: Actor, today: date) -> Hit:
    tells_unit = whereabouts.may_tell_unit(
        actor=actor, protection=youth.protection, county_id=youth.county_id, unit_id=youth.unit_id
    )
    code = registration.status_code if registration else ""
    return Hit(
        youth_id=youth.pk,
        name=f"{youth.last_name}, {youth.first_name}",
        born=youth.born,
        age=age_on(born=youth.born, day=today),
        is_protected=whereabouts.is_protected(youth.protection),
        unit=names.get(youth.unit_id, "") if tells_unit and registration else "",
        unit_is_hidden=not tells_unit,
        status=status_name(code) if code else "",
        tone=status_tone(code) if code else Tone.NEUTRAL,
    )
