"""Starting a routine about a unit."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.kernel import opaque
from fotfeste.kernel.forms import Form


class StartUnitForm(Form):
    """Which routine to start, and for which unit."""

    routine = forms.ChoiceField(label=_("Rutine"))
    unit = forms.TypedChoiceField(label=_("Enhet"), coerce=opaque.decode)

    def __init__(
        self, data: Any = None, *, routines: Iterable[tuple[str, str]], units: Iterable[tuple[str, str]]
    ) -> None:
        super().__init__(data)
        offered = list(units)
        self.offer("routine", [("", _("Velg rutine")), *routines])
        self.offer("unit", offered if len(offered) == 1 else [("", _("Velg enhet")), *offered])
