"""What people in the demo's stories do time and again."""

from fotfeste.casework.enums import AnsweredBy, AttemptResult, Channel
from fotfeste.casework.services.contacts import register_attempt
from fotfeste.casework.services.journal import write_note
from fotfeste.collaboration.enums import ActorBody, ActorPart, AreaState, MapArea, MapPlace, NextStep, WantsSchool
from fotfeste.collaboration.services import actors, mapping, networks, notes, tasks
from fotfeste.collaboration.services.actors import Marked
from fotfeste.collaboration.services.networks import NetworkContent
from fotfeste.config.demo.stage import Stage
from fotfeste.kernel.checked_files import CheckedFile

_TOLD = (
    ("Sluttet i høst, vil helst jobbe med hendene.", "En praksisplass, og noen å ringe.", "Jeg vil bli rørlegger"),
    ("Er hjemme om dagen og savner noe å gå til.", "En rolig start med få timer.", "Jeg vil fullføre Vg2"),
    ("Har en deltidsjobb, og er usikker på veien videre.", "Veiledning om valg.", "Jeg vil finne ut hva jeg kan bli"),
    ("Fikk ikke læreplass og står uten tilbud.", "Hjelp til å finne bedrift.", "Jeg vil ha læreplass som elektriker"),
)  # fmt: skip


def reached(stage: Stage, name: str, youth_id: int, *, days: int) -> None:
    """Call a youth who answers."""
    with stage.acts(name, days, 9) as actor:
        register_attempt(
            actor=actor, youth_id=youth_id, on=stage.day(days), channel=Channel.CALL, result=AttemptResult.ANSWERED,
            answered_by=AnsweredBy.YOUTH, note="Vil gjerne snakkes.",
        )  # fmt: skip


def mapped(stage: Stage, name: str, youth_id: int, *, days: int, told: int, next_step: NextStep) -> None:
    """Write what came out of a first conversation, and mark who is around the youth."""
    situation, needs, goal = _TOLD[told % len(_TOLD)]
    with stage.acts(name, days, 11) as actor:
        mapping.write_mapping(
            actor=actor,
            youth_id=youth_id,
            held_on=stage.day(days),
            place=MapPlace.PHONE,
            situation=situation,
            needs=needs,
            goal=goal,
            wants_school=WantsSchool.YES,
            has_contact=True,
            consent_asked=next_step is not NextStep.ASK_CONSENT,
            next_step=next_step,
            areas={
                MapArea.STRENGTHS: (AreaState.STRENGTH, "God med hendene, og møter presis."),
                MapArea.SCHOOL: (AreaState.SUPPORT, "Mangler to fellesfag fra Vg1."),
                MapArea.MOTIVATION: (AreaState.FINE, ""),
            },
        )
        actors.mark_actors(
            actor=actor,
            youth_id=youth_id,
            marks={
                ActorBody.SCHOOL: Marked(ActorPart.INVOLVED, since=stage.day(days)),
                ActorBody.DISTRICT: Marked(ActorPart.INVITE),
                ActorBody.NAV: Marked(ActorPart.INVITE),
                ActorBody.PPT: Marked(ActorPart.NOT_RELEVANT),
            },
        )


def noted(stage: Stage, name: str, youth_id: int, days: int, text: str) -> None:
    """Write a note that stays in the unit."""
    with stage.acts(name, days, 15) as actor:
        write_note(actor=actor, youth_id=youth_id, text=text, written_on=stage.day(days))


def shared(stage: Stage, name: str, youth_id: int, days: int, text: str, *files: CheckedFile) -> None:
    """Write a note those who work together on the youth share, perhaps with files."""
    with stage.acts(name, days, 15) as actor:
        notes.write_shared_note(
            actor=actor, youth_id=youth_id, text=text, written_on=stage.day(days), attachments=files
        )


def network_met(stage: Stage, name: str, days: int) -> None:
    """Write the minutes of a network meeting in the district of a user."""
    with stage.acts(name, days, 14) as actor:
        networks.write_network_meeting(
            actor=actor,
            district_id=stage.unit(name),
            content=NetworkContent(
                held_on=stage.day(days),
                topics="Overgangen fra ungdomsskolen, og hvem som ringer først når noen slutter.",
                invited=[
                    {"body": "PPT", "name": "Camilla Haug", "came": "True"},
                    {"body": "Nav", "name": "Ingrid Solberg", "came": "True"},
                    {"body": "Utekontakten", "name": "", "came": ""},
                ],
                considered=[ActorBody.PPT, ActorBody.NAV, ActorBody.SCHOOL],
                decisions=[{"what": "Skolen ringer bydelen samme dag", "who": "Skolene", "due": ""}],
                agreement_reviewed=True,
                figures="Oversikten for bydelen, denne uken",
            ),
        )


def certificate() -> CheckedFile:
    """Return a file somebody might have laid by a note: a page that says that a course was held."""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length 56 >>\nstream\nBT /F1 18 Tf 72 760 Td (Kursbevis: HMS i verkstedet) Tj ET \nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    content, at = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        at.append(len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % each for each in at)
    size, start = len(parts) + 1, len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n%btrailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        table,
        size,
        start,
    )
    return CheckedFile("kursbevis.pdf", content, "application/pdf")


def task(stage: Stage, name: str, youth_id: int, what: str, *, made: int, due: int, to_unit: str = "") -> None:
    """Set a task for oneself, or for another unit."""
    with stage.acts(name, made, 12) as actor:
        tasks.set_task(
            actor=actor,
            youth_id=youth_id,
            what=what,
            due_on=stage.day(due),
            for_unit_id=stage.unit(to_unit) if to_unit else None,
            for_user_id=None if to_unit else actor.user_id,
        )
