"""Contact attempts in the form the contact rule asks for."""

from collections.abc import Mapping
from datetime import date

from fotfeste.casework.enums import AnsweredBy, AttemptResult, Channel
from fotfeste.casework.models import ContactAttempt
from fotfeste.law import contact as law
from fotfeste.people.selectors import age_on

_CHANNELS = {
    Channel.CALL: law.Channel.PHONE,
    Channel.SMS: law.Channel.SMS,
    Channel.EMAIL: law.Channel.EMAIL,
    Channel.LETTER: law.Channel.LETTER,
    Channel.MEETING: law.Channel.MEETING,
    Channel.VISIT: law.Channel.HOME_VISIT,
    Channel.OUTREACH: law.Channel.OUTREACH,
    Channel.MESSAGE: law.Channel.SOCIAL_MEDIA,
    Channel.OTHERS: law.Channel.VIA_OTHERS,
}
_RESULTS = {
    AttemptResult.ANSWERED: law.Result.GOT_CONTACT,
    AttemptResult.NO_ANSWER: law.Result.NO_ANSWER,
    AttemptResult.LEFT_MESSAGE: law.Result.LEFT_MESSAGE,
    AttemptResult.SENT: law.Result.NO_ANSWER,
    AttemptResult.WRONG_NUMBER: law.Result.WRONG_ADDRESS,
    AttemptResult.DECLINED: law.Result.GOT_CONTACT,
}


def as_law_contact(attempt: ContactAttempt, *, born: date) -> law.Contact:
    """Return an attempt as the rule sees it, with the youth's exact age that day."""
    return law.Contact(
        channel=_CHANNELS[Channel(attempt.channel)],
        direction=law.Direction(attempt.direction),
        result=_RESULTS[AttemptResult(attempt.result)],
        answered_by=law.AnsweredBy(attempt.answered_by or law.AnsweredBy.NOBODY.value),
        age=age_on(born=born, day=attempt.on),
        guardian_told=law.GuardianTold(attempt.guardian_told) if attempt.guardian_told else None,
    )


def live_attempts(*, since: Mapping[int, date]) -> dict[int, list[ContactAttempt]]:
    """
    Return of each of some youths the attempts that stand since a day, the oldest first.

    :param since: youth id -> the day.
    """
    found: dict[int, list[ContactAttempt]] = {youth_id: [] for youth_id in since}
    rows = ContactAttempt.objects.filter(
        youth_id__in=since, superseded_at=None, on__gte=min(since.values(), default=date.max)
    )
    for attempt in rows.order_by("on", "pk"):
        if attempt.on >= since[attempt.youth_id]:
            found[attempt.youth_id].append(attempt)
    return found


def last_answered(*, youth_id: int) -> Channel | None:
    """Return how the youth was reached the last time the youth answered; None when that has not happened."""
    rows = ContactAttempt.objects.filter(youth_id=youth_id, superseded_at=None, answered_by=AnsweredBy.YOUTH)
    found = rows.order_by("-on", "-pk").values_list("channel", flat=True).first()
    return Channel(found) if found is not None else None


def reached_on(*, youth_id: int, on: date) -> bool:
    """Say whether real contact with the youth stands on a day."""
    return ContactAttempt.objects.filter(youth_id=youth_id, superseded_at=None, on=on, is_contact=True).exists()
