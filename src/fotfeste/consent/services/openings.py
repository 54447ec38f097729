"""What a release opens: to each unit it names, the topics it names, while it holds."""

from collections.abc import Iterable, Iterator
from datetime import date

from fotfeste.access.services import grants
from fotfeste.access.topics import Ground, Topic
from fotfeste.consent.enums import Answer
from fotfeste.consent.models import Release, ReleaseBody


def openings_of(release: Release, bodies: Iterable[ReleaseBody]) -> Iterator[grants.Opening]:
    """Tell what one release opens. A partner without users here is opened nothing; a no opens nothing."""
    if release.answer == Answer.NO or release.withdrawn_at is not None:
        return
    for each in bodies:
        if each.body is not None:
            yield grants.Opening(
                release.youth_id,
                Ground.RELEASE,
                release.source,
                release.first_day,
                release.last_day,
                unit_id=each.body.pk,
                unit_kind=each.body.kind,
                topics=frozenset({Topic.IDENTITY, Topic.CONSENT, *map(Topic, each.topics)}),
            )


def openings_on(day: date) -> Iterator[grants.Opening]:
    """Tell what all releases that hold on a day open, as far as the actor may see them."""
    holding = Release.objects.filter(first_day__lte=day, last_day__gte=day, withdrawn_at=None).exclude(answer=Answer.NO)
    for release in holding.order_by("pk").prefetch_related("bodies__body"):
        yield from openings_of(release, release.bodies.all())
