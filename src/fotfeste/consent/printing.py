"""The release on paper: what was asked, what was answered, and room to sign."""

from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from fotfeste.consent import texts
from fotfeste.consent.enums import Answer, GivenHow, Guardians, Purpose
from fotfeste.consent.models import Release
from fotfeste.consent.selectors import body_name, ordered
from fotfeste.consent.words import topic_words
from fotfeste.kernel import formats
from fotfeste.kernel.pdf import render_pdf

TEMPLATE = Path(__file__).parent / "documents" / "release.typ"


def release_pdf(release: Release, *, recorded_by: str) -> bytes:
    """Return the release as a tagged PDF, in the language the youth was asked in."""
    with translation.override(release.language):
        text = texts.text_of(version=release.text_version, language=release.language)
        youth = release.youth
        data = {
            "title": text.title,
            "paragraphs": list(text.paragraphs),
            "parts": [
                {"heading": _("Hvem det gjelder"), "rows": [[_("Navn"), f"{youth.first_name} {youth.last_name}"]]},
                {"heading": _("Hva du har svart"), "rows": _answer(release)},
                {"heading": _("Hvem som kan få vite hva"), "rows": _bodies(release)},
                {"heading": _("Slik ble det gitt"), "rows": _how(release, recorded_by)},
            ],
            "signed": _("Underskrift"),
            "lines": [_("Sted og dato, underskrift"), _("Foresatte, hvis de skal være med")],
            "footer": _("Tekstversjon %(version)s") % {"version": release.text_version},
        }
        return render_pdf(TEMPLATE, data, language=release.language)


def _answer(release: Release) -> list[list[str]]:
    rows = [
        [_("Svar"), str(Answer(release.answer).label)],
        [_("Hva samtykket er til"), str(Purpose(release.purpose).label)],
        [_("Gjelder"), f"{formats.day(release.first_day)} – {formats.day(release.last_day)}"],
    ]
    return [*rows, [_("Unntak"), release.exceptions]] if release.exceptions else rows


def _bodies(release: Release) -> list[list[str]]:
    return [[body_name(body), ", ".join(topic_words(ordered(body.topics)))] for body in release.bodies.all()]


def _how(release: Release, recorded_by: str) -> list[list[str]]:
    rows = [
        [_("Gitt hvordan"), str(GivenHow(release.how).label)],
        [_("Alder da"), str(release.age_then)],
        [_("Innhentet av"), recorded_by],
    ]
    if release.present:
        rows.append([_("Til stede"), release.present])
    if release.guardians != Guardians.NONE:
        rows.append([_("Foresatte"), str(Guardians(release.guardians).label)])
    if release.withdrawn_at:
        rows.append([_("Trukket tilbake"), formats.moment(release.withdrawn_at)])
    return rows
