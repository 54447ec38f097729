"""What is chosen on the screens of figures and reports."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste import codes
from fotfeste.kernel import opaque
from fotfeste.kernel.forms import DateField, Form
from fotfeste.reporting.enums import ReportFormat, ReportKind, ReportReceiver


def _choice(form: Form, name: str) -> forms.ChoiceField:
    return cast(forms.ChoiceField, form.fields[name])


class FiguresForm(Form):
    """For which day, and for all of the reach or one unit in it."""

    dag = DateField(label=_("Dag"), required=False)
    enhet = forms.ChoiceField(label=_("Vis"), required=False)

    def __init__(self, data: Any, *, everything: str, choices: list[tuple[str, list[tuple[int, str]]]], today: date):
        super().__init__({"dag": data.get("dag") or today.isoformat(), "enhet": data.get("enhet") or ""})
        self.today = today
        offered = [(label, [(opaque.encode(pk), name) for pk, name in options]) for label, options in choices]
        _choice(self, "enhet").choices = [("", everything), *(group for group in offered if group[1])]

    def clean_dag(self) -> date:
        """Refuse a day that has not come."""
        day: date = self.cleaned_data["dag"] or self.today
        if day > self.today:
            raise forms.ValidationError(_("Dagen har ikke vært ennå."))
        return day

    @property
    def day(self) -> date:
        """Return the day chosen; today when it cannot be read."""
        return self.cleaned_data.get("dag") or self.today

    @property
    def unit_id(self) -> int | None:
        """Return the unit chosen, or None for all."""
        chosen = self.cleaned_data.get("enhet")
        return opaque.decode(chosen) if chosen else None


class StatusTableForm(Form):
    """Which county's table, for which day, in which list of codes."""

    dag = DateField(label=_("Dag"))
    fylke = forms.TypedChoiceField(label=_("Fylke"), coerce=int)
    kodeverk = forms.ChoiceField(label=_("Kodeverk"), required=False)

    def __init__(self, data: Any, *, counties: list[tuple[int, str]], today: date) -> None:
        given = {name: data.get(name) for name in ("dag", "fylke", "kodeverk") if data.get(name)}
        super().__init__({"dag": today.isoformat(), "fylke": str(counties[0][0]) if counties else "", **given})
        self.today = today
        _choice(self, "fylke").choices = counties
        if len(counties) == 1:
            self.fields["fylke"].widget = forms.HiddenInput()
        _choice(self, "kodeverk").choices = [
            ("", _("Det gjeldende")),
            (codes.CURRENT, _("Dagens")),
            (codes.LIST_2011, _("Før 15. september 2011")),
        ]

    def clean_dag(self) -> date:
        """Refuse a day that has not come."""
        day: date = self.cleaned_data["dag"]
        if day > self.today:
            raise forms.ValidationError(_("Dagen har ikke vært ennå."))
        return day


class DownloadForm(StatusTableForm):
    """The same, the form of the file, and who it is for; unless said, it is not for those it is reported to."""

    format = forms.ChoiceField(choices=ReportFormat.choices)
    til = forms.ChoiceField(choices=ReportReceiver.choices)

    def __init__(self, data: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.data = {**self.data, "format": data.get("format", ""), "til": data.get("til", ReportReceiver.OTHERS)}


class FreezeForm(StatusTableForm):
    """The same, and what the report is for."""

    rapport = forms.ChoiceField(label=_("Hva rapporten er"), choices=ReportKind.choices)

    def __init__(self, data: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.data = {**self.data, "rapport": data.get("rapport", "")}
