"""The status lists, their validity, and the way from the list of 2011 to today's."""

from datetime import date

import pytest

from fotfeste import codes
from fotfeste.codes import MappingCertainty

ORDER_2011 = [
    "OTUK",
    "OTOV",
    "OTOI",
    "OTHL",
    "OTSY",
    "OTOA",
    "OTAP",
    "OTAR",
    "OTIK",
    "OTMI",
    "OTBA",
    "OTFA",
    "OTFU",
    "OTNO",
    "OTVE",
    "OTVA",
    "OTVU",
    "OTVF",
    "OTLE",
    "OTLA",
    "OTLK",
    "ELEV",
    "FEIL",
    "?",
]
ORDER_TODAY = [
    "OTUK",
    "OTOV",
    "OTOA",
    "OTAP",
    "OTKO",
    "OTAR",
    "OTEV",
    "OTVF",
    "OTLL",
    "OTNO",
    "OTMI",
    "OTBA",
    "OTSY",
    "OTIF",
    "ELGS_IM",
    "ELVG_IM",
    "OTFA_IM",
    "OTFU_IM",
    "Feil",
    "OTAR_IM",
    "OTEV_IM",
    "OTVF_IM",
    "OTLL_IM",
]


@pytest.mark.proves(
    "amb-56",
    "st-elev",
    "st-feil",
    "st-otap",
    "st-otar",
    "st-otba",
    "st-otfa",
    "st-otfu",
    "st-othl",
    "st-otik",
    "st-otla",
    "st-otle",
    "st-otlk",
    "st-otmi",
    "st-otno",
    "st-otoa",
    "st-otoi",
    "st-otov",
    "st-otsy",
    "st-otuk",
    "st-otva",
    "st-otve",
    "st-otvf",
    "st-otvu",
    "st-ukjent",
)
def test_the_list_of_2011_has_the_24_rows_of_the_printed_table_in_order():
    statuses = codes.codes_in_order("2011")
    assert [status.code for status in statuses] == ORDER_2011
    assert (statuses[-1].number, statuses[-1].code) == ("7", codes.UNKNOWN_CODE)


@pytest.mark.proves("mg-1", "mg-2", "mg-3", "mg-4", "mg-5", "mg-6", "mg-7")
def test_the_list_of_2011_has_seven_main_groups_of_which_the_first_three_are_the_target_group():
    groups = codes.status_list("2011").groups
    assert [(group.group, group.in_target_group) for group in groups] == [(n, n <= 3) for n in range(1, 8)]
    rows = [sum(status.group == n for status in codes.codes_in_order("2011")) for n in range(1, 8)]
    assert rows == [5, 4, 5, 7, 1, 1, 1]


@pytest.mark.proves("amb-56")
def test_the_list_of_today_has_its_codes_in_order_and_is_also_known_as_2016():
    assert [status.code for status in codes.codes_in_order("current")] == ORDER_TODAY
    assert codes.status_list("2016") is codes.status_list("2016")
    assert codes.status_list("2016").statuses == codes.status_list("current").statuses


def test_an_unknown_list_is_refused():
    with pytest.raises(KeyError):
        codes.status_list("1999")


@pytest.mark.parametrize("name", ["2011", "current"])
def test_numbers_are_one_for_each_code_on_every_day(name):
    for day in (date(2011, 9, 14), date(2011, 9, 15), date(2016, 6, 30), date(2016, 7, 1), date(2026, 1, 1)):
        numbers = [status.number for status in codes.codes_in_order(name, day)]
        assert len(numbers) == len(set(numbers))


@pytest.mark.proves("rule-count-group-4-5-6-out", "amb-58")
@pytest.mark.parametrize(
    ("name", "groups"),
    [
        pytest.param("2011", {1, 2, 3}, id="groups 1-3 in 2011"),
        pytest.param("current", {1, 2, 3, 4}, id="groups 1-4 today"),
    ],
)
def test_the_target_group_is_its_groups_and_nothing_else(name, groups):
    for status in codes.codes_in_order(name):
        assert codes.is_in_target_group(name, status.code) is (status.group in groups)
        assert status.in_target_group is (status.group in groups)
        assert status.number.split(".")[0] == str(status.group)


def test_a_code_no_list_knows_is_never_counted():
    assert not codes.is_in_target_group("current", "XXXX")
    assert codes.group_of("current", "XXXX") is None
    assert not codes.known_code("?", "2011")


@pytest.mark.parametrize(
    ("code", "day", "number"),
    [
        pytest.param("OTLL", date(2016, 6, 30), "3.6", id="apprentices were 3.6 until the change of 2016"),
        pytest.param("OTLL", date(2016, 7, 1), "3.7", id="and 3.7 after it"),
        pytest.param("OTVF", date(2016, 7, 1), "3.6", id="private pupils took 3.6"),
        pytest.param("OTLL_IM", date(2016, 6, 30), "5.8", id="apprentices outside were 5.8"),
        pytest.param("OTVF_IM", date(2026, 1, 1), "5.8", id="private pupils outside are 5.8"),
    ],
)
def test_the_numbering_moved_in_2016(code, day, number):
    assert codes.code_on("current", code, day).number == number


def test_codes_that_did_not_exist_that_day_are_not_found_and_the_uncertain_day_is_marked():
    assert codes.code_on("current", "OTVF", date(2016, 6, 30)) is None
    assert codes.code_on("current", "OTUK", date(2011, 9, 14)) is None
    assert codes.latest("current", "OTVF").certainty == "probable"
    assert codes.list_on(date(2011, 9, 14)).name == "2011"
    assert codes.list_on(date(2011, 9, 15)).name == "current"


@pytest.mark.parametrize("raw", ["FEIL", "feil", " Feil "])
def test_a_code_is_found_whatever_its_letter_case(raw):
    assert codes.find_code(raw) == "Feil"
    assert codes.find_code(raw, "2011") == "FEIL"
    assert codes.find_code("OTXX") is None


@pytest.mark.parametrize("code", ORDER_2011)
def test_every_code_of_2011_has_a_way_to_codes_that_exist_today(code):
    candidates = codes.map_2011(code)
    assert candidates
    for candidate in candidates:
        assert candidate.code is None or codes.known_code(candidate.code)


@pytest.mark.parametrize(
    ("code", "expected", "certainty"),
    [
        pytest.param("OTUK", ["OTUK"], "same", id="the same code"),
        pytest.param("FEIL", ["Feil"], "sure", id="a mistake is a mistake"),
        pytest.param("OTFA", ["OTFA_IM"], "likely", id="moved, now outside the group"),
        pytest.param("OTHL", ["OTOV", "OTUK"], "ambiguous", id="wholly unemployed, ask a person"),
        pytest.param("OTVF", ["OTVF", "OTVF_IM"], "ambiguous", id="private pupil, in or out"),
        pytest.param("?", [None], "manual", id="unknown code"),
        pytest.param("ZZZZ", [None], "manual", id="a code the list of 2011 never had"),
    ],
)
def test_the_way_from_2011_says_how_sure_it_is(code, expected, certainty):
    candidates = codes.map_2011(code)
    assert [candidate.code for candidate in candidates] == expected
    assert candidates[0].certainty is MappingCertainty(certainty)


@pytest.mark.parametrize(
    ("activity", "in_target_group", "reported"),
    [
        pytest.param("OTAR", True, "OTAR", id="in work, member"),
        pytest.param("OTAR", False, "OTAR_IM", id="in work, not member"),
        pytest.param("OTLL_IM", True, "OTLL", id="the twin follows the membership back"),
        pytest.param("OTFA_IM", True, "OTFA_IM", id="a code without a twin stays"),
        pytest.param("OTOV", False, "OTOV", id="follow-up has no twin"),
        pytest.param("Feil", False, "Feil", id="nor has a mistake"),
    ],
)
def test_the_code_to_report_follows_the_membership(activity, in_target_group, reported):
    assert codes.derive_im_twin(activity, in_target_group) == reported


@pytest.mark.parametrize("name", ["2011", "current"])
def test_every_code_and_group_has_a_text_in_three_languages(name):
    listed = codes.status_list(name)
    for item in (*listed.statuses, *listed.groups):
        assert item.name_nb
        assert item.name_nn
        assert item.name_en
        assert item.source
