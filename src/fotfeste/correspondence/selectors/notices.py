"""Notices that were sent, and to whom one could be."""

from collections.abc import Iterable
from datetime import date

from fotfeste.correspondence.enums import NoticeKind
from fotfeste.correspondence.models import Notice
from fotfeste.organisations.selectors.contacts import contacts_on


def latest_notices(*, kind: NoticeKind, unit_ids: Iterable[int], since: date) -> dict[int, Notice]:
    """Return the newest notice of a kind to each of the units since a day."""
    rows = Notice.objects.filter(kind=kind, unit_id__in=list(unit_ids), on__gte=since).select_related("asked_by")
    return {notice.unit_id: notice for notice in rows.order_by("unit_id", "-on", "-pk").distinct("unit_id")}


def addresses_of(*, unit_ids: Iterable[int], on: date) -> dict[int, list[tuple[str, str]]]:
    """Return whom one can write to at each unit on a day: (name, address) of the named contacts that have one."""
    named = contacts_on(unit_ids=unit_ids, on=on)
    return {
        unit_id: [(contact.name, contact.email) for contact in contacts if contact.email]
        for unit_id, contacts in named.items()
    }
