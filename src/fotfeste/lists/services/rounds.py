"""Freezing an OTUK round: who is on which district's list, as the register knew it at a moment."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste import codes
from fotfeste.access.actor import Actor
from fotfeste.access.services import grants
from fotfeste.access.topics import Ground, Topic
from fotfeste.audit import services as audit
from fotfeste.casework.selectors.unknown import UnknownYouth, unknown_on
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Invalid
from fotfeste.law.working_days import add_working_days
from fotfeste.lists import policies
from fotfeste.lists.models import OtukRound, OtukRow
from fotfeste.organisations.selectors import units
from fotfeste.people.enums import Protection
from fotfeste.people.selectors.dated_facts import addresses_of, contact_details_of
from fotfeste.people.selectors.youths import youths_by_id
from fotfeste.spec import implements

# A target, not a duty: no document says how long the districts have (amb-52).
RESPONSE_WORKING_DAYS = 10
DISTRICT_TOPICS = (Topic.IDENTITY, Topic.CONTACT, Topic.ADDRESS, Topic.LIST_ROW, Topic.FEEDBACK)
NAV_TOPICS = (Topic.IDENTITY, Topic.FEEDBACK)
HIDDEN = frozenset({Protection.CONFIDENTIAL, Protection.STRICTLY_CONFIDENTIAL})


@dataclass(frozen=True, slots=True)
class Frozen:
    """A round that was frozen, and those no district could be found for."""

    round: OtukRound
    rows: int
    without_district: int


@implements("rep-otuk-list", "form-otuk-list", "amb-37", "amb-52")
@transaction.atomic
def freeze_round(*, actor: Actor, county_id: int, on: date, known_at: datetime | None = None) -> Frozen:
    """
    Freeze the county's lists for a day, one for each district, and open the rows to the districts and Nav.

    The same round asked for again is returned as it was frozen. Being on the list is itself confidential, so the row
    holds the minimum of fields and each opening is a grant with the round as its source.

    Source: Oslostandarden § 6.3.1; samarbeidsavtalen § 4.

    :param known_at: the moment whose knowledge counts; now unless given.
    :raises NotAllowed: the actor does not make lists for the county.
    :raises Invalid: the day has not come.
    """
    policies.may_freeze_round(actor=actor, county_id=county_id).require()
    if on > clock.today():
        raise Invalid(_("Listen kan ikke lages for en dag som ikke har vært."))
    already = OtukRound.objects.filter(county_id=county_id, on=on).first()
    if already:
        return Frozen(already, already.rows.count(), 0)
    known_at = known_at or clock.now()
    made = OtukRound.objects.create(
        county_id=county_id,
        on=on,
        known_at=known_at,
        respond_by=add_working_days(on, RESPONSE_WORKING_DAYS),
        frozen_by_id=actor.user_id,
    )
    unknown = unknown_on(county_id=county_id, on=on, known_at=known_at)
    listed = _listed(made, unknown, on)
    OtukRow.objects.bulk_create(row for rows in listed.values() for row in rows)
    _open_to_districts(made, listed)
    audit.record("otuk.frozen", by=actor.user_id, county=county_id, details={"round": made.pk, "rows": len(unknown)})
    placed = sum(map(len, listed.values()))
    return Frozen(made, placed, len(unknown) - placed)


def _listed(made: OtukRound, unknown: list[UnknownYouth], on: date) -> dict[int, list[OtukRow]]:
    """Return the rows by district, numbered by name."""
    ids = [one.youth_id for one in unknown]
    people = youths_by_id(ids)
    phones = {
        detail.youth_id: detail.value for detail in contact_details_of(youth_ids=ids, on=on) if detail.kind == "phone"
    }
    stays: dict[int, Any] = {}
    for address in addresses_of(youth_ids=ids, on=on):
        # Place of stay before registered address (amb-28); "institution" is never sent to a district.
        if address.district_code and (address.kind == "stay" or address.youth_id not in stays):
            stays[address.youth_id] = address if address.kind != "institution" else stays.get(address.youth_id)
    districts = {d.code: d.unit_id for d in units.districts(county_id=made.county_id, on=on)}
    names = units.unit_names({one.holder_id for one in unknown if one.holder_id})
    times = _times_listed(made)
    listed: dict[int, list[OtukRow]] = defaultdict(list)
    for one in sorted(unknown, key=lambda one: people[one.youth_id].name_key if one.youth_id in people else ""):
        youth, address = people.get(one.youth_id), stays.get(one.youth_id)
        district = districts.get(address.district_code) if address else None
        if youth is None or district is None:
            continue
        fields = {
            "name": f"{youth.last_name}, {youth.first_name}",
            "born": youth.born.isoformat(),
            "address": ", ".join(filter(None, (address.street, f"{address.postcode} {address.city}".strip()))),
            "phone": phones.get(one.youth_id, "").removeprefix("+47"),
            "school": names.get(one.holder_id or 0, ""),
            "since": one.since.isoformat(),
            "reason": _reason(one.reason),
            "attempts": one.attempts,
        }
        listed[district].append(
            OtukRow(
                round=made,
                district_id=district,
                youth_id=one.youth_id,
                number=len(listed[district]) + 1,
                fields=fields,
                is_protected=youth.protection in HIDDEN,
                times_listed=times.get(one.youth_id, 0) + 1,
            )
        )
    return listed


def _reason(reason: str) -> str:
    return next((text.name_nb for key, text in codes.reason_texts().items() if key.value == reason), reason)


def _times_listed(made: OtukRound) -> dict[int, int]:
    """Return how many lists in a row each youth has been on, up to the round before this one."""
    before = OtukRound.objects.filter(county_id=made.county_id, on__lt=made.on).order_by("-on").first()
    return dict(before.rows.values_list("youth_id", "times_listed")) if before else {}


def _open_to_districts(made: OtukRound, listed: dict[int, list[OtukRow]]) -> None:
    """Close what the last round opened and open this one, to the district and, by name only, to its Nav office."""
    grants.close_grants(county_id=made.county_id, ground=Ground.OTUK_LIST, before=made.on)
    offices = {d.unit_id: d.nav_office_id for d in units.districts(county_id=made.county_id, on=made.on)}
    wanted = []
    for district, rows in listed.items():
        for row in rows:
            if row.is_protected:
                continue
            wanted += [(row.youth_id, district, topic) for topic in DISTRICT_TOPICS]
            office = offices.get(district)
            wanted += [(row.youth_id, office, topic) for topic in NAV_TOPICS if office]
    grants.open_grants(
        county_id=made.county_id,
        wanted=wanted,
        ground=Ground.OTUK_LIST,
        source=f"otuk-round:{made.pk}",
        first_day=made.on,
    )
