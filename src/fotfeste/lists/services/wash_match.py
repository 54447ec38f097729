"""Asking Nav's own register about a washed list, and recording of whom it answers that they are taken care of."""

import json
from dataclasses import dataclass
from random import SystemRandom

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.access.sharing import SharingRule
from fotfeste.audit import services as audit
from fotfeste.casework.enums import FeedbackCategory
from fotfeste.kernel import clock, opaque
from fotfeste.kernel.errors import Invalid
from fotfeste.lists import policies
from fotfeste.lists.enums import WashChannel
from fotfeste.lists.matching import MOST_ASKED, Matching
from fotfeste.lists.matching.files import FileKind, MatchFile, new_ticket
from fotfeste.lists.models import WashSession
from fotfeste.lists.selectors import wash
from fotfeste.lists.services.wash import MOST_MISSING, lock_open_wash, record_answers, say_missing
from fotfeste.people.enums import IdKind
from fotfeste.people.selectors.youths import youths_by_id
from fotfeste.spec import implements


@dataclass(frozen=True, slots=True)
class Question:
    """
    A question to Nav, as two files.

    :ivar asked: how many it is about. ``left_out`` of those on the list have no number to ask by.
    """

    file: MatchFile
    key: MatchFile
    asked: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Matched:
    """
    What came of an answer.

    :ivar found: how many of those asked about Nav has. ``new`` of them had no answer, ``otherwise`` another one.
    :ivar missing: how many of Nav's are not among them; None when Nav's numbers were not those of the district alone.
    """

    asked: int
    found: int
    new: int
    otherwise: int
    missing: int | None


@implements("rut-wash-session-s02", "amb-37")
@transaction.atomic
def ask_match(*, actor: Actor, session_id: int, by: Matching) -> Question:
    """
    Ask which of those on a washed list Nav takes care of. A question asked before is answered no more.

    Who is asked about is who Nav is shown on its screen, in an order nobody can foresee, and goes by number alone.

    Source: the sharing rule by which Nav is asked (amb-37); AFI 2015 kap. 3.1.

    :raises NotAllowed: the actor neither answers for the district nor makes the county's lists.
    :raises Invalid: the wash is over, no rule lets Nav be asked, or nobody on the list has a number to ask by.
    """
    session = lock_open_wash(session_id)
    policies.may_open_wash(actor=actor, county_id=session.county_id, district_id=session.district_id).require()
    basis = _basis(session)
    numbers, left_out = _numbers(session)
    if not numbers:
        raise Invalid(_("Ingen på listen har et identitetsnummer å spørre med."))
    order = list(numbers)
    SystemRandom().shuffle(order)
    ticket = new_ticket()
    asked = by.ask([numbers[youth_id] for youth_id in order], ticket=bytes.fromhex(ticket))
    session.match_ticket, session.match_asked_by_id, session.match_asked_at = ticket, actor.user_id, clock.now()
    session.save(update_fields=["match_ticket", "match_asked_by", "match_asked_at"])
    _log("wash.match_asked", actor, session, by, basis, youths=order, asked=len(order), left_out=left_out)
    told = {
        "asked": len(order),
        "list_on": session.round.on.isoformat(),
        "district": session.district.name,
        "office": session.office.name,
        "asked_by": actor.name,
        "basis": ", ".join(source.citation for source in basis.sources),
    }
    kept = json.dumps({"key": asked.key.hex(), "youths": [opaque.encode(each) for each in order]}).encode()
    return Question(
        MatchFile(FileKind.QUESTION, by.name, ticket, told, asked.body),
        MatchFile(FileKind.KEY, by.name, ticket, {"asked": len(order)}, kept),
        len(order),
        left_out,
    )


@implements("rut-wash-session-s02", "rut-wash-session-s03", "rule-wash-answer", "wash-missing-in-list")
@transaction.atomic
def take_in_match(*, actor: Actor, session_id: int, key: MatchFile, answer: MatchFile, by: Matching) -> Matched:
    """
    Record "taken care of" of those Nav has, and nothing of the others: all of them, or none. A question is used once.

    An answer that stands is not replaced, and whoever is no longer on the list is left out.

    :raises NotAllowed: the actor does not answer for the Nav office.
    :raises Invalid: the wash is over, or the files are not those of its open question, or cannot be read.
    """
    session = lock_open_wash(session_id)
    policies.may_answer_wash(actor=actor, office_id=session.office_id).require()
    if not session.match_ticket:
        raise Invalid(_("Det er ingen åpen forespørsel i denne listevasken. Svaret kan være brukt før."))
    if {key.ticket, answer.ticket} != {session.match_ticket} or {key.method, answer.method} != {by.name}:
        raise Invalid(_("Svaret eller nøkkelfilen hører til en annen forespørsel enn den som er åpen."))
    basis = _basis(session)
    youths, secret = _kept(key)
    numbers = answer.number("numbers")
    there = by.found(answer.body, count=len(youths), key=secret)
    if len(there) > numbers:
        raise Invalid(_("Svaret kan ikke stemme: det har flere treff enn Nav hadde numre."))
    said = {youths[place] for place in there} & {each.youth_id for each in wash.asked_in(session)}
    stand = {youth for youth, each in wash.office_answers(session, said).items() if each.stands}
    taken = FeedbackCategory.FOLLOWED_UP.value
    new = record_answers(
        actor=actor,
        session_id=session.pk,
        answers=dict.fromkeys(said - stand, taken),
        how=WashChannel.MATCH,
    )
    missing = numbers - len(there) if answer.told.get("whole_district") is True else None
    if missing is not None and missing <= MOST_MISSING:
        session = say_missing(actor=actor, session_id=session.pk, number=missing)
    session.match_ticket = ""
    session.matched, session.matched_by_id, session.matched_at = len(there), actor.user_id, clock.now()
    session.save(update_fields=["match_ticket", "matched", "matched_by", "matched_at"])
    _log("wash.matched", actor, session, by, basis, asked=len(youths), found=len(there), new=new, missing=missing)
    return Matched(len(youths), len(there), new, len(stand), missing)


def _basis(session: WashSession) -> SharingRule:
    basis = wash.basis_of_wash(on=clock.today())
    if basis is None:
        raise Invalid(_("Ingen delingsregel gir grunnlag for å spørre Nav om listen i dag."))
    return basis


def _numbers(session: WashSession) -> tuple[dict[int, str], int]:
    """Return the number of each youth Nav may be asked about, and of how many there is none to ask by."""
    asked = [each.youth_id for each in wash.asked_in(session)]
    if len(asked) > MOST_ASKED:
        raise Invalid(_("Listen er for lang til å sammenlignes på én gang."))
    found = {
        youth_id: youth.national_id
        for youth_id, youth in youths_by_id(asked).items()
        if youth.national_id and youth.id_kind != IdKind.FICTIVE and not youth.is_number_contested
    }
    return found, len(asked) - len(found)


def _kept(key: MatchFile) -> tuple[list[int], bytes]:
    """Return who was asked about, in the order they were, and the key."""
    try:
        said = json.loads(key.body)
        youths, secret = [opaque.decode(each) for each in said["youths"]], bytes.fromhex(said["key"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Invalid(_("Nøkkelfilen kan ikke leses. Lag en ny forespørsel.")) from None
    if len(youths) != key.number("asked") or len(set(youths)) != len(youths):
        raise Invalid(_("Nøkkelfilen kan ikke leses. Lag en ny forespørsel."))
    return youths, secret


def _log(
    verb: str,
    actor: Actor,
    session: WashSession,
    by: Matching,
    basis: SharingRule,
    youths: list[int] | None = None,
    **told: object,
) -> None:
    """Log who, which wash, on what ground and how many; of the question also in the log of each youth."""
    place = {"wash": session.pk, "round": session.round_id, "district": session.district_id}
    details = {**place, "method": by.name, "rule": basis.id, **told}
    audit.record(verb, by=actor.user_id, county=session.county_id, details=details, youths=youths or [])
