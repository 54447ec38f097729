"""A view that has written something before it says no leaves nothing of it, while the log of what was asked stays."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from fotfeste.access.permissions import Permission
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.screens import log_shown, requires
from fotfeste.audit.models import AuditEntry
from fotfeste.casework.models import JournalNote
from fotfeste.config.urls import handler400, handler403, handler404, handler500  # noqa: F401
from fotfeste.config.urls import urlpatterns as ours
from fotfeste.kernel import clock, opaque
from tests import factories as make

pytestmark = pytest.mark.django_db
_SAYS_NO = {"404": Http404, "403": PermissionDenied, "500": RuntimeError}


def _writes(request: HttpRequest, youth_id: int, then: str) -> HttpResponse:
    by = request.actor.user_id  # type: ignore[attr-defined]
    note = {"text": "x", "written_on": make.TODAY, "written_by_id": by, "recorded_at": clock.now()}
    JournalNote.objects.create(youth_id=youth_id, **note)
    log_shown(request, about=youth_id)
    if then in _SAYS_NO:
        raise _SAYS_NO[then]
    return HttpResponse()


urlpatterns = [path("skriver/<opaque:youth_id>/<str:then>/", requires(Permission.JOURNAL_WRITE)(_writes)), *ours]


@pytest.mark.parametrize(("then", "written"), [("404", 0), ("403", 0), ("500", 0), ("200", 1)])
def test_what_was_written_before_a_view_said_no_is_undone_and_the_refusal_is_logged(then, written, browser, settings):
    settings.ROOT_URLCONF = __name__
    case = make.case(make.unit())
    counsellor = make.actor(Role.COUNSELLOR, case.youth.unit)
    answer = browser(counsellor).get(f"/skriver/{opaque.encode(case.youth_id)}/{then}/")
    assert answer.status_code == int(then)
    with acting_as(make.system()):
        assert JournalNote.objects.count() == written
    with acting_as(make.actor(Role.PRIVACY_OFFICER, make.education_admin())):
        logged = set(AuditEntry.objects.filter(youth_id=case.youth_id).values_list("verb", "ground"))
    # Somebody who was shown nothing is not said to have seen anything, and what was asked for stands
    assert logged == {"404": {("refused", "hidden")}, "200": {("read", "responsible_unit")}}.get(then, set())
