"""``fotfeste explain``: what the rules say of one youth on a day, and why. The number is never written back."""

import argparse
import json
import sys
from collections.abc import Iterator
from typing import Any

from fotfeste.config.commands.arguments import day
from fotfeste.kernel.errors import Invalid

NOT_FOUND = "Ingen ungdom med dette nummeret er kjent i fylket."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Who, for which day, and in what form."""
    parser.add_argument("--county", required=True, metavar="FYLKE", help="fylkesnummer, to siffer")
    parser.add_argument(
        "--id", required=True, metavar="NUMMER", help="identitetsnummeret; «-» leser det fra standard inn"
    )
    parser.add_argument("--on", metavar="DATO", help="dagen det spørres for, som 2026-11-15 (ellers i dag)")
    parser.add_argument("--json", action="store_true", help="skriv avgjørelsene som JSON")


def run(arguments: argparse.Namespace) -> int:
    """Find the youth, try the rules, and tell. Exit 1 when nobody has the number."""
    from fotfeste.access.scope import acting_as
    from fotfeste.access.selectors import system_actor
    from fotfeste.audit import services as audit
    from fotfeste.casework.services.explain import explain
    from fotfeste.config.commands.counties import county_number
    from fotfeste.kernel import clock

    county_id = county_number(arguments.county)
    on = day(arguments.on) if arguments.on else clock.today()
    number = "".join((sys.stdin.readline() if arguments.id == "-" else arguments.id).split())
    if not (len(number) == 11 and number.isascii() and number.isdigit()):
        raise Invalid("Identitetsnummeret må ha 11 siffer.")
    actor = system_actor("checker", county_ids=(county_id,))
    with acting_as(actor):
        youth_id = _youth_with(number)
        if youth_id is None:
            print(json.dumps({"found": False}) if arguments.json else NOT_FOUND)
            return 1
        told = explain(actor=actor, youth_id=youth_id, on=on)
        audit.record("youth.explained", by=actor.user_id, about=youth_id, county=county_id)
    if arguments.json:
        print(json.dumps({"found": True, **_with_whole_sentences(told.to_dict())}, ensure_ascii=False))
    else:
        print("\n".join(_lines(told)))
    return 0


def _youth_with(number: str) -> int | None:
    from fotfeste.people.selectors import search_youths

    found = search_youths(text=number, posted=True).youth_ids
    return found[0] if found else None


def _with_whole_sentences(told: Any) -> Any:
    """Put the facts of each reason into its text: who reads the data should not have to."""
    if isinstance(told, list):
        return [_with_whole_sentences(each) for each in told]
    if not isinstance(told, dict):
        return told
    whole = {name: _with_whole_sentences(each) for name, each in told.items()}
    if "text" in whole and "facts" in whole:
        whole["text"] = whole["text"].format_map(dict(whole["facts"]))
    return whole


def _lines(told) -> Iterator[str]:  # type: ignore[no-untyped-def]
    """Write every decision with its reasons, one sentence a line."""
    from fotfeste.config.commands.outcome_words import GROUNDS, MEMBERSHIP, RIGHT, YES_NO, metres
    from fotfeste.kernel import formats

    yield f"Slik reglene er {formats.day(told.on)}:"
    yield from _decision("Lovens målgruppe", told.decided.statutory, MEMBERSHIP)
    yield from _decision("Fylkets målgruppe", told.decided.local, MEMBERSHIP)
    yield from _decision("På oppfølgingslisten", told.follow_up_list, YES_NO)
    yield from _decision("Rett til videregående opplæring", told.right, RIGHT)
    yield from _decision("Kan velge opplæring for voksne", told.adult_choice, RIGHT)
    yield from _decision("Rett til yrkesfaglig rekvalifisering", told.requalification, RIGHT)
    yield f"Siste dag i tjenesten: {formats.day(told.last_day_of_service)}"
    yield f"Siste dag med rett: {formats.day(told.last_day_of_right)}"
    if told.hides_place:
        yield "Ungdommen er skjermet. Enheter nevnes ikke her, siden de kan vise hvor ungdommen er."
    nobody = "nevnes ikke" if told.hides_place else ""
    by_rule = told.unit.name or nobody or "ingen; Utdanningsadministrasjonen tildeler"
    yield f"Enhet etter reglene: {by_rule}{metres(told.distance_metres)}"
    yield from _reasons(told.decided.unit.reasons)
    now = told.holder.name or nobody or "ingen"
    ground = GROUNDS.get(told.ground, "")
    yield f"Ansvarlig enhet den dagen: {now}{f' ({ground})' if ground else ''}"
    if told.ground_reason:
        yield f"  – {told.ground_reason}"
    yield from _decision("Bør ansvaret vurderes på nytt", told.unit_change, YES_NO)
    registering = told.registering.name or nobody or "den ansvarlige skolen eller Utdanningsadministrasjonen"
    yield f"Status registreres av: {registering}"
    yield from _reasons(told.registrar.reasons)
    yield "Grupper som passer:"
    yield from (f"  – {group.rule.label_nb} ({group.rule.id})" for group in told.groups if group.holds)


def _decision(title: str, decision, words) -> Iterator[str]:  # type: ignore[no-untyped-def]
    yield f"{title}: {words.get(decision.outcome, str(decision.outcome))}"
    yield from _reasons(decision.reasons)


def _reasons(reasons) -> Iterator[str]:  # type: ignore[no-untyped-def]
    from fotfeste.kernel.reading_words import reading_value
    from fotfeste.law.readings import all_readings

    for reason in reasons:
        reading = f"; uklart, lesemåte {reason.reading}" if reason.reading else ""
        if reason.chosen:
            chosen = reading_value(all_readings()[reason.reading], reason.chosen)
            reading = f"; uklart, fylket har valgt en annen lesemåte enn den foreslåtte, {reason.reading}: «{chosen}»"
        yield f"  – {reason.sentence()} ({reason.source.citation}; {reason.rule}{reading})"
