"""What a file of units does, in words."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fotfeste.kernel import formats
from fotfeste.kernel.ui import KeyFigure
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.selectors.units import unit_names
from fotfeste.organisations.services.unit_followers import Followed
from fotfeste.organisations.services.units import Change, UnitLoad

if TYPE_CHECKING:
    from fotfeste.organisations.models import UnitFile


def figures(kept: "UnitFile", plan: UnitLoad | None) -> list[KeyFigure]:
    """Return how many units become what; by the plan, or as it was done."""
    done = (kept.new, kept.changed, kept.unchanged, kept.rejected)
    counted = done if plan is None else (plan.new, plan.changed, plan.unchanged, len(plan.rejected))
    texts = (
        (_("Nye"), _("enheter som ikke finnes ennå")),
        (_("Endret"), _("får nye opplysninger")),
        (_("Uendret"), _("er slik filen sier")),
        (_("Avvist"), _("tas ikke inn")),
    )
    return [
        KeyFigure(label=label, value=formats.number(number), of_what=of_what if plan else "")
        for (label, of_what), number in zip(texts, counted, strict=True)
    ]


def new_units(plan: UnitLoad | None) -> list[tuple[int, str, str]]:
    """Return the row, name and kind of each unit that will be made."""
    return [(each.number, each.name, _kind(each.kind)) for each in (plan.units if plan else ()) if each.is_new]


def changed_units(plan: UnitLoad | None) -> list[tuple[int, str, list[tuple[str, str, str]]]]:
    """Return the row, name and changes of each unit that will be changed."""
    changed = [each for each in (plan.units if plan else ()) if not each.is_new]
    return [(each.number, each.name, [_told(change) for change in each.changes]) for each in changed]


def closes_later(plan: UnitLoad | None, *, today: date) -> bool:
    """Say whether some unit of the plan closes on a day that is still to come."""
    days = [change.after for unit in (plan.units if plan else ()) for change in unit.changes if _is_closing(change)]
    return any(last_day >= today for last_day in days)


def followed(found: Followed | None) -> dict[str, Any] | None:
    """Return what changed units mean for the youths: sentences, and how many go from which unit to which."""
    if found is None:
        return None
    names = unit_names({unit for before, after, _many in found.moves for unit in (before, after)})
    return {
        "sentences": [_moving(found.moved, found.known), *_besides(found)],
        "moves": [(names.get(before, ""), names.get(after, ""), many) for before, after, many in found.moves],
    }


def followed_done(found: Followed | None) -> list[str]:
    """Return the sentence that tells how many have got another unit, when anybody has been judged."""
    if found is None:
        return []
    text = ngettext("%(many)s ungdom fikk en annen enhet.", "%(many)s ungdommer fikk en annen enhet.", found.moved)
    return [text % {"many": formats.number(found.moved)}]


def _moving(moved: int, judged: int) -> str:
    if not moved:
        return _("Ingen ungdommer får en annen enhet.")
    text = ngettext(
        "%(many)s ungdom av %(judged)s i fylket får en annen enhet.",
        "%(many)s ungdommer av %(judged)s i fylket får en annen enhet.",
        moved,
    )
    return text % {"many": formats.number(moved), "judged": formats.number(judged)}


def _besides(found: Followed) -> list[str]:
    told = []
    if found.regrouped:
        text = ngettext(
            "%(many)s ungdom får en annen målgruppe.", "%(many)s ungdommer får en annen målgruppe.", found.regrouped
        )
        told.append(text % {"many": formats.number(found.regrouped)})
    if found.anyway:
        text = ngettext(
            "I tillegg får %(many)s ungdom en annen målgruppe eller enhet uansett hva filen sier, fordi de sist ble "
            "vurdert tidligere.",
            "I tillegg får %(many)s ungdommer en annen målgruppe eller enhet uansett hva filen sier, fordi de sist ble "
            "vurdert tidligere.",
            found.anyway,
        )
        told.append(text % {"many": formats.number(found.anyway)})
    return told


def _told(change: Change) -> tuple[str, str, str]:
    """Return the name of what changes, as it is and as it will be."""
    return _labels().get(change.field, change.field), _words(change, change.before), _words(change, change.after)


def _labels() -> Mapping[str, str]:
    return {
        "kind": _("Type"),
        "also_kind": _("Er også"),
        "name": _("Navn"),
        "org_number": _("Organisasjonsnummer"),
        "vigo_number": _("VIGO-nummer"),
        "code": _("Kode"),
        "latitude": _("Breddegrad"),
        "longitude": _("Lengdegrad"),
        "is_private": _("Privat"),
        "takes_responsibility": _("Kan ha OT-ansvar"),
        "district_code": _("Ligger i bydel"),
        "nav_office": _("Nav-kontor"),
        "last_day": _("Stengt fra"),
    }


def _words(change: Change, value: Any) -> str:
    if isinstance(value, bool):
        return _("Ja") if value else _("Nei")
    if change.field == "last_day":
        return formats.day(value + timedelta(days=1)) if value else _("stenger ikke")
    if value in ("", None):
        return _("ikke oppgitt")
    if change.field in {"kind", "also_kind"}:
        return _kind(value)
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


def _is_closing(change: Change) -> bool:
    return change.field == "last_day" and change.after is not None


def _kind(value: str) -> str:
    return str(UnitKind(value).label)
