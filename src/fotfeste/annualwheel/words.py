"""The year in words: who answers for an event and whom it is for, where it is written, and what its rule says."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fotfeste.annualwheel.enums import WheelState
from fotfeste.kernel import formats
from fotfeste.kernel.ui import Tone
from fotfeste.law.annual_wheel import Event
from fotfeste.law.working_days import WeekendRule

_PARTIES: Mapping[str, Promise | str] = {
    "all": gettext_lazy("Alle partene"),
    "applicant": gettext_lazy("Søkeren"),
    "coordinator": gettext_lazy("Koordinatoren for planen"),
    "county": gettext_lazy("Fylkeskommunen"),
    "district": gettext_lazy("Bydelen"),
    "district-contact": gettext_lazy("OT-kontakten i bydelen"),
    "division-vgs-vo-fagopplaering": gettext_lazy("Divisjon for videregående, voksen- og fagopplæring"),
    "employer": gettext_lazy("Arbeidsgiveren"),
    "evaluator": gettext_lazy("Den som evaluerer"),
    "ministry": gettext_lazy("Departementet"),
    "nav-adviser": gettext_lazy("Veilederen i Nav"),
    "nav-county": gettext_lazy("Nav i fylket"),
    "nav-office": gettext_lazy("Nav-kontoret"),
    "nav-oslo": gettext_lazy("Nav Oslo"),
    "nav-ot-responsible": gettext_lazy("OT-ansvarlig i Nav"),
    "nav-school-adviser": gettext_lazy("Nav-veilederen i skolen"),
    "ot": gettext_lazy("Oppfølgingstjenesten"),
    "other-partners": gettext_lazy("Andre samarbeidsparter"),
    "partners": gettext_lazy("Partene i planen"),
    "private-school": gettext_lazy("Private videregående skoler"),
    "respondents": gettext_lazy("De som er spurt"),
    "school": gettext_lazy("Skolen"),
    "school-counsellor": gettext_lazy("Rådgiveren på skolen"),
    "set": gettext_lazy("Seksjon for samarbeid og tjenesteutvikling (SET)"),
    "system": gettext_lazy("Fotfeste selv"),
    "uda": gettext_lazy("Utdanningsadministrasjonen"),
    "ude": gettext_lazy("Utdanningsetaten"),
    "udir": gettext_lazy("Utdanningsdirektoratet"),
    "utd": gettext_lazy("Byrådsavdeling for utdanning (UTD)"),
    "youth": gettext_lazy("Ungdommen"),
}
_DOCUMENTS: Mapping[str, Promise | str] = {
    "agreement": gettext_lazy("Samarbeidsavtalen 2025"),
    "standard": gettext_lazy("Oslostandarden 2025"),
    "evaluation-2015": gettext_lazy("AFI-evalueringen 2015"),
    "ministry-2011": gettext_lazy("Kunnskapsdepartementet 2011"),
}
_RULES: Mapping[WeekendRule, Promise | str] = {
    WeekendRule.NEXT_WORKING_DAY: gettext_lazy("Neste virkedag når dagen er en fridag"),
    WeekendRule.PREVIOUS_WORKING_DAY: gettext_lazy("Virkedagen før når dagen er en fridag"),
    WeekendRule.LAST_WORKING_DAY_OF_WINDOW: gettext_lazy("Den siste virkedagen i tiden som er satt"),
    WeekendRule.NO_SHIFT: gettext_lazy("Dagen flyttes aldri"),
}
TONES: Mapping[WheelState, Tone] = {
    WheelState.DONE: Tone.OK,
    WheelState.DONE_LATE: Tone.INFO,
    WheelState.LATE: Tone.DANGER,
    WheelState.DUE: Tone.ATTENTION,
    WheelState.COMING: Tone.NEUTRAL,
    WheelState.UNKNOWN: Tone.UNKNOWN,
    WheelState.NOT_SET_OFF: Tone.NEUTRAL,
    WheelState.PRACTICE: Tone.CLOSED,
}


def all_parties() -> tuple[str, ...]:
    """Return every party of the year, in the order of their names."""
    return tuple(sorted(_PARTIES, key=party))


def day_of_year(day: tuple[int, int] | None) -> str:
    """Return a day that comes every year, as it is written."""
    return formats.day(date(2000, *day)).removesuffix(f"{formats.NBSP}2000") if day else formats.NO_VALUE


def party(code: str) -> str:
    """Return who a party of the year is."""
    return str(_PARTIES[code])


def parties(codes: Iterable[str]) -> str:
    """Return several parties as one text."""
    return ", ".join(party(code) for code in codes)


def source(text: str) -> str:
    """Return where an event is written, as its reader knows the documents."""
    parts = []
    for each in text.split("; "):
        document, _space, place = each.partition(" ")
        parts.append(f"{_DOCUMENTS[document]} {place}".strip())
    return "; ".join(parts)


def told(each: Event) -> str:
    """Return what an event is about and where it is written."""
    parts = (_(each.text_nb) if each.text_nb else "", source(each.source) if each.source else "")
    return " ".join(part for part in parts if part)


def rule(weekend: WeekendRule) -> str:
    """Return what happens when a day is a day off."""
    return str(_RULES[weekend])


def closed_by(text: str) -> str:
    """Return what shows that an event is done, or that nothing in the system can tell."""
    return _(text) if text else _("Kan ikke vises ennå: det finnes ikke noe i Fotfeste som viser at det er gjort.")
