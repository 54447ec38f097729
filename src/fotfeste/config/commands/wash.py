"""
``fotfeste wash``: ask Nav's own register about a washed list, by file and without showing it the list.

Three steps in two places: «request» and «finish» where the list is, «answer» at Nav, where no database is needed.
"""

import argparse
from pathlib import Path

from fotfeste.config.commands.arguments import counted, youths
from fotfeste.kernel.errors import Invalid
from fotfeste.lists.matching import METHODS, PRIVATE, Matching, matching
from fotfeste.lists.matching.answering import answer_to, numbers_in
from fotfeste.lists.matching.files import FileKind, MatchFile, read, read_bytes, write

_LARGEST_SECRET = 2**20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which of the three steps, and what it needs."""
    steps = parser.add_subparsers(dest="step", required=True, metavar="TRINN")
    request = _step(steps, "request", "lag forespørselen til Nav, og nøkkelfilen som blir igjen")
    _place(request, "navnet på den i bydelen eller Utdanningsadministrasjonen som spør")
    request.add_argument("--method", default=PRIVATE, choices=METHODS, help="«psi», eller «keyed-hash», som er svakere")
    request.add_argument("--out", required=True, type=Path, metavar="FIL", help="forespørselen, som sendes til Nav")
    request.add_argument(
        "--key", required=True, type=Path, metavar="FIL", help="nøkkelfilen, som aldri sendes noe sted"
    )
    _secret(request)

    answer = _step(steps, "answer", "hos Nav: svar på en forespørsel med egne numre")
    answer.add_argument("--request", required=True, type=Path, metavar="FIL")
    answer.add_argument(
        "--numbers",
        required=True,
        type=Path,
        metavar="FIL",
        help="dem Nav ivaretar, ett identitetsnummer på hver linje",
    )
    answer.add_argument(
        "--whole-district",
        action="store_true",
        help="numrene er alle Nav ivaretar i bydelen og målgruppen, og ingen andre; hvor mange listen mangler, meldes",
    )
    answer.add_argument("--out", required=True, type=Path, metavar="FIL", help="svaret, som sendes tilbake")
    _secret(answer)
    answer.set_defaults(needs_database=False)

    finish = _step(steps, "finish", "les svaret, og før «ivaretatt» om dem Nav har")
    _place(finish, "navnet på den ved Nav-kontoret som svarer for Nav")
    finish.add_argument("--answer", required=True, type=Path, metavar="FIL")
    finish.add_argument("--key", required=True, type=Path, metavar="FIL")
    _secret(finish)


def run(arguments: argparse.Namespace) -> int:
    """
    Take one of the steps.

    :raises Refused: something of it cannot be; the sentence says what, and nothing is changed.
    """
    return {"request": _request, "answer": _answer, "finish": _finish}[arguments.step](arguments)


def _request(arguments: argparse.Namespace) -> int:
    from django.db import transaction

    from fotfeste.access.scope import acting_as
    from fotfeste.config.commands.washes import acting_in, wash_at
    from fotfeste.lists.services.wash_match import ask_match

    by = _way(arguments, arguments.method)
    place = wash_at(arguments.county, arguments.district)
    actor = acting_in(place.askers, arguments.by)
    with transaction.atomic(), acting_as(actor):
        made = ask_match(actor=actor, session_id=place.session_id, by=by)
        write(arguments.key, made.key)
        try:
            write(arguments.out, made.file)
        except Invalid:
            arguments.key.unlink()
            raise
    print(f"Forespørselen gjelder {youths(made.asked)}: {arguments.out.name}. Send den til Nav-kontoret på sikker vei.")
    if made.left_out:
        print(f"{youths(made.left_out)} på listen har ikke et nummer å spørre med, og besvares på skjermen.")
    print(f"La {arguments.key.name} bli her. Uten den kan ikke svaret leses, og med den kan forespørselen leses.")
    return 0


def _answer(arguments: argparse.Namespace) -> int:
    question = read(arguments.request, FileKind.QUESTION)
    by = _way(arguments, question.method)
    numbers = numbers_in(arguments.numbers)
    answer = answer_to(question, numbers, by, is_whole_district=arguments.whole_district)
    write(arguments.out, answer)
    print(f"{question.words('asked_by')} spør om {youths(question.number('asked'))}: {_about(question)}.")
    print(f"Grunnlag, slik det står i forespørselen: {question.words('basis')}.")
    print(f"Svaret er laget med {counted(len(numbers), 'nummer', 'numre')}: {arguments.out.name}.")
    if by.name == PRIVATE:
        print("Dere får ikke vite hvem det er spurt om. Bydelen får vite hvem av dem dere har, og antallet numre.")
    else:
        print("Bydelen får vite hvem av dem det er spurt om, dere har. Den felles hemmeligheten må holdes hemmelig.")
    return 0


def _finish(arguments: argparse.Namespace) -> int:
    from fotfeste.access.scope import acting_as
    from fotfeste.config.commands.washes import acting_in, wash_at
    from fotfeste.lists.services.wash_match import take_in_match

    answer, key = read(arguments.answer, FileKind.ANSWER), read(arguments.key, FileKind.KEY)
    by = _way(arguments, answer.method)
    place = wash_at(arguments.county, arguments.district)
    actor = acting_in(place.answerers, arguments.by)
    with acting_as(actor):
        done = take_in_match(actor=actor, session_id=place.session_id, key=key, answer=answer, by=by)
    arguments.key.unlink(missing_ok=True)
    print(f"Nav ivaretar {done.found} av {youths(done.asked)} det ble spurt om. Nye svar: {done.new}.")
    if done.otherwise:
        print(f"{youths(done.otherwise)} var besvart fra før. Ingenting er endret om dem.")
    if done.missing is not None:
        print(f"Nav kjenner {done.missing} i bydelen som ikke står på listen. Antallet er meldt, uten navn.")
    print("Nøkkelfilen er slettet. Slett forespørselen og svaret også.")
    return 0


def _way(arguments: argparse.Namespace, name: str) -> Matching:
    secret = None
    if arguments.secret is not None:
        secret = read_bytes(arguments.secret, most=_LARGEST_SECRET).strip()
    return matching(name, secret=secret)


def _about(question: MatchFile) -> str:
    return f"{question.words('district')}, liste {question.words('list_on')}, til {question.words('office')}"


def _step(
    steps: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, text: str
) -> argparse.ArgumentParser:
    return steps.add_parser(name, help=text, description=text)


def _place(parser: argparse.ArgumentParser, who: str) -> None:
    parser.add_argument("--county", required=True, metavar="FYLKE", help="fylkesnummer, to siffer")
    parser.add_argument("--district", required=True, metavar="KODE", help="bydelens kode, som 030112")
    parser.add_argument("--by", required=True, metavar="NAVN", help=who)
    parser.add_argument("--data-dir", type=Path, metavar="MAPPE", default=argparse.SUPPRESS, help=argparse.SUPPRESS)


def _secret(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--secret", type=Path, metavar="FIL", help="felles hemmelighet, til «keyed-hash»")
