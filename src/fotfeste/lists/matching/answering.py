"""Nav's side: its own numbers from a file, and the answer to a question. No database, no log but what is printed."""

from pathlib import Path

from fotfeste.kernel.errors import Invalid
from fotfeste.lists.matching import MOST_ANSWERING, MOST_ASKED, Matching
from fotfeste.lists.matching.files import FileKind, MatchFile, read_bytes

_DIGITS = 11
_LARGEST_LIST = 20 * 1024 * 1024


def numbers_in(path: Path) -> frozenset[str]:
    """
    Return the identity numbers in a file: one a line, and a heading if there is one. None is ever repeated in a text.

    :raises Invalid: it cannot be read, a line is no number of eleven digits, or there are none or too many.
    """
    try:
        text = read_bytes(path, most=_LARGEST_LIST).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid(
            "Filen med numre er ikke en tekstfil. Lagre den som tekst, med ett nummer på hver linje."
        ) from None
    found = set()
    for line_no, line in enumerate(text.splitlines(), start=1):
        cell = "".join(line.split()).strip(';,"')
        if not cell or (line_no == 1 and not any(each.isdigit() for each in cell)):
            continue
        if not (len(cell) == _DIGITS and cell.isascii() and cell.isdigit()):
            raise Invalid(f"Linje {line_no} i filen med numre er ikke ett identitetsnummer med 11 siffer.")
        found.add(cell)
    if not found:
        raise Invalid("Det er ingen numre i filen.")
    if len(found) > MOST_ANSWERING:
        raise Invalid("Filen har mer enn 500 000 numre. Ta med dem som er i målgruppen.")
    return frozenset(found)


def answer_to(question: MatchFile, numbers: frozenset[str], by: Matching, *, is_whole_district: bool) -> MatchFile:
    """
    Return the answer to a question.

    :param is_whole_district: the numbers are those of the district's youths in the age group and of nobody else, so
        that how many of them the list lacks can be told.
    :raises Invalid: the question cannot be read.
    """
    count = question.number("asked", most=MOST_ASKED)
    body = by.answer(question.body, sorted(numbers), count=count, ticket=bytes.fromhex(question.ticket))
    told = {"numbers": len(numbers), "whole_district": is_whole_district}
    return MatchFile(FileKind.ANSWER, question.method, question.ticket, told, body)
