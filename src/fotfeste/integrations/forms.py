"""What users fill in at the import desk."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from fotfeste.integrations.sources import SOURCES, RowDefinition
from fotfeste.kernel.forms import DateField, Form


class UploadField(forms.FileField):
    """A file, with words of its own for what is missing."""

    own_words = {"required": _("Velg en fil."), "invalid": _("Velg en fil."), "empty": _("Filen er tom.")}


class UploadForm(Form):
    """A file, what it is, and the day it is about."""

    source = forms.ChoiceField(label=_("Kilde"), help_text=_("Hva filen er. Alle kildene er forklart under."))
    on = DateField(label=_("Gjelder per"), help_text=_("Dagen opplysningene i filen gjelder."))
    sender = forms.CharField(
        label=_("Avsender"),
        required=False,
        max_length=80,
        help_text=_("Kan stå tom. Er kolonnene egne for avsenderen, huskes de til neste fil."),
        widget=forms.TextInput(attrs={"list": "senders", "autocomplete": "off"}),
    )
    file = UploadField(label=_("Fil"), widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx,.json"}))

    def __init__(self, *args: Any, today: date, titles: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        field = self.fields["source"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Velg kilde")), *titles]
        megabytes = settings.UPLOAD_LIMIT_BYTES // (1024 * 1024)
        self.fields["file"].help_text = _("CSV, Excel (.xlsx) eller JSON fra VIGO, høyst %(size)s MB.") % {
            "size": megabytes
        }


class AnswersForm(Form):
    """The file of a washed list, filled in."""

    file = UploadField(
        label=_("Fil med svar"),
        help_text=_("Excel (.xlsx) eller CSV, slik den ble tatt ut, høyst 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )


class ColumnsForm(Form):
    """Which of the sender's columns is which of ours: one choice for each of our headings."""

    def __init__(
        self, *args: Any, definition: RowDefinition, headings: Sequence[str], suggested: dict[str, str], **kwargs: Any
    ) -> None:
        self._headers: dict[str, str] = {}
        super().__init__(*args, **kwargs)
        choices = [("", _("– ikke i filen –")), *((heading, heading) for heading in headings)]
        for name, column in definition.columns.items():
            self._headers[name] = column.header
            self.fields[name] = forms.ChoiceField(
                label=column.header,
                choices=choices,
                required=column.required,
                initial=suggested.get(column.header, ""),
                error_messages={"required": _("Velg kolonnen, eller be avsenderen om den.")},
            )

    def clean(self) -> dict[str, Any]:
        """Let no two of ours be read from one of theirs."""
        cleaned = super().clean() or {}
        seen: dict[str, str] = {}
        for name, heading in list(cleaned.items()):
            if heading and heading in seen:
                self.add_error(name, _("Samme kolonne er også valgt for «{other}».").format(other=seen[heading]))
            seen.setdefault(heading, self._headers.get(name, name))
        return cleaned

    @property
    def columns(self) -> dict[str, str]:
        """Return our heading to the sender's, for those chosen."""
        return {self._headers[name]: heading for name, heading in self.cleaned_data.items() if heading}

    @property
    def needed(self) -> list[forms.BoundField]:
        """Return the fields a file must have."""
        return [field for field in self if field.field.required]

    @property
    def others(self) -> list[forms.BoundField]:
        """Return the fields a file may have."""
        return [field for field in self if not field.field.required]


class ReadAsForm(Form):
    """Another source to read the same file as."""

    source = forms.ChoiceField(choices=[(source, source) for source in SOURCES])
