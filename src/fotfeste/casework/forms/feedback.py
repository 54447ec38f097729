"""What a district, Nav or another partner reports about a youth: categories and a day, never case content."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.casework.enums import FeedbackCategory, FeedbackSource, NextOwner
from fotfeste.casework.selectors.labels import status_name
from fotfeste.casework.services.feedback import ACTIVITIES, NAV_ANSWERS
from fotfeste.kernel.forms import DateField, Form

#: Nav answers the three lawful answers of the wash, in its own words.
_NAV_WORDS = {
    FeedbackCategory.FOLLOWED_UP: _("Ivaretatt av Nav"),
    FeedbackCategory.STILL_UNKNOWN: _("Ikke ivaretatt av Nav"),
    FeedbackCategory.MOVED: _("Flyttet"),
}


class _NextStep(Form):
    """Who takes the next step, and what it is; Nav says nothing of either."""

    next_owner = forms.ChoiceField(label=_("Hvem tar neste steg"), required=False)
    next_step = forms.CharField(
        label=_("Hva skjer nå, og hvem gjør det"),
        required=False,
        max_length=200,
        help_text=_("Uten opplysninger om helse, familie eller ytelser."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def offer_next_step(self, *, for_nav: bool) -> None:
        """Let a district say whose turn it is, and take the question away from Nav."""
        if for_nav:
            del self.fields["next_owner"], self.fields["next_step"]
        else:
            self.offer("next_owner", [("", _("Ikke avtalt")), *NextOwner.choices])


class FeedbackForm(_NextStep):
    """A message to the education administration, which sets the status."""

    category = forms.ChoiceField(label=_("Hva melder du"), widget=forms.RadioSelect)
    activity_code = forms.ChoiceField(
        label=_("Hvilken aktivitet"), required=False, help_text=_("Bare når svaret er «I aktivitet».")
    )
    on = DateField(label=_("Gjelder fra"))
    told_by = forms.ChoiceField(label=_("Hvem vet det"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("category", "activity_code", "on", "told_by", "next_owner", "next_step")

    def __init__(self, data: Any = None, *, for_nav: bool, today: date, version: int) -> None:
        super().__init__(data, initial={"on": today, "version": version})
        if for_nav:
            self.offer("category", [(c.value, _NAV_WORDS[c]) for c in FeedbackCategory if c in NAV_ANSWERS])
            del self.fields["activity_code"], self.fields["told_by"]
        else:
            self.offer("category", FeedbackCategory.choices)
            activities = [(code, status_name(code)) for code in ACTIVITIES]
            self.offer("activity_code", [("", _("Ikke aktuelt")), *activities])
            self.offer("told_by", [("", _("Vi selv")), *FeedbackSource.choices])
        self.offer_next_step(for_nav=for_nav)

    def clean(self) -> dict[str, Any]:
        """Drop an activity chosen before the answer was changed, and ask for one where the answer needs it."""
        given = super().clean() or {}
        if "activity_code" in self.fields:
            if given.get("category") != FeedbackCategory.IN_ACTIVITY:
                given["activity_code"] = ""
            elif not given.get("activity_code"):
                self.add_error("activity_code", _("Velg hvilken aktivitet det er."))
        return given


class SameAnswerForm(_NextStep):
    """The same message about several: one answer, which names the activity when it is one, and one day."""

    answer = forms.ChoiceField(label=_("Svar for de valgte"))
    on = DateField(label=_("Gjelder fra"))
    field_order = ("answer", "on", "next_owner", "next_step")

    def __init__(self, data: Any = None, *, for_nav: bool, today: date) -> None:
        super().__init__(data, initial={"on": today}, auto_id="id_same_%s")  # a row's own form may stand beside it
        words = _NAV_WORDS if for_nav else {each: each.label for each in FeedbackCategory}
        offered: list[Any] = [(each.value, text) for each, text in words.items()]
        if not for_nav:
            activities = [(f"{FeedbackCategory.IN_ACTIVITY.value}:{code}", status_name(code)) for code in ACTIVITIES]
            place = list(words).index(FeedbackCategory.IN_ACTIVITY)
            offered[place] = (FeedbackCategory.IN_ACTIVITY.label, activities)
        self.offer("answer", [("", _("Velg svar")), *offered])
        self.fields["next_step"].label = _("Hva skjer nå med de valgte, og hvem gjør det")
        self.offer_next_step(for_nav=for_nav)

    def said(self) -> dict[str, Any]:
        """Return what a valid form says of each, as a message holds it."""
        given = dict(self.cleaned_data)
        category, _colon, code = given.pop("answer").partition(":")
        return {**given, "category": category, "activity_code": code}
