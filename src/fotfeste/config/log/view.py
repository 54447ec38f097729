"""The list of who looked at and did what."""

from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.access.selectors import user_names
from fotfeste.audit.selectors import entries, users_on
from fotfeste.casework.views.desk import number_or_none
from fotfeste.config.log.telling import mark_of, sentences
from fotfeste.kernel import clock, opaque
from fotfeste.kernel.forms import DateField, Form

PAGE = 50


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
    def is_reading(self) -> bool | None:
        """Return whether only looking or only doing was chosen; None is both."""
        return {"oppslag": True, "handlinger": False}.get(self.cleaned_data.get("hva", ""))


@requires(Permission.AUDIT_READ)
@require_GET
def log(request: ActorRequest) -> HttpResponse:
    """Show the log of the county as sentences, a day or a person at a time."""
    form = LogForm(request.GET, users=user_names(users_on(on=None)))
    youth = request.GET.get("ungdom", "")
    youth_id = number_or_none(youth)
    found = entries(on=form.day, user_id=form.user_id, youth_id=youth_id, is_reading=form.is_reading)
    page = Paginator(found, PAGE).get_page(request.GET.get("side"))
    context = {
        "form": form,
        "page_obj": page,
        "sentences": sentences(page),
        "mark": mark_of(youth) if youth_id else "",
        "youth": youth if youth_id else "",
        "is_narrowed": bool(form.day or form.user_id or youth_id or form.is_reading is not None),
        "today": clock.today(),
    }
    return render_screen(request, "config/log.html", context, partial="config/_log.html")
