"""What the system actors, which jobs act as, are called: kept in bokmål, shown in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

#: name of the actor -> what it is called.
SYSTEM_ACTORS: Mapping[str, str] = {
    "importer": "Fotfeste – innlesing",
    "scheduler": "Fotfeste – planlagte jobber",
    "reporter": "Fotfeste – rapporter",
    "checker": "Fotfeste – kontroll",
    "overseer": "Fotfeste – innsyn og personvern",
    "disposer": "Fotfeste – kassasjon",
}

_WORDS: tuple[Any, ...] = (
    _("Fotfeste – innlesing"),
    _("Fotfeste – planlagte jobber"),
    _("Fotfeste – rapporter"),
    _("Fotfeste – kontroll"),
    _("Fotfeste – innsyn og personvern"),
    _("Fotfeste – kassasjon"),
)
_SHOWN: Mapping[str, Any] = dict(zip(SYSTEM_ACTORS.values(), _WORDS, strict=True))


def shown_name(name: str) -> str:
    """Return the name of a user as it is shown: a person's as it is, a system actor's in the reader's language."""
    return str(_SHOWN.get(name, name))
