"""Telling the privacy officer of unusual reading, and noting that it was looked at. Nothing else follows from it."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import EditConflict, Invalid
from fotfeste.oversight import policies
from fotfeste.oversight.flag_rules import flag_rules
from fotfeste.oversight.models import ReadingFlag
from fotfeste.oversight.selectors.unusual import unusual_in

NOTE_LENGTH = 500


def week_before(day: date) -> date:
    """Return the Monday of the last whole week before a day."""
    return day - timedelta(days=day.weekday() + 7)


@transaction.atomic
def flag_week(*, actor: Actor, week: date) -> int:
    """
    Find what was unusual in a week in the actor's counties, and return how many flags stand for it.

    Done again it gives the same flags; one that was looked at is left as it was then.

    :param actor: the system actor ``overseer``, which may read the log.
    :param week: its Monday.
    """
    made = 0
    for county_id in actor.system_counties:
        found = unusual_in(week=week, county_id=county_id, rules=flag_rules(on=week))
        for each in found:
            flag, _is_new = ReadingFlag.objects.get_or_create(
                county_id=county_id,
                week=week,
                user_id=each.user_id,
                kind=each.kind,
                defaults={"count": 0, "found_at": clock.now()},
            )
            if flag.looked_at is None:
                flag.count, flag.reasons, flag.youth_ids = each.count, dict(each.reasons), each.youth_ids
                flag.save(update_fields=["count", "reasons", "youth_ids"])
        if found:
            details = {"week": week.isoformat(), "flags": len(found)}
            audit.record("flags.made", by=actor.user_id, county=county_id, details=details)
        made += len(found)
    return made


@transaction.atomic
def look_at_flag(*, actor: Actor, flag_id: int, note: str) -> ReadingFlag:
    """
    Note that the privacy officer has looked at a flag.

    :raises EditConflict: somebody has looked at it already.
    :raises Invalid: there is no such flag the actor may see, or the note is too long.
    :raises NotAllowed: the actor does not look after the log of the county.
    """
    flag = ReadingFlag.objects.select_for_update(of=("self",)).filter(pk=flag_id).first()
    if flag is None:
        raise Invalid(_("Det finnes ikke, eller du har ikke tilgang."))
    policies.may_look_at_flag(actor=actor, county_id=flag.county_id).require()
    if flag.looked_at is not None:
        by = flag.looked_at_by.name if flag.looked_at_by else ""
        raise EditConflict(
            _("Noen har alt sett på det."),
            theirs={_("Sett på"): formats.moment(flag.looked_at), _("Av"): by, _("Merknad"): flag.note},
            yours={_("Sett på"): _("Nå"), _("Av"): _("Deg"), _("Merknad"): note.strip()},
        )
    if len(note) > NOTE_LENGTH:
        raise Invalid(_("Merknaden er for lang."))
    flag.looked_at, flag.looked_at_by_id, flag.note = clock.now(), actor.user_id, note.strip()
    flag.save(update_fields=["looked_at", "looked_at_by", "note"])
    details = {"flag": flag.pk, "kind": flag.kind}
    audit.record("flag.looked_at", by=actor.user_id, county=flag.county_id, details=details)
    return flag
