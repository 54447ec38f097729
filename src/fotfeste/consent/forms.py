"""What is filled in when a youth agrees to something, or does not."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.access.topics import Topic
from fotfeste.consent.enums import RELEASABLE, Answer, GivenHow, Guardians, PartnerKind, Purpose
from fotfeste.consent.services.releases import Body, Given
from fotfeste.kernel import opaque
from fotfeste.kernel.forms import DateField, Form

#: How the youth answers until there is a portal to answer in.
_HERE = [(each.value, each.label) for each in GivenHow if each is not GivenHow.ELECTRONIC]


class ReleaseForm(Form):
    """The release from confidentiality. Source: form-consent."""

    purpose = forms.ChoiceField(label=_("Hva samtykket er til"), choices=Purpose.choices, widget=forms.RadioSelect)
    first_day = DateField(label=_("Gjelder fra"))
    last_day = DateField(
        label=_("Gjelder til"),
        help_text=_("Si datoen til ungdommen før dere velger resten. Etter denne dagen er det stengt av seg selv."),
    )
    units = forms.MultipleChoiceField(
        label=_("Hvem som kan få vite noe"), required=False, widget=forms.CheckboxSelectMultiple
    )
    other_unit = forms.ChoiceField(label=_("En annen enhet"), required=False)
    partners = forms.MultipleChoiceField(
        label=_("Andre rundt ungdommen"),
        required=False,
        choices=PartnerKind.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Skriv en ny registrering hvis tjenestene skal få vite ulike ting."),
    )
    topics = forms.MultipleChoiceField(
        label=_("Hva de kan få vite"),
        choices=[(topic.value, label) for topic, label in RELEASABLE],
        widget=forms.CheckboxSelectMultiple,
    )
    exceptions = forms.CharField(
        label=_("Unntak"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    answer = forms.ChoiceField(label=_("Svar fra ungdommen"), choices=Answer.choices, widget=forms.RadioSelect)
    how = forms.ChoiceField(label=_("Gitt hvordan"), choices=_HERE, widget=forms.RadioSelect)
    present = forms.CharField(
        label=_("Hvem var til stede"),
        required=False,
        max_length=300,
        help_text=_("Må fylles ut når svaret er muntlig."),
    )
    guardians = forms.ChoiceField(label=_("Foresatte"), choices=Guardians.choices, required=False)
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        near: Iterable[tuple[int, str]],
        others: Iterable[tuple[int, str]],
        is_minor: bool,
        **kwargs: Any,
    ) -> None:
        """
        Make the form for one youth.

        :param near: the units most often let in, offered as boxes; ``others``: the rest of the county's.
        """
        super().__init__(*args, **kwargs)
        self.fields["units"].choices = [(str(pk), name) for pk, name in near]  # type: ignore[attr-defined]
        self.fields["other_unit"].choices = [("", _("Ingen"))] + [(str(pk), name) for pk, name in others]  # type: ignore[attr-defined]
        if not is_minor:
            del self.fields["guardians"]

    def clean(self) -> dict[str, Any]:
        """Say at the field what is missing, before the service does."""
        given = super().clean() or {}
        if not (given.get("units") or given.get("other_unit") or given.get("partners")):
            self.add_error("units", _("Velg minst én tjeneste samtykket gjelder."))
        if given.get("how") == GivenHow.SPOKEN and not given.get("present", "").strip():
            self.add_error("present", _("Skriv hvem som var til stede da ungdommen sa det."))
        if given.get("how") != GivenHow.SPOKEN and "present" not in self.changed_data:
            given["present"] = ""  # what was proposed is kept of what was said, and of nothing that came on paper
        return given

    def given(self, *, language: str) -> Given:
        """Return what was filled in."""
        said = self.cleaned_data
        topics = frozenset(Topic(each) for each in said["topics"])
        units = [int(each) for each in (*said["units"], said["other_unit"]) if each]
        bodies = [Body(topics, unit_id=pk) for pk in dict.fromkeys(units)]
        bodies += [Body(topics, partner=kind) for kind in said["partners"]]
        return Given(
            purpose=Purpose(said["purpose"]),
            answer=Answer(said["answer"]),
            how=GivenHow(said["how"]),
            bodies=tuple(bodies),
            first_day=said["first_day"],
            last_day=said["last_day"],
            present=said["present"],
            exceptions=said["exceptions"],
            guardians=Guardians(said.get("guardians") or Guardians.NONE),
            language=language,
        )


class ScanForm(Form):
    """The signed paper."""

    file = forms.FileField(label=_("Det signerte arket"), help_text=_("PDF, JPEG eller PNG, høyst 8 MB."))


def usual_last_day(first_day: date) -> date:
    """Return the day proposed as the last: the end of the school year, or half a year ahead when that is near."""
    summer = date(first_day.year + (first_day.month >= 8), 7, 31)
    half_a_year = date(first_day.year + (first_day.month > 6), (first_day.month + 5) % 12 + 1, min(first_day.day, 28))
    return max(summer, half_a_year)


class EmergencyForm(Form):
    """Whom it is about, what the danger is, and for one with several units from which of them."""

    unit = forms.ChoiceField(
        label=_("Hvilken enhet åpner du fra?"),
        widget=forms.RadioSelect,
        help_text=_("Lederen ved enheten får melding, og svarer for åpningen."),
    )
    national_id = forms.CharField(label=_("Fødselsnummer eller annet identitetsnummer"), max_length=20)
    reason = forms.CharField(
        label=_("Hva er faren, og hvorfor kan det ikke vente?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Lederen din og personvernombudet får melding og leser dette. Ungdommen kan også se det."),
    )

    def __init__(self, data: Any, *, units: Sequence[tuple[int, str]]) -> None:
        super().__init__(data)
        cast(forms.ChoiceField, self.fields["unit"]).choices = [(opaque.encode(pk), name) for pk, name in units]
        if len(units) < 2:
            del self.fields["unit"]

    @property
    def unit_id(self) -> int | None:
        """Return the unit chosen; None when there was nothing to choose."""
        chosen = self.cleaned_data.get("unit")
        return opaque.decode(chosen) if chosen else None
