"""A washed list as the file Nav answers in: who it is about, and a column with room for one of three answers."""

from collections.abc import Sequence
from typing import Any, BinaryIO

from fotfeste.casework.enums import FeedbackCategory
from fotfeste.kernel import opaque
from fotfeste.lists.exports.sheets import MARK, write_rows_as_csv, write_rows_as_workbook
from fotfeste.lists.models import WashSession
from fotfeste.lists.selectors.wash import Asked
from fotfeste.spec import implements

NAME, BORN, ANSWER, KEY = "Navn", "Fødselsdato", "Svar fra Nav", "Nøkkel"
HEADERS = (NAME, BORN, ANSWER, KEY)
#: Every heading of the file as it is taken out, and so of the file that comes back.
ALL_HEADERS = (*HEADERS, MARK)

#: The words of the answer column, and what they mean.
ANSWERS = {
    "Ivaretatt": FeedbackCategory.FOLLOWED_UP,
    "Ikke ivaretatt": FeedbackCategory.STILL_UNKNOWN,
    "Har flyttet": FeedbackCategory.MOVED,
}


@implements("wash-youth", "rule-nav-answers-only")
def cells(asked: Asked) -> tuple[Any, ...]:
    """Return the cells of a row, in the order of ``HEADERS``: what the screen shows Nav, and the room for an answer."""
    return asked.name, asked.born, "", opaque.encode(asked.youth_id)


def write_wash(out: BinaryIO, *, kind: str, session: WashSession, asked: Sequence[Asked], fetched: str) -> None:
    """Write those who are asked about as ``csv`` or ``xlsx``."""
    rows = [cells(each) for each in asked]
    if kind == "csv":
        write_rows_as_csv(out, HEADERS, rows, fetched=fetched)
        return
    write_rows_as_workbook(
        out,
        HEADERS,
        rows,
        title="Listevask",
        sheet_name="Listevask",
        cover=_cover(session),
        first_width=30,
        fetched=fetched,
        offered={ANSWER: tuple(ANSWERS)},
    )


def _cover(session: WashSession) -> list[str]:
    return [
        f"Listevask {session.round.on:%d.%m.%Y} – {session.district.name} og {session.office.name}",
        f"Velg ett av tre svar i kolonnen «{ANSWER}»: {', '.join(ANSWERS)}. Ingen annen tekst sendes.",
        "La stå tomt der dere ikke vet. Endre ikke de andre kolonnene; raden finnes igjen ved dem.",
        "OT-ansvarlig ved Nav-kontoret leser filen inn i Fotfeste, på siden med listen.",
        "Listen er taushetsbelagt: også det å stå på den kan være en personlig opplysning (forvaltningsloven § 13).",
        "Den skal ikke sendes på e-post. Slett filen når svarene er lest inn.",
        "Ungdom med beskyttet adresse står ikke her; de følges opp av dem som har den rollen.",
    ]
