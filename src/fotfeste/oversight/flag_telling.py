"""Flags in words: what was unusual, in figures, and the marks of the youths it was about."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fotfeste.access.topics import Ground
from fotfeste.kernel import formats, opaque
from fotfeste.oversight.enums import FlagKind
from fotfeste.oversight.flag_rules import flag_rules
from fotfeste.oversight.telling import mark_of

if TYPE_CHECKING:
    from fotfeste.oversight.models import ReadingFlag

#: More marks than this say nothing; the log of the user that week has them all.
SHOWN = 12


@dataclass(frozen=True, slots=True)
class ToldFlag:
    """
    A flag as it is shown.

    :ivar marks: of the youths, as (what stands for the youth in an address, mark).
    """

    pk: int
    who: str
    user: str
    week: date
    title: str
    sentences: tuple[str, ...]
    marks: tuple[tuple[str, str], ...]
    more: int
    looked_at: datetime | None
    looked_at_by: str
    note: str


def told(flags: "Iterable[ReadingFlag]") -> list[ToldFlag]:
    """Return each flag in words."""
    return [_told(flag) for flag in flags]


def rules_in_words(on: date) -> list[tuple[str, str]]:
    """Return what is looked for, with the figures in force on a day, as (what, rule)."""
    rules = flag_rules(on=on)
    sentences = {
        FlagKind.OUTSIDE_CASELOAD: _(
            "Minst {count} ungdommer i uken som brukeren ikke har i oppgave å følge opp, og ikke gjorde noe med."
        ).format(count=formats.number(rules.outside_persons)),
        FlagKind.OWN_NAME: _(
            "En ungdom utenfor egne oppgaver med samme etternavn som brukeren, eller en foresatt med samme navn."
        ),
        FlagKind.SAME_ADDRESS: _(
            "To ungdommer på samme adresse åpnet innen {minutes} minutter, minst én utenfor egne oppgaver. Fotfeste "
            "kjenner ikke de ansattes adresser, og sammenligner aldri beskyttede adresser."
        ).format(minutes=formats.number(rules.address_minutes)),
        FlagKind.AT_NIGHT: _("Minst {count} oppslag mellom kl. {begins} og kl. {ends}.").format(
            count=formats.number(rules.night_looks), begins=rules.night_from, ends=rules.night_until
        ),
        FlagKind.REFUSED: _("Minst {count} ungdommer brukeren ville åpne, men ikke har tilgang til.").format(
            count=formats.number(rules.refused_persons)
        ),
    }
    return [(str(kind.label), sentence) for kind, sentence in sentences.items()]


def _told(flag: "ReadingFlag") -> ToldFlag:
    kind = FlagKind(flag.kind)
    keys = [opaque.encode(youth_id) for youth_id in flag.youth_ids]
    return ToldFlag(
        pk=flag.pk,
        who=flag.user.name,
        user=opaque.encode(flag.user_id),
        week=flag.week,
        title=str(kind.label),
        sentences=tuple(filter(None, _WORDS[kind](flag.count, flag.reasons))),
        marks=tuple((key, mark_of(key)) for key in keys[:SHOWN]),
        more=max(0, len(keys) - SHOWN),
        looked_at=flag.looked_at,
        looked_at_by=flag.looked_at_by.name if flag.looked_at_by else "",
        note=flag.note,
    )


def _outside(count: int, why: Mapping[str, Any]) -> tuple[str, ...]:
    what = ngettext(
        "Åpnet {count} ungdom utenfor egne oppgaver, uten å gjøre noe med saken.",
        "Åpnet {count} ungdommer utenfor egne oppgaver, uten å gjøre noe med sakene.",
        count,
    )
    grounds = [str(Ground(each).label) for each in why.get("grounds", ()) if each in Ground.values]
    return (
        what.format(count=formats.number(count)),
        _("Grunnlag: {grounds}.").format(grounds=", ".join(grounds)) if grounds else "",
    )


def _own_name(count: int, why: Mapping[str, Any]) -> tuple[str, ...]:
    by_name, by_guardian, namesakes = (why.get(key, 0) for key in ("by_name", "by_guardian", "namesakes"))
    same = ngettext(
        "Åpnet {count} ungdom med samme etternavn som brukeren.",
        "Åpnet {count} ungdommer med samme etternavn som brukeren.",
        by_name,
    )
    called_so = ngettext("{count} ungdom i fylket heter det.", "{count} ungdommer i fylket heter det.", namesakes)
    guardian = ngettext(
        "{count} ungdom har en foresatt med samme navn som brukeren.",
        "{count} ungdommer har en foresatt med samme navn som brukeren.",
        by_guardian,
    )
    parts = ((same, by_name, by_name), (called_so, namesakes, by_name), (guardian, by_guardian, by_guardian))
    return tuple(text.format(count=formats.number(number)) if is_told else "" for text, number, is_told in parts)


def _same_address(count: int, why: Mapping[str, Any]) -> tuple[str, ...]:
    what = ngettext(
        "Åpnet to ungdommer på samme adresse innen {minutes} minutter, minst én utenfor egne oppgaver.",
        "Åpnet ungdommer på samme adresse innen {minutes} minutter {count} ganger, minst én utenfor egne oppgaver.",
        count,
    )
    return (what.format(count=formats.number(count), minutes=why.get("minutes", "")),)


def _at_night(count: int, why: Mapping[str, Any]) -> tuple[str, ...]:
    what = ngettext(
        "{count} oppslag mellom kl. {begins} og kl. {ends}.",
        "{count} oppslag mellom kl. {begins} og kl. {ends}.",
        count,
    )
    return (what.format(count=formats.number(count), begins=why.get("from", ""), ends=why.get("until", "")),)


def _refused(count: int, why: Mapping[str, Any]) -> tuple[str, ...]:
    what = ngettext(
        "Ville åpne {count} ungdom brukeren ikke har tilgang til.",
        "Ville åpne {count} ungdommer brukeren ikke har tilgang til.",
        count,
    )
    return (what.format(count=formats.number(count)),)


_WORDS: Mapping[FlagKind, Callable[[int, Mapping[str, Any]], tuple[str, ...]]] = {
    FlagKind.OUTSIDE_CASELOAD: _outside,
    FlagKind.OWN_NAME: _own_name,
    FlagKind.SAME_ADDRESS: _same_address,
    FlagKind.AT_NIGHT: _at_night,
    FlagKind.REFUSED: _refused,
}
