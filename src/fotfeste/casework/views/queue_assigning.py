"""Assigning the youths chosen in the queue: each is authorised by itself, and one refused does not stop the others."""

from django.utils.translation import gettext as _

from fotfeste.access.screens import ActorRequest
from fotfeste.access.topics import Topic
from fotfeste.casework.forms.queue import EACH_ITS_OWN, AssignManyForm
from fotfeste.casework.selectors.queue import waiting_of
from fotfeste.casework.selectors.suggestions import suggestions_for
from fotfeste.casework.selectors.whereabouts import is_protected
from fotfeste.casework.selectors.worklist import open_registrations
from fotfeste.casework.services import responsibility
from fotfeste.casework.services.locking import how_it_stands
from fotfeste.casework.views.desk import number_or_none
from fotfeste.kernel import clock, opaque
from fotfeste.kernel.errors import EditConflict, Invalid
from fotfeste.kernel.seen import each_by_itself
from fotfeste.kernel.whole_number import whole_number
from fotfeste.organisations.selectors import units

Refusals = list[tuple[int, str]]


def assign_each(request: ActorRequest, ids: list[int], form: AssignManyForm, county_id: int) -> tuple[int, Refusals]:
    """
    Assign the youths as the form says; return how many were, and who was not with why.

    :raises EditConflict: there was only one, and somebody has changed the case in between.
    """
    waiting = {each.youth.pk: each for each in waiting_of(youth_ids=ids)}
    sees_all = request.actor.knows_in_county(Topic.PROTECTED_ADDRESS, county_id)
    goes_its_own = form.cleaned_data["til"] == EACH_ITS_OWN
    suggested = (
        suggestions_for(waiting=list(waiting.values()), county_id=county_id, on=clock.today()) if goes_its_own else {}
    )

    def assign(youth_id: int) -> None:
        wanted = number_or_none(request.POST.get(f"enhet-{opaque.encode(youth_id)}")) if goes_its_own else None
        holder_id = wanted if goes_its_own else opaque.decode(form.cleaned_data["til"])
        if youth_id not in waiting:
            raise assigned_meanwhile(youth_id=youth_id, holder_id=holder_id)
        if is_protected(waiting[youth_id].youth.protection) and not sees_all:
            raise Invalid(_("Fordeles av den som behandler ungdom med adressebeskyttelse."))
        reason = form.cleaned_data["grunn"]
        if goes_its_own:
            chosen = next((one for one in suggested.get(youth_id, ()) if one.unit_id == wanted), None)
            if chosen is None:
                raise Invalid(_("Ingen enhet er valgt på raden. Bruk «Velg en annen enhet»."))
            holder_id, reason = chosen.unit_id, chosen.why
        version = whole_number(request.POST.get("version") or request.POST.get(f"versjon-{opaque.encode(youth_id)}"))
        responsibility.assign(
            actor=request.actor, youth_id=youth_id, holder_id=holder_id or 0, reason=reason, version=version
        )

    done, refused = each_by_itself(ids, assign)
    return len(done), refused


def assigned_meanwhile(*, youth_id: int, holder_id: int | None) -> EditConflict | Invalid:
    """Return what to say of one who waits no longer. There is nothing to try again: the queue has nothing to give."""
    said = _("Står ikke i køen lenger. Noen andre har tildelt.")
    registration = open_registrations().filter(youth_id=youth_id).select_related("youth").first()
    if registration is None:
        return Invalid(said)
    wanted = units.unit_names({holder_id}).get(holder_id, "") if holder_id else ""
    return EditConflict(said, theirs=how_it_stands(registration), yours={_("Ansvarlig enhet"): wanted}, about=youth_id)
