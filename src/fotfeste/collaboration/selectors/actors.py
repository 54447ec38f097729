"""Who is around a youth: the part each has, who to speak to, since when, and whether the youth has let them know."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fotfeste.collaboration import models
from fotfeste.collaboration.enums import SENSITIVE_BODIES, ActorBody, ActorPart
from fotfeste.collaboration.selectors.parties import Surroundings, party_unit
from fotfeste.consent.enums import PartnerKind
from fotfeste.consent.selectors import released_until
from fotfeste.kernel.together import Rows
from fotfeste.spec import implements

#: What the person page reads along with the case.
ACTOR_MAPS = Rows(models.ActorMap, "t.youth_id = ANY (%(youth_ids)s)", "t.id DESC")

#: Bodies that are a unit here: as which party of a routine (selectors.parties).
PARTY: Mapping[ActorBody, str] = {
    ActorBody.SCHOOL: "school",
    ActorBody.FORM_TEACHER: "school",
    ActorBody.DISTRICT: "district",
    ActorBody.NAV: "nav-office",
    ActorBody.NAV_ADVISER: "nav-office",
    ActorBody.NAV_IN_SCHOOL: "nav-office",
    ActorBody.NAV_YOUTH_TEAM: "nav-office",
    ActorBody.APPRENTICESHIP: "apprenticeship-dept",
    ActorBody.ADULT_EDUCATION: "adult-education",
    ActorBody.SERVICE_CENTRE: "vo-service-centre",
}

#: Bodies a release names as a kind of service.
PARTNER: Mapping[ActorBody, PartnerKind] = {
    ActorBody.PPT: PartnerKind.PPT,
    ActorBody.APPRENTICE_GUIDANCE: PartnerKind.APPRENTICE_GUIDANCE,
    ActorBody.TRAINING_COMPANY: PartnerKind.TRAINING_COMPANY,
    ActorBody.TRAINING_OFFICE: PartnerKind.TRAINING_COMPANY,
    ActorBody.EMPLOYER: PartnerKind.EMPLOYER,
    ActorBody.ORGANISER: PartnerKind.ORGANISER,
    ActorBody.TRANSITION: PartnerKind.TRANSITION,
    ActorBody.MINORITY_ADVISER: PartnerKind.MINORITY_ADVISER,
    ActorBody.SOCIAL_WORKER: PartnerKind.SOCIAL_WORKER,
    ActorBody.OUTREACH: PartnerKind.OUTREACH,
    ActorBody.SALTO: PartnerKind.SALTO,
    ActorBody.SCHOOL_HEALTH: PartnerKind.SCHOOL_HEALTH,
    ActorBody.SCHOOL_PSYCHOLOGIST: PartnerKind.SCHOOL_PSYCHOLOGIST,
    ActorBody.IPS_YOUNG: PartnerKind.IPS_YOUNG,
    ActorBody.SPECIALIST_HEALTH: PartnerKind.SPECIALIST_HEALTH,
    ActorBody.DRUG_CONSULTANT: PartnerKind.DRUG_CONSULTANT,
    ActorBody.CHILD_WELFARE: PartnerKind.CHILD_WELFARE,
    ActorBody.CORRECTIONAL: PartnerKind.CORRECTIONAL,
}


@dataclass(frozen=True, slots=True)
class ShownActor:
    """
    Somebody who may be around a youth.

    :ivar part: empty while nobody has said.
    :ivar unit: the unit here that it is, when there is one.
    :ivar is_responsible: whether it is the unit that answers; it needs no release.
    :ivar released_until: the last day the youth lets it know; None without a release.
    """

    body: ActorBody
    part: str = ""
    contact: str = ""
    since: date | None = None
    unit: Any = None
    is_responsible: bool = False
    released_until: date | None = None

    @property
    def is_drawn(self) -> bool:
        """Whether it is in the picture: with, or to be invited."""
        return self.part in {ActorPart.INVOLVED, ActorPart.INVITE}


@implements("map-actors", "rut-rule-actors", "amb-16")
def actors_of(*, person: Iterable[int], around: Surroundings, bodies: Iterable[ActorBody]) -> list[ShownActor]:
    """
    Return how each of some bodies stands around a youth, in the order of the list.

    :param person: all registrations of the same person.
    :param bodies: those the reader may know of.
    """
    ids = list(person)
    marks = standing_marks(person=ids)
    released = released_until(youth_ids=ids, on=around.on)
    found = []
    for body in bodies:
        mark = marks.get(body)
        unit = party_unit(PARTY[body], around) if body in PARTY else None
        keys = [("unit", unit.pk)] if unit is not None else []
        if body in PARTNER:
            keys.append(("partner", PARTNER[body].value))
        found.append(
            ShownActor(
                body=body,
                part=mark.part if mark else "",
                contact=mark.contact if mark else "",
                since=mark.since if mark else None,
                unit=unit,
                is_responsible=unit is not None and unit.pk == around.unit_id,
                released_until=max((released[key] for key in keys if key in released), default=None),
            )
        )
    return found


def standing_marks(*, person: Iterable[int]) -> dict[str, Any]:
    """Return the mark that stands of each body, as far as the reader may see it."""
    ids = list(person)
    found: dict[str, Any] = {}
    for model in (models.ActorMark, models.SensitiveActorMark):
        found |= {mark.body: mark for mark in model.objects.filter(youth_id__in=ids).order_by("actor_map_id")}
    return found


def standing_map(*, person: Iterable[int]) -> models.ActorMap | None:
    """Return the last time somebody went through who is around the youth."""
    rows = models.ActorMap.objects.filter(youth_id__in=list(person)).select_related("by")
    return rows.order_by("-pk").first()


def bodies_known(*, knows_sensitive: bool) -> list[ActorBody]:
    """Return the bodies a reader may know of."""
    return [body for body in ActorBody if knows_sensitive or body not in SENSITIVE_BODIES]
