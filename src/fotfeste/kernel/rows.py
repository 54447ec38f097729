"""Forms with tables: each row of one is a small form of its own, and a row that is left empty is none."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from fotfeste.kernel.forms import Form

_EMPTY = 2


class RowForm(Form):
    """
    One row of a table. One that is left empty is no row.

    :cvar needed: what must stand in a row that is begun.
    :cvar always_said: what is always chosen, and so begins no row.
    """

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10)
    needed: tuple[str, ...] = ()
    always_said: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        """Ask for the rest of a row that is begun."""
        given = super().clean() or {}
        if self.is_begun:
            for name in self.needed:
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, self.fields[name].error_messages["required"])
        return given

    @property
    def is_begun(self) -> bool:
        """Whether anything is written in the row."""
        return any(self.cleaned_data.get(name) for name in self.fields if name not in {"key", *self.always_said})

    @property
    def row(self) -> dict[str, str]:
        """The row as it is kept."""
        return {
            name: value.isoformat() if isinstance(value, date) else str(value or "").strip()
            for name, value in self.cleaned_data.items()
        }


class WithRows(Form):
    """
    A form with tables below its fields; the template ``collaboration/_rows.html`` draws them, with empty rows last.

    :cvar row_forms: table -> the form of its rows, and what it is called.
    :cvar most_rows: how many a table may have.
    """

    row_forms: Mapping[str, tuple[type[RowForm], Any]] = {}
    most_rows = 20

    def __init__(self, data: Any = None, *args: Any, initial: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(data, *args, initial=dict(initial), **kwargs)
        self.tables: dict[str, list[RowForm]] = {}
        for name, (row_form, _label) in self.row_forms.items():
            stands = list(initial.get(name, ()))
            count = min(max(len(stands) + _EMPTY, _sent_rows(data, name)), self.most_rows)
            self.tables[name] = [
                row_form(data, prefix=f"{name}-{at}", initial=stands[at] if at < len(stands) else {"key": ""})
                for at in range(count)
            ]

    def clean(self) -> dict[str, Any]:
        """Check the rows as well; what is wrong in one is told at its own field."""
        given = super().clean() or {}
        wrong = [label for _name, label, rows in self.shown_tables if not all(row.is_valid() for row in rows)]
        if wrong:
            self.add_error(None, _("Rett radene under %(tables)s.") % {"tables": ", ".join(map(str, wrong))})
        return given

    @property
    def shown_tables(self) -> list[tuple[str, Any, list[RowForm]]]:
        """The tables with their names, as the template draws them."""
        return [(name, self.row_forms[name][1], rows) for name, rows in self.tables.items()]

    @property
    def given_rows(self) -> dict[str, list[dict[str, str]]]:
        """The rows that are begun, by table."""
        return {name: [each.row for each in rows if each.is_begun] for name, rows in self.tables.items()}


def _sent_rows(data: Any, name: str) -> int:
    at = [key.split("-")[1] for key in data or () if key.startswith(f"{name}-")]
    return max((int(each) + 1 for each in at if each.isascii() and each.isdigit() and len(each) < 3), default=0)
