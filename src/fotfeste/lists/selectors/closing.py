"""The OTUK lists and their answers, as evidence that closes events of the year."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.utils.translation import gettext_noop

from fotfeste.annualwheel.selectors.closing import Answer, Asked, closes, day_of
from fotfeste.casework.selectors.answers import standing_answers
from fotfeste.law.wheel_days import LISTS
from fotfeste.lists.models import OtukRound
from fotfeste.lists.selectors.otuk import time_until


@closes(*LISTS, by=gettext_noop("OTUK-runden er laget, og listene er åpnet for bydelene."))
def _list_made(asked: Asked) -> Iterator[Answer]:
    yield from asked.first_within(made.on for made in _rounds(asked))


@closes("dl-list-review", by=gettext_noop("Bydelen har svart for hver ungdom på listen."))
def _list_reviewed(asked: Asked) -> Iterator[Answer]:
    """Answer for each district that stands with somebody on the list of the time; a list of nobody is gone through."""
    rounds = _rounds(asked)
    for time in asked.times:
        made = next((each for each in rounds if time.opens <= each.on <= time.closes), None)
        if made is not None:
            reviewed = _reviewed(made, next((each for each in rounds if each.on > made.on), None))
            for unit_id, name, done_on in reviewed:
                yield Answer(time.due, done_on, unit_id, name)
            if not reviewed:
                yield Answer(time.due, made.on)


def _rounds(asked: Asked) -> list[OtukRound]:
    """Return the county's rounds, the first made first; read once for all events that ask."""
    rows = OtukRound.objects.filter(county_id=asked.county_id)
    return asked.once("rounds", lambda: list(rows.order_by("on")))


def _reviewed(made: OtukRound, following: OtukRound | None) -> list[tuple[int, str, date | None]]:
    """Return the districts of a round, and when each had answered about everybody on its list."""
    since, before = time_until(made, following)
    mine = standing_answers(since=since, before=before).filter(
        youth_id=OuterRef("youth_id"), from_unit_id=OuterRef("district_id")
    )
    rows = made.rows.filter(is_protected=False, youth__protection="none")
    answered = rows.annotate(answered_at=Subquery(mine.order_by("sent_at").values("sent_at")[:1]))
    counted = (
        answered.values("district_id", "district__name")
        .annotate(of=Count("pk"), done=Count("pk", filter=Q(answered_at__isnull=False)), last=Max("answered_at"))
        .order_by("district_id")
    )
    found = [
        (row["district_id"], row["district__name"], day_of(row["last"]) if row["done"] == row["of"] else None)
        for row in counted
    ]
    return sorted(found, key=lambda row: row[1])
