"""What has happened around some made-up youths: conversations, meetings, a plan, hand-overs, notices and tasks."""

from collections.abc import Sequence
from datetime import date
from itertools import cycle

from fotfeste.casework.enums import AttemptResult, Channel
from fotfeste.casework.services.contacts import register_attempt
from fotfeste.collaboration.enums import (
    MeetingKind,
    NextStep,
    Reply,
)
from fotfeste.collaboration.jobs import remind_plans
from fotfeste.collaboration.services import records, routines
from fotfeste.collaboration.services.answering import answer_record
from fotfeste.collaboration.services.records import Sent
from fotfeste.config.demo.meeting_story import called, held, held_without_minutes, talked
from fotfeste.config.demo.plan_story import plan_with_two_versions, plan_without_result
from fotfeste.config.demo.scenes import certificate, mapped, network_met, noted, reached, shared, task
from fotfeste.config.demo.stage import Stage
from fotfeste.kernel import clock

#: Which users' youths, and the users at the units around them.
AT_SCHOOL, IN_DISTRICT, AT_NAV, AT_PPT, APPRENTICES = "Kari", "Fatima", "Ingrid", "Camilla", "Siv"
ELSEWHERE = (("Jonas", "Ole"),)


def play(*, on: date) -> int:
    """Play the stories up to a day, through the services the users use; return how many youths they are about."""
    stage = Stage.set_up(on)
    needed = {AT_SCHOOL, IN_DISTRICT, AT_NAV}
    if not needed <= stage.cast.keys():
        return 0
    youths = stage.youths(AT_SCHOOL, near=IN_DISTRICT)
    told = 0
    for youth_id, story in zip(youths, _STORIES, strict=False):
        story(stage, youth_id)
        told += 1
    for name, near in ELSEWHERE:
        if {name, near} <= stage.cast.keys():
            told += _elsewhere(stage, name, stage.youths(name, near=near)[:3])
    told += _in_the_district(stage)
    for days in (-150, -38):
        network_met(stage, IN_DISTRICT, days)
    with clock.frozen(stage.moment(0, 7)):
        remind_plans()
    return told


def _whole(stage: Stage, youth_id: int) -> None:
    """One who has come all the way: mapped, met, planned, and looked at again."""
    reached(stage, AT_SCHOOL, youth_id, days=-50)
    with stage.acts(AT_SCHOOL, -48) as actor:
        routines.start_routine(actor=actor, youth_id=youth_id, routine_id="rut-staircase")
    mapped(stage, AT_SCHOOL, youth_id, days=-48, told=0, next_step=NextStep.CLARIFICATION_MEETING)
    around = [stage.unit(name) for name in (IN_DISTRICT, AT_NAV, AT_PPT) if name in stage.cast]
    stage.let_in(AT_SCHOOL, youth_id, *around, days=-47)
    held(stage, youth_id, by=AT_SCHOOL, district=IN_DISTRICT, nav=AT_NAV, days=-35)
    plan_with_two_versions(stage, youth_id, by=AT_SCHOOL, nav=AT_NAV, days=-32)
    noted(stage, AT_SCHOOL, youth_id, -30, "Ringte læreren på VVS. Plassen i verkstedet er ledig fra mandag.")
    shared(stage, AT_SCHOOL, youth_id, -28, "Møtte første dag i verkstedet, og vil gjerne tilbake i morgen.")
    shared(stage, AT_SCHOOL, youth_id, -24, "Har tatt HMS-kurset i verkstedet. Beviset ligger ved.", certificate())
    shared(stage, IN_DISTRICT, youth_id, -20, "Losteamet har avtalt fast ukentlig samtale på torsdager.")
    shared(stage, AT_NAV, youth_id, -9, "Bedriften er fornøyd. Vi øker til tre dager i uken fra neste uke.")
    called(
        stage,
        youth_id,
        by=IN_DISTRICT,
        ahead=6,
        kind=MeetingKind.COOPERATION,
        guests=(AT_SCHOOL,),
        purpose="Se på planen sammen før jul",
    )
    task(stage, AT_SCHOOL, youth_id, "Sende søknadsskjema for Vg2", made=-12, due=-3)
    task(stage, AT_SCHOOL, youth_id, "Minne om møtet på SMS", made=-2, due=0)
    task(stage, AT_SCHOOL, youth_id, "Avklare fast dag i verkstedet", made=-5, due=8, to_unit=IN_DISTRICT)
    task(stage, AT_SCHOOL, youth_id, "Si fra når praksisdagene er avklart", made=-5, due=4, to_unit=AT_NAV)
    with stage.acts(AT_NAV, -1) as actor:
        records.make_record(actor=actor, youth_id=youth_id, kind="notice", on=stage.day(-1), said={"what": "card"})


def _called_in(stage: Stage, youth_id: int) -> None:
    """One who is called to a meeting, and one meeting that is over and has no minutes yet."""
    reached(stage, AT_SCHOOL, youth_id, days=-20)
    mapped(stage, AT_SCHOOL, youth_id, days=-19, told=1, next_step=NextStep.CLARIFICATION_MEETING)
    stage.let_in(AT_SCHOOL, youth_id, stage.unit(IN_DISTRICT), stage.unit(AT_NAV), days=-18)
    held_without_minutes(stage, youth_id, by=AT_SCHOOL, guest=IN_DISTRICT, days=-1)
    called(
        stage, youth_id, by=AT_SCHOOL, ahead=3, kind=MeetingKind.THREE_WAY, guests=(AT_NAV,),
        replies={AT_NAV: Reply.SUBSTITUTE}, purpose="Hvem følger opp fram til sommeren",
    )  # fmt: skip
    task(stage, AT_SCHOOL, youth_id, "Ringe om reisevei til praksis", made=-6, due=0)
    with stage.acts(AT_NAV, -9) as actor:
        sent = records.make_record(
            actor=actor, youth_id=youth_id, kind="nav-referral", on=stage.day(-9), said={"why": ["needs_together"]},
            sent=Sent(told_on=stage.day(-9)),
        )  # fmt: skip
    with stage.acts(AT_SCHOOL, -7) as actor:
        answer_record(actor=actor, record_id=sent.pk, answer="received")


def _offered(stage: Stage, youth_id: int) -> None:
    """One the school offers the district to take over, within the time to answer."""
    reached(stage, AT_SCHOOL, youth_id, days=-14)
    stage.let_in(AT_SCHOOL, youth_id, stage.unit(IN_DISTRICT), days=-10)
    noted(stage, AT_SCHOOL, youth_id, -4, "Ønsker én person å forholde seg til der hen bor. Avtalt å spørre bydelen.")
    _offer(stage, youth_id, days=-3, what="Ukentlig samtale. Skolen kan ta imot igjen i august.")


def _declined(stage: Stage, youth_id: int) -> None:
    """One the district said no to, and was asked about again; that answer is overdue."""
    reached(stage, AT_SCHOOL, youth_id, days=-45)
    stage.let_in(AT_SCHOOL, youth_id, stage.unit(IN_DISTRICT), days=-44)
    first = _offer(stage, youth_id, days=-42, what="Oppfølging der ungdommen bor.")
    with stage.acts(IN_DISTRICT, -38) as actor:
        answer_record(actor=actor, record_id=first, answer="declined", text="Vi mangler bemanning til 1. november.")
    _offer(stage, youth_id, days=-20, what="Oppfølging der ungdommen bor, nå som dere er fulltallige.")
    task(stage, AT_SCHOOL, youth_id, "Purre bydelen på svar om å overta", made=-8, due=-1)


def _asked(stage: Stage, youth_id: int) -> None:
    """One who has agreed to nothing: Nav is asked without a name, and has answered once."""
    reached(stage, AT_SCHOOL, youth_id, days=-26)
    mapped(stage, AT_SCHOOL, youth_id, days=-25, told=2, next_step=NextStep.ADVICE_FROM_NAV)
    for days, question in (
        (-24, "Har en person på 18 år med deltidsjobb rett til oppfølging fra dere?"),
        (-2, "Kan samme person få karriereveiledning uten å være registrert som arbeidssøker?"),
    ):
        with stage.acts(AT_SCHOOL, days) as actor:
            row = records.make_record(
                actor=actor, youth_id=youth_id, kind="nav-question", on=stage.day(days), said={"question": question},
                sent=Sent(unit_id=stage.unit(AT_NAV), without_name=True),
            )  # fmt: skip
        if days == -24:
            with stage.acts(AT_NAV, -21) as actor:
                answer_record(actor=actor, record_id=row.pk, answer="must_register", text="Registrer først.")


def _lapsing(stage: Stage, youth_id: int) -> None:
    """One whose plan is over its last day and has no result."""
    reached(stage, AT_SCHOOL, youth_id, days=-55)
    mapped(stage, AT_SCHOOL, youth_id, days=-54, told=3, next_step=NextStep.SCHOOL_ALONE)
    plan_without_result(stage, youth_id, by=AT_SCHOOL, days=-54, ended=-4)
    talked(stage, youth_id, by=AT_SCHOOL, days=-56, is_signed=True)
    noted(stage, AT_SCHOOL, youth_id, -16, "Hadde intervju hos en bedrift. Får svar innen to uker.")


def _begun(stage: Stage, youth_id: int) -> None:
    """One the school has just begun with."""
    _tried(stage, youth_id)
    reached(stage, AT_SCHOOL, youth_id, days=-2)
    mapped(stage, AT_SCHOOL, youth_id, days=-2, told=1, next_step=NextStep.ASK_CONSENT)
    talked(stage, youth_id, by=AT_SCHOOL, days=-1, is_signed=False)
    task(stage, AT_SCHOOL, youth_id, "Spørre om samtykke til å ha med bydelen", made=-2, due=2)


def _tried(stage: Stage, youth_id: int) -> None:
    """One nobody answers for."""
    for days, channel, result in (
        (-11, Channel.CALL, AttemptResult.NO_ANSWER),
        (-8, Channel.SMS, AttemptResult.SENT),
        (-5, Channel.CALL, AttemptResult.LEFT_MESSAGE),
    ):
        with stage.acts(AT_SCHOOL, days, 14) as actor:
            register_attempt(actor=actor, youth_id=youth_id, on=stage.day(days), channel=channel, result=result)


def _offer(stage: Stage, youth_id: int, *, days: int, what: str) -> int:
    with stage.acts(AT_SCHOOL, days, 13) as actor:
        row = records.make_record(
            actor=actor, youth_id=youth_id, kind="handover", on=stage.day(days), said={"what": what},
            sent=Sent(unit_id=stage.unit(IN_DISTRICT)),
        )  # fmt: skip
    return int(row.pk)


#: Which youth has which story, in order.
_STORIES = (_whole, _called_in, _offered, _declined, _asked, _lapsing, _begun, _tried)


def _elsewhere(stage: Stage, name: str, youths: Sequence[int]) -> int:
    """Let another school have begun with some of its youths."""
    for told, (youth_id, days) in enumerate(zip(youths, cycle((-30, -12, -4)), strict=False)):
        reached(stage, name, youth_id, days=days)
        mapped(stage, name, youth_id, days=days, told=told, next_step=NextStep.SCHOOL_ALONE)
        task(stage, name, youth_id, "Følge opp etter kartleggingen", made=days, due=days + 10)
    return len(youths)


def _in_the_district(stage: Stage) -> int:
    """Let the district have a youth of its own under way, and two notices about apprentices waiting."""
    own = stage.youths(IN_DISTRICT)[:1]
    for youth_id in own:
        reached(stage, IN_DISTRICT, youth_id, days=-15)
        mapped(stage, IN_DISTRICT, youth_id, days=-15, told=3, next_step=NextStep.SCHOOL_ALONE)
        noted(stage, IN_DISTRICT, youth_id, -13, "Besøkte to bedrifter sammen. Den ene vil høre fra oss igjen.")
        task(stage, IN_DISTRICT, youth_id, "Ringe bedriften om læreplass", made=-13, due=-2)
    apprentices = stage.youths(APPRENTICES, near=IN_DISTRICT)[:2] if APPRENTICES in stage.cast else []
    notices = ({"what": "at_risk"}, {"what": "left", "left_on": stage.day(-6).isoformat(), "without_offer": "yes"})
    for youth_id, said in zip(apprentices, notices, strict=False):
        with stage.acts(APPRENTICES, -4) as actor:
            records.make_record(
                actor=actor, youth_id=youth_id, kind="apprentice-notice", on=stage.day(-4), said=said,
                sent=Sent(unit_id=stage.unit(IN_DISTRICT), told_on=stage.day(-5)),
            )  # fmt: skip
    return len(own) + len(apprentices)
