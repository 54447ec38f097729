"""What the components say, and that they can be used by all."""

import re
from html.parser import HTMLParser

import pytest
from django import forms
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from fotfeste.kernel.errors import EditConflict
from fotfeste.kernel.forms import DateField, Form
from fotfeste.kernel.ui import CONSENTS, TONES, Sort, UserMenu
from fotfeste.kernel.views import errors
from fotfeste.kernel.views.styleguide import styleguide
from fotfeste.law import sources
from fotfeste.law.decision import Decision, Reason


class Elements(HTMLParser):
    """Every start tag of a page with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def draw(source: str, *, path: str = "/liste", **context: object) -> str:
    template = engines["django"].from_string("{% load ui formats %}" + source)
    return template.render(context, RequestFactory().get(path))


@pytest.fixture(scope="module")
def guide() -> str:
    return styleguide(RequestFactory().get("/stilguide")).content.decode()


def test_what_is_drawn_once_follows_the_language_and_holds_nothing_of_the_page_it_was_drawn_on():
    template = engines["django"].from_string(
        '{% load i18n ui %}{% unchanging %}{% translate "Lukk" %}{{ name }}{% endunchanging %}{{ name }}'
    )
    said = []
    for language, name in (("nb", "Amina"), ("en", "Jonas"), ("nb", "Sara")):
        with override(language):
            said.append(template.render({"name": name}))
    assert said == ["LukkAmina", "CloseJonas", "LukkSara"]


def test_no_component_carries_style_or_script_of_its_own(guide):
    assert re.findall(r"\sstyle=", guide) == []
    assert re.findall(r"<style", guide) == []
    assert re.findall(r"\son[a-z]+=", guide) == []
    assert re.findall(r"javascript:", guide) == []
    scripts = [attrs for tag, attrs in Elements(guide).found if tag == "script"]
    assert scripts
    assert all(attrs.get("src", "").startswith("/static/") for attrs in scripts)


def test_every_reference_to_an_id_finds_it_and_no_id_stands_twice(guide):
    found = Elements(guide).found
    ids = [attrs["id"] for _, attrs in found if attrs.get("id")]
    assert len(ids) == len(set(ids))
    for _, attrs in found:
        for name in ("for", "aria-describedby", "aria-labelledby", "data-opens"):
            for wanted in (attrs.get(name) or "").split():
                assert wanted in ids, f"{name}={wanted}"


def test_htmx_keeps_no_copy_of_pages_about_people(guide):
    config = next(attrs["content"] for tag, attrs in Elements(guide).found if attrs.get("name") == "htmx-config")
    assert '"historyCacheSize":0' in config
    assert '"allowEval":false' in config
    assert '"includeIndicatorStyles":false' in config


def test_a_demo_says_that_its_people_are_made_up(guide):
    assert "Demo – bare oppdiktede personer" in guide
    assert "oppdiktede" not in render_to_string("kernel/errors/404.html", {"is_demo": False})


@pytest.mark.parametrize("tone", TONES)
def test_a_status_has_a_shape_and_words_beside_its_colour(tone):
    drawn = draw("{% status_chip 'Ukjent aktivitet' tone %}", tone=tone)
    assert "<svg" in drawn
    assert "Ukjent aktivitet" in drawn


def test_a_long_status_may_break_at_its_strokes_and_brackets():
    assert "Lærling/<wbr>lærekandidat" in draw("{% status_chip 'Lærling/lærekandidat' %}")
    assert "fylkeskommunen<wbr>(/<wbr>kommunen)" in draw("{% status_chip 'fylkeskommunen(/kommunen)' %}")


def test_no_two_meanings_of_a_status_share_a_shape():
    assert len({icon for _, icon in TONES.values()}) == len(TONES)
    assert len({icon for _, icon, _ in CONSENTS.values()}) == len(CONSENTS)


def test_a_consent_says_in_words_where_it_stands():
    drawn = draw("{% consent_chip 'Nav' 'withdrawn' %}{% consent_chip 'Bydel' 'given' 'plan' %}")
    assert "Nav: trukket" in drawn
    assert "Bydel: gitt – plan" in drawn


def test_names_in_components_are_escaped():
    drawn = draw(
        "{% status_chip n %}{% consent_chip n 'given' n %}{% tag n %}{% page_header n %}{% endpage_header %}", n="<b>&"
    )
    assert "<b>" not in drawn
    assert drawn.count("&lt;b&gt;&amp;") == 5


@pytest.mark.parametrize(
    ("sort", "state", "link"),
    [
        (Sort("name"), "ascending", "?q=a&amp;sort=-name"),
        (Sort("name", descending=True), "descending", "?q=a&amp;sort=name"),
        (Sort("born"), "none", "?q=a&amp;sort=name"),
    ],
)
def test_a_columns_heading_tells_its_order_and_turns_it_round(sort, state, link):
    drawn = draw("{% th 'Navn' sort='name' %}", path="/liste?q=a&side=3", sort=sort)
    assert f'aria-sort="{state}"' in drawn
    assert f'href="{link}"' in drawn


def test_a_made_up_sort_gives_the_default_order():
    assert Sort.from_text("-password", allowed=["name", "since"], default="-since") == Sort("since", descending=True)
    assert Sort.from_text("-name", allowed=["name"], default="name").text == "-name"


def test_why_tells_outcome_paragraph_rule_and_what_is_unclear():
    # Given a decision that rests on a reading of an unclear place
    reasons = (
        Reason("tg-age-frame", sources.OPPL_2023_9_4, "Fyller {age} år i år.", (("age", "17"),)),
        Reason("tg-no-application", sources.FOR_2024_8_3, "Vi vet ikke.", (), None, "amb-01"),
    )
    # When it is shown
    drawn = draw("{% why d outcome='I målgruppen' %}{% endwhy %}", d=Decision(True, reasons))
    # Then the sentence has its facts, and the place it rests on and the doubt are said
    for said in ("Hvorfor?", "I målgruppen", "Fyller 17 år i år.", "opplæringslova § 9-4", "tg-age-frame", "amb-01"):
        assert said in drawn
    assert 'aria-label="Oppfylt"' in drawn
    assert 'aria-label="Vet ikke nok"' in drawn
    assert "Regelverket er uklart" in drawn


def test_an_edit_conflict_shows_both_versions_and_marks_what_differs():
    conflict = EditConflict(
        "Status er endret.", theirs={"Status": "OTAK", "Sted": "Alna"}, yours={"Status": "OTUK", "Sted": "Alna"}
    )
    drawn = draw("{% include 'kernel/components/conflict.html' %}", conflict=conflict)
    assert "OTAK" in drawn
    assert "OTUK" in drawn
    assert drawn.count("ulikt") == 1


class Report(Form):
    on = DateField(label="Dag", help_text="Ikke fram i tid.")


def test_a_field_in_error_is_tied_to_its_help_its_message_and_the_summary():
    drawn = draw("{{ form }}", form=Report({"on": "31.02.2026"}))
    field = next(attrs for tag, attrs in Elements(drawn).found if tag == "input")
    assert field["aria-invalid"] == "true"
    assert field["aria-describedby"] == "id_on_helptext id_on_error"
    assert 'id="id_on_error"' in drawn
    assert 'href="#id_on"' in drawn
    assert "Vi forstår ikke datoen. Skriv den slik: 23.11.2026." in drawn
    assert "(må fylles ut)" in drawn


@pytest.mark.parametrize("written", ["2026-11-23", "23.11.2026", "23.11.26"])
def test_a_day_may_be_written_as_norwegians_write_it(written):
    form = Report({"on": written})
    assert form.is_valid()
    assert form.cleaned_data["on"].isoformat() == "2026-11-23"


def test_the_page_is_in_the_language_chosen():
    with override("nn"):
        answer = errors.not_found(RequestFactory().get("/")).content.decode()
    assert '<html lang="nn"' in answer


def test_logging_out_is_a_form_and_not_a_link():
    menu = UserMenu("Kari Berg", logout_url="/logg-ut")
    drawn = render_to_string("kernel/components/user_menu.html", {"menu": menu}, RequestFactory().get("/"))
    assert '<form method="post" action="/logg-ut" data-logs-out>' in drawn
    assert "csrfmiddlewaretoken" in drawn
    assert ">KB</span>" in drawn


@pytest.mark.parametrize("view", [errors.bad_request, errors.forbidden, errors.not_found])
def test_an_error_page_tells_nothing_of_what_went_wrong(view):
    answer = view(RequestFactory().get("/ungdom/hemmelig"), Exception("Amina Testesen")).content.decode()
    assert "Amina" not in answer
    assert "hemmelig" not in answer
    assert "Gå til forsiden" in answer


def test_the_page_for_a_broken_server_needs_nothing_but_itself():
    answer = errors.server_error(RequestFactory().get("/")).content.decode()
    assert "Noe gikk galt hos oss" in answer
    assert "Traceback" not in answer


def test_a_select_says_what_is_chosen_and_takes_every_text_as_text():
    class Choosing(Form):
        where = forms.ChoiceField(
            choices=[("", "Alle"), ("Øst & vest", [("a", "<Alna>"), ("b", 'Bjerke "B"')]), (3, "Tre")],
            required=False,
            widget=forms.Select(attrs={"class": "fot-wide", "data-on": True, "data-off": False}),
        )

    drawn = str(Choosing(initial={"where": "b"})["where"])
    assert drawn.startswith('<select class="ds-input fot-wide" name="where" data-on id="id_where">')
    assert '<optgroup label="Øst &amp; vest">' in drawn
    assert '<option value="a">&lt;Alna&gt;</option>' in drawn
    assert '<option value="b" selected>Bjerke &quot;B&quot;</option>' in drawn
    assert '<option value="3">Tre</option>' in drawn
