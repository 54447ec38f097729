"""Those who write at once: two of each, at the same places, and a youth they share."""

from functools import cached_property
from typing import Any

from django.urls import reverse

from fotfeste.access.actor import Actor
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.casework.models import Registration
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.models import Unit
from tests import factories as make

Both = tuple[Actor, Actor]


class World:
    """One school with one youth, made as they are asked for."""

    @cached_property
    def school(self) -> Unit:
        return make.unit(name="Prøve videregående skole")

    @cached_property
    def other_school(self) -> Unit:
        return make.unit(name="Andre videregående skole", takes_responsibility=True)

    @cached_property
    def district(self) -> Unit:
        return Unit.objects.get(kind=UnitKind.DISTRICT, code="030112")

    @cached_property
    def case(self) -> Registration:
        return make.case(self.school)

    @cached_property
    def counsellors(self) -> Both:
        return self._two(Role.COUNSELLOR, self.school)

    @cached_property
    def admins(self) -> Both:
        return self._two(Role.EDUCATION_ADMIN, make.education_admin())

    @cached_property
    def keepers(self) -> Both:
        return self._two(Role.SYSTEM_ADMINISTRATOR, make.education_admin())

    @cached_property
    def officers(self) -> Both:
        return self._two(Role.PRIVACY_OFFICER, make.education_admin())

    @cached_property
    def contacts(self) -> Both:
        """Return the two who answer for a district that is asked about the youth."""
        make.grant(self.case.youth, self.district, Topic.IDENTITY, Topic.CONTACT, Topic.LIST_ROW, Topic.FEEDBACK)
        return self._two(Role.DISTRICT_CONTACT, self.district)

    def of_youth(self, name: str, **more: Any) -> str:
        """Return an address about the youth."""
        return reverse(f"casework:{name}", kwargs={"youth_id": self.case.youth_id, **more})

    def version(self) -> int:
        """Return the version of the case as a page shows it now."""
        with acting_as(make.system()):
            return int(Registration.objects.get(pk=self.case.pk).version)

    @staticmethod
    def _two(role: Role, at: Unit) -> Both:
        return make.actor(role, at, name="Kari Berg"), make.actor(role, at, name="Ola Lie")
