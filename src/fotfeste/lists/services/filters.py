"""A user's own filters of the worklist, and those shared at a unit: choices under a name, never names of people."""

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Invalid
from fotfeste.lists import policies
from fotfeste.lists.models import ListLook, SavedFilter

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
    _stop_sharing_where_left(actor)
    kept, _is_new = SavedFilter.objects.update_or_create(user_id=actor.user_id, name=shown, defaults={"query": query})
    return kept


@transaction.atomic
def delete_filter(*, actor: Actor, filter_id: int) -> str:
    """
    Delete a filter and return its name.

    :raises Invalid: the actor sees no such filter.
    :raises NotAllowed: the actor neither owns it nor leads the unit it is shared at.
    """
    kept = SavedFilter.objects.select_for_update().filter(pk=filter_id).first()
    if kept is None:
        raise Invalid(_("Filteret finnes ikke lenger."))
    policies.may_delete_filter(actor=actor, kept=kept).require()
    kept.delete()
    return kept.name


@transaction.atomic
def share_filter(*, actor: Actor, filter_id: int) -> SavedFilter:
    """
    Let the colleagues at the actor's unit use one of the actor's own filters.

    :raises Invalid: the actor has no such filter, or no unit.
    """
    kept = _own(actor, filter_id)
    if actor.unit_id is None:
        raise Invalid(_("Du har ingen enhet å dele det med."))
    kept.shared_with_id = actor.unit_id
    kept.save(update_fields=["shared_with"])
    return kept


@transaction.atomic
def stop_sharing(*, actor: Actor, filter_id: int) -> SavedFilter:
    """
    Let one of the actor's own filters be the actor's alone again.

    :raises Invalid: the actor has no such filter.
    """
    kept = _own(actor, filter_id)
    kept.shared_with_id = None
    kept.save(update_fields=["shared_with"])
    return kept


@transaction.atomic
def look_through(*, actor: Actor) -> None:
    """Keep that the actor has now looked through the worklist: what comes from here on is new."""
    ListLook.objects.update_or_create(user_id=actor.user_id, defaults={"looked_at": clock.now()})


def _own(actor: Actor, filter_id: int) -> SavedFilter:
    kept = SavedFilter.objects.select_for_update().filter(pk=filter_id, user_id=actor.user_id).first()
    if kept is None:
        raise Invalid(_("Filteret finnes ikke lenger."))
    return kept


def _stop_sharing_where_left(actor: Actor) -> None:
    """Let nothing the actor keeps from now on reach a unit the actor no longer works at."""
    mine = SavedFilter.objects.filter(user_id=actor.user_id, shared_with__isnull=False)
    mine.exclude(shared_with_id__in=actor.unit_ids).update(shared_with=None)
