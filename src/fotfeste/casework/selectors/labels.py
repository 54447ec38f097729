"""Codes and rules in the words of the user's language."""

from collections.abc import Iterable
from datetime import date
from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fotfeste import codes
from fotfeste.law.decision import Reason
from fotfeste.law.facts import EnrolmentEnd
from fotfeste.law.outcomes import Membership
from fotfeste.people.selectors.for_law import read_end


@cache
def _status_name(code: str, list_name: str, language: str) -> str:
    if not codes.known_code(code, list_name):
        return ""
    status = codes.latest(list_name, code)
    return {"nn": status.name_nn, "en": status.name_en}.get(language, status.name_nb)


def status_name(code: str, list_name: str = codes.CURRENT) -> str:
    """Return what a status code means; a code the list does not know is said to be unknown."""
    language = (get_language() or "nb").split("-")[0]
    return _status_name(code, list_name, language) or _("Ukjent statuskode")


def status_label(code: str, list_name: str = codes.CURRENT) -> str:
    """Return code and meaning, as they are shown together: "OTUK – Ukjent aktivitet"."""
    return f"{code} – {status_name(code, list_name)}"


def group_name(group: int, list_name: str = codes.CURRENT) -> str:
    """Return what a main group of a status list is called."""
    found = next(each for each in codes.status_list(list_name).groups if each.group == group)
    language = (get_language() or "nb").split("-")[0]
    return {"nn": found.name_nn, "en": found.name_en}.get(language, found.name_nb)


def code_list_name(name: str) -> str:
    """Return what a list of status codes is called."""
    found = codes.status_list(name)
    language = (get_language() or "nb").split("-")[0]
    return {"nn": found.name_nn, "en": found.name_en}.get(language, found.name_nb)


def reason_name(reason: str) -> str:
    """Return why a youth was registered, in words."""
    text = codes.reason_texts()[codes.RegistrationReason(reason)]
    language = (get_language() or "nb").split("-")[0]
    return {"nn": text.name_nn, "en": text.name_en}.get(language, text.name_nb)


def programme_name(area: str, on: date | None) -> str:
    """Return the programme an area's code belongs to, as it was called on the day; nothing when nobody knows it."""
    found = codes.programme_on(area, on)
    if found is None:
        return ""
    language = (get_language() or "nb").split("-")[0]
    return {"nn": found.name_nn, "en": found.name_en}.get(language, found.name_nb)


def membership_words(value: str) -> str:
    """Return whether somebody belongs, in words; of somebody never judged, nothing."""
    if not value:
        return _("Ikke vurdert før")
    return {
        Membership.IN_OT: _("Ja, hører til"),
        Membership.NOT_IN_OT: _("Nei, hører ikke til"),
        Membership.UNDECIDED: _("Ikke avgjort – noen må vurdere"),
    }[Membership(value)]


def source_name(source: str) -> str:
    """Return where a fact came from, in words; what a person has written is shown as written."""
    return {
        "vigo-ot": _("VIGO OT"),
        "enrolment": _("elevlisten"),
        "leavers": _("listen over sluttere"),
        "non-applicants": _("listen over dem som ikke har søkt"),
        "without-place": _("listen over dem uten plass"),
        "private-school": _("privat skole"),
        "preventive": _("den forebyggende listen"),
        "takeover": _("historikken fra det gamle systemet"),
    }.get(source, source)


def end_name(text: str) -> str:
    """
    Return why an enrolment ended, in words.

    What a sender wrote in words of its own is shown as written in bokmål, and as the law reads it in other languages.
    """
    end = read_end(text)
    is_own_word = text == end.value
    if end is EnrolmentEnd.UNKNOWN or (not is_own_word and (get_language() or "nb").startswith("nb")):
        return "" if is_own_word else text
    return _ends()[end]


def end_names() -> list[tuple[str, str]]:
    """Return the reasons an enrolment can end for, with their words, to choose among."""
    return [(end.value, name) for end, name in _ends().items()]


def _ends() -> dict[EnrolmentEnd, str]:
    return {
        EnrolmentEnd.COMPLETED: _("Fullført"),
        EnrolmentEnd.YEAR_ENDED: _("Skoleåret var slutt"),
        EnrolmentEnd.TRANSFERRED: _("Byttet skole eller lærested"),
        EnrolmentEnd.QUIT: _("Sluttet"),
        EnrolmentEnd.EXPELLED: _("Bortvist"),
        EnrolmentEnd.CONTRACT_TERMINATED: _("Lærekontrakten ble hevet"),
        EnrolmentEnd.LAID_OFF: _("Permittert eller sagt opp"),
    }


def sentences(reasons: Iterable[Reason]) -> str:
    """Return reasons as running text, for a refusal."""
    return " ".join(reason.sentence(_) for reason in reasons)
