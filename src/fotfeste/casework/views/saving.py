"""Trying to save a form about a youth: what came of it, and how a refusal or a conflict is shown."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.conflicts import CONFLICT
from fotfeste.access.screens import ActorRequest, render_screen
from fotfeste.access.topics import Topic
from fotfeste.casework.selectors.worklist import open_registrations
from fotfeste.casework.views.header import crumbs, full_name, protection_label
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, Refused
from fotfeste.kernel.forms import Form
from fotfeste.kernel.ui import Link
from fotfeste.people import selectors as people
from fotfeste.people.selectors import age_on


class Screen:
    """A form about one youth: the youth, what the form's page shows around it, and how it went."""

    def __init__(self, request: ActorRequest, youth_id: int, title: str) -> None:
        self.request, self.title = request, title
        self.actor, self.today = request.actor, clock.today()
        self.youth = people.get_youth_or_404(youth_id=youth_id)
        self.conflict: EditConflict | None = None
        self.result: Any = None

    @property
    def registration(self) -> Any:
        """
        The youth's open registration.

        :raises Http404: there is none the actor may see.
        """
        found = open_registrations().filter(youth_id=self.youth.pk).first()
        if found is None:
            raise Http404
        return found

    def given(self, form: Form) -> dict[str, Any]:
        """Return what was filled in, or nothing when the form was not sent or is not right."""
        return dict(form.cleaned_data) if form.is_bound and form.is_valid() else {}

    def saves(self, form: Form, act: Callable[..., Any], **given: Any) -> bool:
        """
        Do the act when the form is filled in rightly; say whether it was done, and keep what it returned.

        A refusal stands above the form in the service's own words. After a conflict the form carries what was written
        and the version it is now compared with, so that saving once more is a choice made with both in sight.
        """
        if self.request.method != "POST" or not form.is_valid():
            return False
        try:
            self.result = act(actor=self.actor, **given)
        except EditConflict as conflict:
            self.conflict = conflict
            if conflict.version is not None:
                self._renew(form, str(conflict.version))
            return False
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return False
        return True

    def _renew(self, form: Form, version: str) -> None:
        """Let the form be compared with the version that stands now."""
        if isinstance(form.data, QueryDict):
            form.data = form.data.copy()
            form.data["version"] = version

    def show(self, template: str, form: Form, *, topic: Topic = Topic.IDENTITY, **context: Any) -> HttpResponse:
        """
        Answer with the form, as the screen about this youth.

        :param topic: what is shown of the youth besides who it is; the log of readings says so.
        """
        status = CONFLICT if self.conflict else 422 if form.errors else 200
        ends_here = self.conflict is not None and self.conflict.version is None
        person = reverse("casework:person", kwargs={"youth_id": self.youth.pk})
        shown = {
            "form": form,
            "conflict": self.conflict,
            "ends_here": ends_here,
            "keep_url": person if ends_here else self.request.path,
            "youth": self.youth,
            "name": full_name(self.youth),
            "age": age_on(born=self.youth.born, day=self.today),
            "protection": protection_label(self.youth),
            "title": self.title,
            "crumbs": self.crumbs,
            "submit": _("Lagre"),
            **context,
        }
        return render_screen(self.request, template, shown, about=self.youth.pk, topic=topic, status=status)

    @property
    def crumbs(self) -> list[Link]:
        """The way back."""
        return crumbs(self.actor, youth=self.youth, here=self.title)
