"""Each benchmark runs, on a small database and without a word about how long it takes."""

import os
from collections.abc import Iterator

import pytest

from benchmarks import by_hand, database, linkage, memory, pages, sites, status_table, worklist
from benchmarks.filling.__main__ import finish, prepare
from benchmarks.pairs import Comparison, table, tell
from fotfeste.kernel.database import Endpoint

SMALL = database.Size("small", 1500, is_country=True)
NAME = "fotfeste_committed"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def filled(committed_database: Endpoint) -> Iterator[Endpoint]:
    """A small country, found sound by the product's own checks."""
    before = dict(os.environ)
    prepare()
    database._fill(committed_database, NAME, "people.sql", SMALL)
    finish()
    yield committed_database
    os.environ.clear()
    os.environ.update(before)


def test_lists_pages_and_tables_can_be_measured_on_a_small_country(filled):
    # Given a country in which a counsellor, a district, a county and the country's own see somebody
    asking = worklist.Asking(filled)
    # When each kind of question is asked both ways, they answer the same
    asked = [each for each in worklist.questions() if each.chosen in {"all", "one district", "a name", *by_hand.READY}]
    compared = [worklist.compare(asking, question, times=1, pairs=1) for question in asked]
    asking.close()
    assert {each.split(":")[0] for each in (one.name for one in compared)} == set(database.ACTORS)
    # And when the product and the minimal site are asked for the same pages, both show the rows
    where = pages.addresses(filled)
    with sites.serving(filled, where.minimal_session, target=sites.MINIMAL) as minimal:
        plain = minimal.body(where.minimal_list[0])
        minimal.ask(where.minimal_persons, 1)
    with sites.serving(filled, where.session) as product:
        ours = product.body(where.product_list[0])
        narrowed = {name: product.body(path) for name, path in where.narrowed}
        product.ask(where.product_persons, 1)
        assert memory.memory(product.pid, "Pss") > 0
        assert len(memory.workers_of(product.pid)) >= sites.WORKERS
    assert all(b"<main" in page for page in narrowed.values())
    assert plain.count(b"<tr>") - 1 == ours.count(b"data-row ") > 0
    # And when each person has had ten statuses, the table and the plain layout count the same
    database._fill(filled, NAME, "events.sql", SMALL)
    tables, count = status_table.measure(filled, pairs=1)
    assert count > SMALL.people * 10
    assert len(tables) == len(status_table.DAYS) + 2


def test_a_list_is_compared_both_ways_and_only_a_keyed_hash_is_read_by_trying(capsys, monkeypatch):
    monkeypatch.setattr(linkage, "LIMIT", None)
    assert linkage.main([], size=(30, 80, 12)) == 0
    told = capsys.readouterr().out
    assert "| psi | which 12 of its 30; the other has 80 | 30 were asked about | 0 of 30 |" in told
    assert "| keyed-hash | which 12 of its 30; the other has 80 | 30 were asked about | 30 of 30 |" in told


def test_a_missed_limit_is_said_and_ends_with_one(capsys):
    within = Comparison("a list", (1.0, 1.0, 1.0), (1.2, 1.4, 9.0), 1.5)
    beyond = Comparison("a page", (1.0, 2.0, 1.0), (3.0, 5.0, 2.1), 2.0)
    assert (within.verdict, beyond.verdict) == ("PASS", "FAIL")
    assert tell("Trial", [table([within, beyond])], [within, beyond], keep=False) == 1
    assert "FAIL: a page" in capsys.readouterr().out


def test_every_actor_has_a_filter_written_by_hand():
    assert set(by_hand.WHOSE) == set(database.ACTORS)
