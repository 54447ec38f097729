"""The sources in plain words: what they are, when they come, and what taking one in does."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from fotfeste.integrations.sources import SOURCES, Shape


@dataclass(frozen=True, slots=True)
class SourceText:
    """One source as the desk explains it."""

    source: str
    title: str
    when: str
    does: str
    is_table: bool


def source_texts() -> dict[str, SourceText]:
    """Return every source with its words, in the order of the desk."""
    told = _told()
    return {
        source: SourceText(source, title(source), *told[source], is_table=SOURCES[source].shape is Shape.TABLE)
        for source in SOURCES
    }


def title(source: str) -> str:
    """Return what a source is called on the screens."""
    return {
        "vigo-ot": _("VIGO OT"),
        "leavers": _("Sluttere"),
        "non-applicants": _("Ikke søkt"),
        "without-place": _("Uten skoleplass"),
        "private-school": _("Private skoler"),
        "preventive": _("Forebyggende arbeid i ungdomsskolen"),
        "enrolment": _("Skolehistorikk"),
    }.get(source, source)


def _told() -> dict[str, tuple[str, str]]:
    return {
        "vigo-ot": (
            _("Når som helst"),
            _(
                "Hele OT-registeret fra VIGO. Melder inn ungdommene og setter status og enhet slik VIGO oppgir. "
                "Koder og enheter vi ikke kjenner, blir liggende til kontroll."
            ),
        ),
        "leavers": (
            _("Hver uke"),
            _(
                "De som har sluttet på skolen eller i lære. Melder dem inn fra dagen etter at de sluttet, med ukjent "
                "aktivitet (OTUK), og finner hvem som har ansvaret."
            ),
        ),
        "non-applicants": (
            _("19. mars"),
            _("De som ikke søkte videregående. Melder dem inn når skoleåret begynner; til da kan de gå på skole."),
        ),
        "without-place": (
            _("25. september"),
            _("De som takket nei, ikke møtte eller ikke fikk plass. Melder dem inn med ukjent aktivitet (OTUK)."),
        ),
        "private-school": (
            _("I september"),
            _("Elevene ved private videregående skoler. Melder ingen inn; den som alt er i OT, får status OTVF."),
        ),
        "preventive": (
            _("10. august"),
            _("Elever ungdomsskolen har jobbet forebyggende med, til ny skole. Bare med samtykke eller tillatelse."),
        ),
        "enrolment": (
            _("Høst og vår"),
            _("Hvem som går og har gått hvor. Melder ingen inn; reglene bruker den til å finne ansvarlig skole."),
        ),
    }
