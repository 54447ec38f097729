"""The minutes of a network meeting, with who was invited and what was decided as rows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.collaboration.enums import ActorBody
from fotfeste.collaboration.services.networks import NetworkContent
from fotfeste.kernel.forms import DateField
from fotfeste.kernel.rows import RowForm, WithRows


class InvitedRow(RowForm):
    """Somebody who was invited."""

    needed = ("body",)
    body = forms.CharField(label=_("Instans"), max_length=100, required=False)
    name = forms.CharField(label=_("Navn"), max_length=100, required=False)
    came = forms.BooleanField(label=_("Kom"), required=False)


class DecisionRow(RowForm):
    """Something that was decided."""

    needed = ("what", "who")
    what = forms.CharField(label=_("Hva"), max_length=300, required=False)
    who = forms.CharField(label=_("Ansvarlig"), max_length=100, required=False)
    due = DateField(label=_("Frist"), required=False)


class NetworkForm(WithRows):
    """Source: form-network-minutes."""

    row_forms = {"invited": (InvitedRow, _("Inviterte")), "decisions": (DecisionRow, _("Beslutninger"))}
    held_on = DateField(label=_("Dato"))
    considered = forms.MultipleChoiceField(
        label=_("Samarbeidspartnere vurdert"),
        choices=ActorBody.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Hvem dere vurderte å invitere, også dem dere ikke inviterte."),
    )
    topics = forms.CharField(
        label=_("Saker"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Om hvordan tjenesten virker. Ingen ungdom skal nevnes."),
    )
    agreement_reviewed = forms.BooleanField(label=_("Avtalen er gjennomgått"), required=False)
    figures = forms.CharField(
        label=_("Tall for bydelen"),
        max_length=200,
        required=False,
        help_text=_("Hvor tallene dere så på, er å finne."),
    )

    def content(self) -> NetworkContent:
        """Return what was written, as the service takes it."""
        said: dict[str, Any] = {**self.cleaned_data, **self.given_rows}
        return NetworkContent(**said)
