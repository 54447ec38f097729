"""What the log is narrowed to."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fotfeste.audit.selectors import Kind
from fotfeste.casework.views.desk import number_or_none
from fotfeste.kernel import opaque
from fotfeste.kernel.forms import DateField, Form


class LogForm(Form):
    """A day, who did it, and looking or doing. Anything unreadable in the address counts as not chosen."""

    dag = DateField(label=gettext_lazy("Dag"), required=False)
    bruker = forms.ChoiceField(label=gettext_lazy("Hvem"), required=False)
    hva = forms.ChoiceField(
        label=gettext_lazy("Hva"),
        required=False,
        choices=[
            ("", gettext_lazy("Alt")),
            ("oppslag", gettext_lazy("Oppslag")),
            ("handlinger", gettext_lazy("Handlinger")),
            ("avslag", gettext_lazy("Avslag")),
        ],
    )

    def __init__(self, data: Any, *, users: dict[int, str]) -> None:
        super().__init__({name: data[name] for name in self.base_fields if data.get(name)})
        chosen = sorted(users.items(), key=lambda user: user[1].casefold())
        field = self.fields["bruker"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Alle")), *((opaque.encode(pk), name) for pk, name in chosen)]
        self.is_valid()

    @property
    def day(self) -> date | None:
        """Return the day chosen."""
        return self.cleaned_data.get("dag")

    @property
    def user_id(self) -> int | None:
        """Return who was chosen."""
        return number_or_none(self.cleaned_data.get("bruker"))

    @property
    def kind(self) -> Kind:
        """Return which kind of entries was chosen."""
        return _KINDS.get(self.cleaned_data.get("hva", ""), Kind.ALL)


_KINDS = {"oppslag": Kind.READINGS, "handlinger": Kind.ACTS, "avslag": Kind.REFUSALS}
