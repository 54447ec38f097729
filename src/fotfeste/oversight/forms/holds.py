"""Whose records must stand, why and for how long."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.kernel.forms import DateField, Form


class PlaceHoldForm(Form):
    """The number, the reason and the last day, if one is known."""

    national_id = forms.CharField(label=_("Fødselsnummer eller annet identitetsnummer"), max_length=20)
    reason = forms.CharField(
        label=_("Hvorfor ingenting skal kasseres"),
        help_text=_("For eksempel en klage, et tilsyn eller et krav som ikke er avgjort."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    last_day = DateField(label=_("Til og med"), help_text=_("Tomt: til noen opphever det."), required=False)


class LiftHoldForm(Form):
    """Why it need not stand any longer."""

    reason = forms.CharField(label=_("Hvorfor det oppheves"), max_length=500)
