"""What the minutes of each kind of meeting hold, by the names they are kept under, and what signing them takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from fotfeste.collaboration.enums import MeetingKind
from fotfeste.spec import implements

YES_NO = (("yes", _("Ja")), ("no", _("Nei")))


@dataclass(frozen=True, slots=True)
class MinutesField:
    """
    One field of the minutes.

    :ivar kind: text, line, choice, choices or day.
    :ivar needed: it must be filled in before the minutes are signed.
    """

    name: str
    label: Any
    kind: str = "text"
    needed: bool = False
    options: tuple[tuple[str, Any], ...] = ()


_UNDERSTANDING = MinutesField("common_understanding", _("Felles forståelse av situasjonen"), needed=True)
_RIGHTS = MinutesField("rights_given", _("Rettigheter gjennomgått"), "choice", True, YES_NO)
_NEXT = MinutesField("next_meeting", _("Neste møte"), "day")

PLAN_STANDS = "stands"
_PLAN = (
    ("to_make", _("Planen lages etter samtalen")),
    (PLAN_STANDS, _("Planen som er laget")),
)
_NO_PLAN = (("not_agreed", _("Oppfølging er ikke avtalt")),)

_CLARIFICATION = (
    MinutesField("why_leaving", _("Hvorfor avbrytes opplæringen?")),
    MinutesField("wish", _("Hva ungdommen ønsker videre"), needed=True),
    _UNDERSTANDING,
    _RIGHTS,
    MinutesField("offers", _("Aktuelle tilbud, og hva ungdommen svarte")),
    MinutesField(
        "nav_entitlement",
        _("Rett til oppfølging fra Nav"),
        "choice",
        options=(
            ("yes", _("Ja")),
            ("no", _("Nei")),
            ("must_register", _("Må registrere seg")),
            ("waits", _("Avventer")),
        ),
    ),
    MinutesField(
        "takeover",
        _("Overtar bydelen oppfølgingen?"),
        "choice",
        options=(("yes", _("Ja")), ("no", _("Nei")), ("shared", _("Delt"))),
    ),
    MinutesField("other_actors", _("Andre aktører som er vurdert"), needed=True),
    MinutesField("plan_needed", _("Skal det lages plan?"), "choice", True, YES_NO),
    _NEXT,
)
_EXIT = (
    MinutesField("signout_on", _("Dato for utskriving"), "day"),
    MinutesField(
        "reasons",
        _("Grunner til å slutte"),
        "choices",
        True,
        (
            ("wrong_choice", _("Feilvalg")),
            ("absence", _("Fravær")),
            ("not_passed", _("Fag ikke bestått")),
            ("no_apprenticeship", _("Ikke læreplass")),
            ("health", _("Helse")),
            ("economy", _("Økonomi")),
            ("housing", _("Bolig")),
            ("family", _("Familie")),
            ("wellbeing", _("Trivsel")),
            ("work", _("Jobb")),
            ("moving", _("Flytting")),
            ("other", _("Annet")),
        ),
    ),
    MinutesField("wish", _("Hva ungdommen ønsker videre"), needed=True),
    _UNDERSTANDING,
    _RIGHTS,
    MinutesField("consequences", _("Snakket om følgene av å slutte"), "choice", options=YES_NO),
    MinutesField("alternatives", _("Alternativer som er vurdert")),
    MinutesField("could_stay_if", _("Hva som måtte til for å bli")),
    MinutesField("transition", _("Avtalt overgang"), needed=True),
    MinutesField("plan", _("Plan for oppfølging"), "choice", options=(*_PLAN, *_NO_PLAN)),
    _NEXT,
)
_THREE_WAY = (
    MinutesField("topics", _("Tema i samtalen"), needed=True),
    _UNDERSTANDING,
    MinutesField("plan", _("Oppfølgingsplan som grunnlag"), "choice", True, _PLAN),
    MinutesField("who_does_what", _("Hvem gjør hva, og når"), needed=True),
    MinutesField("follow_up_now", _("Hvem følger opp nå"), "line", True),
    MinutesField("follow_up_later", _("Hvem følger opp senere"), "line"),
    MinutesField("back_to_school", _("Veien tilbake til skole")),
    _NEXT,
)
_INTAKE = (
    MinutesField("level", _("Faglig ståsted"), needed=True),
    MinutesField("need", _("Behov for opplæring"), needed=True),
    MinutesField(
        "format",
        _("Form"),
        "choice",
        True,
        (("day", _("Dag")), ("evening", _("Kveld")), ("online", _("Nett")), ("intensive", _("Intensiv"))),
    ),
    MinutesField("in_ot", _("I OTs målgruppe"), "choice", True, YES_NO),
    MinutesField(
        "outcome",
        _("Resultat"),
        "choice",
        True,
        (
            ("admitted", _("Tatt inn")),
            ("waiting_list", _("Venteliste")),
            ("other_offer", _("Et annet tilbud")),
            ("withdrew", _("Trakk seg")),
        ),
    ),
    MinutesField("starts_on", _("Oppstart"), "day"),
)


@implements("form-clarification-minutes", "min-why-leaving", "min-wish", "min-rights-given", "min-offers")
@implements("min-common-understanding", "min-nav-entitlement", "min-takeover", "min-other-actors", "min-plan-needed")
@implements(
    "min-next-meeting", "form-exit-conversation", "exit-signout-date", "exit-reasons", "exit-wish", "exit-rights"
)
@implements("exit-consequences", "exit-alternatives", "exit-could-stay-if", "exit-transition")
@implements("form-three-way-conversation", "tw-topics", "tw-who-does-what", "tw-follow-up-now", "tw-follow-up-later")
@implements("tw-back-to-school", "exit-plan", "tw-plan")
def fields_of(kind: str) -> tuple[MinutesField, ...]:
    """Return the fields of the minutes of a kind of meeting, in the order of the form."""
    return _FIELDS[MeetingKind(kind)]


_FIELDS: Mapping[MeetingKind, tuple[MinutesField, ...]] = {
    MeetingKind.CLARIFICATION: _CLARIFICATION,
    MeetingKind.COOPERATION: _CLARIFICATION,
    MeetingKind.EXIT: _EXIT,
    MeetingKind.THREE_WAY: _THREE_WAY,
    MeetingKind.INTAKE: _INTAKE,
}


def lacks(kind: str, answers: Mapping[str, Any]) -> list[str]:
    """Return what must be said before the minutes are signed, and is not."""
    return [str(each.label).rstrip("?") for each in fields_of(kind) if each.needed and not answers.get(each.name)]


def read_day(value: Any) -> Any:
    """Return a day that was kept as text; anything else as it is."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else value
    except ValueError:
        return value
