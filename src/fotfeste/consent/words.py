"""Topics in the words a youth is asked with."""

from collections.abc import Iterable

from django.utils.translation import pgettext_lazy

from fotfeste.access.topics import Topic
from fotfeste.consent.enums import RELEASABLE

_WORDS = dict(RELEASABLE)
_SHORT = {
    Topic.CONTACT: pgettext_lazy("samtykke", "kontakt"),
    Topic.STATUS: pgettext_lazy("samtykke", "status"),
    Topic.EDUCATION: pgettext_lazy("samtykke", "skole"),
    Topic.MAPPING: pgettext_lazy("samtykke", "kartlegging"),
    Topic.PLAN: pgettext_lazy("samtykke", "plan"),
    Topic.MEETINGS: pgettext_lazy("samtykke", "møter"),
    Topic.MEASURES: pgettext_lazy("samtykke", "tiltak"),
    Topic.NAV_STATE: pgettext_lazy("samtykke", "Nav-oppfølging"),
    Topic.ECONOMY: pgettext_lazy("samtykke", "økonomi"),
    Topic.HEALTH: pgettext_lazy("samtykke", "helse"),
    Topic.JOURNAL: pgettext_lazy("samtykke", "journal"),
}


def topic_words(topics: Iterable[Topic]) -> list[str]:
    """Return what the youth is told a topic is."""
    return [str(_WORDS[topic]) for topic in topics]


def short_words(topics: Iterable[Topic]) -> list[str]:
    """Return the same in a word each, for a chip."""
    return [str(_SHORT[topic]) for topic in topics]
