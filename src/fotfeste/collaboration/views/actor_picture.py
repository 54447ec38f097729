"""Who is around a youth, as a picture: lines from the youth to those who are with or are to be invited."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from fotfeste.collaboration.enums import ActorPart
from fotfeste.collaboration.selectors.actors import ShownActor
from fotfeste.kernel import formats
from fotfeste.kernel.charts import FanChart, Spoke


def picture_of(actors: Iterable[ShownActor], *, name: str) -> FanChart | None:
    """Return the picture, those who are with first; None when nobody is marked as around the youth."""
    drawn = sorted((each for each in actors if each.is_drawn), key=lambda each: each.part != ActorPart.INVOLVED)
    if not drawn:
        return None
    return FanChart(
        title=_("Hvem som er rundt ungdommen"),
        centre=name,
        spokes=[_spoke(each) for each in drawn],
        firm=str(ActorPart.INVOLVED.label),
        broken=str(ActorPart.INVITE.label),
    )


def _spoke(each: ShownActor) -> Spoke:
    since = _("siden %(day)s") % {"day": formats.short_day(each.since)} if each.since else ""
    told = " · ".join(filter(None, (str(ActorPart(each.part).label), since)))
    return Spoke(str(each.body.label), tuple(filter(None, (told, each.contact))), each.part == ActorPart.INVOLVED)
