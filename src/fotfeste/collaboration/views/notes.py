"""Shared notes: reading, writing and correcting."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from fotfeste.access import selectors as access
from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.access.topics import Topic
from fotfeste.casework.forms.journal import CorrectNoteForm, NoteForm
from fotfeste.casework.views.attached import ALL_OF_THEM, choices, hand_out, links_by_note
from fotfeste.casework.views.happenings import may_name
from fotfeste.casework.views.note_templates import offered
from fotfeste.casework.views.person import base, must_know
from fotfeste.casework.views.saving import Screen
from fotfeste.collaboration import policies
from fotfeste.collaboration.selectors import notes as selectors
from fotfeste.collaboration.services import notes as services
from fotfeste.collaboration.views.looking_again import look_again
from fotfeste.kernel.uploads import is_too_large, takes_files
from fotfeste.people.selectors import same_person_ids


@requires(Permission.YOUTH_OPEN)
@takes_files(up_to=ALL_OF_THEM)
@require_http_methods(["GET", "POST"])
def shared_notes(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Show the notes those who work together share, and take a new one from any of them."""
    page, header, context = base(request, youth_id, tab="shared_notes")
    must_know(request.actor, Topic.PLAN, page, context["today"])
    screen = Screen(request, youth_id, _("Delte notater"))
    texts = offered(request)
    actor = request.actor
    granted = access.units_granted(youth_id=youth_id, topic=Topic.PLAN, on=context["today"])
    units = policies.units_that_share(actor=actor, responsible_id=page.youth.unit_id, granted=granted)
    form = NoteForm(
        request.POST or None,
        (request.FILES or None) if units else None,
        today=screen.today,
        text=texts.chosen,
        is_too_large=is_too_large(request),
    )
    given = screen.given(form)
    again = look_again(form, lambda: {"text": form.cleaned_data["text"]})
    if not again and screen.saves(form, services.write_shared_note, youth_id=youth_id, **given):
        messages.success(request, _("Notatet er lagret. Alle som er med i planen, ser det."))
        return redirect("collaboration:shared_notes", youth_id=youth_id)
    notes = selectors.shared_notes_of(youth_ids=same_person_ids(youth_id=youth_id))
    files = links_by_note(page.besides["shared attachments"], name="collaboration:shared_attachment")
    context |= {
        "form": form,
        "again": again,
        "offered": texts,
        "may_write": bool(policies.may_share_note(units=units)),
        "notes": [
            (
                note,
                f"{note.written_by.name}, {note.written_at_unit.name}"
                if may_name(header, actor, note.written_at_unit_id)
                else "",
                bool(policies.may_correct_shared_note(actor=actor, written_at_unit_id=note.written_at_unit_id)),
                files[note.pk],
            )
            for note in notes
        ],
    }
    status = 422 if form.errors else 200
    return render_screen(
        request, "collaboration/shared_notes.html", context, about=youth_id, topic=Topic.PLAN, status=status
    )


@requires(Permission.NOTE_SHARE)
@takes_files(up_to=ALL_OF_THEM)
@require_http_methods(["GET", "POST"])
def correct_note(request: ActorRequest, youth_id: int, note_id: int) -> HttpResponse:
    """Correct a shared note: the new text stands, the old one is kept."""
    screen = Screen(request, youth_id, _("Rett notat"))
    person = same_person_ids(youth_id=youth_id)
    note = selectors.shared_note_or_none(youth_ids=person, note_id=note_id)
    if note is None:
        raise Http404
    stands = selectors.note_that_stands(note=note)
    may = policies.may_correct_shared_note(actor=request.actor, written_at_unit_id=stands.written_at_unit_id)
    form = CorrectNoteForm(
        request.POST or None,
        (request.FILES or None) if may else None,
        initial={"text": stands.text, "version": stands.pk},
        attached=choices(selectors.attachments_of_note(note_id=stands.pk)),
        is_too_large=is_too_large(request),
    )
    given = screen.given(form)
    again = look_again(form, lambda: {"text": form.cleaned_data["text"]})
    if not again and screen.saves(form, services.correct_shared_note, note_id=note_id, **given):
        messages.success(request, _("Notatet er rettet. Det gamle er tatt vare på."))
        return redirect("collaboration:shared_notes", youth_id=youth_id)
    explain = _("Det rettede notatet vises. Det opprinnelige blir stående som rettet.")
    seen_by = _(
        "Delt: alle som ungdommen har sluppet inn i planen, ser notatet. "
        "Det som bare er for enheten din, skrives i journalen."
    )
    return screen.show(
        "collaboration/correct_shared_note.html",
        form,
        again=again,
        topic=Topic.PLAN,
        explain=f"{explain} {seen_by}",
        submit=_("Lagre likevel") if again else _("Lagre"),
        takes_files=True,
    )


@requires(Permission.YOUTH_OPEN)
@require_GET
def attachment(request: ActorRequest, youth_id: int, attachment_id: int) -> HttpResponse:
    """Hand out a file of a shared note."""
    person = same_person_ids(youth_id=youth_id)
    found = selectors.attachment_or_none(youth_ids=person, attachment_id=attachment_id)
    if found is None:
        raise Http404
    return hand_out(request, found, youth_id=youth_id, topic=Topic.PLAN)
