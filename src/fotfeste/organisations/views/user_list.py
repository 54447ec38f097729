"""Who has access: the list of users, narrowed by role and unit, and the search for one by name."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from fotfeste.access import selectors as access
from fotfeste.access.once import keeps_nothing
from fotfeste.access.permissions import Permission
from fotfeste.access.policies import counties_administered
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.access.selectors import UserFilter
from fotfeste.kernel import clock
from fotfeste.organisations.forms import UserFilterForm, UserSearchForm
from fotfeste.organisations.selectors import units

PAGE = 50


@requires(Permission.ACCESS_MANAGE)
@keeps_nothing
@require_http_methods(["GET", "POST"])
def user_list(request: ActorRequest) -> HttpResponse:
    """List those with a role in the counties one administers, by role and unit; a name is looked for by a POST."""
    form = UserFilterForm(request.GET, units=units_administered(request))
    search = UserSearchForm(request.POST or None)
    chosen = form.chosen()
    if request.method == "POST":
        words = search.cleaned_data["q"] if search.is_valid() else ""
        chosen = UserFilter(words=words, past=None)
    found = access.users_found(county_ids=counties_administered(request.actor), on=clock.today(), chosen=chosen)
    page = Paginator(found, PAGE).get_page(request.GET.get("side"))
    context = {
        "form": form,
        "search": search,
        "page_obj": page,
        "searched": bool(chosen.words),
        "narrowed": chosen != UserFilter(),
        "people": _shown(request, list(page), past=chosen.past is True),
        "today": clock.today(),
    }
    status = 422 if request.method == "POST" and search.errors else 200
    return render_screen(
        request, "organisations/users.html", context, partial="organisations/_users.html", status=status
    )


def _shown(request: ActorRequest, people: list[Any], *, past: bool) -> list[tuple[Any, list[Any], bool, bool]]:
    """Return the users with the roles to show, whether they can log in, and whether they know the rules."""
    today, ids = clock.today(), [person.pk for person in people]
    held: dict[int, list[Any]] = {number: [] for number in ids}
    for each in access.assignments_in(county_ids=counties_administered(request.actor), user_ids=ids):
        if past or each.last_day is None or each.last_day >= today:
            held[each.user_id].append(each)
    logins = {identity.user_id for identity in access.identities_of(user_ids=ids)}
    known = access.knowledge_until(user_ids=ids, on=today)
    return [(person, held[person.pk], person.pk in logins, person.pk in known) for person in people]


def units_administered(request: ActorRequest) -> list[tuple[int, str]]:
    """Return the units of the counties in which the actor administers access, with what kind they are."""
    return [
        (unit.pk, f"{unit.name} ({unit.get_kind_display().lower()})")
        for county_id in sorted(counties_administered(request.actor))
        for unit in units.units(county_id=county_id, on=clock.today()).order_by("name")
    ]
