"""
The approved copy of who may know what, on what ground. Widening a rule takes two edits, and the second one is
``approved_sharing_rules.csv``, read by whoever reviews the first.
"""

import csv
from pathlib import Path

from fotfeste.access import sharing
from fotfeste.access.roles import Role
from fotfeste.access.topics import Ground, Topic

APPROVED = Path(__file__).with_name("approved_sharing_rules.csv")


def _rows() -> list[list[str]]:
    return [
        [
            rule.id,
            " ".join(sorted(rule.receivers)),
            rule.ground.value,
            " ".join(sorted(rule.topics)),
            rule.first_day.isoformat(),
            rule.last_day.isoformat() if rule.last_day else "",
            str(rule.days or ""),
            " ".join(source.id for source in rule.sources),
        ]
        for rule in sharing.rules()
    ]


def test_nobody_may_know_more_or_less_than_was_approved():
    with APPROVED.open(encoding="utf-8", newline="") as file:
        _, *approved = list(csv.reader(file))
    assert _rows() == approved


def test_every_ground_and_topic_stands_in_a_rule():
    told = {rule.ground for rule in sharing.rules()}
    assert told == set(Ground) - {Ground.SYSTEM}
    assert {topic for rule in sharing.rules() for topic in rule.topics} == set(Topic)


def test_a_rule_without_law_is_no_rule():
    assert [rule.id for rule in sharing.rules() if not rule.sources or not rule.condition or not rule.purpose] == []


def test_only_oversight_and_the_youth_read_the_log():
    readers = {name for rule in sharing.rules() if Topic.AUDIT in rule.topics for name in rule.receivers}
    assert readers == {Role.PRIVACY_OFFICER.value, "youth"}


def test_whoever_runs_the_system_knows_nothing_of_anybody():
    assert not [rule.id for rule in sharing.rules() if Role.SYSTEM_ADMINISTRATOR.value in rule.receivers]
