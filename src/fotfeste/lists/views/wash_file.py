"""Taking a washed list out as a file for Nav to answer in."""

import io

from django.http import FileResponse, Http404
from django.views.decorators.http import require_GET

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, requires
from fotfeste.kernel import clock, formats
from fotfeste.lists import policies
from fotfeste.lists.exports.folder import file_stem
from fotfeste.lists.exports.wash import write_wash
from fotfeste.lists.selectors import otuk as selectors
from fotfeste.lists.selectors import wash as washes
from fotfeste.lists.services.taking_out import log_wash_taken_out
from fotfeste.lists.views.taking_out import KINDS


@requires(Permission.OTUK_VIEW)
@require_GET
def download(request: ActorRequest, round_id: int, unit_id: int, kind: str) -> FileResponse:
    """Give a washed list as a file, with who took it out on every row and in the log of each youth."""
    actor = request.actor
    made = selectors.get_round_or_404(actor=actor, round_id=round_id)
    session = washes.session_of(made=made, district_id=unit_id)
    if kind not in KINDS or session is None:
        raise Http404
    place = {"county_id": session.county_id, "district_id": unit_id, "office_id": session.office_id}
    if session.closed_at is not None or not policies.may_take_out_wash(actor=actor, **place):
        raise Http404
    asked = washes.asked_in(session)
    fetched = f"Tatt ut av {actor.name}, {actor.unit_name}, {formats.moment(clock.now())}."
    file = io.BytesIO()
    write_wash(file, kind=kind, session=session, asked=asked, fetched=fetched)
    file.seek(0)
    log_wash_taken_out(actor=actor, session=session, kind=kind, youths=[each.youth_id for each in asked])
    name = f"{file_stem(made, session.district.name).replace('otuk-', 'listevask-', 1)}.{kind}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=KINDS[kind])
