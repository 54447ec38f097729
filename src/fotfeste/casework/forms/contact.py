"""Registering that somebody tried to reach a youth."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.casework.enums import REACHED, AnsweredBy, AttemptResult, Channel, Direction, GuardianTold
from fotfeste.casework.forms.journal import Templated
from fotfeste.kernel.forms import DateField

_ANSWERED = {"result": AttemptResult.ANSWERED, "answered_by": AnsweredBy.YOUTH}

#: What the one-step buttons mean, in lists and on the person page.
STEPS: dict[str, dict[str, str]] = {
    "svarte": {"channel": Channel.CALL, **_ANSWERED},
    "ikke-svar": {"channel": Channel.CALL, "result": AttemptResult.NO_ANSWER},
    "sms": {"channel": Channel.SMS, "result": AttemptResult.SENT},
    "mott": {"channel": Channel.MEETING, **_ANSWERED},
}


def _picks(**more: str) -> forms.RadioSelect:
    return forms.RadioSelect(attrs={"class": "fot-picks", **more})


class ContactForm(Templated):
    """One contact or attempt, in the order people tell of it: how, what came of it, who, when."""

    templated = "note"
    channel = forms.ChoiceField(label=_("Hvordan"), choices=Channel.choices, widget=_picks())
    direction = forms.ChoiceField(label=_("Hvem tok kontakt"), choices=Direction.choices, widget=_picks())
    result = forms.ChoiceField(label=_("Hvordan gikk det"), choices=AttemptResult.choices, widget=_picks())
    answered_by = forms.ChoiceField(
        label=_("Hvem fikk du kontakt med"), choices=AnsweredBy.choices, required=False, widget=_picks()
    )
    guardian_told = forms.ChoiceField(
        label=_("Hva fortalte foresatte om"),
        choices=GuardianTold.choices,
        required=False,
        widget=_picks(),
        help_text=_("Bare kategorien. Den avgjør om samtalen teller som kontakt når ungdommen er under 18."),
    )
    on = DateField(label=_("Dato"))
    note = forms.CharField(
        label=_("Kort merknad"),
        required=False,
        max_length=500,
        help_text=_("Det neste kollega trenger å vite. Innholdet i samtalen hører hjemme i journalen."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, today: date, note: str = "") -> None:
        initial = {"channel": Channel.CALL, "direction": Direction.OUT, "result": AttemptResult.NO_ANSWER, "on": today}
        super().__init__(data, initial={**initial, "answered_by": AnsweredBy.YOUTH, "note": note})

    def clean(self) -> dict[str, Any]:
        """Drop who answered when nobody did: the box may have been ticked before the result was changed."""
        given = super().clean() or {}
        if given.get("result") not in REACHED:
            given["answered_by"] = given["guardian_told"] = ""
        elif not given.get("answered_by"):
            self.add_error("answered_by", _("Velg hvem som svarte."))
        return given
