"""Nav's answers in a file: read whole, and used whole or not at all."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.casework.enums import FeedbackCategory
from fotfeste.integrations.reading import ReturnedRow, read_returned
from fotfeste.integrations.reading.errors import shown
from fotfeste.integrations.sources.parse.dates import norwegian_date
from fotfeste.kernel import opaque
from fotfeste.kernel.errors import Invalid
from fotfeste.lists import policies
from fotfeste.lists.enums import WashChannel
from fotfeste.lists.exports import wash as exports
from fotfeste.lists.selectors import wash
from fotfeste.lists.selectors.wash import Asked
from fotfeste.lists.services.wash import record_answers
from fotfeste.spec import implements

#: Many times the longest list of a district.
LARGEST = 5 * 1024 * 1024
MOST_ROWS = 5_000

_WORDS = {word.casefold(): category for word, category in exports.ANSWERS.items()}


@dataclass(frozen=True, slots=True)
class TakenIn:
    """
    What came of a file.

    :ivar answers: how many youths it answers about. ``new`` of them had no such answer before.
    :ivar faults: row number and what is wrong; while there is any, nothing of the file is used.
    """

    answers: int
    new: int
    faults: list[tuple[int, str]]


@implements("rule-wash-answer", "rut-wash-session-s02")
@transaction.atomic
def take_in_answers(*, actor: Actor, session_id: int, file: BinaryIO) -> TakenIn:
    """
    Take in the file of a wash that Nav has filled in. It is not kept.

    Every row must be right before any is used. The same file again changes nothing.

    :raises NotAllowed: the actor does not answer for the Nav office.
    :raises Invalid: there is no such wash the actor takes part in, or it is over.
    :raises UnreadableFile: the file cannot be read, or its columns are not those it left with; the sentence says why.
    """
    session = wash.session_or_none(session_id=session_id)
    if session is None:
        raise Invalid(_("Gjennomgangen finnes ikke, eller du har ikke tilgang."))
    policies.may_answer_wash(actor=actor, office_id=session.office_id).require()
    rows = read_returned(file, headers=exports.ALL_HEADERS, largest=LARGEST, most_rows=MOST_ROWS)
    answers, faults = _judged(rows, wash.asked_in(session))
    faults += _said_otherwise(session, answers)
    said = {youth_id: category for youth_id, (category, _row_no) in answers.items()}
    if faults:
        return TakenIn(len(said), 0, sorted(faults))
    new = record_answers(actor=actor, session_id=session.pk, answers=said, how=WashChannel.FILE)
    return TakenIn(len(said), new, [])


_Answers = dict[int, tuple[FeedbackCategory, int]]


def _judged(rows: Iterable[ReturnedRow], asked: Iterable[Asked]) -> tuple[_Answers, list[tuple[int, str]]]:
    """Return the answers by youth, each with its row, and what is wrong with which row."""
    people = {opaque.encode(each.youth_id): each for each in asked}
    answers: _Answers = {}
    faults: list[tuple[int, str]] = []
    for row in rows:
        person = people.get(row.cells.get(exports.KEY, "").lower())
        wrong = row.fault or _whats_wrong(row, person)
        said = _WORDS.get(_word(row))
        if wrong:
            faults.append((row.row_no, wrong))
        elif person is not None and said is not None:
            category, first = answers.setdefault(person.youth_id, (said, row.row_no))
            if category != said:
                told = {"row": row.row_no, "first": first}
                faults.append(
                    (row.row_no, _("Rad %(first)s og rad %(row)s gjelder samme person og svarer ulikt.") % told)
                )
    return answers, faults


def _whats_wrong(row: ReturnedRow, person: Asked | None) -> str:
    """Return what is wrong with a row. Of who stands on no such list nothing is told, not whether they exist."""
    if person is None or (" ".join(row.cells[exports.NAME].split()), _day(row.cells[exports.BORN])) != _as_listed(
        person
    ):
        return _("Raden er ikke fra denne listen, eller navn, fødselsdato eller nøkkel er endret. Ta ut filen på nytt.")
    word = _word(row)
    if word and word not in _WORDS:
        told = {"said": shown(row.cells[exports.ANSWER]), "words": ", ".join(exports.ANSWERS)}
        return _("«%(said)s» er ikke et av de tre svarene. Skriv ett av dem: %(words)s.") % told
    return ""


def _said_otherwise(session: Any, answers: _Answers) -> Iterator[tuple[int, str]]:
    """Tell of the rows that would replace an answer that stands, which is done on the screen."""
    for youth_id, stands in wash.office_answers(session, answers).items():
        category, row_no = answers[youth_id]
        if stands.stands and stands.category != category:
            yield row_no, _("Ungdommen er alt besvart på en annen måte. Endre svaret på skjermen, og ta det bort her.")


def _as_listed(person: Asked) -> tuple[str, str]:
    return " ".join(person.name.split()), person.born.isoformat()


def _word(row: ReturnedRow) -> str:
    return " ".join(row.cells.get(exports.ANSWER, "").split()).casefold()


def _day(cell: str) -> str:
    try:
        return norwegian_date(cell)
    except ValueError:
        return ""
