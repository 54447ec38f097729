"""The specification data is whole: everything is there, named, sourced and pointing to things that exist."""

import re
from collections import Counter

import pytest

from fotfeste.law.readings import all_readings
from fotfeste.spec import catalogue, marker

COUNTS = {
    "duty": 156,
    "duty-statement": 85,
    "deadline": 44,
    "principle": 4,
    "routine": 16,
    "routine-step": 79,
    "checkpoint": 14,
    "form": 23,
    "form-field": 229,
    "group-rule": 33,
    "unit-rule": 14,
    "status-rule": 16,
    "status": 24,
    "status-group": 7,
    "report": 10,
    "indicator": 25,
    "evaluation-question": 8,
    "measure": 71,
    "blocking-rule": 20,
    "package": 10,
    "needs-assessment": 50,
    "survey-item": 26,
    "survey-scale": 3,
    "interview-question": 63,
    "survey-cell": 4,
    "role": 53,
    "agreement": 12,
    "priority-area": 9,
    "agreement-condition": 14,
    "cooperation-form": 6,
    "finding": 48,
    "reading": 72,
}

READING_NAMED = re.compile(r"amb-\d\d")

# The facts that point to other items, and nothing else.
POINTERS = (
    *("after", "before", "blocked_by", "check", "deadlines", "duties", "form", "group", "indicators"),
    *("packages", "parts", "preconditions", "principles", "related", "scale", "see", "target_groups"),
)

EVERYTHING = catalogue.items()


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from strings(each)
    elif hasattr(value, "values"):
        yield from strings(tuple(value.values()))


@pytest.mark.parametrize(("kind", "count"), COUNTS.items())
def test_every_item_of_a_kind_is_there(kind, count):
    assert len(catalogue.items(kind)) == count


def test_the_statements_of_both_documents_add_up():
    statements = (*catalogue.items("duty"), *catalogue.items("duty-statement"))
    assert Counter(each.id.split("-")[0] for each in statements) == {"avt": 85, "std": 156}


def test_an_id_is_written_in_small_letters_and_hyphens():
    assert [each.id for each in EVERYTHING if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", each.id)] == []


def test_an_id_used_twice_is_refused(monkeypatch):
    monkeypatch.setattr(catalogue, "_load", lambda name: {"duty": [{"id": "avt-a"}, {"id": "avt-a"}]})
    with pytest.raises(ValueError, match="avt-a"):
        catalogue._by_id.__wrapped__()


def test_every_item_has_a_norwegian_label():
    assert [each.id for each in EVERYTHING if not each.label_nb] == []


def test_every_item_says_which_document_it_comes_from():
    known = set(catalogue.documents())
    for each in EVERYTHING:
        named = {part.strip().split(" ")[0] for part in each.source.split(";")}
        assert named, each.id
        assert named <= known, each.id


@pytest.mark.parametrize("pointer", POINTERS)
def test_every_item_pointed_to_exists(pointer):
    known = {each.id for each in EVERYTHING}
    pointing = [each for each in EVERYTHING if each.get(pointer)]
    assert pointing, "no item has this fact any more"
    for each in pointing:
        assert set(strings(each.get(pointer))) <= known, each.id


def test_every_step_leads_to_a_step_a_routine_or_the_end():
    known = {each.id for kind in ("routine", "routine-step") for each in catalogue.items(kind)}
    for step in catalogue.items("routine-step"):
        for onward in step.get("next"):
            assert (onward if isinstance(onward, str) else onward["to"]) in known | {"end"}, step.id


def test_every_evaluation_question_has_something_to_answer_it():
    indicators = {each.id for each in catalogue.items("indicator")}
    for question in catalogue.items("evaluation-question"):
        assert set(question.get("data")) <= indicators | {"survey", "interview", "needs-assessment"}, question.id


def test_forms_produced_by_a_step_exist():
    forms = {form.id for form in catalogue.items("form")}
    produced = {name for step in catalogue.items("routine-step") for name in step.get("gives")}
    assert {name for name in produced if name.startswith("form-")} <= forms


def test_every_reading_named_in_a_text_exists():
    known = {reading.id for reading in catalogue.items("reading")}
    named = {found for each in EVERYTHING for text in strings(each.facts) for found in READING_NAMED.findall(text)}
    assert named <= known


def test_every_reading_says_what_it_means_and_from_when():
    for reading in catalogue.items("reading"):
        assert reading.get("says"), reading.id
        assert reading.get("reading"), reading.id
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", reading.get("first_day")), reading.id


def test_a_reading_the_law_makes_a_setting_of_has_the_same_name_and_first_day():
    for setting in all_readings().values():
        if setting.id.startswith("amb-"):
            reading = catalogue.item(setting.id)
            expected = (setting.name, setting.lines[0].first_day.isoformat())
            assert (reading.get("setting"), reading.get("first_day")) == expected, setting.id


def test_each_party_has_the_statements_the_documents_give_it():
    statements = (*catalogue.items("duty"), *catalogue.items("duty-statement"))
    assert Counter(each.get("party") or catalogue.item(each.parent).get("party") for each in statements) == {
        "all": 39,
        "uda": 34,
        "school-counsellor": 32,
        "school": 29,
        "district-contact": 24,
        "nav-ot-responsible": 19,
        "nav-adviser": 15,
        "apprenticeship-dept": 10,
        "district": 9,
        "nav-oslo": 8,
        "nav-office": 7,
        "ude": 4,
        "adult-education": 4,
        "vo-service-centre": 3,
        "set": 2,
        "utd": 2,
    }


def test_the_statements_tied_to_consent_and_the_events_on_a_date_are_counted_as_in_the_documents():
    statements = (*catalogue.items("duty"), *catalogue.items("duty-statement"))
    tied = [each for each in statements if each.get("consent", catalogue.item(duty_id(each)).get("consent"))]
    assert len(tied) == 59
    assert sum(deadline.get("type") == "date" for deadline in catalogue.items("deadline")) == 19


def duty_id(statement):
    return catalogue.duty_of(statement.id)


def test_a_duty_statement_leads_to_its_duty():
    assert catalogue.duty_of("std-dc-review-lists") == "avt-dc-review-lists"
    assert catalogue.duty_of("avt-dc-review-lists") == "avt-dc-review-lists"
    assert catalogue.item("std-dc-review-lists").label_nb == catalogue.item("avt-dc-review-lists").label_nb


def test_unit_rules_come_in_the_order_they_are_tried():
    order = [rule.get("order") for rule in catalogue.items("unit-rule")]
    assert order == sorted(order)
    assert len(set(order)) == 14


def test_the_national_count_of_2011_adds_up_by_group():
    groups = {group.id: group.get("national_2011") for group in catalogue.items("status-group")}
    counted = Counter()
    for status in catalogue.items("status"):
        counted[status.get("group")] += status.get("national_2011")
    assert counted == groups
    assert sum(groups.values()) == 45168
    assert sum(groups[f"mg-{number}"] for number in (1, 2, 3)) == 29113


def test_an_unknown_id_is_refused_by_name():
    with pytest.raises(catalogue.UnknownItem, match="tg-nothing"):
        catalogue.item("tg-nothing")


def test_an_unknown_kind_has_no_items():
    assert catalogue.items("nothing") == ()


def test_the_facts_of_an_item_cannot_be_changed():
    with pytest.raises(TypeError):
        catalogue.item("tg-age-frame").facts["outcome"] = "not-in-ot"


def test_the_list_of_ids_is_the_catalogue():
    assert marker.known_ids() == {each.id for each in EVERYTHING}
