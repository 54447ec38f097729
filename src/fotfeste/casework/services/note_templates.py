"""A unit's own texts for notes: written, changed and taken out by whoever keeps the unit."""

from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.casework import policies
from fotfeste.casework.models import NoteTemplate
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import Invalid
from fotfeste.kernel.seen import must_be_as_seen
from fotfeste.organisations.services.units import lock_unit


@transaction.atomic
def write_template(
    *, actor: Actor, unit_id: int, key: str, name: str, text: str, version: int | None = None
) -> NoteTemplate:
    """
    Say what a text is at a unit; at the education administration's, it is so for the whole county.

    :param key: of the text; empty for a new one.
    :param text: empty takes it out.
    :param version: the unit's row the user was shown, 0 when there was none; None for a job.
    :raises NotAllowed: the actor does not keep the unit's texts.
    :raises EditConflict: somebody has changed it since.
    :raises Invalid: it has no name.
    """
    policies.may_edit_templates(actor=actor, unit_id=unit_id).require()
    unit = lock_unit(unit_id=unit_id)
    if not name.strip():
        raise Invalid(_("Gi malen et navn."))
    key = key or f"own-{uuid4().hex[:12]}"
    stands = NoteTemplate.objects.filter(unit_id=unit_id, key=key, superseded_at=None).first()
    must_be_as_seen(
        version,
        stands.pk if stands else 0,
        _("Noen har endret malen mens du skrev. Ingenting er lagret."),
        theirs={
            _("Mal"): stands.text if stands else "",
            _("Skrevet"): formats.moment(stands.recorded_at) if stands else "",
        },
        yours={_("Mal"): text, _("Skrevet"): _("Nå")},
    )
    now = clock.now()
    if stands is not None:
        stands.superseded_at = now
        stands.save(update_fields=["superseded_at"])
    row = NoteTemplate.objects.create(
        unit_id=unit_id, key=key, name=name.strip(), text=text.strip(), changed_by_id=actor.user_id, recorded_at=now
    )
    audit.record(
        "note_template.changed", by=actor.user_id, county=unit.county_id, details={"unit": unit_id, "template": row.pk}
    )
    return row
