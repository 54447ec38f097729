"""Where a record of each kind is made, so that whoever's turn it is comes straight to the form."""

from collections.abc import Iterable, Mapping

from django.urls import resolve, reverse

from fotfeste.access.actor import Actor
from fotfeste.collaboration.record_kinds import kinds_giving
from fotfeste.collaboration.views.record_parts import may_be_made_at

#: kind of record -> the address of its form, about the youth.
FORMS: Mapping[str, str] = {
    "form-mapping": "collaboration:write_mapping",
    "actor-map": "collaboration:mark_actors",
    "contact-attempt": "casework:register_contact",
    "status-event": "casework:set_status",
    "form-consent": "casework:record_release",
    "assignment": "casework:assign",
    "task": "collaboration:new_task",
    "form-invitation": "collaboration:call_meeting",
    "form-clarification-minutes": "collaboration:meetings",
    "form-exit-conversation": "collaboration:meetings",
    "form-three-way-conversation": "collaboration:meetings",
    "form-more-training-intake": "collaboration:meetings",
    "preparation-note": "collaboration:meetings",
    "contribution-line": "collaboration:meetings",
    "archive-reference": "collaboration:meetings",
    "form-uda-feedback": "casework:send_feedback",
    "form-list-review": "casework:send_feedback",
    "form-follow-up-plan": "collaboration:plan",
    "plan-review": "collaboration:plan",
    "measure-entry": "collaboration:plan",
}


def form_of(kinds: Iterable[str], *, youth_id: int, actor: Actor) -> str:
    """Return the address of the form for the first of the kinds that has one; empty when the actor may not open it."""
    for kind in kinds:
        address = _address(kind, youth_id, actor)
        if address:
            # The screen says itself whom it lets in; a button that leads to a refusal helps nobody.
            return address if actor.has(resolve(address).func.permission) else ""  # type: ignore[attr-defined]
    return ""


def _address(kind: str, youth_id: int, actor: Actor) -> str:
    if kind in FORMS:
        return reverse(FORMS[kind], kwargs={"youth_id": youth_id})
    small = next((each for each in kinds_giving(kind) if may_be_made_at(each, actor.unit_id)), None)
    return reverse("collaboration:record", kwargs={"youth_id": youth_id, "kind": small.id}) if small else ""
