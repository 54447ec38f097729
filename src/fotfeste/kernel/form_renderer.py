"""How forms are drawn: Designsystemet's markup around Django's own fields."""

from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

import django.forms
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.template.backends.django import DjangoTemplates as Backend
from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe

_OURS = Path(__file__).parent / "templates"
_DJANGOS = Path(django.forms.__file__).parent / "templates"
_SELECT = "django/forms/widgets/select.html"
_INPUTS = frozenset(f"django/forms/widgets/{kind}.html" for kind in ("hidden", "text", "number", "date", "email"))


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

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """Draw a widget or a form. Selects and plain inputs are put together here: templates take ten times as long."""
        if template_name == _SELECT:
            return _select(context["widget"])
        if template_name in _INPUTS:
            return _input(context["widget"])
        return super().render(template_name, context, request)


def _input(widget: Mapping[str, Any]) -> SafeString:
    value = "" if widget["value"] is None else f' value="{escape(str(widget["value"]))}"'
    named = f'type="{escape(widget["type"])}" name="{escape(widget["name"])}"'
    return mark_safe(f'<input class="{_css(widget["attrs"])}" {named}{value}{_attributes(widget["attrs"])}>')


def _css(attrs: Mapping[str, Any]) -> str:
    return "ds-input" + (f" {escape(attrs['class'])}" if attrs.get("class") else "")


def _select(widget: Mapping[str, Any]) -> SafeString:
    drawn = [f'<select class="{_css(widget["attrs"])}" name="{escape(widget["name"])}"{_attributes(widget["attrs"])}>']
    for group, options, _index in widget["optgroups"]:
        inside = map(_option, options)
        drawn += [f'\n  <optgroup label="{escape(str(group))}">', *inside, "\n  </optgroup>"] if group else inside
    return mark_safe("".join([*drawn, "\n</select>"]))


def _option(option: Mapping[str, Any]) -> str:
    value, label = escape(str(option["value"])), escape(str(option["label"]))
    return f'\n  <option value="{value}"{_attributes(option["attrs"])}>{label}</option>'


def _attributes(attrs: Mapping[str, Any]) -> str:
    return "".join(
        f" {name}" if value is True else f' {name}="{escape(str(value))}"'
        for name, value in attrs.items()
        if value is not False and name != "class"
    )
