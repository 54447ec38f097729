"""How forms are drawn: Designsystemet's markup around Django's own fields."""

from pathlib import Path

import django.forms
from django.forms.renderers import DjangoTemplates
from django.template.backends.django import DjangoTemplates as Backend
from django.utils.functional import cached_property

_OURS = Path(__file__).parent / "templates"
_DJANGOS = Path(django.forms.__file__).parent / "templates"


class FormRenderer(DjangoTemplates):
    """Set as ``FORM_RENDERER``; then ``{{ form }}`` and ``{{ field.as_field_group }}`` need nothing more."""

    form_template_name = "kernel/forms/form.html"
    field_template_name = "kernel/forms/field.html"

    @cached_property
    def engine(self) -> Backend:
        """Look among our templates first, so that a widget's template there replaces Django's."""
        return Backend(
            {"APP_DIRS": True, "DIRS": [_OURS, _DJANGOS], "NAME": "fotfeste-forms", "OPTIONS": {}},
        )
