"""Reminding units of going through who has access there, before and after the due day."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.correspondence.enums import NoticeKind
from fotfeste.correspondence.selectors import addresses_of, latest_notices
from fotfeste.correspondence.services.reminders import Message, Reminded, remind_unit
from fotfeste.kernel import formats
from fotfeste.kernel.seen import each_by_itself
from fotfeste.organisations.review_rounds import ReviewRound, round_on
from fotfeste.organisations.selectors.reviews import UnitReview, unit_reviews


def remind_reviews(*, actor: Actor, county_id: int, on: date) -> Reminded:
    """
    Remind the units of the county that are not done, once for each day of the round on which one reminds.

    A day on which nothing ran is made up for on the next. Whoever leads the unit is written to; where nobody does, the
    unit's named contacts. Source: GDPR article 32 no. 1 d.

    :raises NotAllowed: only a job, or the county's education administration, may.
    """
    round_ = round_on(on)
    since = round_.last_reminder_before(on) if round_ else None
    if round_ is None or since is None:
        return Reminded((), ())
    left = {each.unit_id: each for each in unit_reviews(round_=round_, on=on, county_ids=[county_id]) if each.left}
    told = latest_notices(kind=NoticeKind.ROLE_REVIEW, unit_ids=left, since=since)
    named = addresses_of(unit_ids=left, on=on)
    reviewers = access.reviewers_of_each(unit_ids=left, permission=Permission.ROLE_REVIEW, on=on)

    def remind(unit_id: int) -> object:
        return remind_unit(
            actor=actor,
            county_id=county_id,
            unit_id=unit_id,
            kind=NoticeKind.ROLE_REVIEW,
            message=_message(left[unit_id], round_, on),
            to=[(name, email) for name, email in reviewers.get(unit_id, ()) if email] or named.get(unit_id, ()),
            on=on,
        )

    done, refused = each_by_itself([unit_id for unit_id in left if unit_id not in told], remind)
    return Reminded(tuple(unit_id for unit_id, _notice in done), tuple(refused))


def _message(unit: UnitReview, round_: ReviewRound, on: date) -> Message:
    """Write the reminder, in bokmål whatever language anybody reads. It names nobody."""
    with override("nb"):
        values = {"unit": unit.name, "round": round_.label, "due": formats.day(round_.due), "left": unit.left}
        subject = _("Påminnelse: gå gjennom hvem som har tilgang til Fotfeste")
        due = _("Fristen var {due}.") if round_.is_overdue(on) else _("Fristen er {due}.")
        body = _(
            "Hei,\n\n"
            "To ganger i året går hver enhet gjennom hvem som har tilgang til Fotfeste. "
            "Roller som gjenstår ved {unit}: {left}. {when}\n\n"
            "Logg inn og velg «Tilganger». Bekreft dem som fortsatt skal ha rollen, og avslutt de andre. "
            "Ingen roller avsluttes av seg selv.\n"
        )
        return Message(subject, body.format(**values, when=due.format(**values)))
