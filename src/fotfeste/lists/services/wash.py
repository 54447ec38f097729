"""Washing a district's list with its Nav office: opened, answered, told what is missing, closed."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.casework.services.feedback import NAV_ANSWERS, Said
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import EditConflict, Invalid
from fotfeste.kernel.jobs import ask_for
from fotfeste.kernel.seen import must_be_as_seen
from fotfeste.lists import policies
from fotfeste.lists.enums import WashChannel
from fotfeste.lists.models import OtukRound, WashSession
from fotfeste.lists.selectors import otuk, wash
from fotfeste.lists.services.answers import answer_rows
from fotfeste.lists.services.reviews import REVIEW_JOB
from fotfeste.spec import implements

MOST_MISSING = 999


@implements("rut-wash-session-s01")
@transaction.atomic
def open_wash(*, actor: Actor, made: OtukRound, district_id: int) -> WashSession:
    """
    Open the wash of a district's list with its Nav office. Asked for again, the one that is open is returned.

    What Nav has answered already counts: its answers are read where they stand.

    Source: AFI 2015 kap. 3.1; samarbeidsavtalen kap. 4 (OT-kontakt i bydel).

    :raises NotAllowed: the actor neither answers for the district nor makes the county's lists.
    :raises Invalid: the round is over, nobody stands on the list, or the district has no Nav office.
    """
    policies.may_open_wash(actor=actor, county_id=made.county_id, district_id=district_id).require()
    OtukRound.objects.select_for_update().get(pk=made.pk)
    _must_be_out(made)
    already = wash.session_of(made=made, district_id=district_id)
    if already is not None:
        return already
    if not otuk.counts_of(made=made).get(district_id, (0, 0))[0]:
        raise Invalid(_("Ingen står på listen."))
    office_id = wash.office_of(district_id=district_id, made=made)
    if office_id is None:
        raise Invalid(_("Det er ikke registrert hvilket Nav-kontor bydelen har."))
    session = WashSession.objects.create(
        county_id=made.county_id,
        round=made,
        district_id=district_id,
        office_id=office_id,
        opened_by_id=actor.user_id,
        opened_at=clock.now(),
    )
    _log("wash.opened", actor, session)
    return session


@implements("rut-wash-session-s02", "rule-wash-answer")
@transaction.atomic
def record_answers(
    *, actor: Actor, session_id: int, answers: Mapping[int, str], how: WashChannel = WashChannel.FILE
) -> int:
    """
    Record Nav's answers about several youths on a washed list at once: all of them, or none.

    The same answers recorded again change nothing, and an answer that stands is never replaced by another one here.
    Each becomes Nav's message to the administration, as when it is given on the screen.

    :param answers: youth -> one of the three lawful answers. A match of Nav's own register with the list may say
        "taken care of" of those it found, and nothing of the others.
    :param how: where the answers come from.
    :returns: how many were new.
    :raises NotAllowed: the actor does not answer for the Nav office.
    :raises Invalid: the wash is over, or something in the answers cannot be; nothing is then recorded.
    """
    session = lock_open_wash(session_id)
    policies.may_answer_wash(actor=actor, office_id=session.office_id).require()
    asked = asked_of(session)
    if not set(answers) <= asked or not set(answers.values()) <= NAV_ANSWERS:
        raise Invalid(_("Svarene gjelder noen som ikke står på listen, eller er ikke blant de tre."))
    stand = {youth: each for youth, each in wash.office_answers(session, answers).items() if each.stands}
    if any(stand[youth].category != said for youth, said in answers.items() if youth in stand):
        raise Invalid(_("Noen er besvart på en annen måte. Svar om dem på skjermen."))
    new = {youth: said for youth, said in answers.items() if youth not in stand}
    if new:
        told = {youth_id: Said(category=said, on=clock.today()) for youth_id, said in new.items()}
        answer_rows(actor=actor, made=session.round, unit_id=session.office_id, said=told).all_or_none()
        _log("wash.answered", actor, session, answers=len(new), how=how.value)
    return len(new)


@implements("wash-missing-in-list", "rut-wash-session-s03")
@transaction.atomic
def say_missing(*, actor: Actor, session_id: int, number: int, version: int | None = None) -> WashSession:
    """
    Say how many Nav knows of, in the age group, who are not on the list. A number, and no names.

    A name is told by the notice of somebody the register may not know, when the youth has said yes to it.

    Source: AFI 2015 kap. 3.1; Nav-loven § 7.

    :param version: of the wash the user was shown; None for a job.
    :raises NotAllowed: the actor does not answer for the Nav office.
    :raises EditConflict: a colleague has said another number in between.
    :raises Invalid: the wash is over, or it is no such number.
    """
    session = lock_open_wash(session_id)
    policies.may_answer_wash(actor=actor, office_id=session.office_id).require()
    if not 0 <= number <= MOST_MISSING:
        raise Invalid(_("Skriv et antall fra 0 til 999."))
    _must_be_seen(session, version, yours={_("Mangler på listen"): str(number)})
    session.missing, session.missing_by_id, session.missing_at = number, actor.user_id, clock.now()
    _save(session, "missing", "missing_by", "missing_at")
    _log("wash.missing", actor, session, missing=number)
    return session


@implements("avt-dc-review-lists")
@transaction.atomic
def close_wash(*, actor: Actor, session_id: int) -> WashSession:
    """
    Say that the list has been gone through with Nav; how many were left without an answer is kept.

    :raises NotAllowed: the actor neither answers for the district nor makes the county's lists.
    :raises EditConflict: a colleague has closed it in between.
    :raises Invalid: there is none the actor takes part in, or somebody must be taken on and nobody is agreed.
    """
    session = lock_wash(session_id)
    policies.may_open_wash(actor=actor, county_id=session.county_id, district_id=session.district_id).require()
    if session.closed_at is not None:
        raise EditConflict(
            _("En kollega har avsluttet gjennomgangen. Ingenting er endret."),
            theirs={_("Avsluttet av"): session.closed_by.name},  # type: ignore[union-attr]
            yours={_("Avsluttet av"): _("Deg")},
        )
    found = wash.wash_of(session)
    if found.without_owner:
        raise Invalid(_("Avtal først hvem som tar neste steg med dem Nav ikke har ivaretatt, og dem som har flyttet."))
    session.closed_at, session.closed_by_id, session.unanswered = clock.now(), actor.user_id, found.left
    _save(session, "closed_at", "closed_by", "unanswered")
    _log("wash.closed", actor, session, unanswered=found.left)
    return session


def asked_of(session: WashSession) -> set[int]:
    """Return the youths on the washed list, as whoever makes the lists sees them: Nav reads no row of the list."""
    with otuk.as_list_maker(session.county_id):
        return {row.youth_id for row in otuk.rows_of(made=session.round, unit_id=session.district_id)}


def lock_wash(session_id: int) -> WashSession:
    """
    Return a wash, locked.

    :raises Invalid: there is none the actor takes part in.
    """
    locked = WashSession.objects.select_for_update(of=("self",)).filter(pk=session_id).first()
    session = wash.session_or_none(session_id=session_id) if locked is not None else None
    if session is None:
        raise Invalid(_("Gjennomgangen finnes ikke, eller du har ikke tilgang."))
    return session


def _must_be_out(made: OtukRound) -> None:
    current = otuk.current_round(county_id=made.county_id)
    if current is None or current.pk != made.pk:
        raise Invalid(_("Det er laget en nyere liste. Denne er lukket."))


def lock_open_wash(session_id: int) -> WashSession:
    """
    Return a wash that goes on, locked.

    :raises Invalid: there is none the actor takes part in, or it is over.
    """
    session = lock_wash(session_id)
    _must_be_out(session.round)
    if session.closed_at is not None:
        raise Invalid(_("Gjennomgangen er avsluttet."))
    return session


def _must_be_seen(session: WashSession, version: int | None, *, yours: dict[str, str]) -> None:
    must_be_as_seen(
        version,
        session.version,
        _("En kollega har meldt et annet antall. Ingenting er lagret."),
        theirs={
            _("Mangler på listen"): str(session.missing) if session.missing is not None else _("Ikke meldt"),
            _("Meldt"): formats.moment(session.missing_at) if session.missing_at else "",
        },
        yours=yours,
    )


def _save(session: WashSession, *fields: str) -> None:
    session.version += 1
    session.save(update_fields=[*fields, "version"])


def _log(verb: str, actor: Actor, session: WashSession, **told: object) -> None:
    """Log an act of a wash, with nothing of anybody, and let the routine see it."""
    details = {"wash": session.pk, "round": session.round_id, "district": session.district_id, **told}
    audit.record(verb, by=actor.user_id, county=session.county_id, details=details)
    ask_for(REVIEW_JOB, once=str(session.county_id), county_id=session.county_id)
