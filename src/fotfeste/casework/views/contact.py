"""Registering contact attempts with one youth, and taking one back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fotfeste.access.once import keeps_nothing
from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, requires
from fotfeste.casework.forms.contact import STEPS, ContactForm
from fotfeste.casework.selectors.contact_rule import judge_choices
from fotfeste.casework.selectors.labels import sentences
from fotfeste.casework.services import contacts
from fotfeste.casework.services.contacts import RegisteredAttempt
from fotfeste.casework.views.note_templates import offered
from fotfeste.casework.views.saving import Screen
from fotfeste.kernel.forms import Form


@requires(Permission.CONTACT_REGISTER)
@require_http_methods(["GET", "POST"])
def register_contact(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Register that somebody tried to reach the youth, and tell whether it was contact."""
    screen = Screen(request, youth_id, _("Registrer kontakt"))
    step = STEPS.get(request.POST.get("hva", ""))
    texts = offered(request)
    form = ContactForm(request.POST or None, today=screen.today, note=texts.chosen)
    if step is not None:
        form = ContactForm({"direction": "out", "on": screen.today, **step}, today=screen.today)
    given = screen.given(form)
    if screen.saves(form, contacts.register_attempt, youth_id=youth_id, **given):
        messages.success(request, _told(screen.result))
        return redirect("casework:person", youth_id=youth_id)
    return screen.show("casework/register_contact.html", form, decision=_judged(screen, form), offered=texts)


@requires(Permission.CONTACT_REGISTER)
@keeps_nothing
@require_POST
def judge_contact(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Tell, while one is still picking, whether it would count as contact. Nothing is saved."""
    screen = Screen(request, youth_id, "")
    form = ContactForm(request.POST, today=screen.today)
    return render(request, "casework/_contact_rule.html", {"decision": _judged(screen, form)})


@requires(Permission.CONTACT_REGISTER)
@require_http_methods(["GET", "POST"])
def withdraw_contact(request: ActorRequest, youth_id: int, attempt_id: int) -> HttpResponse:
    """Take back a contact attempt that was registered by mistake."""
    screen = Screen(request, youth_id, _("Trekk tilbake kontakt"))
    form = Form(request.POST if request.method == "POST" else None)
    if screen.saves(form, contacts.withdraw_attempt, attempt_id=attempt_id):
        messages.success(request, _("Kontakten er trukket tilbake. Den står i historikken."))
        return redirect("casework:person", youth_id=youth_id)
    explain = _("Kontakten teller ikke lenger, men står igjen i historikken som trukket tilbake.")
    return screen.show("casework/form.html", form, explain=explain, submit=_("Trekk tilbake"))


def _judged(screen: Screen, form: ContactForm) -> object:
    """Judge what is picked, or what the form proposes before anything is."""
    values = {name: form[name].value() or "" for name in form.fields}
    if values["result"] != "answered":
        values["answered_by"] = values["guardian_told"] = ""
    try:
        on = form.fields["on"].clean(values["on"])
        return judge_choices(choices=values, on=on, born=screen.youth.born, county_id=screen.youth.county_id)
    except (ValueError, ValidationError):
        return None


def _told(done: RegisteredAttempt) -> str:
    said = _("Kontakten er registrert.") if done.is_contact else _("Forsøket er registrert.")
    if done.suggested_code:
        return f"{said} {_('Nå kan du sette status.')}"
    return said if done.is_contact else f"{said} {sentences(done.decision.reasons)}"
