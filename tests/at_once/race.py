"""Two who have the same page open and both save: what each sends, and how the one who comes last is answered."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection
from django.test import Client

from fotfeste.access.actor import Actor
from fotfeste.access.scope import acting_as
from tests import factories as make
from tests.seen import seen

#: Rows that tell what was done or asked, and no fact anybody works with.
_TRACES = {"audit", "pghistory", "procrastinate", "sessions"}
_SESSIONS = "access.Session"


@dataclass
class Race:
    """
    One write that two are about to make.

    :ivar path: the address both send to.
    :ivar both: who sends first, and who comes too late.
    :ivar late: what the one who comes too late has filled in.
    :ivar page: where both saw the form; empty when the button stands alone and carries what ``late`` holds.
    :ivar first: what the first one sends; the same unless given. A callable does something else instead.
    """

    path: str
    both: tuple[Actor, Actor]
    late: dict[str, Any] = field(default_factory=dict)
    page: str = ""
    first: dict[str, Any] | Callable[[], object] | None = None


def browser_of(actor: Actor) -> Client:
    """Return a browser somebody is logged in with."""
    client = Client()
    session = client.session
    session["user_id"] = actor.user_id
    session.save()
    return client


def everything() -> dict[str, str | None]:
    """Return a digest of every row of facts a worker of the county would find, by table; asked in one statement."""
    with acting_as(make.system()), connection.cursor() as cursor:
        cursor.execute(_all_rows())
        return dict(cursor.fetchall())


@cache
def _all_rows() -> str:
    facts = [each._meta for each in apps.get_models() if each._meta.app_label not in _TRACES and each._meta.managed]
    return " UNION ALL ".join(
        f"SELECT '{meta.label}', md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {meta.db_table} t"
        for meta in facts
        if meta.label != _SESSIONS
    )


def run(race: Race) -> None:
    """Let both save; the late one must be shown both versions, nothing may be written, and trying again must work."""
    winner, loser = browser_of(race.both[0]), browser_of(race.both[1])
    shown = [_seen(browser, race) for browser in (winner, loser)]
    if callable(race.first):
        race.first()
    else:
        done = winner.post(race.path, {**shown[0], **(race.late if race.first is None else race.first)})
        assert done.status_code in {200, 302}, ("the first one was refused", done.status_code, _problem(done))
    before = everything()
    late = loser.post(race.path, {**shown[1], **race.late})
    _must_show_both(late)
    assert _changed(before, everything()) == [], "something was written by the one who came too late"
    if late.context["conflict"].version is not None:
        again = loser.post(race.path, {**race.late, **_to_send_again(late, race.path)})
        assert again.status_code in {200, 302}, ("trying again did not work", again.status_code, _problem(again))
        assert _changed(before, everything()), "trying again wrote nothing"


def _seen(browser: Client, race: Race) -> dict[str, str]:
    if not race.page:
        return {}
    page = browser.get(race.page)
    assert page.status_code == 200, (race.page, page.status_code)
    return seen(page, "" if race.page == race.path else race.path)


def _must_show_both(answer: Any) -> None:
    assert answer.status_code == 409, ("the late one was not told", answer.status_code, _problem(answer))
    conflict, text = answer.context["conflict"], answer.content.decode()
    assert "Noen lagret før deg" in text
    assert any(map(str, conflict.theirs.values())), "nothing of what stands is shown"
    assert any(map(str, conflict.yours.values())), "nothing of what was to be saved is shown"
    assert set(conflict.theirs) & set(conflict.yours), "the two versions have nothing in common to compare"


def _to_send_again(answer: Any, path: str) -> dict[str, str]:
    """Return what the page that shows both versions carries: in a form of its own, or in the screen's."""
    try:
        return seen(answer, path)
    except AssertionError:
        return seen(answer)


def _changed(before: dict[str, str | None], after: dict[str, str | None]) -> list[str]:
    return [name for name, rows in before.items() if rows != after[name]]


def _problem(answer: Any) -> str:
    """Return the refusal or the wrong fields, to see at once why a scenario went otherwise."""
    context = getattr(answer, "context", None) or {}
    form = context.get("form") if context else None
    return f"{dict(form.errors.as_data()) if form is not None else ''} {[str(m) for m in context.get('messages', ())] if context else ''}"
