"""The worklist: who is in the service now, and who of them needs something."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.roles import Role
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.access.topics import Scope, Topic
from fotfeste.casework.selectors.counsellors import names_to_choose, units_to_choose_at
from fotfeste.casework.selectors.open_work import youths_of_each
from fotfeste.casework.views.desk import number_or_none, take_report
from fotfeste.kernel import clock
from fotfeste.lists.forms import Choices, CounsellorForm, Places, SaveFilterForm, SentForm, WorklistFilterForm
from fotfeste.lists.selectors import worklist as selectors
from fotfeste.lists.views.choices_report import take_choices
from fotfeste.lists.views.ready_words import chip_texts, ready_texts
from fotfeste.lists.views.rows import RowMaker, reminders_for, row_words
from fotfeste.organisations.selectors import units

PAGE = 50
#: Where what came of registering for many is kept until the list is shown.
ATTEMPTS_REPORT = "worklist_attempts"
#: Where what came of confirming the statuses of many is kept until then.
CONFIRMED_REPORT = "worklist_confirmed"


@dataclass(frozen=True, slots=True)
class Chip:
    """A choice above the list, with how many it finds and the address that turns it on or off."""

    label: str
    url: str
    count: int
    is_on: bool
    filter_id: int | None = None


@requires(Permission.WORKLIST_VIEW)
@require_GET
def worklist(request: ActorRequest) -> HttpResponse:
    """Show the open registrations, narrowed and in the order chosen."""
    return render_worklist(request, SaveFilterForm())


def render_worklist(
    request: ActorRequest,
    save_form: SaveFilterForm,
    *,
    counsellor_form: CounsellorForm | None = None,
    sent_form: SentForm | None = None,
    nobody_ticked: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Answer with the worklist, or the part below the filters."""
    today, actor = clock.today(), request.actor
    kept = selectors.saved_filters(user_id=actor.user_id)
    places, choices = read_filter(actor, request.GET, today, also=[each.query for each in kept])
    chosen = choices.chosen
    counts = selectors.counts(actor=actor, chosen=chosen, today=today)
    page = Paginator(range(counts.total), PAGE).get_page(request.GET.get("side"))
    start = (page.number - 1) * PAGE
    found = selectors.rows(actor=actor, chosen=chosen, today=today, start=start, count=PAGE)
    names, columns = dict(places.districts), choices.columns
    others = selectors.registered_for(actor=actor, registrations=found, today=today)
    maker = RowMaker(actor=actor, today=today, district_names=names, registered_for=others)
    rows = list(map(maker.row_of, found))
    report, attempts = take_choices(request), take_report(request, ATTEMPTS_REPORT)
    confirmed = take_report(request, CONFIRMED_REPORT)
    shares_out = chosen.ready == "no_person" or chosen.without_counsellor
    loads = youths_of_each(unit_ids=units_to_choose_at(actor)) if shares_out else None
    context = {
        "form": WorklistFilterForm(choices, places=places),
        "save_form": save_form,
        "sort": choices.sort_now,
        "query": urlencode(choices.query),
        "page_obj": page,
        "rows": rows,
        "chips": _chips(choices, counts),
        "saved": _saved(actor, kept, places, choices, today),
        "columns": columns,
        "reminders": reminders_for(actor, found) if "reminder" in columns else {},
        "shows_unit": "responsible" in columns and len({row.unit for row in rows}) > 1,
        "shows_person": "responsible" in columns and any(row.counsellor or row.may_choose for row in rows),
        "shows_district": "district" in columns and bool(names) and any(row.district for row in rows),
        "shows_buttons": any(row.may_register for row in rows),
        "shows_choose": any(row.may_choose for row in rows),
        "counsellor_form": counsellor_form or CounsellorForm(places=places, loads=loads),
        "chosen": frozenset(request.POST.getlist("valgt")),
        "report": report,
        "attempts": attempts,
        "confirmed": confirmed,
        "may_confirm": actor.has(Permission.STATUS_CONFIRM),
        "nobody_ticked": nobody_ticked,
        "sent_form": (sent_form or SentForm()) if actor.has(Permission.CONTACT_REGISTER) else None,
        "is_narrowed": choices.is_narrowed,
        "ready": ready_texts().get(chosen.ready) if chosen.ready else None,
        "ready_off": list_url({name: kept for name, kept in choices.query.items() if name != "utvalg"}),
        "may_take_out": actor.has(Permission.WORKLIST_EXPORT),
        "may_hand_over": bool(units_to_choose_at(actor)),
        "scope": _scope(actor),
        "meanings": chip_texts().values(),
        **row_words(),
    }
    return render_screen(
        request,
        "lists/worklist.html",
        context,
        partial="lists/_worklist.html",
        listed=[
            *(each.youth_id for each in found),
            *(report.named if report else ()),
            *(attempts.named if attempts else ()),
            *(confirmed.named if confirmed else ()),
        ],
        topic=Topic.STATUS,
        status=status,
    )


def read_filter(
    actor: Actor, data: Any, today: date, *, also: Iterable[Mapping[str, str]] = ()
) -> tuple[Places, Choices]:
    """
    Return what one can choose among, and what was chosen.

    A unit or person once chosen can still be chosen when it has nobody any more: the list is then empty, not whole.

    :param also: choices kept earlier, which are to be readable too.
    """
    asked = [data, *also]
    held = selectors.units_on_list(actor)
    gone = {number for each in asked if (number := number_or_none(each.get("enhet")))} - held.keys()
    held = {**held, **(units.unit_names(gone) if gone else {})}
    districts = units.district_names(county_ids=actor.county_ids, on=today)
    people = dict(names_to_choose(unit_ids=units_to_choose_at(actor) & held.keys(), on=today))
    left = {number for each in asked if (number := number_or_none(each.get("ansvarlig")))} - people.keys()
    places = Places(
        units=tuple(sorted(held.items(), key=lambda item: item[1].casefold())),
        districts=tuple((code, name.removeprefix("Bydel ")) for code, name in districts),
        people=tuple(people.items()),
        left=frozenset(left),
        me=actor.user_id,
    )
    return places, Choices(data, places=places)


def list_url(query: Mapping[str, str]) -> str:
    """Return the address of the list with these choices."""
    return f"{reverse('lists:worklist')}?{urlencode(query)}" if query else reverse("lists:worklist")


def _chips(choices: Choices, counts: selectors.Counts) -> list[Chip]:
    return [
        Chip(label, list_url(choices.query_with(name)), counts.quick[name], choices.is_on(name))
        for name, (label, _meaning) in chip_texts().items()
    ]


def _saved(actor: Actor, kept: list[Any], places: Places, now: Choices, today: date) -> list[Chip]:
    read = {each.pk: Choices(each.query, places=places) for each in kept}
    found = selectors.count_each(actor=actor, filters={pk: each.chosen for pk, each in read.items()}, today=today)
    return [
        Chip(each.name, list_url(read[each.pk].query), found[each.pk], read[each.pk].query == now.query, each.pk)
        for each in kept
    ]


@dataclass(frozen=True, slots=True)
class ListScope:
    """Whose list it is: its heading, what it holds, and what an empty one says to do next."""

    title: str
    lead: str
    empty_title: str
    empty_text: str
    next_url_name: str = ""
    next_label: str = ""


def _scope(actor: Actor) -> ListScope:
    """Return the words for the widest list the actor's roles open."""
    reach = actor.reach_of(Topic.STATUS)
    if Scope.COUNTY in reach:
        return ListScope(
            _("Ungdommer i fylket"),
            _("Alle som er tilmeldt Oppfølgingstjenesten nå."),
            _("Ingen er tilmeldt ennå"),
            _("Når en liste fra VIGO eller en skole er lest inn og tatt i bruk, står ungdommene her."),
            *(("integrations:imports", _("Les inn en fil")) if actor.has(Permission.IMPORT_RUN) else _whom_to_call()),
        )
    if Scope.UNIT not in reach:
        is_asked = any(each.role is Role.NAV_RESPONSIBLE for each in actor.assignments)
        return _asked_only() if is_asked else _let_in_only()
    if any(each.role is Role.DISTRICT_CONTACT for each in actor.assignments):
        return ListScope(
            _("Mine ungdommer"),
            _("De som %(unit)s har ansvaret for.") % {"unit": actor.unit_name},
            _("Bydelen har ikke ansvaret for noen nå"),
            _("Ungdommene bydelen blir spurt om, står på OTUK-listene. Her kommer de bydelen selv har ansvaret for."),
            "lists:otuk",
            _("Se OTUK-listene"),
        )
    return ListScope(
        _("Mine ungdommer"),
        _("De som %(unit)s har ansvaret for.") % {"unit": actor.unit_name},
        _("Ingen ungdommer her nå"),
        _("Når enheten får ansvaret for en ungdom, står ungdommen her samme dag."),
        *_whom_to_call(),
    )


def _whom_to_call() -> tuple[str, str]:
    return "organisations:directory", _("Se hvem du kan ringe")


def _let_in_only() -> ListScope:
    return ListScope(
        _("Ungdommer du er med på"),
        _("De som har sagt ja til at tjenesten din er med."),
        _("Ingen ungdommer har sluppet deg inn ennå"),
        _("Når en ungdom har sagt ja til at tjenesten din er med, står ungdommen her, med det du kan se."),
        *_whom_to_call(),
    )


def _asked_only() -> ListScope:
    return ListScope(
        _("Mine ungdommer"),
        _("Nav har ikke en egen liste i Oppfølgingstjenesten."),
        _("Nav ser dem det er spurt om"),
        _("Spørsmålene fra Utdanningsadministrasjonen står på OTUK-listene. Svar der."),
        "lists:otuk",
        _("Se OTUK-listene"),
    )
