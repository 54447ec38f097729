"""The directory: who takes part in the service, and whom to call there."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.kernel import clock, formats
from fotfeste.kernel.ui import Link
from fotfeste.kernel.whole_number import whole_number
from fotfeste.organisations import policies
from fotfeste.organisations.forms import DirectoryFilterForm
from fotfeste.organisations.selectors import contacts, counties, units
from fotfeste.organisations.selectors import directory as directory_selectors
from fotfeste.organisations.selectors.unit_files import closing_cells
from fotfeste.organisations.views import rows, unit_parts
from fotfeste.spec import implements

PAGE = 50


@implements("avt-nav-list-shared", "dl-nav-contact-list")
@requires(Permission.DIRECTORY_VIEW)
@require_GET
def directory(request: ActorRequest) -> HttpResponse:
    """Show the units of a county, narrowed by what was chosen, with the people named at each."""
    today, actor = clock.today(), request.actor
    names = {county.pk: county.name for county in counties.counties_on(on=today)}
    county_id = _county(request.GET.get("fylke"), names, default=min(actor.county_ids, default=min(names)))
    district_names = rows.district_names(county_id=county_id, on=today)
    form = DirectoryFilterForm(request.GET, counties=names, districts=district_names.items(), county_id=county_id)
    only_lacking = request.GET.get("mangler") == "ja"
    chosen = form.chosen(only_without_contact=only_lacking)
    found = directory_selectors.directory(chosen=chosen, on=today)
    is_narrowed = bool(chosen.text or chosen.kind or chosen.district_code)
    page = Paginator(found, PAGE).get_page(request.GET.get("side"))
    context = {
        "form": form,
        "page_obj": page,
        "rows": rows.unit_rows(list(page), county_id=county_id, on=today, district_names=district_names),
        "only_lacking": only_lacking,
        "is_narrowed": is_narrowed,
        "current_shares": contacts.contacts_current(county_id=county_id, on=today) if only_lacking else [],
        "tabs": rows.tabs(actor=actor, county_id=county_id, on=today, current="lacking" if only_lacking else "all"),
        "may_load_units": policies.may_load_units(actor=actor, county_id=county_id),
        "clear_url": is_narrowed and _address(county_id, only_lacking=only_lacking),
    }
    return render_screen(request, "organisations/directory.html", context, partial="organisations/_units.html")


def _address(county_id: int, *, only_lacking: bool) -> str:
    """Return the address of the tab with nothing narrowed."""
    return f"{reverse('organisations:directory')}?fylke={county_id}{'&mangler=ja' if only_lacking else ''}"


def _county(text: str | None, names: dict[int, str], *, default: int) -> int:
    number = whole_number(text)
    return number if number in names else default


@requires(Permission.DIRECTORY_VIEW)
@require_GET
def unit(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Show one unit: what it is, whom it serves or is served by, and who is and was named there."""
    today, shown = clock.today(), rows.get_unit_or_404(unit_id)
    named = list(contacts.contacts_of(unit_id=unit_id))
    now = contacts.contacts_on(unit_ids=[unit_id], on=today)[unit_id]
    lacking = contacts.units_without_named_contact(county_id=shown.county_id, on=today).filter(pk=unit_id)
    district_names = rows.district_names(county_id=shown.county_id, on=today)
    context = {
        "unit": shown,
        "lead": f"{rows.kinds_of(shown)} · {shown.county.name}",
        "facts": _facts(shown, district_names),
        "serves": units.units_served_by(unit_id=unit_id, on=today),
        "parts": units.units_under(unit_id=unit_id, on=today),
        "now": rows.contact_rows(now, on=today),
        "later": [c for c in named if c.first_day > today],
        "earlier": [c for c in named if c.last_day is not None and c.last_day < today],
        "lacks_contact": lacking.exists(),
        "needed_role": rows.proposed_role(shown).label,
        "may_edit": policies.may_edit_named_contact(actor=request.actor, unit=shown),
        "may_close": policies.may_load_units(actor=request.actor, county_id=shown.county_id)
        and closing_cells(shown, closed_from=None) is not None,
        "may_acknowledge": policies.may_acknowledge_named_contact(actor=request.actor, county_id=shown.county_id),
        "links": unit_parts.links(actor=request.actor, unit=shown),
        "crumbs": [Link(_("Enheter"), reverse("organisations:directory")), Link(shown.name)],
    }
    return render_screen(request, "organisations/unit.html", context)


def _facts(shown: "rows.Unit", district_names: dict[str, str]) -> list[tuple[str, str]]:
    """Return the facts known about a unit, in the order people ask for them; what is not known is left out."""
    place = ", ".join(filter(None, (shown.street, f"{shown.postcode} {shown.city}".strip())))
    facts = [
        (_("Adresse"), place if shown.street else ""),
        (_("Ligger i bydel"), district_names.get(shown.district_code, "") if shown.code != shown.district_code else ""),
        (_("Del av"), shown.parent.name if shown.parent else ""),
        (_("Kan ha OT-ansvar"), _("Ja") if shown.takes_responsibility else _("Nei")),
        (_("Eier"), _("Privat") if shown.is_private else ""),
        (_("Åpen"), formats.period(shown.first_day, shown.last_day) if shown.first_day or shown.last_day else ""),
        (_("Organisasjonsnummer"), _in_threes(shown.org_number)),
        (_("VIGO-nummer"), shown.vigo_number),
        (_("Kode"), shown.code),
        (_("Merknad"), shown.note),
        (_("Kilde"), _("Fylkets egne opplysninger") if shown.is_kept_locally else shown.source),
    ]
    return [(label, value) for label, value in facts if value]


def _in_threes(number: str) -> str:
    return formats.NBSP.join(number[i : i + 3] for i in range(0, len(number), 3))
