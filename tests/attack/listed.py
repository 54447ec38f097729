"""How youths under protection, and shielded ones, are kept out of the lists and what is made of them."""

from typing import Any

from procrastinate.contrib.django import app

from fotfeste.access.scope import acting_as
from fotfeste.casework.services import residence
from fotfeste.kernel import opaque
from fotfeste.lists.matching import KEYED, METHODS
from fotfeste.lists.models import OtukRound
from fotfeste.lists.services.wash import open_wash
from tests import factories as make
from tests.attack.hidden import STREET, Asker
from tests.lists.otuk_world import World

_FILES = ("", "liste.csv", "liste.xlsx", "vask/", "vask/liste.csv", "vask/liste.xlsx")


def frozen_lists(ask: Asker) -> str:
    """Freeze the lists by the command, and return what it says and writes."""
    World.made().unknown("Åpensen")
    said = ask.command("otuk", "--county", "03", "--on", "2026-11-20", "--out", str(ask.folder))
    assert "Åpensen" in ask.files()
    return said + ask.files()


def lists_given(ask: Asker) -> str:
    """Let somebody become protected after the lists were made, and return what those who work with the lists are given."""
    world, made, _later = _graded_after(ask)
    app.tasks["lists.withdraw_protected"]()
    board = f"/otuk/{opaque.encode(made.pk)}/{opaque.encode(world.alna.pk)}/"
    given = [ask.page(actor, board + file) for actor in (world.admin, world.alna_contact, world.nav) for file in _FILES]
    assert "Åpensen" in given[1]
    assert "Senersen" not in "".join(given)
    return "".join(given)


def matched_list(ask: Asker) -> str:
    """Let somebody become protected after the lists were made, and ask Nav's register about the list, both ways."""
    world, _made, later = _graded_after(ask)
    at, said = ("--county", "03", "--district", world.alna.code, "--by"), ""
    for method in METHODS:
        (secret := ask.folder.parent / "hemmelig").write_text("x" * 32)
        (numbers := ask.folder.parent / "numre").write_text(f"{later.youth.national_id}\n{ask.hidden.number}\n")
        question, key, answer = (ask.folder / f"{method}-{each}" for each in ("question", "key", "answer"))
        more = ("--secret", str(secret)) if method == KEYED else ()
        files = ("--method", method, "--out", str(question), "--key", str(key))
        said += ask.command("wash", "request", *at, "Fatima Prøve", *files, *more)
        assert "gjelder 1 ungdom:" in said
        said += key.read_text(errors="replace")
        sent = ("--request", str(question), "--numbers", str(numbers), "--out", str(answer))
        said += ask.command("wash", "answer", *sent, "--whole-district", *more)
        said += ask.command("wash", "finish", *at, "Ingrid Prøve", "--answer", str(answer), "--key", str(key), *more)
        assert "Nav ivaretar 0 av 1 ungdom" in said
    assert "Senersen" not in said
    return said + ask.files()


def worklist_file(ask: Asker) -> str:
    """Return the worklist as the files whoever may take it out is given."""
    world = World.made()
    world.unknown("Åpensen")
    given = [ask.page(world.admin, f"/ungdommer/liste.{kind}") for kind in ("csv", "xlsx")]
    assert all("Åpensen" in each for each in given)
    return "".join(given)


def _graded_after(ask: Asker) -> tuple[World, OtukRound, Any]:
    """Let a list be washed with two on it, and one of them then become protected."""
    world = World.made()
    later = world.unknown("Senersen", street=STREET)
    world.unknown("Åpensen")
    made = world.freeze()
    with acting_as(world.alna_contact):
        open_wash(actor=world.alna_contact, made=made, district_id=world.alna.pk)
    with acting_as(make.system()):
        residence.set_protection(actor=make.system(), youth_id=later.youth_id, grade=ask.hidden.grade)
    return world, made, later
