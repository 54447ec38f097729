"""Mailings: how far each has come, and which wait to be sent."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from fotfeste.correspondence.enums import ONE_BY_ONE, LetterKind, LetterState, MailingState, Receiver
from fotfeste.correspondence.models import Letter, Mailing


@dataclass(frozen=True, slots=True)
class Progress:
    """How many letters of a mailing stand in each state, without those to people under protection."""

    counts: dict[str, int] = field(default_factory=dict)

    def of(self, *states: LetterState) -> int:
        """Return how many stand in any of these."""
        return sum(self.counts.get(state.value, 0) for state in states)

    @property
    def sent(self) -> int:
        """Those that have gone, also when they came back."""
        return self.of(LetterState.SENT, LetterState.RETURNED)

    @property
    def to_send(self) -> int:
        """Those that have gone or are to go."""
        return self.sent + self.of(LetterState.WAITING, LetterState.HANDED, LetterState.FAILED)


def mailings_of(*, county_id: int) -> list[Mailing]:
    """Return the county's mailings, the newest first; of the days of those that go one by one, only the last."""
    rows = Mailing.objects.filter(county_id=county_id).select_related("prepared_by", "approved_by")
    alone = rows.filter(kind__in=sorted(ONE_BY_ONE))
    found = [*rows.exclude(kind__in=sorted(ONE_BY_ONE))[:50], *alone[:20]]
    return sorted(found, key=lambda each: (each.prepared_at, each.pk), reverse=True)


def own_channel_waiting(*, county_id: int) -> list[tuple[Mailing, int]]:
    """Return the mailings with letters that wait for whoever handles those under protection, and how many."""
    going = Q(state__in=[MailingState.SENDING, MailingState.SENT])
    waiting = Count("letters", filter=Q(letters__state=LetterState.OWN_CHANNEL, letters__receiver=Receiver.YOUTH))
    rows = Mailing.objects.filter(going, county_id=county_id).annotate(waiting=waiting).filter(waiting__gt=0)
    return [(each, each.waiting) for each in rows.order_by("letter_day", "pk")]


def get_mailing_or_404(*, mailing_id: int, county_ids: Iterable[int]) -> Mailing:
    """
    Return a mailing of one of the counties.

    :raises Http404: there is none.
    """
    rows = Mailing.objects.select_related("prepared_by", "approved_by")
    mailing = rows.filter(pk=mailing_id, county_id__in=list(county_ids)).first()
    if mailing is None:
        raise Http404
    return mailing


def progress_of(*, mailing_ids: Iterable[int]) -> dict[int, Progress]:
    """Return how far each mailing has come."""
    ids = list(mailing_ids)
    found = {pk: Progress() for pk in ids}
    rows = Letter.objects.filter(mailing_id__in=ids, is_protected=False).order_by()
    for pk, state, count in rows.values_list("mailing_id", "state").annotate(n=Count("pk")):
        found[pk].counts[state] = count
    return found


def letters_in(*, mailing: Mailing, states: Iterable[LetterState]) -> QuerySet[Letter]:
    """Return the letters of a mailing in some states, by the receiver's name; none to somebody under protection."""
    rows = mailing.letters.filter(state__in=list(states), is_protected=False, youth__protection="none")
    return rows.select_related("youth").order_by("youth__name_key", "pk")


def own_channel_letters(*, mailing: Mailing) -> list[Letter]:
    """Return the letters to those under protection, to whoever may see them."""
    rows = mailing.letters.filter(is_protected=True, receiver=Receiver.YOUTH).select_related("youth")
    return list(rows.order_by("youth__name_key", "pk"))


def protected_since(*, county_id: int) -> list[Letter]:
    """Return the letters, and copies to guardians, of those who have become protected since they were made."""
    rows = Letter.objects.select_for_update(of=("self",)).filter(county_id=county_id, is_protected=False)
    rows = rows.filter(state__in=[LetterState.HANDED, LetterState.SENT]).exclude(youth__protection="none")
    return list(rows.select_related("mailing").order_by("pk"))


def letter_or_none(*, letter_id: int) -> Letter | None:
    """Return a letter, or None when there is none the actor may see."""
    return Letter.objects.select_related("mailing", "youth").filter(pk=letter_id).first()


def has_letter(*, mailing: Mailing, letter_id: int) -> bool:
    """Say whether a letter is of the mailing, and one the actor may see."""
    return mailing.letters.filter(pk=letter_id).exists()


def samples_of(*, mailing: Mailing) -> list[Letter]:
    """
    Return three letters to look at: one to somebody under 18, one in another language, one without an address.

    Where there are none of a sort, others stand in.
    """
    rows = mailing.letters.filter(receiver=Receiver.YOUTH, is_protected=False, youth__protection="none")
    rows = rows.select_related("youth").order_by("pk")
    adult_year = mailing.letter_day.replace(year=mailing.letter_day.year - 18, day=1)
    wanted = (
        rows.filter(youth__born__gte=adult_year).order_by("-youth__born", "pk"),
        rows.exclude(language="nb"),
        rows.filter(state=LetterState.NO_ADDRESS),
        rows,
    )
    found: dict[int, Letter] = {}
    for each in wanted[:3]:
        letter = each.exclude(pk__in=list(found)).first()
        if letter is not None:
            found[letter.pk] = letter
    for letter in rows.exclude(pk__in=list(found))[: 3 - len(found)]:
        found[letter.pk] = letter
    return list(found.values())


def county_of(*, mailing_id: int) -> int | None:
    """Return the county of a mailing that is being sent, None when it is not."""
    rows = Mailing.objects.filter(pk=mailing_id, state=MailingState.SENDING)
    return rows.values_list("county_id", flat=True).first()


def due_to_send(*, on: date) -> list[Mailing]:
    """Return the mailings that are approved and not done, whose day has come."""
    return list(Mailing.objects.filter(state=MailingState.SENDING, letter_day__lte=on).order_by("pk"))


def sent_mailings(*, county_id: int, kind: LetterKind) -> list[Mailing]:
    """Return the mailings of a kind all of whose letters have gone, or that had nobody to go to, the first first."""
    done = [MailingState.SENT, MailingState.NOBODY]
    rows = Mailing.objects.filter(county_id=county_id, kind=kind, state__in=done)
    return list(rows.order_by("finished_at", "pk"))


def answered_of(*, mailing: Mailing) -> tuple[int, int]:
    """Return how many have answered, of how many letters that ask."""
    rows = mailing.letters.filter(receiver=Receiver.YOUTH).exclude(reply_digest="")
    counted = rows.aggregate(asked=Count("pk"), answered=Count("pk", filter=Q(reply__isnull=False)))
    return counted["answered"], counted["asked"]
