"""What a youth answers by the link in a letter: kept as a claim, and looked into by the responsible unit."""

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import system_actor
from fotfeste.audit import services as audit
from fotfeste.correspondence import policies
from fotfeste.correspondence.enums import LetterState, ReplyCategory, ReplyState
from fotfeste.correspondence.models import Letter, Reply
from fotfeste.correspondence.reply_links import digest_of
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import EditConflict, IllegalTransition, Invalid
from fotfeste.organisations.selectors.counties import county_names
from fotfeste.spec import implements


@implements("nal-reply-choice")
def answer_letter(*, token: str, category: str) -> bool:
    """
    Keep an answer; say whether the link could be used. Why it could not is told to nobody.

    An answer is what somebody with the letter says. It is no contact and no status: the unit that answers for the
    youth looks into it.
    """
    worker = system_actor("scheduler", county_ids=tuple(county_names()))
    chosen = ReplyCategory(category)
    with acting_as(worker, on=clock.today()), transaction.atomic():
        rows = Letter.objects.select_for_update(of=("self",)).filter(reply_digest=digest_of(token))
        letter = rows.filter(
            state__in=[LetterState.SENT, LetterState.RETURNED], reply_until__gte=clock.today(), reply=None
        ).first()
        if letter is None:
            return False
        reply = Reply.objects.create(letter=letter, youth_id=letter.youth_id, category=chosen, answered_at=clock.now())
        details = {"letter": letter.pk, "reply": reply.pk}
        audit.record(
            "letter.answered", by=worker.user_id, about=letter.youth_id, county=letter.county_id, details=details
        )
    return True


@transaction.atomic
def handle_reply(*, actor: Actor, reply_id: int, is_right: bool, version: int | None) -> Reply:
    """
    Say whether what a youth answered is so. The status is set apart from this, by whoever may.

    :param version: of the answer the user was shown; None for a job.
    :raises NotAllowed: the youth is not the actor's to follow up.
    :raises EditConflict: somebody has looked into it since.
    """
    reply = Reply.objects.select_for_update(of=("self",)).filter(pk=reply_id).first()
    if reply is None:
        raise Invalid(_("Svaret finnes ikke, eller du har ikke tilgang."))
    policies.may_handle_letter(actor=actor, unit_id=reply.unit_id, county_id=reply.county_id).require()
    to = ReplyState.CONFIRMED if is_right else ReplyState.REJECTED
    if version is not None and version != reply.version:
        raise EditConflict(
            _("Noen har behandlet svaret mens du holdt på. Ingenting er lagret."),
            theirs={_("Svaret"): ReplyState(reply.state).label, _("Når"): formats.moment(reply.handled_at)},
            yours={_("Svaret"): to.label, _("Når"): _("Nå")},
            about=reply.youth_id,
        )
    if reply.state != ReplyState.WAITING:
        raise IllegalTransition(_("Svaret er allerede behandlet."))
    reply.state, reply.handled_by_id, reply.handled_at = to, actor.user_id, clock.now()
    reply.version += 1
    reply.save(update_fields=["state", "handled_by", "handled_at", "version"])
    audit.record(
        "reply.handled", by=actor.user_id, about=reply.youth_id, county=reply.county_id, details={"reply": reply.pk}
    )
    return reply
