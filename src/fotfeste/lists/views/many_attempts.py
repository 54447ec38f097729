"""Registering what was sent to the youths ticked in the worklist, each authorised by itself."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, requires
from fotfeste.casework.services import contacts
from fotfeste.casework.views.desk import keep_report
from fotfeste.kernel import clock
from fotfeste.kernel.seen import each_by_itself
from fotfeste.lists.forms import SENT_TO_MANY, SaveFilterForm, SentForm
from fotfeste.lists.views.assigning import ids_ticked, where_from
from fotfeste.lists.views.worklist import ATTEMPTS_REPORT, render_worklist


@requires(Permission.CONTACT_REGISTER)
@require_POST
def register_many(request: ActorRequest) -> HttpResponse:
    """Register today's attempt for each youth ticked; who it was refused for, and why, is told."""
    _places, back = where_from(request)
    form = SentForm(request.POST)
    is_right = form.is_valid()
    ids = sorted(ids_ticked(request))
    if not ids:
        form.add_error(None, _("Velg minst én ungdom i listen."))
    if not ids or not is_right:
        return render_worklist(request, SaveFilterForm(), sent_form=form, status=422)
    step, today = SENT_TO_MANY[form.cleaned_data["sent"]], clock.today()
    done, refused = each_by_itself(
        ids, lambda youth_id: contacts.register_attempt(actor=request.actor, youth_id=youth_id, on=today, **step)
    )
    keep_report(request, ATTEMPTS_REPORT, done=len(done), refused=refused)
    return redirect(back)
