"""Handing over: what somebody answers for and has open, given to a colleague for one or for all."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from fotfeste.access import selectors as access
from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.access.topics import Topic
from fotfeste.casework.selectors.counsellors import names_to_choose, units_to_choose_at
from fotfeste.casework.selectors.labels import status_name
from fotfeste.casework.selectors.open_work import Work, answering_at, answering_elsewhere, open_work
from fotfeste.casework.services import counsellors
from fotfeste.casework.views.desk import name_of, number_or_none
from fotfeste.collaboration.services import person_offers
from fotfeste.kernel import clock, formats, opaque
from fotfeste.kernel.ui import Link
from fotfeste.kernel.whole_number import whole_number
from fotfeste.lists.forms import HandOverForm
from fotfeste.lists.views.choices_report import keep_choices, take_choices

PAGE = 100


@dataclass(frozen=True, slots=True)
class Row:
    """One youth as the page shows it. ``key`` stands for the youth in the form."""

    key: str
    youth_id: int
    version: int
    name: str
    status: str
    opens: tuple[str, ...]


@requires(Permission.COUNSELLOR_ASSIGN)
@require_GET
def people(request: ActorRequest) -> HttpResponse:
    """
    List those who answer for youths at one's units, and how many.

    Whoever assigns responsibility in the county is told of those at the other units too; they hand over themselves.
    """
    today, unit_ids = clock.today(), units_to_choose_at(request.actor)
    counties = request.actor.counties_with(Permission.RESPONSIBILITY_ASSIGN)
    elsewhere = answering_elsewhere(county_ids=counties, besides=unit_ids, on=today) if counties else []
    context = {
        "people": answering_at(unit_ids=unit_ids, on=today),
        "page_obj": Paginator(elsewhere, PAGE).get_page(request.GET.get("side")),
        "query": "",
    }
    return render_screen(request, "lists/handing_over.html", context)


@requires(Permission.COUNSELLOR_ASSIGN)
@require_http_methods(["GET", "POST"])
def hand_over(request: ActorRequest, user_id: int) -> HttpResponse:
    """
    Show what somebody answers for, and offer a colleague those ticked. Each is authorised by itself.

    The leader may also let the colleague have them at once, and so may anybody when whoever had them is gone.
    """
    today, unit_ids = clock.today(), units_to_choose_at(request.actor)
    here = dict(names_to_choose(unit_ids=unit_ids, on=today))
    work = open_work(user_id=user_id, unit_ids=unit_ids, today=today)
    report = take_choices(request)
    if not work and user_id not in here and (report is None or report.of != user_id):
        raise Http404  # whoever answers for nobody here, and works elsewhere, is nobody one is told of
    colleagues = {each: name for each, name in here.items() if each != user_id}
    form = HandOverForm(request.POST or None, people=colleagues.items(), me=request.actor.user_id)
    if request.method == "POST" and _was_handed_over(request, form, colleagues, user_id):
        return redirect("lists:hand_over", user_id=user_id)
    name = access.user_names({user_id}).get(user_id, "")
    is_me, leads = user_id == request.actor.user_id, bool(request.actor.led_unit_ids & unit_ids)
    page = Paginator(work, PAGE).get_page(request.GET.get("side"))
    rows = [_row(each, today) for each in page]
    context = {
        "name": name,
        "user_id": user_id,
        "form": form,
        "may_move": not is_me or leads,
        "may_offer": user_id in here and (is_me or leads),
        "page_obj": page,
        "rows": rows,
        "report": report,
        "query": "",
        "crumbs": [Link(_("Overlevering"), reverse("lists:handing_over")), Link(name)],
    }
    listed = [*(row.youth_id for row in rows), *(report.named if report else ())]
    status = 422 if form.errors else 200
    return render_screen(request, "lists/hand_over.html", context, listed=listed, topic=Topic.STATUS, status=status)


def _was_handed_over(request: ActorRequest, form: HandOverForm, names: dict[int, str], of: int) -> bool:
    """Hand over those ticked; what was refused is told beside. False when the form lacks something."""
    is_right = form.is_valid()
    ids = [youth_id for key in request.POST.getlist("valgt") if (youth_id := number_or_none(key)) is not None]
    if not ids:
        form.add_error(None, _("Velg minst én ungdom i listen."))
    if not ids or not is_right:
        return False
    items = [(youth_id, _version(request, youth_id)) for youth_id in ids]
    to_id, offers = form.counsellor_id or 0, "tilby" in request.POST
    if offers:
        note = form.cleaned_data["note"]
        result = person_offers.offer_many(actor=request.actor, items=items, to_user_id=to_id, note=note)
    else:
        result = counsellors.assign_many(actor=request.actor, items=items, counsellor_id=to_id)
    person = names.get(to_id, "")
    keep_choices(request, done=result.done, refused=result.refused, person=person, of=of, was_offered=offers)
    return True


def _version(request: ActorRequest, youth_id: int) -> int:
    return whole_number(request.POST.get("version") or request.POST.get(f"versjon-{opaque.encode(youth_id)}"))


def _row(work: Work, today: date) -> Row:
    registration: Any = work.registration
    opens = []
    if registration.next_promise_on:
        day = formats.relative_day(registration.next_promise_on, today)
        opens.append(_("Lovet kontakt, frist {day}").format(day=day))
    if work.must_be_confirmed:
        day = formats.relative_day(work.must_be_confirmed, today)
        opens.append(_("Statusen må bekreftes, frist {day}").format(day=day))
    if work.message:
        opens.append(_("{unit} har meldt fra og venter på svar").format(unit=work.message.from_unit.name))
    if registration.unknown_since:
        span = formats.days((today - registration.unknown_since).days)
        opens.append(_("Ukjent aktivitet i {span}").format(span=span))
    return Row(
        key=opaque.encode(registration.youth_id),
        youth_id=registration.youth_id,
        version=registration.version,
        name=name_of(registration.youth),
        status=status_name(registration.status_code),
        opens=tuple(opens),
    )
