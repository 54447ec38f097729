"""Answering an invitation, and the times a meeting stands between."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.collaboration.enums import Reply
from fotfeste.collaboration.selectors.meeting_times import MOST_TIMES
from fotfeste.kernel import clock, opaque
from fotfeste.kernel.forms import DateField, Form
from fotfeste.kernel.rows import RowForm, WithRows


def clock_field(label: Any, *, required: bool = True) -> forms.TimeField:
    """Return a field for a time of day, written as Norwegians do."""
    return forms.TimeField(
        label=label,
        required=required,
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": _("Skriv klokkeslettet slik: 10:30.")},
    )


class ReplyForm(Form):
    """Whether somebody comes, which of the other times proposed suit, and a time that would suit better."""

    answer = forms.TypedChoiceField(
        label=_("Svar"), choices=[(each.value, each.label) for each in Reply if each is not Reply.NONE], coerce=Reply
    )
    substitute = forms.CharField(label=_("Stedfortreder"), max_length=120, required=False)
    suits = forms.TypedMultipleChoiceField(
        label=_("Kan også"),
        coerce=opaque.decode,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tider du ikke krysser av, passer ikke."),
    )
    other_day = DateField(label=_("Foreslå en annen dag"), required=False)
    other_time = clock_field(_("Klokken"), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, times: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        """
        Make the form.

        :param times: the other times proposed, by what stands for each.
        """
        super().__init__(*args, **kwargs)
        self.offer("suits", times)
        if not self.fields["suits"].choices:  # type: ignore[attr-defined]
            del self.fields["suits"]

    def clean(self) -> dict[str, Any]:
        """Ask for the other half of a time that is half written."""
        given = super().clean() or {}
        for name, other in (("other_day", "other_time"), ("other_time", "other_day")):
            if given.get(other) and not given.get(name) and name not in self.errors:
                self.add_error(name, _("Må fylles ut."))
        return given

    def said(self) -> dict[str, Any]:
        """Return what was answered, as the service takes it."""
        given = dict(self.cleaned_data)
        day, clock_time = given.pop("other_day"), given.pop("other_time")
        given["proposes"] = datetime.combine(day, clock_time, tzinfo=clock.OSLO) if day and clock_time else None
        return {"suits": [], **given}


class OtherTime(RowForm):
    """A time proposed besides the one a meeting stands at."""

    day = DateField(label=_("Dag"), required=False)
    time = clock_field(_("Klokken"), required=False)
    needed = ("day", "time")


class OtherTimesForm(WithRows):
    """Times proposed besides the one a meeting stands at. Rows that are left empty are none."""

    row_forms = {"times": (OtherTime, _("Andre tider"))}
    most_rows = MOST_TIMES - 1

    def times(self) -> list[datetime]:
        """Return the times that were written."""
        rows = [row.cleaned_data for row in self.tables["times"] if row.is_begun]
        return [datetime.combine(row["day"], row["time"], tzinfo=clock.OSLO) for row in rows]
