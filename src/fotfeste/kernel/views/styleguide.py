"""Every component on one page, with made-up people: for those who build screens and for the tests that look."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms as django_forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from fotfeste.kernel import charts, clock, formats, forms
from fotfeste.kernel.errors import EditConflict
from fotfeste.kernel.ui import Happening, KeyFigure, Link, Sort, Step, Todo, Tone, UserMenu
from fotfeste.kernel.views.styleguide_charts import sample_charts
from fotfeste.law import sources
from fotfeste.law.decision import Decision, Reason

TODAY = date(2026, 11, 23)


class ContactForm(forms.Form):
    """One field of each kind, as on the screen where a contact is registered."""

    channel = django_forms.ChoiceField(
        label=_("Hvordan prøvde du?"),
        choices=[("call", _("Ringte")), ("sms", "SMS"), ("met", _("Møttes")), ("home", _("Hjemmebesøk"))],
        widget=django_forms.RadioSelect,
    )
    on = forms.DateField(label=_("Hvilken dag?"), help_text=_("Ikke fram i tid."))
    school = django_forms.ChoiceField(
        label=_("Ansvarlig skole"), choices=[("", _("Velg skole")), ("1", "Hersleb vgs"), ("2", "Elvebakken vgs")]
    )
    note = django_forms.CharField(
        label=_("Hva kom fram?"),
        widget=django_forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("Skriv det ungdommen skal kunne lese."),
    )
    file = django_forms.FileField(label=_("Vedlegg"), required=False)
    sure = django_forms.BooleanField(label=_("Ungdommen har selv bekreftet det"), required=False)


def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component."""
    with clock.frozen(TODAY):
        return render(request, "kernel/styleguide.html", context(request))


def context(request: HttpRequest) -> dict[str, Any]:
    """Return what the page needs; nothing is read from the database."""
    return {
        "is_demo": True,
        "nav": [
            Link("I dag", "#", current=True),
            Link("Mine ungdommer", "#", count=31),
            Link("Møter", "#"),
            Link("Lister", "#"),
            Link("Oversikt", "#"),
        ],
        "user_menu": UserMenu(
            name="Kari Berg", role="Rådgiver", unit="Hersleb vgs", logout_url="#", links=[Link("Min tilgang", "#")]
        ),
        "search_url": "#",
        "accessibility_url": "#",
        "crumbs": [Link("Mine ungdommer", "#"), Link("Amina Testesen")],
        "tabs": [Link("Oversikt", "#", current=True), Link("Plan", "#"), Link("Møter", "#", count=2), Link("Nav", "#")],
        "sort": Sort("since", descending=True),
        "people": _people(),
        "page_obj": Paginator(range(1212), 25).page(3),
        "decision": _decision(),
        "entries": _timeline(),
        "todo": _todo(),
        "figures": _figures(),
        "steps": [
            Step("Kartlegge", 3, 3),
            Step("Møte", 1, 2, current=True),
            Step("Samarbeid", 0, 3),
            Step("Plan", 0, 1),
        ],
        "facts": [
            ("Født", "12. mars 2009"),
            ("Telefon", "999 00 123"),
            ("Siste skole", "Hersleb vgs, Vg1"),
            ("Foresatt", ""),
        ],
        "conflict": EditConflict(
            "Status er endret.",
            theirs={"Status": "OTAK – i aktivitet", "Merknad": "Jobber i butikk"},
            yours={"Status": "OTUK – ukjent", "Merknad": "Jobber i butikk"},
        ),
        "conflict_at": datetime(2026, 11, 23, 9, 41, tzinfo=clock.OSLO),
        "form": ContactForm(),
        "wrong_form": ContactForm({"w-on": "31.02.2026", "w-note": "Svarte ikke"}, prefix="w"),
        "charts": sample_charts(),
        "today": TODAY,
    }


def _people() -> list[dict[str, Any]]:
    rows = [
        ("Amina Testesen", 2009, "unknown", "Ukjent aktivitet", 72, 3),
        ("Jonas Prøve", 2008, "attention", "Må bekreftes", 41, 1),
        ("Sara Eksempel", 2008, "ok", "I aktivitet", 12, 0),
        ("Máret Øvingsdatter", 2007, "info", "Følges opp", 8, 2),
        ("Ali Liksom-Hansen", 2009, "closed", "Flyttet", 3, 0),
    ]
    return [
        {"name": n, "born": b, "tone": t, "status": s, "since": TODAY - timedelta(days=d), "days": d, "attempts": a}
        for n, b, t, s, d, a in rows
    ]


def _decision() -> Decision[bool]:
    year = (("age", "17"), ("year", "2026"))
    return Decision(
        outcome=True,
        reasons=(
            Reason("tg-right-frame", sources.OPPL_2023_9_4, "Har ikke fullført videregående opplæring."),
            Reason(
                "tg-age-frame", sources.FOR_2024_8_3, "Fyller {age} år i {year}, og er med ut det året.", facts=year
            ),
            Reason(
                "tg-no-application", sources.AGREEMENT_2, "Vi vet ikke om noen arbeider.", holds=None, reading="amb-01"
            ),
            Reason("tg-expelled", sources.STANDARD_6_1, "Er ikke meldt flyttet fra fylket.", holds=False),
        ),
    )


def _timeline() -> list[Happening]:
    sent = datetime(2026, 11, 20, 14, 5, tzinfo=clock.OSLO)
    given = "Arbeid og plan, til 1. mars 2027."
    return [
        Happening(
            sent,
            "SMS sendt, ikke svar",
            by="Kari Berg",
            icon="phone-missed",
            tone=Tone.ATTENTION,
            visibility="internal",
        ),
        Happening(
            date(2026, 10, 2), "Samtykke til Nav gitt", given, "Amina", "handshake", Tone.OK, visibility="shared"
        ),
        Happening(
            date(2026, 9, 12),
            "Meldt inn: avbrutt Vg1",
            "",
            "VIGO",
            "inbox",
            Tone.INFO,
            url="#",
            url_label="Hvorfor her?",
        ),
    ]


def _todo() -> list[Todo]:
    def thing(who: str, what: str, due: int, *actions: str) -> Todo:
        on = TODAY + timedelta(days=due)
        links = [Link(action, "#") for action in actions]
        return Todo(who, what, "#", on, formats.relative_day(on, TODAY), overdue=due < 0, actions=links)

    return [
        thing("Jonas P.", "Status må bekreftes", -2, "Bekreft"),
        thing("Amina T.", "Registrer kontakt – 3 forsøk, ingen svar", 1, "Ring", "SMS", "Svarte ikke"),
        thing("Sara E.", "Bydel Alna spør om overtakelse", 2, "Godta", "Avslå …"),
    ]


def _figures() -> list[KeyFigure]:
    weeks = [0.34, 0.33, 0.29, 0.31, 0.28, 0.25, 0.23]
    line = charts.Sparkline("Ukjent aktivitet siden uke 40", weeks, charts.Unit.SHARE)
    fell = "ned fra 31 % i uke 40"
    return [
        KeyFigure("Ukjent aktivitet", "23 %", "#", "7 av 31, 22. nov. 2026", fell, "down", True, line),
        KeyFigure("Dager til første kontakt", "9", "#", "median, mål 14", "opp fra 8 i fjor", "up", False),
        KeyFigure("Må bekreftes", "5", "#", "av 31"),
        KeyFigure("Venter på Nav", "3", "#", "eldste 12 dager"),
    ]
