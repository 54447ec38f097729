"""What is due and what went, in words, on the screen and on the certificate. Nobody is named."""

from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fotfeste.access.retention import record_kinds
from fotfeste.kernel import formats
from fotfeste.kernel.pdf import render_pdf
from fotfeste.kernel.reading_words import reading_value
from fotfeste.law import sources
from fotfeste.law.readings import all_readings
from fotfeste.organisations.selectors.counties import county_names
from fotfeste.oversight.access_exceptions import exceptions
from fotfeste.oversight.enums import DisposalState
from fotfeste.oversight.models import Disposal
from fotfeste.oversight.selectors.disposals import DueKind
from fotfeste.spec import glossary

CERTIFICATE = Path(__file__).parent / "documents" / "certificate.typ"


@dataclass(frozen=True, slots=True)
class DueLine:
    """One kind on the screen of what is due."""

    kind: str
    name: str
    told: str
    chosen: str
    basis: str
    due: DueKind
    rows: list[tuple[str, int]]


def due_line(due: DueKind) -> DueLine:
    """Return a kind as it is told, with what the county has chosen and the provisions."""
    reading = all_readings()[due.kind.term.reading]
    return DueLine(
        kind=due.kind.id,
        name=_(due.kind.name),
        told=_(due.kind.told),
        chosen=reading_value(reading, due.value),
        basis="; ".join(source.citation for source in due.kind.basis),
        due=due,
        rows=[(model_name(model), count) for model, count in due.rows],
    )


def kind_name(kind: str) -> str:
    """Return what a record kind is called; one that is no longer in the file, by its id."""
    known = record_kinds().get(kind)
    return _(known.name) if known else kind


def model_name(label: str) -> str:
    """Return what the rows of a model are called, as in the glossary, in the language of whoever asks."""
    term = next((each for each in glossary.terms() if each.class_name == label.split(".")[1]), None)
    if term is None:
        return exceptions().names.get(label, label)
    named = {"nn": term.nn, "en": term.en}.get((get_language() or "nb")[:2]) or term.nb
    return named[:1].upper() + named[1:]


def told(disposal: Disposal) -> list[tuple[str, str]]:
    """Return a disposal as labels and values: what, by which rule, who and when."""
    reading = all_readings().get(disposal.rule.get("reading", ""))
    value = disposal.rule.get("value", "")
    lines = [
        (_("Hva"), kind_name(disposal.kind)),
        (_("Fylke"), county_names().get(disposal.county_id, str(disposal.county_id))),
        (_("Personer"), formats.number(disposal.people)),
        (_("Rader"), formats.number(disposal.rows)),
        (_("Regel"), reading_value(reading, value) if reading else value),
        (_("Hjemmel"), "; ".join(sources.by_id(each).citation for each in disposal.rule.get("basis", ()))),
        (_("Foreslått av"), f"{disposal.proposed_by.name}, {formats.moment(disposal.proposed_at)}"),
    ]
    if disposal.decided_by and disposal.decided_at:
        label = _("Trukket av") if disposal.state == DisposalState.WITHDRAWN else _("Godkjent av")
        lines.append((label, f"{disposal.decided_by.name}, {formats.moment(disposal.decided_at)}"))
    if disposal.done_at:
        lines.append((_("Utført"), formats.moment(disposal.done_at)))
    return lines


def certificate_pdf(disposal: Disposal) -> bytes:
    """Return the certificate of what went, in the language of whoever asks."""
    data = {
        "title": _("Bevis for kassasjon"),
        "lead": _(
            "Opplysningene under er kassert etter fylkets vedtak og godkjent av to personer. Ingen er nevnt her."
        ),
        "facts": [list(line) for line in told(disposal)],
        "gone": _("Det som gikk"),
        "head": [_("Slag"), _("Rader")],
        "rows": [[model_name(model), formats.number(count)] for model, count in disposal.counts.items() if count],
        "digest": f"{_('Sjekksum av forslaget')}: {disposal.digest}",
    }
    return render_pdf(CERTIFICATE, data, language=(get_language() or "nb")[:2])
