"""Taking the worklist out as a file: those it is narrowed to, in its order, with who took it out on every row."""

import io

from django.http import FileResponse, Http404
from django.views.decorators.http import require_GET

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, requires
from fotfeste.kernel import clock, formats
from fotfeste.lists.exports.worklist import write_worklist
from fotfeste.lists.selectors import worklist as selectors
from fotfeste.lists.services.taking_out import log_worklist_taken_out
from fotfeste.lists.views.worklist import read_filter

KINDS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@requires(Permission.WORKLIST_EXPORT)
@require_GET
def download(request: ActorRequest, kind: str) -> FileResponse:
    """Give the worklist as a file; each youth in it has it in the log. Those under protection stand in no file."""
    if kind not in KINDS:
        raise Http404
    actor, today = request.actor, clock.today()
    places, choices = read_filter(actor, request.GET, today)
    cases = selectors.rows_to_take_out(actor=actor, chosen=choices.chosen, today=today)
    file = io.BytesIO()
    fetched = f"Tatt ut av {actor.name}, {actor.unit_name}, {formats.moment(clock.now())}."
    write_worklist(file, kind=kind, cases=cases, districts=dict(places.districts), on=today, fetched=fetched)
    file.seek(0)
    log_worklist_taken_out(actor=actor, kind=kind, choices=choices.query, cases=cases)
    name = f"ungdommer-{today.isoformat()}.{kind}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=KINDS[kind])
