"""Setting a task, giving it to somebody, and putting it off."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.collaboration.forms.watched import WatchedForm
from fotfeste.kernel import opaque
from fotfeste.kernel.forms import DateField, Form


class TaskForm(WatchedForm):
    """What somebody is to do, and by when."""

    what = forms.CharField(
        label=_("Hva skal gjøres?"), max_length=200, help_text=_("Kort. Skriv ikke noe om helse eller andre i saken.")
    )
    due_on = DateField(label=_("Frist"), required=False)
    for_user_id = forms.TypedChoiceField(label=_("Til"), coerce=opaque.decode, empty_value=None, required=False)

    def __init__(self, data: Any = None, *, colleagues: Iterable[tuple[str, str]], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.offer("for_user_id", [("", _("Alle ved enheten")), *colleagues])


class GiveForm(Form):
    """Whom a task is given to."""

    to_user_id = forms.TypedChoiceField(
        label=_("Gi til"),
        coerce=opaque.decode,
        empty_value=None,
        required=False,
        widget=forms.Select(attrs={"data-hotkey": "i", "data-hotkey-label": _("Gi videre")}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, colleagues: Iterable[tuple[str, str]], version: int) -> None:
        super().__init__(data, initial={"version": version})
        self.offer("to_user_id", [("", _("Alle ved enheten")), *colleagues])


class SnoozeForm(Form):
    """To which day a task is put off, and why."""

    to_day = DateField(label=_("Ny frist"))
    to_day.widget.attrs |= {"data-hotkey": "u", "data-hotkey-label": _("Utsett")}
    reason = forms.CharField(label=_("Begrunnelse"), max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, version: int) -> None:
        super().__init__(data, initial={"version": version})
