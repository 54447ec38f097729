"""Keeping the signed paper of a release."""

import hashlib

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.access.topics import Topic
from fotfeste.audit import services as audit
from fotfeste.consent import policies
from fotfeste.consent.models import Release, ReleaseScan
from fotfeste.kernel import clock, formats
from fotfeste.kernel.checked_files import checked_type
from fotfeste.kernel.errors import EditConflict, Invalid


@transaction.atomic
def keep_scan(*, actor: Actor, release_id: int, content: bytes) -> ReleaseScan:
    """
    Keep the signed paper of a release. What it is, is read from its content, never from its name.

    :raises NotAllowed: the actor may not take it down.
    :raises EditConflict: there is one already; the paper of a release is never exchanged.
    :raises Invalid: it is no PDF or picture, or too large, or harmful, or there is no such release the actor may see.
    """
    release = Release.objects.select_for_update(of=("self",)).filter(pk=release_id).first()
    if release is None or release.unit_id is None or release.county_id is None:
        raise Invalid(_("Samtykket finnes ikke, eller du har ikke tilgang."))
    granted = access.units_granted(youth_id=release.youth_id, topic=Topic.CONSENT, on=clock.today())
    policies.may_record_release(
        actor=actor, unit_id=release.unit_id, county_id=release.county_id, granted_units=granted
    ).require()
    kept = ReleaseScan.objects.filter(release=release).select_related("recorded_by").defer("content").first()
    if kept is not None:
        raise EditConflict(
            _("Det signerte arket er alt lagt inn. Det kan ikke byttes ut."),
            theirs={_("Signert ark"): formats.moment(kept.recorded_at), _("Av"): kept.recorded_by.name},
            yours={_("Signert ark"): _("Nå"), _("Av"): _("Deg")},
            about=release.youth_id,
        )
    media_type = checked_type(content)
    scan = ReleaseScan.objects.create(
        release=release,
        youth_id=release.youth_id,
        content=content,
        media_type=media_type,
        digest=hashlib.sha256(content).hexdigest(),
        recorded_by_id=actor.user_id,
        recorded_at_unit_id=release.recorded_at_unit_id,
        recorded_at=clock.now(),
    )
    details = {"release": release.pk, "digest": scan.digest}
    audit.record("release.scanned", by=actor.user_id, about=release.youth_id, county=release.county_id, details=details)
    return scan
