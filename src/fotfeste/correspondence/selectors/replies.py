"""Answers that wait to be looked into, and letters that came to nothing, at the unit that answers for the youth."""

from collections.abc import Iterable

from django.db.models import Q

from fotfeste.correspondence.enums import LetterState, Receiver, ReplyState
from fotfeste.correspondence.models import Letter, Reply


def waiting_replies(*, unit_ids: Iterable[int], county_ids: Iterable[int] = ()) -> list[Reply]:
    """Return the answers nobody has looked into, the oldest first."""
    rows = Reply.objects.filter(state=ReplyState.WAITING).select_related("youth", "letter__mailing")
    return list(_theirs(rows, unit_ids, county_ids).order_by("answered_at", "pk")[:200])


def letters_to_follow_up(*, unit_ids: Iterable[int], county_ids: Iterable[int] = ()) -> list[Letter]:
    """Return the letters that came back or had no address, of youths who have had none since that went."""
    rows = Letter.objects.filter(
        receiver=Receiver.YOUTH,
        state__in=[LetterState.RETURNED, LetterState.NO_ADDRESS],
        mailing__approved_at__isnull=False,
    ).select_related("youth", "mailing")
    return list(_theirs(rows, unit_ids, county_ids).order_by("-mailing__prepared_at", "youth__name_key", "pk")[:200])


def _theirs(rows, unit_ids, county_ids):  # type: ignore[no-untyped-def]
    return rows.filter(Q(unit_id__in=list(unit_ids)) | Q(county_id__in=list(county_ids)))


def letters_of(*, youth_ids: Iterable[int]) -> list[Letter]:
    """Return the letters to a youth that somebody has approved, the newest first, with what was answered."""
    rows = Letter.objects.filter(youth_id__in=list(youth_ids), mailing__approved_at__isnull=False)
    return list(rows.select_related("mailing", "reply").order_by("-mailing__approved_at", "receiver", "pk"))
