"""What is chosen on the screens of figures and reports."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as now_in
from django.utils.translation import gettext_lazy as _

from fotfeste import codes
from fotfeste.annualwheel.enums import WheelState
from fotfeste.kernel import opaque
from fotfeste.kernel.attached import FilesField, WithFiles
from fotfeste.kernel.forms import DateField, Form
from fotfeste.kernel.rows import RowForm, WithRows
from fotfeste.reporting import words
from fotfeste.reporting.enums import AgreementParty, DutyKept, ReportFormat, ReportKind, ReportReceiver
from fotfeste.reporting.selectors.agreement import DutyLine
from fotfeste.reporting.services.agreement import AgreementContent


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


class ActionRow(RowForm):
    """Something that is to be done."""

    needed = ("what", "who")
    what = forms.CharField(label=_("Hva"), max_length=300, required=False)
    who = forms.CharField(label=_("Ansvarlig"), max_length=100, required=False)
    due = DateField(label=_("Frist"), required=False)


class AgreementForm(WithFiles, WithRows):
    """
    The minutes of the yearly meeting, with a choice for each duty of the agreement.

    Source: form-yearly-agreement-meeting.
    """

    row_forms = {"actions": (ActionRow, _("Oppfølging"))}
    held_on = DateField(label=_("Dato"))
    called_by = forms.TypedChoiceField(label=_("Innkalt av"), coerce=opaque.decode)
    present = forms.MultipleChoiceField(
        label=_("Parter til stede"), choices=AgreementParty.choices, widget=forms.CheckboxSelectMultiple
    )
    findings = forms.CharField(
        label=_("Erfaringer"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Om hvordan avtalen virker. Ingen ungdom skal nevnes."),
    )
    revise = forms.ChoiceField(
        label=_("Trenger avtalen å revideres?"), choices=[("yes", _("Ja")), ("no", _("Nei"))], widget=forms.RadioSelect
    )
    keeps_report = forms.BooleanField(label=_("Behold rapporten som er lagt ved"), required=False)
    attachments = FilesField(
        label=_("Egen indikatorrapport"),
        most=1,
        help_text=_("Fylkets tall for dagen legges ved av seg selv. PDF, JPEG eller PNG på høyst 8 MB."),
    )

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        callers: Iterable[tuple[int, str]],
        duties: Iterable[DutyLine],
        initial: Mapping[str, Any],
        has_report: bool = False,
        is_too_large: bool = False,
    ) -> None:
        super().__init__(data, files, initial=initial, is_too_large=is_too_large)
        self.offer("called_by", [(opaque.encode(pk), name) for pk, name in callers])
        self.duties = list(duties)
        if not has_report:
            del self.fields["keeps_report"]
        self.plain_names = tuple(self.fields)
        for each in self.duties:
            self.fields[f"duty-{each.id}"] = forms.ChoiceField(
                label=now_in(each.label),
                choices=DutyKept.choices,
                initial=each.proposed,
                help_text=_said(each),
                required=False,
            )

    @property
    def plain(self) -> list[forms.BoundField]:
        """The fields that are no duties."""
        return [self[name] for name in self.plain_names if name in self.fields]

    @property
    def duty_groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The duties, by whose they are."""
        groups = groupby(self.duties, key=lambda each: each.party)
        return [(words.party(party), [self[f"duty-{each.id}"] for each in lines]) for party, lines in groups]

    def content(self) -> AgreementContent:
        """Return what was written, as the service takes it."""
        given = self.cleaned_data
        return AgreementContent(
            held_on=given["held_on"],
            called_by_id=given["called_by"],
            present=given["present"],
            duties={each.id: given[f"duty-{each.id}"] or DutyKept.NOT_REVIEWED for each in self.duties},
            findings=given["findings"],
            revise=given["revise"] == "yes",
            actions=self.given_rows["actions"],
            report=next(iter(given["attachments"]), None),
            keeps_report=given.get("keeps_report", True),
        )


def _said(line: DutyLine) -> str:
    return now_in("Årshjulet: %(state)s") % {"state": WheelState(line.shown).label} if line.shown else ""
