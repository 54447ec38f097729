"""
The worklist behind row policies, against a filter written by hand that gives the same rows.

What is measured is what the product sends: its own statements, taken from its selectors, as its own role in the actor's
scope. Limit 1.5, or 2 where the hand-written takes less than half a millisecond; and 1.5 from 5 000 to 500 000 people.

The limits are for the list as it opens and its count, for a counsellor, a district and UDA, and finding a name. Each
filter, each list made ready, the order of name, and somebody with a role in each of fifteen counties, whom the service
has none of, are measured beside and told. How many there are, the product asks together with the other figures above
the list ("counters"); a count by itself is measured too.
"""

import argparse
import os
import statistics
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import psycopg

from benchmarks import by_hand, database
from benchmarks.pairs import Comparison, in_turn, table, tell, typical
from benchmarks.product import settings_for
from benchmarks.rows import ON
from benchmarks.server import running
from fotfeste.kernel.database import Endpoint

LIMIT = 1.5
LIMIT_BELOW_HALF_A_MILLISECOND = 2.0
GROWTH = 1.5


@dataclass(frozen=True, slots=True)
class Question:
    """One question to the database. ``kind`` is page, count, counters or search."""

    actor: str
    kind: str
    chosen: str
    order: str = "promise"

    @property
    def is_beside(self) -> bool:
        """Whether it is measured beside what has a limit: another order or filter than the list opens with."""
        return self.actor == "country" or self.chosen not in {"all", "a name"} or self.order != "promise"

    def __str__(self) -> str:
        by_name = ", by name" if self.order == "name" else ""
        return f"{self.actor}: {self.kind}, {self.chosen}{by_name}"


def questions() -> list[Question]:
    """Return everything that is asked: each actor, each filter."""
    asked = []
    for actor in database.ACTORS:
        asked += [Question(actor, "counters", "all"), Question(actor, "page", "all", "name")]
        asked += [Question(actor, "search", "a name")]
        filters = [name for name in by_hand.FILTERS if name != "one district" or actor in {"county", "country"}]
        filters = [name for name in filters if name not in by_hand.READY or actor in by_hand.READY[name][1]]
        asked += [Question(actor, kind, chosen) for chosen in filters for kind in ("page", "count")]
    return asked


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement with its values, ready to be sent again and again."""

    cursor: psycopg.Cursor
    text: str
    values: object

    def rows(self) -> list[tuple]:
        """Send it and fetch the answer."""
        self.cursor.execute(self.text, self.values)
        return self.cursor.fetchall()


class Asking:
    """Both ways to ask, on one database."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._ids = database.actor_ids(endpoint)
        # As the product connects: values are bound by the client, and each statement is planned.
        self._app = psycopg.connect(endpoint.app_url, cursor_factory=psycopg.ClientCursor, prepare_threshold=None)
        self._free = psycopg.connect(
            database.unfenced_url(endpoint), cursor_factory=psycopg.ClientCursor, prepare_threshold=None
        )
        self._captured = _point_django_at(endpoint)

    def by_product(self, question: Question) -> Statement:
        """Return the product's statement, on a connection that is in the actor's scope."""
        user_id = self._ids[question.actor]
        text, values = self._captured(user_id, question)
        cursor = self._app.cursor()
        cursor.execute("SELECT access_enter(%s, %s)", [user_id, ON])
        return Statement(cursor, text, values)

    def by_hand(self, question: Question) -> Statement:
        """Return the statement written by hand, on a connection no policy holds."""
        write = {
            "page": by_hand.page,
            "count": by_hand.count,
            "counters": by_hand.counters,
            "search": by_hand.search,
        }[question.kind]
        text = write(question.actor, question.chosen, *([question.order] if question.kind == "page" else []))
        unit = self._free.execute(
            "SELECT min(unit_id) FROM access_role_assignment WHERE user_id = %s", [self._ids[question.actor]]
        ).fetchone()
        values = {
            "unit": unit[0] if unit else None,
            "today": ON,
            "protected": [],
            "oldest": date(ON.year - 24, 1, 1),
            "oldest_end": date(ON.year - 24, 12, 31),
        }
        return Statement(self._free.cursor(), text, values)

    def close(self) -> None:
        """Leave the database."""
        self._app.close()
        self._free.close()


def _point_django_at(endpoint: Endpoint) -> Callable[[int, Question], tuple[str, object]]:
    """Let Django use the database, and return what takes a statement from the product's selectors."""
    os.environ.update(settings_for(endpoint))
    import django

    django.setup()
    from django.db import connections

    from fotfeste.kernel.database.urls import as_django

    connections["default"].close()
    connections.databases["default"].update({**as_django(endpoint.app_url), "OPTIONS": {}})
    del connections["default"]
    return _statement_of


def _statement_of(user_id: int, question: Question) -> tuple[str, object]:
    from django.db import connection

    from fotfeste.access.scope import acting_as
    from fotfeste.access.selectors import actor_for
    from fotfeste.casework.selectors.worklist import open_registrations
    from fotfeste.lists.selectors import worklist
    from fotfeste.people.selectors import search_youths

    sent: list[tuple[str, object]] = []

    def keep(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        sent.append((sql, params))
        return execute(sql, params, many, context)

    actor = actor_for(user_id=user_id, on=ON)
    assert actor is not None
    chosen = _filter(question) if question.kind != "search" else None
    with acting_as(actor, on=ON), connection.execute_wrapper(keep):
        if chosen is None:
            search_youths(text=by_hand.NAME[0], posted=True)
        elif question.kind == "counters":
            worklist.counts(actor=actor, chosen=chosen, today=ON)
        elif question.kind == "count":
            open_registrations().filter(worklist.asked(actor=actor, chosen=chosen, today=ON)).count()
        else:
            worklist.rows(actor=actor, chosen=chosen, today=ON, start=0, count=50)
    return sent[0]  # a search that finds nobody by the beginning of a name looks on


def _filter(question: Question):  # type: ignore[no-untyped-def]
    from fotfeste.casework.selectors.worklist import WorklistFilter

    chosen = {
        **{name: {"ready": name} for name in by_hand.READY},
        "all": {},
        "status": {"statuses": ("OTAR",)},
        "unknown since": {"unknown_for_days": 90},
        "must be confirmed": {"must_be_confirmed": True},
        "no contact": {"no_contact_for_days": 30},
        "one district": {"district_code": "030105"},
    }[question.chosen]
    return WorklistFilter(order=question.order, **chosen)  # type: ignore[arg-type]


def compare(asking: Asking, question: Question, *, times: int, pairs: int) -> Comparison:
    """Measure one question both ways, having seen that they answer the same."""
    hand, product = asking.by_hand(question), asking.by_product(question)
    _must_agree(question, hand.rows(), product.rows())
    compared = in_turn(
        str(question),
        lambda: typical(hand.rows, times=times),
        lambda: typical(product.rows, times=times),
        pairs=pairs,
        limit=LIMIT,
    )
    limit = _limit(statistics.median(compared.yardstick))
    return replace(compared, limit=limit, is_beside=question.is_beside)


def _limit(yardstick: float) -> float:
    return LIMIT_BELOW_HALF_A_MILLISECOND if yardstick < 0.0005 else LIMIT


def _must_agree(question: Question, by_hand_rows: list[tuple], by_product_rows: list[tuple]) -> None:
    first = [row[0] for row in by_hand_rows], [row[0] for row in by_product_rows]
    if question.kind == "counters":
        [counted] = by_product_rows[0]  # the product counts into an array
        first = [sorted(by_hand_rows[0])], [sorted(counted)]
    if first[0] != first[1]:
        raise SystemExit(f"{question}: the two do not answer the same, so they cannot be compared.")


def growth(small: Asking, large: Asking, *, times: int, pairs: int) -> list[Comparison]:
    """Measure the product's own statements in a small and a large database, where the actor sees as many rows."""
    compared = []
    for question in (each for each in questions() if each.actor != "country"):
        few, many = small.by_product(question), large.by_product(question)
        grown = in_turn(
            f"{question}: 5 000 → 500 000",
            lambda few=few: typical(few.rows, times=times),
            lambda many=many: typical(many.rows, times=times),
            pairs=pairs,
            limit=GROWTH,
        )
        compared.append(replace(grown, is_beside=question.is_beside))
    return compared


def main(arguments: list[str] | None = None) -> int:
    """Measure everything and say how it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=7)
    parser.add_argument("--times", type=int, default=25, help="runs behind each figure")
    parser.add_argument("--only", default="", help="questions that hold these words")
    chosen = parser.parse_args(arguments)
    with running("lists-server") as server:
        large = Asking(database.people(server, database.COUNTRY))
        wanted = [each for each in questions() if chosen.only in str(each)]
        how = {"times": chosen.times, "pairs": chosen.pairs}
        compared = [compare(large, question, **how) for question in wanted]
        small = Asking(database.people(server, database.COUNTY))
        grown = [] if chosen.only else growth(small, large, **how)
        small.close()
        large.close()
    parts = [
        "Each statement is the product's own, through the row policies, against one written by hand without them.",
        table(compared),
        *(
            [
                "The same statements where the actor sees as many rows among 5 000 and among 500 000 people.",
                table(grown),
            ]
            if grown
            else []
        ),
    ]
    return tell("Worklist through row policies", parts, [*compared, *grown], keep=not chosen.only)


if __name__ == "__main__":
    sys.exit(main())
