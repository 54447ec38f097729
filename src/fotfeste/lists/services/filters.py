"""A user's own filters of the worklist: choices under a name, never names of people."""

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.kernel.errors import Invalid
from fotfeste.lists.models import SavedFilter

MOST = 12


@transaction.atomic
def save_filter(*, actor: Actor, name: str, query: dict[str, str]) -> SavedFilter:
    """
    Keep the choices under a name; those kept under the same name before are replaced.

    :param query: the choices as the worklist's form reads them.
    :raises Invalid: no name, nothing chosen, or there are too many filters to be of help.
    """
    shown = " ".join(name.split())
    if not shown:
        raise Invalid(_("Gi filteret et navn."))
    if not query:
        raise Invalid(_("Velg noe å filtrere på først."))
    mine = SavedFilter.objects.filter(user_id=actor.user_id)
    if not mine.filter(name=shown).exists() and mine.count() >= MOST:
        raise Invalid(_("Du har {count} lagrede filtre. Slett ett du ikke bruker, først.").format(count=MOST))
    kept, _is_new = SavedFilter.objects.update_or_create(user_id=actor.user_id, name=shown, defaults={"query": query})
    return kept


@transaction.atomic
def delete_filter(*, actor: Actor, filter_id: int) -> str:
    """
    Delete one of the actor's own filters and return its name.

    :raises Invalid: the actor has no such filter.
    """
    kept = SavedFilter.objects.filter(pk=filter_id, user_id=actor.user_id).first()
    if kept is None:
        raise Invalid(_("Filteret finnes ikke lenger."))
    kept.delete()
    return kept.name
