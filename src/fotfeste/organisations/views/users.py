"""Giving access: users, their roles at units, and how they log in."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fotfeste.access import selectors as access
from fotfeste.access.login.words import provider_name
from fotfeste.access.permissions import Permission
from fotfeste.access.policies import counties_administered
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.access.services import identities
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.ui import Link
from fotfeste.organisations.forms import EndRoleAtOnceForm, EndRoleForm, LoginCodeForm, NewUserForm, RoleForm
from fotfeste.organisations.services import users
from fotfeste.organisations.views.user_list import units_administered


@requires(Permission.ACCESS_MANAGE)
@require_http_methods(["GET", "POST"])
def new_user(request: ActorRequest) -> HttpResponse:
    """Ask who is to have access, and give it."""
    form = NewUserForm(request.POST or None, units=units_administered(request), initial={"first_day": clock.today()})
    title = _("Ny bruker")
    if form.is_valid() and (made := _tried(form, users.add_user, actor=request.actor, **form.cleaned_data)):
        messages.success(request, _("Brukeren er lagt til."))
        return redirect("organisations:user", user_id=made)
    return _form_page(request, form, title, _("Gi tilgang"), [Link(_("Brukere"), reverse("organisations:users"))])


@requires(Permission.ACCESS_MANAGE)
@require_GET
def user(request: ActorRequest, user_id: int) -> HttpResponse:
    """Show one user: the roles, and how they log in."""
    roles = _roles_or_404(request, user_id)
    context = {
        "person": roles[0].user,
        "roles": roles,
        "today": clock.today(),
        "is_self": user_id == request.actor.user_id,
        "logins": [(each, provider_name(each.profile)) for each in access.identities_of(user_ids=[user_id])],
        "code_form": LoginCodeForm(),
        "crumbs": [Link(_("Brukere"), reverse("organisations:users")), Link(roles[0].user.name)],
    }
    return render_screen(request, "organisations/user.html", context)


@requires(Permission.ACCESS_MANAGE)
@require_http_methods(["GET", "POST"])
def give_role(request: ActorRequest, user_id: int) -> HttpResponse:
    """Ask for another role, and give it."""
    roles = _roles_or_404(request, user_id)
    person, seen = roles[0].user, access.roles_seen(roles)
    form = RoleForm(
        request.POST or None, units=units_administered(request), initial={"first_day": clock.today(), "version": seen}
    )
    if form.is_valid() and _tried(form, users.give_role, actor=request.actor, user_id=user_id, **form.cleaned_data):
        messages.success(request, _("Rollen er gitt."))
        return redirect("organisations:user", user_id=user_id)
    return _form_page(request, form, _("Gi en rolle"), _("Gi rollen"), _crumbs(person))


@requires(Permission.ACCESS_MANAGE)
@require_http_methods(["GET", "POST"])
def end_role(request: ActorRequest, user_id: int, assignment_id: int) -> HttpResponse:
    """Ask for the last day of a role, and end it."""
    held, seen = _role_or_404(request, user_id, assignment_id)
    form = EndRoleForm(request.POST or None, initial={"last_day": clock.today(), "version": seen})
    if form.is_valid():
        given = {"assignment_id": assignment_id, **form.cleaned_data}
        if _tried(form, users.end_role, actor=request.actor, **given) is not False:
            messages.success(request, _("Rollen er avsluttet."))
            return redirect("organisations:user", user_id=user_id)
    title = _("Avslutt rolle")
    lead = f"{held.get_role_display()}, {held.unit.name}"
    return _form_page(request, form, title, _("Avslutt rollen"), _crumbs(held.user), lead=lead)


@requires(Permission.ACCESS_MANAGE)
@require_http_methods(["GET", "POST"])
def end_role_at_once(request: ActorRequest, user_id: int, assignment_id: int) -> HttpResponse:
    """Ask why a role must end at once, and end it."""
    held, seen = _role_or_404(request, user_id, assignment_id)
    form = EndRoleAtOnceForm(request.POST or None, initial={"version": seen})
    if form.is_valid():
        given = {"assignment_id": assignment_id, **form.cleaned_data}
        if _tried(form, users.end_role_at_once, actor=request.actor, **given) is not False:
            messages.success(request, _("Rollen er avsluttet, og åpner ikke lenger noe."))
            return redirect("organisations:user", user_id=user_id)
    title = _("Avslutt rolle med en gang")
    lead = _("%(role)s, %(unit)s. Rollen slutter å gjelde i det du sender skjemaet.") % {
        "role": held.get_role_display(),
        "unit": held.unit.name,
    }
    return _form_page(request, form, title, _("Avslutt med en gang"), _crumbs(held.user), lead=lead)


@requires(Permission.ACCESS_MANAGE)
@require_POST
def connect_login(request: ActorRequest, user_id: int) -> HttpResponse:
    """Let whoever was shown the code log in as the user."""
    _roles_or_404(request, user_id)
    form = LoginCodeForm(request.POST)
    if form.is_valid():
        try:
            identities.connect_by_code(actor=request.actor, user_id=user_id, code=form.cleaned_data["code"])
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Personen kan nå logge inn."))
    return redirect("organisations:user", user_id=user_id)


@requires(Permission.ACCESS_MANAGE)
@require_POST
def disconnect_login(request: ActorRequest, user_id: int, identity_id: int) -> HttpResponse:
    """Take a way of logging in from the user, and end the open sessions."""
    _roles_or_404(request, user_id)
    if identity_id not in {identity.pk for identity in access.identities_of(user_ids=[user_id])}:
        raise Http404
    try:
        identities.disconnect(actor=request.actor, identity_id=identity_id)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Innloggingen er tatt bort."))
    return redirect("organisations:user", user_id=user_id)


def _roles_or_404(request: ActorRequest, user_id: int) -> list[Any]:
    roles = list(access.assignments_in(county_ids=counties_administered(request.actor), user_id=user_id))
    if not roles:
        raise Http404
    return roles


def _role_or_404(request: ActorRequest, user_id: int, assignment_id: int) -> tuple[Any, str]:
    """Return one of the user's roles, and the mark of how all of them stand."""
    roles = _roles_or_404(request, user_id)
    held = next((each for each in roles if each.pk == assignment_id), None)
    if held is None:
        raise Http404
    return held, access.roles_seen(roles)


def _tried(form: Any, act: Callable[..., Any], **given: Any) -> Any:
    """Do it, or put the refusal in the form and return False."""
    try:
        return act(**given)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False


def _form_page(
    request: ActorRequest, form: Any, title: str, action: str, crumbs: list[Link], *, lead: str = ""
) -> HttpResponse:
    context = {"form": form, "title": title, "action": action, "lead": lead, "crumbs": [*crumbs, Link(title)]}
    return render_screen(request, "organisations/user_form.html", context, status=422 if form.errors else 200)


def _crumbs(person: Any) -> list[Link]:
    return [
        Link(_("Brukere"), reverse("organisations:users")),
        Link(person.name, reverse("organisations:user", kwargs={"user_id": person.pk})),
    ]
