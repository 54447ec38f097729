"""Mailings: prepared, looked at, approved by another, and followed while they are sent."""

import io
import zipfile
from datetime import timedelta
from tempfile import TemporaryFile
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, log_shown, render_screen, requires
from fotfeste.access.topics import Topic
from fotfeste.audit import services as audit
from fotfeste.correspondence import policies
from fotfeste.correspondence.carriers import FolderCarrier, PostalAddress, carrier, write_addresses
from fotfeste.correspondence.enums import LetterState, MailingState
from fotfeste.correspondence.forms import MailingForm
from fotfeste.correspondence.letter_printing import letter_pdf
from fotfeste.correspondence.selectors import mailings as selectors
from fotfeste.correspondence.selectors.facts import receiver_facts, sender_of
from fotfeste.correspondence.services import mailings as services
from fotfeste.correspondence.services.letter_sending import said_in
from fotfeste.correspondence.services.returns import settle_letter
from fotfeste.correspondence.views.texts import county_of
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.ui import Link
from fotfeste.law.school_year import school_year_of
from fotfeste.law.wheel_days import days_of
from fotfeste.organisations.selectors.readings import readings_for

_LETTER = "dl-nonapplicant-letter"
_REPLY_WITHIN = timedelta(days=21)


@requires(Permission.LETTER_PREPARE)
@require_GET
def overview(request: ActorRequest) -> HttpResponse:
    """Show what has been sent and what waits, and let more be prepared."""
    return _render_overview(request, _form(request))


@requires(Permission.LETTER_PREPARE)
@require_POST
def prepare(request: ActorRequest) -> HttpResponse:
    """Prepare letters for another to approve."""
    form, is_nobody = _form(request, request.POST), False
    if form.is_valid():
        try:
            if request.POST.get("nobody"):
                kind, year = form.cleaned_data["kind"], form.cleaned_data["school_year"]
                services.note_nobody(actor=request.actor, county_id=county_of(request), kind=kind, school_year=year)
                messages.success(request, _("Det er ført at det ikke var noen å skrive til."))
                return redirect("correspondence:mailings")
            made = services.prepare_mailing(actor=request.actor, county_id=county_of(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            is_nobody = isinstance(refusal, services.NobodyToWriteTo)
        else:
            messages.success(request, _("Brevene er klare. En annen må godkjenne dem før de sendes."))
            return redirect("correspondence:mailing", mailing_id=made.pk)
    return _render_overview(request, form, is_nobody=is_nobody, status=422)


@requires(Permission.LETTER_PREPARE)
@require_GET
def one_mailing(request: ActorRequest, mailing_id: int) -> HttpResponse:
    """Show how far a mailing has come, three samples, and whom it did not reach."""
    return _render_one(request, _mailing(request, mailing_id))


@requires(Permission.LETTER_PREPARE)
@require_GET
def sample(request: ActorRequest, mailing_id: int, letter_id: int) -> HttpResponseBase:
    """Give one letter as it will be, without a link that works."""
    mailing = _mailing(request, mailing_id)
    letter = next((each for each in selectors.samples_of(mailing=mailing) if each.pk == letter_id), None)
    if letter is None:
        raise Http404
    facts = receiver_facts(youth_ids=[letter.youth_id], county_id=mailing.county_id, on=mailing.letter_day)
    known = facts[letter.youth_id]
    blank = PostalAddress(f"{known.youth.first_name} {known.youth.last_name}", "", "", "")
    document = letter_pdf(
        text=mailing.texts[letter.language],
        said=said_in(mailing, letter, known, is_sample=True),
        to=known.postal or blank,
        sender=sender_of(county_id=mailing.county_id),
        on=mailing.letter_day,
        language=letter.language,
    )
    log_shown(request, about=letter.youth_id, topic=Topic.ADDRESS)
    return FileResponse(io.BytesIO(document), filename="brev.pdf", content_type="application/pdf")


@requires(Permission.LETTER_APPROVE)
@require_POST
def approve(request: ActorRequest, mailing_id: int) -> HttpResponse:
    """Let the letters go."""
    return _decide(request, mailing_id, services.approve_mailing, _("Utsendelsen er godkjent."))


@requires(Permission.LETTER_PREPARE)
@require_POST
def withdraw(request: ActorRequest, mailing_id: int) -> HttpResponse:
    """Take back letters nobody has approved."""
    return _decide(request, mailing_id, services.withdraw_mailing, _("Utsendelsen er trukket tilbake."))


@requires(Permission.LETTER_PREPARE)
@require_GET
def bundle(request: ActorRequest, mailing_id: int) -> FileResponse:
    """Give the letters to be printed, with a list of the addresses; of those under protection neither."""
    mailing, by = _mailing(request, mailing_id), carrier()
    if not isinstance(by, FolderCarrier) or not by.is_ready:
        raise Http404
    letters = {each.key: each for each in selectors.letters_in(mailing=mailing, states=[LetterState.SENT])}
    lying = [(key, to) for key, to in by.addresses(mailing.key) if key in letters]
    if not lying:
        raise Http404
    file = TemporaryFile()  # noqa: SIM115  (closed by the response)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for key, _to in lying:
            for document in by.documents(mailing.key, key):
                archive.write(document, document.name)
        with archive.open("adresser.csv", "w") as listed:
            content = io.BytesIO()
            write_addresses(content, lying)
            listed.write(content.getvalue())
    file.seek(0)
    audit.record(
        "mailing.downloaded",
        by=request.actor.user_id,
        county=mailing.county_id,
        details={"mailing": mailing.pk},
        youths={letters[key].youth_id for key, _to in lying},
    )
    name = f"brev-{mailing.letter_day.isoformat()}.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


@requires(Permission.LETTER_PREPARE)
@require_POST
def settle(request: ActorRequest, mailing_id: int, letter_id: int) -> HttpResponse:
    """Say whether a letter a worker died with has gone."""
    mailing = _mailing(request, mailing_id)
    if not selectors.has_letter(mailing=mailing, letter_id=letter_id):
        raise Http404
    try:
        settle_letter(actor=request.actor, letter_id=letter_id, was_sent=request.POST.get("was_sent") == "yes")
    except Refused as refusal:
        return _render_one(request, mailing, refusal=str(refusal), status=422)
    messages.success(request, _("Det er ført hvordan det gikk."))
    return redirect("correspondence:mailing", mailing_id=mailing.pk)


def _decide(request: ActorRequest, mailing_id: int, act: Any, done: str) -> HttpResponse:
    mailing = _mailing(request, mailing_id)
    given = request.POST.get("version", "")
    try:
        act(actor=request.actor, mailing_id=mailing.pk, version=int(given) if given.isdecimal() else 0)
    except Refused as refusal:
        return _render_one(request, mailing, refusal=str(refusal), status=422)
    messages.success(request, done)
    return redirect("correspondence:mailing", mailing_id=mailing.pk)


def _mailing(request: ActorRequest, mailing_id: int) -> Any:
    counties = request.actor.counties_with(Permission.LETTER_PREPARE)
    return selectors.get_mailing_or_404(mailing_id=mailing_id, county_ids=counties)


def _form(request: ActorRequest, data: Any = None) -> MailingForm:
    today, county_id = clock.today(), county_of(request)
    year = school_year_of(today)
    times = days_of((_LETTER,), around=today, readings=readings_for(county_id=county_id))
    ahead = min((time.due for time in times if time.due >= today), default=today)
    # The letter is to go by that day; it may be written two months before it.
    letter_day = ahead if ahead - today <= timedelta(days=60) else today
    return MailingForm(data, years=(year, year.next), letter_day=letter_day, reply_by=letter_day + _REPLY_WITHIN)


def _render_overview(
    request: ActorRequest, form: MailingForm, *, is_nobody: bool = False, status: int = 200
) -> HttpResponse:
    found = selectors.mailings_of(county_id=county_of(request))
    progress = selectors.progress_of(mailing_ids=[each.pk for each in found])
    context = {
        "form": form,
        "rows": [(each, MailingState(each.state).label, progress[each.pk]) for each in found],
        "is_nobody": is_nobody,
        "own_channel": _own_channel(request),
    }
    return render_screen(request, "correspondence/mailings.html", context, status=status)


def _own_channel(request: ActorRequest) -> list[tuple[Any, int]]:
    """Return what waits for the actor, where they handle those under protection: nobody else sends it."""
    county_id = county_of(request)
    handles = policies.may_send_own_channel(actor=request.actor, county_id=county_id)
    return selectors.own_channel_waiting(county_id=county_id) if handles else []


def _render_one(request: ActorRequest, mailing: Any, *, refusal: str = "", status: int = 200) -> HttpResponse:
    samples = selectors.samples_of(mailing=mailing)
    lost = list(
        selectors.letters_in(
            mailing=mailing, states=[LetterState.NO_ADDRESS, LetterState.RETURNED, LetterState.HANDED]
        )[:200]
    )
    handles = policies.may_send_own_channel(actor=request.actor, county_id=mailing.county_id)
    answered, asked = selectors.answered_of(mailing=mailing)
    context = {
        "mailing": mailing,
        "progress": selectors.progress_of(mailing_ids=[mailing.pk])[mailing.pk],
        "samples": [(each, _why(each, mailing)) for each in samples],
        "lost": lost,
        "answered": answered,
        "asked": asked,
        "own_channel": len(selectors.own_channel_letters(mailing=mailing)) if handles else None,
        "verdict": policies.may_approve_mailing(
            actor=request.actor, county_id=mailing.county_id, prepared_by_id=mailing.prepared_by_id
        ),
        "has_bundle": isinstance(carrier(), FolderCarrier) and mailing.state in {"sending", "sent"},
        "refusal": refusal,
        "crumbs": [
            Link(pgettext("flere", "Brev"), reverse("correspondence:mailings")),
            Link(mailing.get_kind_display()),
        ],
    }
    listed = {each.youth_id for each in (*samples, *lost)}
    return render_screen(request, "correspondence/mailing.html", context, listed=listed, status=status)


def _why(letter: Any, mailing: Any) -> str:
    """Return in a few words what a sample shows."""
    born, day = letter.youth.born, mailing.letter_day
    age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    said = [
        _("under 18 år") if age < 18 else _("over 18 år"),
        _("uten adresse") if letter.state == LetterState.NO_ADDRESS else "",
        letter.get_language_display().lower(),
    ]
    return ", ".join(filter(None, said))
