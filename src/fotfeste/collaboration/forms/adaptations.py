"""How the county works a step of a routine."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.collaboration.selectors.parties import known_parties
from fotfeste.collaboration.words import PARTIES, USES
from fotfeste.kernel.forms import Form
from fotfeste.spec.routines import Part, RoutineStep, Use, changed_part


class AdaptForm(Form):
    """The text, who does it, the days and whether it is used; filled in as it stands."""

    text = forms.CharField(label=_("Hva som gjøres"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}))
    party = forms.ChoiceField(label=_("Hvem som gjør det"))
    days = forms.IntegerField(label=_("Frist i dager"), min_value=1, max_value=365)
    use = forms.ChoiceField(label=_("I bruk"))
    reason = forms.CharField(label=_("Begrunnelse"), max_length=300, required=False)
    version = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, standard: RoutineStep, step: RoutineStep, version: str) -> None:
        parts = {part.value: changed_part(step, part) for part in Part}
        super().__init__(data, initial={**parts, "version": version})
        own = changed_part(standard, Part.PARTY)
        named = " / ".join(str(PARTIES[each]) for each in standard.parties)
        others = [(each, PARTIES[each]) for each in known_parties() if each != own]
        self.offer("party", [(own, named), *others])
        uses = [use for use in Use if use is not Use.LEFT_OUT or standard.use is not Use.ALWAYS]
        self.offer("use", [(use.value, USES[use]) for use in uses])

    def given(self) -> dict[str, Any]:
        """Return what was filled in, as the service takes it."""
        return {
            "values": {part: str(self.cleaned_data[part.value]) for part in Part},
            "reason": self.cleaned_data["reason"],
            "version": self.cleaned_data["version"],
        }
