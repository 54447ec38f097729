"""Who answers for a youth at the responsible unit: chosen there, for one or many, and taken back."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.casework import policies
from fotfeste.casework.enums import CounsellorGround
from fotfeste.casework.models import CounsellorPeriod, Registration
from fotfeste.casework.selectors.counsellors import names_to_choose
from fotfeste.casework.services.counsellor_periods import open_period, write_period
from fotfeste.casework.services.locking import check_version, lock_open_registration
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, IllegalTransition, Invalid
from fotfeste.kernel.seen import each_by_itself


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What came of a choice for many: youth and period written for each, and for each of the others why not."""

    done: tuple[tuple[int, int], ...]
    refused: tuple[tuple[int, str], ...]


@transaction.atomic
def assign_counsellor(
    *, actor: Actor, youth_id: int, counsellor_id: int | None, version: int | None
) -> CounsellorPeriod:
    """
    Let somebody at the responsible unit answer for the youth from today on, or nobody.

    A youth somebody answers for is moved at once only by the leader, or by whoever takes it upon themselves; otherwise
    it is offered (docs/adr/0060).

    :param counsellor_id: who; None when nobody is to.
    :param version: of the registration the user was shown; None for a job.
    :raises NotAllowed: the actor does not work at the unit, or the youth is to be offered.
    :raises EditConflict: somebody has changed the case in between.
    :raises IllegalTransition: that person answers already.
    :raises Invalid: the person does not follow up youths at the unit.
    """
    registration = _lock(actor, youth_id)
    names = dict(names_to_choose(unit_ids=[registration.unit_id], on=clock.today()))
    name = _name_of(counsellor_id, names)
    check_version(registration, version, yours={_("Ansvarlig person"): name})
    if registration.counsellor_id == counsellor_id:
        raise IllegalTransition(
            _("{name} er allerede ansvarlig person.").format(name=name)
            if counsellor_id
            else _("Ingen er ansvarlig person fra før.")
        )
    now_id = registration.counsellor_id
    policies.may_change_counsellor(
        actor=actor,
        unit_id=registration.unit_id,
        now_id=now_id,
        to_id=counsellor_id,
        now_is_gone=now_id not in names,
    ).require()
    return _write(actor, registration, counsellor_id, CounsellorGround.CHOSEN)


def lock_for_offer(*, actor: Actor, youth_id: int, to_id: int, version: int | None) -> Registration:
    """
    Return the case of a youth that may be offered to a colleague at the responsible unit, locked.

    :param version: of the registration the user was shown; None for a job.
    :raises NotAllowed: the actor neither answers for the youth nor leads the unit.
    :raises EditConflict: somebody has changed the case in between.
    :raises Invalid: nobody answers for the youth, or the colleague does not follow up youths there, or does so already.
    """
    registration = _lock(actor, youth_id)
    now_id = registration.counsellor_id
    if now_id is None:
        raise Invalid(_("Ingen svarer for ungdommen ennå. Velg ansvarlig person i stedet."))
    policies.may_offer_counsellor(actor=actor, unit_id=registration.unit_id, now_id=now_id).require()
    name = _name_of(to_id, dict(names_to_choose(unit_ids=[registration.unit_id], on=clock.today())))
    check_version(registration, version, yours={_("Ansvarlig person"): name})
    if to_id == now_id:
        raise Invalid(_("{name} er allerede ansvarlig person.").format(name=name))
    return registration


@transaction.atomic
def take_on(*, actor: Actor, youth_id: int, from_id: int) -> CounsellorPeriod:
    """
    Let the actor answer for the youth from today on, whom a colleague offered it and who has said yes.

    Called by whoever keeps the offer and has asked whether the actor may answer it.

    :raises IllegalTransition: whoever offered it answers for the youth no more.
    :raises Invalid: the youth is not registered, or the actor does not follow up youths at the unit.
    """
    registration = _lock(actor, youth_id)
    if registration.counsellor_id != from_id:
        raise IllegalTransition(_("Den som tilbød ungdommen, svarer ikke for den lenger."))
    _name_of(actor.user_id, dict(names_to_choose(unit_ids=[registration.unit_id], on=clock.today())))
    return _write(actor, registration, actor.user_id, CounsellorGround.TAKEN_ON)


def assign_many(*, actor: Actor, items: Iterable[tuple[int, int | None]], counsellor_id: int | None) -> BulkResult:
    """
    Choose the same person for many. Each is authorised and checked by itself; one refused does not stop the others.

    :param items: youth id and the version of its registration that the user was shown.
    """

    def assign(item: tuple[int, int | None]) -> int:
        youth_id, version = item
        made = assign_counsellor(actor=actor, youth_id=youth_id, counsellor_id=counsellor_id, version=version)
        return int(made.pk)

    done, refused = each_by_itself(list(items), assign)
    return BulkResult(
        tuple((youth_id, pk) for (youth_id, _version), pk in done),
        tuple((youth_id, why) for (youth_id, _version), why in refused),
    )


@transaction.atomic
def undo_choice(*, actor: Actor, youth_id: int, period_id: int) -> CounsellorPeriod:
    """
    Take back a choice made today: whoever answered before answers again, as if nothing had been chosen.

    :raises NotAllowed: the actor does not work at the unit.
    :raises EditConflict: somebody has chosen otherwise since, or taken it back.
    :raises IllegalTransition: it is not from today.
    :raises Invalid: there is no such choice the actor may see, or who answered before no longer works there.
    """
    registration = _lock(actor, youth_id)
    period = CounsellorPeriod.objects.filter(pk=period_id, youth_id=youth_id).select_related("replaces").first()
    if period is None:
        raise Invalid(_("Valget finnes ikke, eller du har ikke tilgang."))
    now_open = open_period(youth_id=youth_id)
    if now_open is None or now_open.pk != period.pk:
        raise EditConflict(
            _("Noen har valgt en annen ansvarlig person siden. Ingenting er endret."),
            theirs={_("Ansvarlig person"): _person(registration.counsellor_id)},
            yours={_("Ansvarlig person"): _person(period.replaces.counsellor_id if period.replaces else None)},
            about=youth_id,
        )
    if period.ground != CounsellorGround.CHOSEN or period.first_day != clock.today():
        raise IllegalTransition(_("Det er for sent å angre. Velg ansvarlig person på nytt."))
    before_id = period.replaces.counsellor_id if period.replaces else None
    _name_of(before_id, dict(names_to_choose(unit_ids=[registration.unit_id], on=clock.today())))
    return _write(actor, registration, before_id, CounsellorGround.UNDONE)


def _lock(actor: Actor, youth_id: int) -> Registration:
    registration = lock_open_registration(youth_id=youth_id)
    if registration is None:
        raise Invalid(_("Ungdommen er ikke tilmeldt, eller du har ikke tilgang."))
    policies.may_assign_counsellor(actor=actor, unit_id=registration.unit_id).require()
    return registration


def _name_of(counsellor_id: int | None, names: dict[int, str]) -> str:
    if counsellor_id is None:
        return _("Ingen")
    if counsellor_id not in names:
        person = _person(counsellor_id) or _("Personen")
        raise Invalid(_("{name} følger ikke opp ungdommer ved enheten som har ansvaret.").format(name=person))
    return names[counsellor_id]


def _person(user_id: int | None) -> str:
    return access.user_names({user_id}).get(user_id, "") if user_id else _("Ingen")


def _write(
    actor: Actor, registration: Registration, counsellor_id: int | None, ground: CounsellorGround
) -> CounsellorPeriod:
    today = clock.today()
    period = write_period(
        youth_id=registration.youth_id,
        unit_id=registration.unit_id,
        counsellor_id=counsellor_id,
        first_day=max(today, registration.first_day),
        ground=ground,
        by=actor.user_id,
    )
    Registration.objects.filter(pk=registration.pk).update(counsellor_id=counsellor_id, version=F("version") + 1)
    audit.record(
        "counsellor.undone" if ground is CounsellorGround.UNDONE else "counsellor.assigned",
        by=actor.user_id,
        about=registration.youth_id,
        county=registration.county_id,
        details={"to": counsellor_id, "from": registration.counsellor_id},
    )
    return period
