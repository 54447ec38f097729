"""The journal of one case: reading, writing and correcting."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.access.topics import Topic
from fotfeste.casework.forms.journal import CorrectNoteForm, NoteForm
from fotfeste.casework.selectors.person_page import (
    attachment_or_none,
    attachments_of_note,
    note_or_none,
    note_that_stands,
)
from fotfeste.casework.services import journal as services
from fotfeste.casework.views.attached import ALL_OF_THEM, choices, hand_out, links_by_note
from fotfeste.casework.views.note_templates import offered
from fotfeste.casework.views.person import base, must_know
from fotfeste.casework.views.saving import Screen
from fotfeste.kernel.uploads import is_too_large, takes_files


@requires(Permission.YOUTH_OPEN)
@takes_files(up_to=ALL_OF_THEM)
@require_http_methods(["GET", "POST"])
def journal(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Show the notes, and take a new one from those who write here."""
    page, header, context = base(request, youth_id, tab="journal")
    must_know(request.actor, Topic.JOURNAL, page, context["today"])
    screen = Screen(request, youth_id, _("Journal"))
    texts = offered(request)
    form = NoteForm(
        request.POST or None,
        (request.FILES or None) if header.may.write_note else None,
        today=screen.today,
        text=texts.chosen,
        is_too_large=is_too_large(request),
    )
    given = screen.given(form)
    if screen.saves(form, services.write_note, youth_id=youth_id, **given):
        messages.success(request, _("Notatet er lagret."))
        return redirect("casework:journal", youth_id=youth_id)
    files = links_by_note(page.attachments, name="casework:journal_attachment")
    context |= {
        "form": form,
        "offered": texts,
        "notes": [(note, page.user_names.get(note.written_by_id, ""), files[note.pk]) for note in page.notes],
    }
    status = 422 if form.errors else 200
    return render_screen(request, "casework/journal.html", context, about=youth_id, topic=Topic.JOURNAL, status=status)


@requires(Permission.JOURNAL_WRITE)
@takes_files(up_to=ALL_OF_THEM)
@require_http_methods(["GET", "POST"])
def correct_note(request: ActorRequest, youth_id: int, note_id: int) -> HttpResponse:
    """Correct a note: the new text stands, the old one is kept."""
    screen = Screen(request, youth_id, _("Rett notat"))
    note = note_or_none(youth_id=youth_id, note_id=note_id)
    if note is None:
        raise Http404
    stands = note_that_stands(note=note)
    form = CorrectNoteForm(
        request.POST or None,
        request.FILES or None,
        initial={"text": stands.text, "version": stands.pk},
        attached=choices(attachments_of_note(note_id=stands.pk)),
        is_too_large=is_too_large(request),
    )
    given = screen.given(form)
    if screen.saves(form, services.correct_note, note_id=note_id, **given):
        messages.success(request, _("Notatet er rettet. Det gamle er tatt vare på."))
        return redirect("casework:journal", youth_id=youth_id)
    explain = _("Det rettede notatet vises. Det opprinnelige blir stående som rettet.")
    seen_by = _("Journalen ses bare av enheten som har ansvaret. Ungdommen har rett til innsyn.")
    return screen.show(
        "casework/form.html", form, topic=Topic.JOURNAL, explain=f"{explain} {seen_by}", takes_files=True
    )


@requires(Permission.YOUTH_OPEN)
@require_GET
def attachment(request: ActorRequest, youth_id: int, attachment_id: int) -> HttpResponse:
    """Hand out a file of a note in the journal."""
    found = attachment_or_none(youth_id=youth_id, attachment_id=attachment_id)
    if found is None:
        raise Http404
    return hand_out(request, found, youth_id=youth_id, topic=Topic.JOURNAL)
