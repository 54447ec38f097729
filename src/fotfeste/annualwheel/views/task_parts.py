"""The year's tasks of the actor's units, as they stand among the units' other tasks."""

from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.roles import ROLES
from fotfeste.annualwheel.selectors.tasks import open_tasks, shown
from fotfeste.annualwheel.views.choosing import address
from fotfeste.collaboration.selectors.unit_runs import events_on_turn
from fotfeste.collaboration.views.unit_tasks import UnitTask
from fotfeste.kernel import clock, formats
from fotfeste.law.school_year import school_year_of


def of_units(actor: Actor) -> list[UnitTask]:
    """Return what the year asks of the units one does tasks at; what a step of a routine asks for stands there."""
    today = clock.today()
    mine: dict[int, set[int]] = {}
    for each in actor.assignments:
        if Permission.TASK_DO in ROLES[each.role].permissions:
            mine.setdefault(each.county_id, set()).add(each.unit_id)
    held = events_on_turn(unit_ids={unit_id for unit_ids in mine.values() for unit_id in unit_ids}) if mine else set()
    return [
        UnitTask(
            label=_(each.event.label_nb),
            url=address(school_year_of(each.task.due_on), each.event.id),
            about=each.task.unit.name,
            who=each.holder,
            names_url=reverse("organisations:unit", kwargs={"unit_id": each.task.unit_id}),
            due=formats.relative_day(each.task.due_on, today),
            is_late=each.is_overdue,
        )
        for county_id, unit_ids in mine.items()
        for each in shown(open_tasks(county_id=county_id, unit_ids=unit_ids), county_id=county_id, on=today)
        if (each.task.unit_id, each.event.id) not in held
    ]
