"""What those do who have no day of the year of their own: advisers of apprentices and adults, leaders, and the youths."""

from datetime import date, timedelta

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.models import Registration
from fotfeste.casework.services import responsibility
from fotfeste.casework.services.counsellors import assign_counsellor, assign_many
from fotfeste.collaboration.models import Record
from fotfeste.collaboration.services.answering import answer_record
from fotfeste.collaboration.services.records import Sent, make_record
from fotfeste.correspondence.enums import ReplyCategory, ReplyState
from fotfeste.correspondence.models import Letter, Reply
from fotfeste.correspondence.reply_links import token_of
from fotfeste.correspondence.services.replies import answer_letter, handle_reply
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.models import Unit
from tests import factories as make
from tests.annualwheel.year_world import Oslo

_TOLD = {
    UnitKind.APPRENTICESHIP_DEPARTMENT: ("apprentice-notice", {"what": "left", "without_offer": "yes"}),
    UnitKind.SERVICE_CENTRE: ("referral", {"programme": "vo_vov", "how": "together"}),
}


def tell_of_leavers(oslo: Oslo, day: date) -> None:
    """Let an apprentice and a participant of adult education quit; the district is told, and follows them up."""
    for kind, (record, said) in _TOLD.items():
        unit = Unit.objects.get(county_id=make.OSLO, kind=kind, last_day=None)
        with acting_as(oslo.admin, on=day):
            case = Registration.objects.filter(unit_id=oslo.schools[1].pk, last_day=None).order_by("-pk").first()
            why = {"reason": "Gikk sist der", "version": case.version}
            responsibility.assign(actor=oslo.admin, youth_id=case.youth_id, holder_id=unit.pk, **why)
        district = next(each for each in oslo.districts if each.code == case.district_code)
        left = {**said, "left_on": f"{day - timedelta(days=3)}"}
        with oslo.working(unit.pk) as adviser:
            told = {"youth_id": case.youth_id, "on": day}
            assign_counsellor(actor=adviser, youth_id=case.youth_id, counsellor_id=adviser.user_id, version=None)
            sent = make_record(actor=adviser, kind=record, said=left, sent=Sent(district.pk, told_on=day), **told)
        with oslo.working(district.pk) as contact:
            answer_record(actor=contact, record_id=sent.pk, answer="followed_up")
        with oslo.working(unit.pk) as adviser:
            informed = {"about": ["contact"], "how": "talk"}
            make_record(actor=adviser, kind="information-entry", said=informed, **told)


def distribute(oslo: Oslo, day: date) -> None:
    """Let the leader of a school share out a page of those nobody there answers for."""
    school = oslo.schools[2]
    leader = make.actor(Role.UNIT_LEADER, school, on=day)
    with acting_as(leader, on=day):
        cases = Registration.objects.filter(unit_id=school.pk, last_day=None, counsellor=None).order_by("pk")
        items = list(cases.values_list("youth_id", "version")[:20])
        done = assign_many(actor=leader, items=items, counsellor_id=oslo.at[school.pk].user_id)
    assert (len(done.done), done.refused) == (len(items), ()), done


def answer_letters(oslo: Oslo, day: date) -> None:
    """Let one in ten answer the letter by its link, and the unit that answers for them look into it."""
    with acting_as(make.system(), on=day):
        letters = Letter.objects.filter(reply_until__gte=day).exclude(reply_digest=None).order_by("pk")
        keys = list(letters.values_list("key", flat=True)[::10])
    assert keys
    for key in keys:
        assert answer_letter(token=token_of(key), category=ReplyCategory.JOB.value)
    for unit_id in oslo.at:
        with oslo.working(unit_id) as actor:
            for reply in list(Reply.objects.filter(unit_id=unit_id, state=ReplyState.WAITING)):
                handle_reply(actor=actor, reply_id=reply.pk, is_right=True, version=reply.version)


def unanswered() -> int:
    """Return how much was sent to units, or answered by youths, that nobody has answered or looked into."""
    sent = Record.objects.filter(to_unit__isnull=False, due_on__isnull=False, answer="")
    return sent.count() + Reply.objects.filter(state=ReplyState.WAITING).count()
