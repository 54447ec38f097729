"""Writing a measure of the plan."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext as now_in
from django.utils.translation import gettext_lazy as _

from fotfeste.collaboration.enums import Benefit, FollowUpInterval, MeasureOwner, MeasureStatus, RefusalReason
from fotfeste.collaboration.services.plan_measures import MeasureContent
from fotfeste.kernel.forms import DateField, Form
from fotfeste.spec.measures import blocking_rules, measures

_KINDS: Mapping[str, Any] = {
    "county": _("Fylket"),
    "combined": _("Kombinasjon"),
    "nav": _("Nav"),
    "economic": _("Økonomiske ordninger"),
    "arrangement": _("Ordninger"),
    "municipal": _("Kommunen"),
}


class MeasureForm(Form):
    """What a body does, by when, who follows it up, and which goal it serves."""

    owner_unit = forms.TypedChoiceField(label=_("Hvem sitt tiltak"), coerce=int)
    measure = forms.ChoiceField(label=_("Tiltak"), required=False, help_text=_("Finner du det ikke, skriv det under."))
    what = forms.CharField(label=_("Med egne ord"), max_length=200, required=False)
    owner_kind = forms.ChoiceField(label=_("Eies av"), choices=MeasureOwner.choices)
    goal = forms.ChoiceField(label=_("Mål i planen"))
    contribution = forms.CharField(
        label=_("Hva instansen bidrar med"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    followed_up_by = forms.CharField(label=_("Følges opp av"), max_length=100, help_text=_("Én person. Skriv navnet."))
    interval = forms.ChoiceField(label=_("Hvor ofte"), choices=FollowUpInterval.choices)
    requested_on = DateField(label=_("Bedt om"))
    first_day = DateField(label=_("Start"))
    last_day = DateField(label=_("Slutt eller frist"))
    status = forms.ChoiceField(label=_("Status"), choices=MeasureStatus.choices)
    refusal_reason = forms.ChoiceField(
        label=_("Grunn til avslag"), choices=[("", _("Ikke avslått")), *RefusalReason.choices], required=False
    )
    hours = forms.IntegerField(label=_("Timer per uke"), min_value=0, max_value=60, required=False)
    benefit = forms.ChoiceField(label=_("Ytelse"), choices=[("", _("Ikke sagt")), *Benefit.choices], required=False)
    employer = forms.CharField(label=_("Arbeidsgiver"), max_length=100, required=False)
    learning_goals = forms.CharField(label=_("Fag og kompetansemål"), max_length=500, required=False)
    quality_assured_by = forms.CharField(label=_("Faglig ansvarlig i skolen"), max_length=100, required=False)
    blocked_by = forms.MultipleChoiceField(
        label=_("Hindringer"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Slik det er fortalt i evalueringen av OT fra 2015. Sjekk alltid hva som gjelder nå."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        owners: Iterable[tuple[str, str]],
        goals: Iterable[Mapping[str, str]],
        initial: Mapping[str, Any],
    ) -> None:
        super().__init__(data, initial=dict(initial))
        self.offer("owner_unit", list(owners))
        self.offer("goal", [(row["key"], row["goal"]) for row in goals])
        order = list(_KINDS)
        known = sorted(measures().values(), key=lambda each: order.index(each.kind))
        groups = [
            (str(_KINDS[kind]), [(each.id, now_in(each.label)) for each in found])
            for kind, found in groupby(known, key=lambda each: each.kind)
        ]
        self.offer("measure", [("", _("Et annet tiltak")), *groups])
        self.offer("blocked_by", [(each.id, now_in(each.label)) for each in blocking_rules().values()])

    def content(self) -> MeasureContent:
        """Return what was written, as the service takes it."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in {"version", "owner_unit"}}
        return MeasureContent(owner_unit_id=self.cleaned_data["owner_unit"], **given)
