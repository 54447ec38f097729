"""What has changed about who a youth is, in words. The personal part of a number is never shown back."""

from typing import Any

from django.utils.translation import gettext as _

from fotfeste.kernel import formats
from fotfeste.people.enums import CorrectionReason, IdKind, Protection
from fotfeste.people.selectors import Identity, IdentityChange

_HIDDEN = "•••••"


def identity_words(change: IdentityChange) -> tuple[str, str, str, str]:
    """Return what changed, what it was, what it became, and why."""
    what, say = {
        Identity.NAME: (_("Navn"), _name),
        Identity.BORN: (_("Fødselsdato"), formats.day),
        Identity.NUMBER: (_("Identitetsnummer"), _number),
        Identity.PROTECTION: (_("Adressebeskyttelse"), _grade),
    }[change.what]
    before, after = say(change.before), say(change.after)
    if before == after:
        after = _("%(number)s – de fem siste sifrene er endret") % {"number": after}
    why = str(CorrectionReason(change.reason).label) if change.reason in CorrectionReason.values else ""
    return what, before, after, why


def _name(name: Any) -> str:
    return " ".join(name)


def _number(number: Any) -> str:
    text, kind = number
    if not text:
        return _("Uten nummer")
    shown = f"{text[:6]} {_HIDDEN}" if len(text) == 11 else _HIDDEN
    return f"{shown} ({IdKind(kind).label})" if kind in IdKind.values else shown


def _grade(grade: Any) -> str:
    return str(Protection(grade).label)
