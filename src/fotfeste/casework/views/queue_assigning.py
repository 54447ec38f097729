"""Assigning the youths chosen in the queue: each is authorised by itself, and one refused does not stop the others."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.access.screens import ActorRequest
from fotfeste.access.topics import Topic
from fotfeste.casework.forms.queue import EACH_ITS_OWN, AssignManyForm
from fotfeste.casework.selectors.queue import waiting_of
from fotfeste.casework.selectors.suggestions import suggestions_for
from fotfeste.casework.selectors.whereabouts import is_protected
from fotfeste.casework.services import responsibility
from fotfeste.casework.views.desk import number_or_none
from fotfeste.kernel import clock, opaque
from fotfeste.kernel.whole_number import whole_number

Refusals = list[tuple[int, str]]
#: Those who go to the same unit for the same reason: youth and the version of the case the user was shown.
Together = dict[tuple[int, str], list[tuple[int, int | None]]]


def assign_each(request: ActorRequest, ids: list[int], form: AssignManyForm, county_id: int) -> tuple[int, Refusals]:
    """Assign the youths as the form says; return how many were, and who was not with why."""
    open_ids, refused = _open_to(request.actor, ids, county_id)
    together: Together = defaultdict(list)
    if form.cleaned_data["til"] == EACH_ITS_OWN:
        refused += _gather(request, open_ids, together, county_id)
    else:
        key = (opaque.decode(form.cleaned_data["til"]), form.cleaned_data["grunn"])
        together[key] = [(youth_id, _version(request, youth_id)) for youth_id in open_ids]
    done = 0
    for (holder_id, reason), items in together.items():
        result = responsibility.assign_many(actor=request.actor, items=items, holder_id=holder_id, reason=reason)
        done += len(result.assigned)
        refused += result.refused
    return done, refused


def _open_to(actor: Actor, ids: list[int], county_id: int) -> tuple[list[int], Refusals]:
    """Part those the actor may assign from those who wait no longer, or whom the handler of protected youths must."""
    waiting = {each.youth.pk: each.youth for each in waiting_of(youth_ids=ids)}
    sees_all = actor.knows_in_county(Topic.PROTECTED_ADDRESS, county_id)
    allowed: list[int] = []
    refused: Refusals = []
    for youth_id in ids:
        if youth_id not in waiting:
            refused.append((youth_id, _("Står ikke i køen lenger. Noen andre har tildelt.")))
        elif is_protected(waiting[youth_id].protection) and not sees_all:
            refused.append((youth_id, _("Fordeles av den som behandler ungdom med adressebeskyttelse.")))
        else:
            allowed.append(youth_id)
    return allowed, refused


def _gather(request: ActorRequest, ids: Iterable[int], together: Together, county_id: int) -> Refusals:
    """Put each youth with the others that go to the unit chosen on its row; return those without a choice."""
    waiting = waiting_of(youth_ids=ids)
    suggested = suggestions_for(waiting=waiting, county_id=county_id, on=clock.today())
    refused: Refusals = []
    for each in waiting:
        youth_id = each.youth.pk
        wanted = number_or_none(request.POST.get(f"enhet-{opaque.encode(youth_id)}"))
        chosen = next((one for one in suggested.get(youth_id, ()) if one.unit_id == wanted), None)
        if chosen is None:
            refused.append((youth_id, _("Ingen enhet er valgt på raden. Bruk «Velg en annen enhet».")))
        else:
            together[chosen.unit_id, chosen.why].append((youth_id, _version(request, youth_id)))
    return refused


def _version(request: ActorRequest, youth_id: int) -> int:
    """Return the version the page showed; a form without one is as old as can be."""
    text = request.POST.get(f"versjon-{opaque.encode(youth_id)}", "")
    return whole_number(text)
