"""Handling the messages chosen at the desk: each is authorised by itself, and one refused does not stop the others."""

from django.utils.translation import gettext as _

from fotfeste.access.screens import ActorRequest
from fotfeste.casework.selectors.feedback import youths_of
from fotfeste.casework.services import handling
from fotfeste.casework.views.desk import number_or_none
from fotfeste.kernel import opaque
from fotfeste.kernel.seen import each_by_itself
from fotfeste.kernel.whole_number import whole_number

Refusals = list[tuple[int, str]]


def handle_each(request: ActorRequest) -> tuple[int, Refusals]:
    """Do what the button asks with its message, or with all chosen; return how many, and who was refused with why."""
    keys, act = request.POST.getlist("valgt"), _accept
    for name, does in (("bruk", _accept), ("avvis", _reject), ("tilbake", _return)):
        if request.POST.get(name):
            keys, act = [request.POST[name]], does
    ids = [number for key in keys if (number := number_or_none(key)) is not None]
    if not ids:
        return 0, [(0, _("Velg minst én melding i listen."))]
    youths = youths_of(feedback_ids=ids)
    done, refused = act(request, ids)
    return done, [(youths.get(feedback_id, 0), why) for feedback_id, why in refused]


def _accept(request: ActorRequest, ids: list[int]) -> tuple[int, Refusals]:
    chosen = {
        feedback_id: handling.Chosen(
            version=_version(request, feedback_id),
            code=_given(request, "kode", feedback_id),
            address_checked=_given(request, "adresse", feedback_id) == "ja",
        )
        for feedback_id in ids
    }
    came = handling.accept_all(actor=request.actor, chosen=chosen)
    return len(came.done), came.refused()


def _return(request: ActorRequest, ids: list[int]) -> tuple[int, Refusals]:
    done, refused = each_by_itself(
        ids,
        lambda feedback_id: handling.return_feedback(
            actor=request.actor,
            feedback_id=feedback_id,
            version=_version(request, feedback_id),
            question=_given(request, "sporsmal", feedback_id),
        ),
    )
    return len(done), refused


def _reject(request: ActorRequest, ids: list[int]) -> tuple[int, Refusals]:
    done, refused = each_by_itself(
        ids,
        lambda feedback_id: handling.reject_feedback(
            actor=request.actor,
            feedback_id=feedback_id,
            version=_version(request, feedback_id),
            reason=_given(request, "grunn", feedback_id),
        ),
    )
    return len(done), refused


def _given(request: ActorRequest, name: str, feedback_id: int) -> str:
    return request.POST.get(f"{name}-{opaque.encode(feedback_id)}", "")


def _version(request: ActorRequest, feedback_id: int) -> int:
    """Return the version the page showed; a form without one is as old as can be."""
    return whole_number(request.POST.get("version") or _given(request, "versjon", feedback_id))
