"""The board of one unit in a round: one row for each youth, answered with a click or a key."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.access.topics import Topic
from fotfeste.casework.enums import FeedbackCategory
from fotfeste.casework.forms.contact import STEPS
from fotfeste.casework.forms.feedback import FeedbackForm, SameAnswerForm
from fotfeste.casework.selectors.labels import status_name
from fotfeste.casework.selectors.opened_to import youths_to_contact
from fotfeste.casework.services import contacts
from fotfeste.casework.services.feedback import ACTIVITIES
from fotfeste.kernel import clock, opaque
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.ui import Link
from fotfeste.kernel.whole_number import whole_number
from fotfeste.lists import policies
from fotfeste.lists.selectors import otuk as selectors
from fotfeste.lists.selectors.otuk import BoardRow
from fotfeste.lists.services import answers
from fotfeste.lists.views.otuk_report import take_report
from fotfeste.lists.views.otuk_rows import (
    ONLY_OPEN,
    Board,
    ShownRow,
    choices,
    closing_of,
    crumbs,
    open_board,
    shown_row,
    wants_only_open,
)
from fotfeste.lists.views.wash_parts import washes_of
from fotfeste.spec import implements


@implements("avt-nor-otuk-cooperation", "form-list-review")
@requires(Permission.OTUK_VIEW)
@require_GET
def board(request: ActorRequest, round_id: int, unit_id: int) -> HttpResponse:
    """Show the unit's board; with ``rad`` only that row, for one who leaves its form."""
    opened = board_or_404(request, round_id, unit_id)
    wanted = request.GET.get("rad")
    if wanted and request.headers.get("HX-Request"):
        rows = [row for row in opened.rows if opaque.encode(row.youth_id) == wanted]
        if not rows:
            raise Http404
        context = {
            **board_context(request, opened),
            "shown": _shown(request, opened, rows[0].youth_id),
            "is_back": True,
        }
        return render_screen(request, "lists/_otuk_row.html", context, listed=[rows[0].youth_id], topic=Topic.LIST_ROW)
    return render_board(request, opened)


def render_board(
    request: ActorRequest, opened: Board, *, same: SameAnswerForm | None = None, status: int = 200
) -> HttpResponse:
    """Show a board, with the form that says the same of several, as it was filled in or as it begins."""
    report = take_report(request, opened)
    context = {
        **board_context(request, opened),
        "same": same or SameAnswerForm(for_nav=opened.for_nav, today=clock.today()),
        "chosen": ticked(request, opened),
        "report": report,
    }
    listed = {shown.row.youth_id for shown in context["rows"]}.union(report.named if report else ())
    return render_screen(request, "lists/otuk_board.html", context, listed=listed, topic=Topic.LIST_ROW, status=status)


def ticked(request: ActorRequest, opened: Board) -> frozenset[str]:
    """Return the keys of those chosen on a board that was sent: each by itself, or all it showed without an answer."""
    keys = frozenset(opaque.encode(row.youth_id) for row in opened.rows)
    shown = {key for key in keys if f"versjon-{key}" in request.POST} if "alle" in request.POST else set()
    return keys & shown.union(request.POST.getlist("valgt"))


@requires(Permission.FEEDBACK_SEND)
@require_http_methods(["GET", "POST"])
def answer(request: ActorRequest, round_id: int, unit_id: int, youth_id: int) -> HttpResponse:
    """Ask for what an answer needs beside itself, or send the answer and show the row as it is now."""
    opened = board_or_404(request, round_id, unit_id)
    row = next((each for each in opened.rows if each.youth_id == youth_id), None)
    if unit_id not in policies.asked_units(request.actor) or row is None:
        raise Http404
    today = clock.today()
    if request.method == "GET":
        form = FeedbackForm(for_nav=opened.for_nav, today=today, version=row.version)
        form.initial["category"] = request.GET.get("svar", "")
        said = row.answer if row.answer and row.answer.category == form.initial["category"] else None
        if said is not None:
            kept = ("activity_code", "on", "told_by", "next_owner", "next_step")
            form.initial.update({name: getattr(said, name) for name in kept})
        if said is not None or form.initial["category"] != FeedbackCategory.IN_ACTIVITY:
            _begin_at(form, "next_step")
        return _show_form(request, opened, youth_id, form)
    given = {"on": today.isoformat(), "version": "-1", **request.POST.dict()}
    if "aktivitet" in given:
        given |= {"category": FeedbackCategory.IN_ACTIVITY.value, "activity_code": given["aktivitet"]}
    form = FeedbackForm(given, for_nav=opened.for_nav, today=today, version=row.version)
    if not form.is_valid():
        return _show_form(request, opened, youth_id, form, status=422)
    try:
        sent = answers.answer_row(
            actor=request.actor,
            made=opened.round,
            unit_id=unit_id,
            youth_id=youth_id,
            category=form.cleaned_data["category"],
            on=form.cleaned_data["on"],
            activity_code=form.cleaned_data.get("activity_code", ""),
            told_by=form.cleaned_data.get("told_by", ""),
            next_step=form.cleaned_data.get("next_step", ""),
            next_owner=form.cleaned_data.get("next_owner", ""),
            version=form.cleaned_data["version"],
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _show_form(request, opened, youth_id, form, status=422)
    return _answered(request, round_id, unit_id, youth_id, said=_("Sendt."), sent=sent)


@requires(Permission.CONTACT_REGISTER)
@require_POST
def contact(request: ActorRequest, round_id: int, unit_id: int, youth_id: int) -> HttpResponse:
    """Register the attempt a button stands for, today, with one who is the unit's own."""
    opened = board_or_404(request, round_id, unit_id)
    step = STEPS.get(request.POST.get("hva", ""))
    if step is None or youth_id not in {row.youth_id for row in opened.rows}:
        raise Http404
    try:
        done = contacts.register_attempt(actor=request.actor, youth_id=youth_id, on=clock.today(), **step)
    except Refused as refusal:
        return _refused(request, round_id, unit_id, refusal)
    said = _("Kontakt registrert.") if done.is_contact else _("Forsøk registrert.")
    return _answered(request, round_id, unit_id, youth_id, said=said, attempt_id=done.attempt.pk)


@requires(Permission.CONTACT_REGISTER)
@require_POST
def undo_contact(request: ActorRequest, round_id: int, unit_id: int, attempt_id: int) -> HttpResponse:
    """Take back the attempt a button just registered."""
    board_or_404(request, round_id, unit_id)
    try:
        attempt = contacts.withdraw_attempt(actor=request.actor, attempt_id=attempt_id)
    except Refused as refusal:
        return _refused(request, round_id, unit_id, refusal)
    said = _("Angret. Forsøket er trukket tilbake.")
    return _answered(request, round_id, unit_id, attempt.youth_id, said=said)


@requires(Permission.FEEDBACK_SEND)
@require_POST
def undo(request: ActorRequest, round_id: int, unit_id: int, feedback_id: int) -> HttpResponse:
    """Take back what was just answered."""
    board_or_404(request, round_id, unit_id)
    replaced = _decoded(request.POST.get("erstattet", ""))
    try:
        youth_id = answers.undo_answer(
            actor=request.actor,
            feedback_id=feedback_id,
            replaced_id=replaced,
            version=whole_number(request.POST.get("version")),
        )
    except Refused as refusal:
        return _refused(request, round_id, unit_id, refusal)
    return _answered(request, round_id, unit_id, youth_id, said=_("Svaret er trukket tilbake."))


def _begin_at(form: FeedbackForm, name: str) -> None:
    """Put the cursor in a field when the form takes the row's place."""
    if name in form.fields:
        form.fields[name].widget.attrs["autofocus"] = True


def board_or_404(request: ActorRequest, round_id: int, unit_id: int) -> Board:
    """
    Return a unit's board in a round.

    :raises Http404: there is none the actor may open.
    """
    made = selectors.get_round_or_404(actor=request.actor, round_id=round_id)
    if not policies.may_see_board(actor=request.actor, county_id=made.county_id, unit_id=unit_id):
        raise Http404
    opened = open_board(made, unit_id, clock.today())
    if opened is None:
        raise Http404
    return opened


def board_context(request: ActorRequest, opened: Board) -> dict:
    """Return what a board shows, whole or a row of it."""
    may_answer = opened.unit_id in policies.asked_units(request.actor)
    makes_lists = opened.round.county_id in policies.round_counties(request.actor)
    today: date = clock.today()
    only_open = _shows_only_open(request)
    waiting = [row for row in opened.rows if not row.is_answered]
    here = reverse("lists:otuk_board", kwargs={"round_id": opened.round.pk, "unit_id": opened.unit_id})
    return {
        "board": opened,
        "round": opened.round,
        "rows": _drawn(request, opened, waiting if only_open else opened.rows),
        "tabs": [
            Link(_("Alle"), here, not only_open, len(opened.rows)),
            Link(_("Ikke besvart"), f"{here}?{ONLY_OPEN}", only_open, len(waiting)),
        ],
        "choices": choices(for_nav=opened.for_nav),
        "may_answer": may_answer,
        "waiting": len(waiting),
        "narrowed": f"?{ONLY_OPEN}" if only_open else "",
        "may_download": makes_lists and not opened.for_nav,
        "is_late": opened.round.respond_by < today,
        **washes_of(opened, may_answer=may_answer),
        **closing_of(request.actor, opened, len(waiting)),
        "crumbs": [*crumbs(opened.round, linked=True), Link(opened.name)] if makes_lists else (),
    }


def _shows_only_open(request: ActorRequest) -> bool:
    """Say whether the page shows those without an answer, also when it is a part of that page that asks."""
    if wants_only_open(request):
        return True
    page = urlsplit(request.htmx.current_url or "") if request.htmx else None
    return page is not None and parse_qs(page.query).get("vis") == ["ubesvart"]


def _shown(request: ActorRequest, opened: Board, youth_id: int) -> object:
    rows = [row for row in opened.rows if row.youth_id == youth_id]
    if not rows:
        raise Http404  # about somebody who is not on this list; what the view has done is undone with it
    return _drawn(request, opened, rows)[0]


def _drawn(request: ActorRequest, opened: Board, rows: list[BoardRow]) -> list[ShownRow]:
    own = frozenset[int]()
    if opened.unit_id in policies.asked_units(request.actor) and request.actor.has(Permission.CONTACT_REGISTER):
        own = youths_to_contact(actor=request.actor, youth_ids=[row.youth_id for row in rows])
    return [shown_row(row, for_nav=opened.for_nav, takes_contact=row.youth_id in own) for row in rows]


def _show_form(
    request: ActorRequest, opened: Board, youth_id: int, form: FeedbackForm, *, status: int = 200
) -> HttpResponse:
    """Show what an answer needs: in the row's place, or as a page without JavaScript."""
    asks_activity = form["category"].value() == FeedbackCategory.IN_ACTIVITY
    context = {
        **board_context(request, opened),
        "shown": _shown(request, opened, youth_id),
        "form": form,
        "asks_first": not form.initial.get("activity_code"),
        "activities": [(code, status_name(code)) for code in ACTIVITIES] if asks_activity else (),
    }
    context["crumbs"] = [*context["crumbs"][:-1], Link(opened.name)] if context["crumbs"] else ()
    template, partial = "lists/otuk_answer.html", "lists/_otuk_form.html"
    return render_screen(
        request, template, context, partial=partial, about=youth_id, topic=Topic.LIST_ROW, status=status
    )


def _refused(request: ActorRequest, round_id: int, unit_id: int, refusal: Refused) -> HttpResponse:
    messages.error(request, str(refusal))
    if request.headers.get("HX-Request"):
        return HttpResponseClientRefresh()
    return redirect("lists:otuk_board", round_id=round_id, unit_id=unit_id)


def _answered(
    request: ActorRequest,
    round_id: int,
    unit_id: int,
    youth_id: int,
    *,
    said: str,
    sent: answers.Answered | None = None,
    attempt_id: int | None = None,
) -> HttpResponse:
    """Answer htmx with the row, the meter and the word about it; without JavaScript go back to the board."""
    if not request.headers.get("HX-Request"):
        messages.success(request, said)
        return redirect("lists:otuk_board", round_id=round_id, unit_id=unit_id)
    opened = board_or_404(request, round_id, unit_id)
    replaced = opaque.encode(sent.replaced_id) if sent and sent.replaced_id else ""
    context = {
        **board_context(request, opened),
        "shown": _shown(request, opened, youth_id),
        "said": said,
        "sent": sent,
        "replaced": replaced,
        "attempt_id": attempt_id,
        # From a button work goes on with the next row; from a form or an undo it comes back to this one.
        "is_back": sent is None or "skjema" in request.POST,
    }
    return render(request, "lists/_otuk_row_answer.html", context)


def _decoded(text: str) -> int | None:
    try:
        return opaque.decode(text) if text else None
    except ValueError:
        raise Http404 from None
