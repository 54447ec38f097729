"""What a youth has agreed to: reading it, taking it down, taking it back, and the paper of it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fotfeste.access import selectors as access
from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, log_shown, render_screen, requires
from fotfeste.access.topics import Topic
from fotfeste.casework.selectors import whereabouts
from fotfeste.casework.selectors.who_sees import rides_on_place
from fotfeste.casework.selectors.worklist import district_of
from fotfeste.casework.views.person import base, must_know
from fotfeste.casework.views.release_chips import chip
from fotfeste.casework.views.saving import Screen
from fotfeste.consent import printing, texts
from fotfeste.consent import selectors as consents
from fotfeste.consent.enums import Purpose, ReleaseState
from fotfeste.consent.forms import ReleaseForm, ScanForm, usual_last_day
from fotfeste.consent.services import releases, scans
from fotfeste.kernel import clock
from fotfeste.kernel.checked_files import LARGEST
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.uploads import is_too_large, takes_files
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.selectors import units
from fotfeste.people import selectors as people
from fotfeste.people.selectors import age_on

_OFFERED = (UnitKind.DISTRICT, UnitKind.NAV_OFFICE, UnitKind.APPRENTICESHIP_DEPARTMENT, UnitKind.SERVICE_CENTRE)
_SCHOOLS = (UnitKind.UPPER_SECONDARY, UnitKind.LOWER_SECONDARY, UnitKind.ADULT_EDUCATION)
_OTHERS = (*_OFFERED, *_SCHOOLS, UnitKind.INSTITUTION, UnitKind.OTHER)


@requires(Permission.YOUTH_OPEN)
@require_GET
def overview(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Show what the youth has agreed to and refused, with what is to be done about it."""
    page, _header, context = base(request, youth_id, tab="releases")
    must_know(request.actor, Topic.CONSENT, page, context["today"])
    shown = consents.releases_of(youth_id=youth_id, on=context["today"])
    context |= {
        "releases": [
            (each, [chip(name, each.state, topics, each.release.last_day) for name, _pk, topics in each.bodies])
            for each in shown
        ],
        "holds": {ReleaseState.GIVEN, ReleaseState.ENDS_SOON, ReleaseState.COMING},
        "may_record": request.actor.has(Permission.CONSENT_RECORD),
        "sees_all": rides_on_place(request.actor, Topic.CONSENT, page.youth),
        "scan_form": ScanForm(),
    }
    return render_screen(request, "casework/releases.html", context, about=youth_id, topic=Topic.CONSENT)


@requires(Permission.CONSENT_RECORD)
@require_http_methods(["GET", "POST"])
def record(request: ActorRequest, youth_id: int, release_id: int | None = None) -> HttpResponse:
    """Take down what the youth agrees to. With a release to renew, the form begins as that one was."""
    screen = Screen(request, youth_id, _("Forny samtykke") if release_id else _("Registrer samtykke"))
    old = consents.release_or_none(youth_id=youth_id, release_id=release_id) if release_id else None
    if release_id and old is None:
        raise Http404
    near, others = _units_for(request, screen.youth)
    form = ReleaseForm(
        request.POST or None,
        near=near,
        others=others,
        is_minor=age_on(born=screen.youth.born, day=screen.today) < 18,
        initial={**_initial(screen, old, near), "version": consents.seen_of(old)},
    )
    language = (get_language() or "nb")[:2]
    if form.is_bound and form.is_valid():
        given = form.given(language=language)
        renews = {"renews_id": old.pk, "version": form.cleaned_data["version"]} if old else {}
        if screen.saves(form, releases.record_release, youth_id=youth_id, given=given, **renews):
            messages.success(request, _("Svaret er registrert. Det gjelder med en gang."))
            return redirect("casework:releases", youth_id=youth_id)
    text = texts.text_on(day=screen.today, language=language)
    return screen.show(
        "casework/release_form.html", form, topic=Topic.CONSENT, text=text, submit=_("Registrer"), renewed=old
    )


@requires(Permission.CONSENT_RECORD)
@require_http_methods(["GET", "POST"])
def withdraw(request: ActorRequest, youth_id: int, release_id: int) -> HttpResponse:
    """Take a release back on the youth's word. A GET asks first, for those without JavaScript."""
    page, _header, context = base(request, youth_id, tab="releases")
    found = consents.release_or_none(youth_id=youth_id, release_id=release_id)
    if found is None:
        raise Http404
    if request.method == "POST":
        try:
            releases.withdraw_release(actor=request.actor, release_id=release_id)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Samtykket er trukket tilbake. Delingen stanset med en gang."))
        return redirect("casework:releases", youth_id=youth_id)
    context["bodies"] = [consents.body_name(body) for body in found.bodies.all()]
    return render_screen(request, "casework/release_withdraw.html", context, about=page.youth.pk, topic=Topic.CONSENT)


@requires(Permission.YOUTH_OPEN)
@require_GET
def paper(request: ActorRequest, youth_id: int, release_id: int) -> HttpResponse:
    """Hand out the release as a PDF to print and sign. The file's name tells nothing about anybody."""
    people.get_youth_or_404(youth_id=youth_id)
    found = consents.release_or_none(youth_id=youth_id, release_id=release_id)
    if found is None:
        raise Http404
    made = printing.release_pdf(found, recorded_by=found.recorded_by.name)
    return _file(request, youth_id, made, "application/pdf", "samtykke.pdf")


@requires(Permission.CONSENT_RECORD)
@takes_files(up_to=LARGEST)
@require_POST
def keep_scan(request: ActorRequest, youth_id: int, release_id: int) -> HttpResponse:
    """Keep the signed paper."""
    people.get_youth_or_404(youth_id=youth_id)
    found = consents.release_or_none(youth_id=youth_id, release_id=release_id)
    if found is None:
        raise Http404
    form = ScanForm(request.POST, request.FILES)
    if is_too_large(request):
        messages.error(request, _("Filen er for stor. Den kan være på høyst 8 MB."))
        return redirect("casework:releases", youth_id=youth_id)
    if not form.is_valid():
        messages.error(request, _("Velg filen med det signerte arket."))
        return redirect("casework:releases", youth_id=youth_id)
    try:
        file = form.cleaned_data["file"]
        scans.keep_scan(actor=request.actor, release_id=release_id, content=file.read(LARGEST + 1))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Det signerte arket er lagt inn."))
    return redirect("casework:releases", youth_id=youth_id)


@requires(Permission.YOUTH_OPEN)
@require_GET
def scan(request: ActorRequest, youth_id: int, release_id: int) -> HttpResponse:
    """Hand out the signed paper as a file to save."""
    people.get_youth_or_404(youth_id=youth_id)
    found = consents.scan_or_none(youth_id=youth_id, release_id=release_id)
    if found is None:
        raise Http404
    ending = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}[found.media_type]
    return _file(request, youth_id, bytes(found.content), found.media_type, f"signert-samtykke.{ending}")


def _file(request: ActorRequest, youth_id: int, content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    log_shown(request, about=youth_id, topic=Topic.CONSENT)
    return response


def _units_for(request: ActorRequest, youth: object) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Return the units offered as boxes, and the rest. Where the youth lives is not told to who may not know it."""
    county_id, protection = youth.county_id, youth.protection  # type: ignore[attr-defined]
    all_of = list(units.units(kinds=_OTHERS, county_id=county_id).order_by("name").values_list("pk", "name", "kind"))
    near: list[int] = [pk for pk, _name, kind in all_of if kind in {*_OFFERED[2:]}]
    if whereabouts.may_tell_place(actor=request.actor, protection=protection, county_id=county_id):
        code = district_of(youth_id=youth.pk)  # type: ignore[attr-defined]
        for each in units.districts(county_id=county_id, on=clock.today()):
            if code and each.code == code:
                near = [pk for pk in (each.unit_id, each.nav_office_id) if pk] + near
    names = {pk: name for pk, name, _kind in all_of}
    offered = [(pk, names[pk]) for pk in near if pk in names]
    return offered, [(pk, name) for pk, name, _kind in all_of if pk not in near]


def _initial(screen, old, near):  # type: ignore[no-untyped-def]
    """Return what the form begins with. What may be told, to whom and the answer are the youth's to say each time."""
    me = screen.actor.user_id
    together = {"youth": screen.youth.first_name, "who": access.user_names({me})[me]}
    initial = {
        "first_day": screen.today,
        "last_day": usual_last_day(screen.today),
        "purpose": Purpose.COOPERATION,
        "present": _("%(youth)s og %(who)s") % together,
    }
    if old is None:
        return initial
    bodies = list(old.bodies.all())
    offered = {pk for pk, _name in near}
    named = [body.body_id for body in bodies if body.body_id]
    return {
        **initial,
        "purpose": old.purpose,
        "exceptions": old.exceptions,
        "topics": bodies[0].topics if bodies else [],
        "units": [str(pk) for pk in named if pk in offered],
        "other_unit": next((str(pk) for pk in named if pk not in offered), ""),
        "partners": [body.partner for body in bodies if body.partner],
    }
