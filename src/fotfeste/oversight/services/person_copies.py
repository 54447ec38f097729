"""Taking out a copy of all there is about one person, for that person."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import system_actor
from fotfeste.access.topics import Ground, Topic
from fotfeste.audit import services as audit
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Invalid
from fotfeste.oversight import policies
from fotfeste.oversight.selectors.person_copy import PersonCopy, person_copy
from fotfeste.people.selectors import people_with_number, same_person_ids


@transaction.atomic
def copy_person(*, actor: Actor, national_id: str, language: str = "nb") -> PersonCopy | None:
    """
    Return all there is about whoever has the number, told in a language.

    None when the actor's counties know nobody with it.

    It is gathered by the system actor ``overseer``: no role sees all of it, and the one who hands it out is shown
    nothing. That it was taken out is logged as a reading, also when nobody was found.

    Source: personvernforordningen art. 15; personopplysningsloven § 16.

    :raises NotAllowed: the role may not.
    :raises Invalid: the number stands on more than one person.
    """
    policies.may_copy_person(actor=actor).require()
    counties = tuple(sorted(each for each in actor.county_ids if actor.knows_in_county(Topic.AUDIT, each)))
    with acting_as(system_actor("overseer", county_ids=counties)), translation.override(language):
        people = people_with_number(national_id=national_id)
        if len(people) > 1:
            raise Invalid(_("Nummeret står på flere. Utdanningsadministrasjonen må først avgjøre hvem det hører til."))
        same = same_person_ids(youth_id=people[0]) if people else []
        made = person_copy(youth_ids=same, made_at=clock.now()) if same else None
    audit.record(
        "person.copied",
        by=actor.user_id,
        about=same[0] if same else None,
        county=None if same else next(iter(counties), None),
        details={"found": made is not None},
        ground=Ground.OWN_ACCESS.value,
    )
    return made
