"""The form of a mapping: what is always asked, and areas that are each left out unless they are needed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from fotfeste.collaboration.enums import AreaState, MapArea, MapPlace, NextStep, WantsSchool
from fotfeste.kernel import clock
from fotfeste.kernel.forms import DateField, Form
from fotfeste.spec import implements

_YES_NO = [("yes", _("Ja")), ("no", _("Nei"))]


def _long(label: Any, rows: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), max_length=10000, **more)


def _choice(label: Any, choices: Iterable[Any], **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", _("Velg")), *choices], **more)


def _yes_no(label: Any, **more: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=_YES_NO,
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        **more,
    )


@dataclass(frozen=True, slots=True)
class AreaFields:
    """The two fields of an area, and whether it is shown open: something stands there, or is wrong."""

    label: str
    state: BoundField
    text: BoundField
    is_open: bool


@implements("map-housing", "map-motivation", "map-other-area", "map-school", "map-work-experience", "map-language")
@implements("map-strengths", "map-hinders-school")
class MappingForm(Form):
    """
    A mapping.

    """

    held_on = DateField(label=_("Dato for samtale"))
    place = _choice(_("Sted"), MapPlace.choices, required=False)
    talked = _yes_no(
        _("Er kartleggingen gjort i en samtale med ungdommen denne dagen?"),
        help_text=_("Svarer du ja, blir samtalen registrert som kontakt, én gang."),
    )
    situation = _long(_("Situasjonen nå"), 4)
    needs = _long(_("Behov"), 3)
    goal = _long(
        _("Ungdommens egne mål"), 3, help_text=_("Minst ett, og med ungdommens egne ord. Gjerne ett på hver linje.")
    )
    wants_school = _choice(_("Ønsker å fullføre opplæring?"), WantsSchool.choices)
    has_contact = _yes_no(_("Har kontakt med andre instanser"))
    consent_asked = _yes_no(_("Samtykke tatt opp"))
    next_step = _choice(_("Neste steg"), NextStep.choices)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, areas: Iterable[MapArea], said: dict[MapArea, tuple[str, str]], initial: Any
    ) -> None:
        self.areas = tuple(areas)
        for area in self.areas:
            state, text = said.get(area, ("", ""))
            initial = {**initial, f"{area}_state": state, f"{area}_text": text}
        super().__init__(data, initial=initial)
        for area in self.areas:
            states = [("", _("Ikke sagt noe om")), *AreaState.choices]
            self.fields[f"{area}_state"] = forms.ChoiceField(label=_("Kort sagt"), choices=states, required=False)
            self.fields[f"{area}_text"] = _long(_("Bare det som trengs"), 2, required=False)

    def clean_held_on(self) -> date:
        """Say of a day ahead that it cannot be, before anything is warned of."""
        day: date = self.cleaned_data["held_on"]
        if day > clock.today():
            raise forms.ValidationError(_("Samtalen kan ikke være holdt fram i tid."))
        return day

    @property
    def core(self) -> list[BoundField]:
        """The fields that are always asked, in order."""
        names = ("held_on", "place", "talked", "situation", "needs", "goal", "wants_school")
        return [self[name] for name in names]

    @property
    def closing(self) -> list[BoundField]:
        """The fields at the end: contact with others, consent, and what comes next."""
        return [self[name] for name in ("has_contact", "consent_asked", "next_step")]

    @property
    def area_fields(self) -> list[AreaFields]:
        """The areas, each with its two fields."""
        found = []
        for area in self.areas:
            state, text = self[f"{area}_state"], self[f"{area}_text"]
            is_open = bool(state.value() or text.value() or state.errors or text.errors)
            found.append(AreaFields(str(area.label), state, text, is_open))
        return found

    def given(self) -> dict[str, Any]:
        """Return what was filled in, as the service takes it."""
        values = {**self.cleaned_data}
        said = {area: (values.pop(f"{area}_state"), values.pop(f"{area}_text")) for area in self.areas}
        return {**values, "areas": said}

    def open_texts(self) -> dict[str, str]:
        """Return by field the texts whoever knows the mapping will read, the specially sensitive ones left out."""
        closed = {MapArea.HEALTH, MapArea.SUBSTANCE, MapArea.FAMILY}
        noted = [f"{area}_text" for area in self.areas if area not in closed]
        return {name: self.cleaned_data[name] for name in ("situation", "needs", "goal", *noted)}

    def name_of(self, field: str) -> str:
        """Return what a text is called on the page: an area by its own name."""
        area = next((each for each in self.areas if f"{each}_text" == field), None)
        return str(area.label if area is not None else self[field].label)


def today_first(today: date) -> dict[str, Any]:
    """Return what a form nobody has filled in before begins with."""
    return {"held_on": today}
