"""To whom letters of a kind go, by rule; nobody is written to twice about the same."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from fotfeste.casework.selectors import receivers as casework
from fotfeste.correspondence.enums import NEVER_CAME, LetterKind, LetterState, MailingState, Receiver
from fotfeste.correspondence.models import Letter, Mailing
from fotfeste.correspondence.texts import ASKS_FOR_ANSWER

#: How long one waits for an answer before somebody is reminded of it. Source: eForvaltningsforskriften § 8 (one week).
WEEK = timedelta(days=7)


def receivers_of(*, county_id: int, kind: LetterKind, school_year: int | None, on: date) -> list[int]:
    """Return the youths a mailing of a kind is for who have not got one, or are about to."""
    if kind is LetterKind.NON_APPLICANT:
        wanted = casework.non_applicants(county_id=county_id, school_year=school_year or 0)
    elif kind is LetterKind.RIGHTS:
        wanted = casework.registered_now(county_id=county_id)
    elif kind is LetterKind.REMINDER:
        wanted = _unanswered(county_id, school_year, on)
    else:
        wanted = []
    have = set(_written_to(county_id, kind, school_year))
    return [youth_id for youth_id in wanted if youth_id not in have]


def _written_to(county_id: int, kind: LetterKind, school_year: int | None) -> list[int]:
    rows = Letter.objects.filter(
        mailing__county_id=county_id, mailing__kind=kind, mailing__school_year=school_year, receiver=Receiver.YOUTH
    )
    rows = rows.exclude(mailing__state=MailingState.WITHDRAWN)
    return list(rows.exclude(state__in=NEVER_CAME).values_list("youth_id", flat=True))


def tried_in_vain(*, county_id: int, kind: LetterKind, school_year: int | None) -> dict[int, datetime]:
    """Return when somebody was last written to of those a letter never reached; worth trying with a newer address."""
    rows = Letter.objects.filter(
        mailing__county_id=county_id,
        mailing__kind=kind,
        mailing__school_year=school_year,
        receiver=Receiver.YOUTH,
        state__in=[LetterState.NO_ADDRESS, LetterState.RETURNED],
    ).exclude(mailing__state=MailingState.WITHDRAWN)
    return dict(rows.order_by("mailing__prepared_at").values_list("youth_id", "mailing__prepared_at"))


def _unanswered(county_id: int, school_year: int | None, on: date) -> list[int]:
    """Return who was asked for an answer a week ago or more, and has not given one. What came back was not asked."""
    rows = Letter.objects.filter(
        mailing__county_id=county_id,
        mailing__kind__in=sorted(ASKS_FOR_ANSWER - {LetterKind.REMINDER}),
        mailing__school_year=school_year,
        receiver=Receiver.YOUTH,
        state=LetterState.SENT,
        sent_at__date__lte=on - WEEK,
        reply=None,
    )
    return sorted(set(rows.values_list("youth_id", flat=True)))


def asked_years(*, county_id: int) -> list[int]:
    """Return the school years whose letters that ask for an answer have gone, with no reminder waiting or withdrawn."""
    rows = Mailing.objects.filter(county_id=county_id, kind__in=sorted(ASKS_FOR_ANSWER), school_year__isnull=False)
    waiting = rows.filter(
        kind=LetterKind.REMINDER, state__in=[MailingState.PREPARED, MailingState.SENDING, MailingState.WITHDRAWN]
    )
    asked = rows.exclude(kind=LetterKind.REMINDER).filter(state=MailingState.SENT)
    left = set(asked.values_list("school_year", flat=True)) - set(waiting.values_list("school_year", flat=True))
    return sorted(year for year in left if year is not None)


def who_answered(*, youth_ids: Iterable[int], school_year: int | None) -> set[int]:
    """Return those of some youths who have answered a letter about a school year."""
    rows = Letter.objects.filter(youth_id__in=list(youth_ids), mailing__school_year=school_year, reply__isnull=False)
    return set(rows.values_list("youth_id", flat=True))
