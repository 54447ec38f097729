"""``fotfeste check``: does everything hang together? Speaks in counts, never in names."""

import argparse
import json
import sys
from typing import Any


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """In what form, and whether to show row numbers."""
    parser.add_argument("--json", action="store_true", help="skriv svaret som JSON")
    parser.add_argument("--show-ids", action="store_true", help="vis radnumrene til det som er galt")


def run(arguments: argparse.Namespace) -> int:
    """Run every check and say what is wrong. Exit 1 when something is."""
    from fotfeste.access.selectors import system_actor
    from fotfeste.config.checks import run_all
    from fotfeste.organisations.selectors.counties import county_names

    actor = system_actor("checker", county_ids=tuple(county_names()))
    results = run_all(actor=actor, tell=_progress(quiet=arguments.json))
    ok = all(result.ok for result in results)
    if arguments.json:
        checks = [_as_json(result, show_ids=arguments.show_ids) for result in results]
        print(json.dumps({"checks": checks, "ok": ok}, ensure_ascii=False))
    else:
        for result in results:
            _show(result, show_ids=arguments.show_ids)
        print("Alt henger sammen." if ok else "Noe er galt. Se over.")
    return 0 if ok else 1


def _progress(*, quiet: bool):  # type: ignore[no-untyped-def]
    """Show the check under way on a terminal; say nothing into files and pipes."""
    if quiet or not sys.stderr.isatty():
        return lambda about: None
    return lambda about: print(f"\r\x1b[KSer på {about} …", end="\r\x1b[K", file=sys.stderr, flush=True)


def _as_json(result, *, show_ids: bool) -> dict[str, Any]:  # type: ignore[no-untyped-def]
    told: dict[str, Any] = {
        "name": result.name,
        "title": result.title,
        "ok": result.ok,
        "problems": [problem.sentence for problem in result.problems if problem.is_fault],
        "to_do": [problem.sentence for problem in result.problems if not problem.is_fault],
    }
    if show_ids:
        told["ids"] = [number for problem in result.problems for number in problem.ids]
    return told


def _show(result, *, show_ids: bool) -> None:  # type: ignore[no-untyped-def]
    print(f"{'✓' if result.ok else '✗'} {result.title}")
    for problem in result.problems:
        print(f"    {problem.sentence}")
        if show_ids and problem.ids:
            print(f"    Rader: {', '.join(map(str, problem.ids))}")
