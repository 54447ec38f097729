"""Whom somebody without a role is told to ask."""

from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from fotfeste.access import selectors


def whom_to_ask(*, user_id: int | None, on: date) -> str:
    """
    Return the sentence: the leaders of the unit one last worked at, by name; the unit; or only "your leader".

    Somebody we do not know is told no names: a public identity provider vouches for anybody in the country.
    """
    unit, leaders = selectors.last_unit_of(user_id=user_id, on=on) if user_id is not None else ("", [])
    if leaders:
        sentence = _("Spør %(leaders)s, som leder %(unit)s.") % {"leaders": _listed(leaders), "unit": unit}
    elif unit:
        sentence = _("Spør lederen ved %(unit)s.") % {"unit": unit}
    else:
        sentence = _("Spør lederen i enheten din.")
    return f"{sentence} {settings.LOGIN_HELP}".strip()


def _listed(names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    return _("%(names)s eller %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}
