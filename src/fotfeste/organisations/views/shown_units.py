"""What a file of units does, in words."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from fotfeste.kernel import formats
from fotfeste.kernel.ui import KeyFigure
from fotfeste.organisations.enums import UnitKind
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
    }


def _words(change: Change, value: Any) -> str:
    if isinstance(value, bool):
        return _("Ja") if value else _("Nei")
    if value in ("", None):
        return _("ikke oppgitt")
    if change.field in {"kind", "also_kind"}:
        return _kind(value)
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


def _kind(value: str) -> str:
    return str(UnitKind(value).label)
