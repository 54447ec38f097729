"""
Comparing a list with Nav's register by file: 15 000 asked about, 60 000 who answer, 9 000 of them the same.

The yardstick is the bare library, asked for the same without files or checks. What each side learned is
tried: what was found is held against the truth, and whoever answers tries every number of the list on the question.
"""

import argparse
import secrets
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import private_set_intersection.python as bare

from benchmarks.pairs import in_turn, seconds, table, tell
from fotfeste.lists.matching import KEYED, PRIVATE, Matching, matching
from fotfeste.lists.matching.answering import answer_to, numbers_in
from fotfeste.lists.matching.files import FileKind, MatchFile, new_ticket, read, write

ASKED, ANSWERING, BOTH = 15_000, 60_000, 9_000
LIMIT = 1.25
TITLE = "Comparing a list with Nav's register"


def main(arguments: list[str] | None = None, *, size: tuple[int, int, int] = (ASKED, ANSWERING, BOTH)) -> int:
    """Measure both ways, tell time, bytes and what each side learned, and return the exit code."""
    argparse.ArgumentParser(prog="benchmarks.linkage", description=__doc__).parse_args(arguments)
    asked, answering, both = size
    listed, known = people(*size)
    expected = frozenset(at for at, number in enumerate(listed) if number in known)
    sent: dict[str, tuple[int, int]] = {}
    tried: dict[str, int] = {}

    def through(by: Matching) -> Callable[[], float]:
        def once() -> float:
            with tempfile.TemporaryDirectory() as folder:
                place = Path(folder)
                (place / "numbers").write_text("\n".join(sorted(known)), encoding="utf-8")
                found: list[frozenset[int]] = []
                took = seconds(lambda: found.append(exchange(by, listed, place)))
                assert found == [expected]
                sent[by.name] = (place / "question").stat().st_size, (place / "answer").stat().st_size
                tried[by.name] = read_by_trying(by, read(place / "question", FileKind.QUESTION), listed)
                return took

        return once

    private, keyed = matching(PRIVATE), matching(KEYED, secret=secrets.token_hex(32).encode())
    yardstick = lambda: seconds(lambda: without_files(listed, sorted(known)))  # noqa: E731
    compared = [
        in_turn("psi, by files → the bare library", yardstick, through(private), pairs=3, limit=LIMIT),
        in_turn("keyed-hash, by files → psi, by files", through(private), through(keyed), pairs=1, limit=None),
    ]
    told = [
        f"{asked} asked about, {answering} who answer, {both} in both.",
        table(compared, unit="s", scale=1),
        f"{_bytes(sent)}\n{_learned(size, tried)}",
    ]
    return tell(TITLE, told, compared, keep=size == (ASKED, ANSWERING, BOTH))


def people(asked: int, answering: int, both: int) -> tuple[list[str], frozenset[str]]:
    """Return the numbers asked about and those of who answers, the same every time."""
    drawn = Random(59).sample(range(10**10, 10**11), asked + answering - both)
    numbers = [str(each) for each in drawn]
    return numbers[:asked], frozenset(numbers[asked - both :])


def exchange(by: Matching, listed: list[str], place: Path) -> frozenset[int]:
    """Take the three steps as the command does, by files in a folder."""
    ticket = new_ticket()
    made = by.ask(listed, ticket=bytes.fromhex(ticket))
    write(place / "question", MatchFile(FileKind.QUESTION, by.name, ticket, {"asked": len(listed)}, made.body))
    question = read(place / "question", FileKind.QUESTION)
    write(place / "answer", answer_to(question, numbers_in(place / "numbers"), by, is_whole_district=False))
    return by.found(read(place / "answer", FileKind.ANSWER).body, count=len(listed), key=made.key)


def read_by_trying(by: Matching, question: MatchFile, numbers: list[str]) -> int:
    """Return how many of the numbers whoever answers finds in the question, by asking with what that side has."""
    mine = by.ask(numbers, ticket=bytes.fromhex(question.ticket)).body
    return len(_pieces(question.body, len(numbers)) & _pieces(mine, len(numbers)))


def _pieces(body: bytes, count: int) -> set[bytes]:
    size = len(body) // count
    return {body[at : at + size] for at in range(0, size * count, size)}


def without_files(listed: list[str], known: list[str]) -> list[int]:
    """Do the same with the library alone."""
    client, server = bare.client.CreateWithNewKey(True), bare.server.CreateWithNewKey(True)
    setup = server.CreateSetupMessage(0.0, len(listed), known, bare.DataStructure.RAW)
    return list(client.GetIntersection(setup, server.ProcessRequest(client.CreateRequest(listed))))


def _bytes(sent: dict[str, tuple[int, int]]) -> str:
    lines = ["| Way | Question (kB) | Answer (kB) | Together (MB) |", "|---|---|---|---|"]
    for name, (question, answer) in sent.items():
        lines.append(f"| {name} | {question / 1000:.0f} | {answer / 1000:.0f} | {(question + answer) / 1e6:.2f} |")
    return "\n".join(lines)


def _learned(size: tuple[int, int, int], tried: dict[str, int]) -> str:
    asked, answering, both = size
    lines = ["", "| Way | Who asks learned | Who answers learned | Read by trying every number |", "|---|---|---|---|"]
    for name, by_trying in tried.items():
        others = f"which {both} of its {asked}; the other has {answering}"
        lines.append(f"| {name} | {others} | {asked} were asked about | {by_trying} of {asked} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
