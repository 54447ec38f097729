"""Keeping the youth's own remark when the service has not corrected something."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, requires
from fotfeste.casework.forms.remarks import RemarkForm
from fotfeste.casework.services.remarks import keep_remark
from fotfeste.casework.views.saving import Screen


@requires(Permission.YOUTH_EDIT)
@require_http_methods(["GET", "POST"])
def remark(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Take what the youth asked for and why it is not corrected; both stand with the case from then on."""
    screen = Screen(request, youth_id, _("Merknad fra ungdommen"))
    form = RemarkForm(request.POST or None, today=screen.today)
    if screen.saves(form, keep_remark, youth_id=youth_id, **screen.given(form)):
        messages.success(request, _("Merknaden står med saken."))
        return redirect("casework:history", youth_id=youth_id)
    explain = _("Når dere ikke retter det ungdommen ber om, blir ungdommens egen merknad stående sammen med svaret.")
    return screen.show("casework/form.html", form, explain=explain)
