"""What closes the events whose records are kept by the apps below: statuses, named contacts, meetings and plans."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext_noop

from fotfeste.annualwheel.selectors.closing import Answer, Asked, closes, day_of
from fotfeste.casework.selectors.registered_by import registered_by, still_open_after
from fotfeste.collaboration.selectors.year import clarification_meetings_held, plans_to_end
from fotfeste.correspondence.enums import LetterKind
from fotfeste.correspondence.selectors.mailings import sent_mailings
from fotfeste.law.wheel_days import REGISTRATIONS, days_of, due_after, months_after
from fotfeste.organisations.selectors.contact_changes import nav_contacts_confirmed, replaced_district_contacts
from fotfeste.organisations.selectors.readings import readings_for
from fotfeste.spec import implements

_DAY = timedelta(days=1)


@implements("std-registration-deadline")
@closes(*REGISTRATIONS, by=gettext_noop("Statusen til hver tilmeldt er satt eller bekreftet siden forrige frist."))
def _registered(asked: Asked) -> Iterator[Answer]:
    """Answer for each school: every youth registered there has a status set or confirmed for this deadline."""
    readings = readings_for(county_id=asked.county_id)
    for time in asked.times:
        every = [one.due for one in days_of(REGISTRATIONS, around=time.due, readings=readings)]
        before = max((day for day in every if day < time.due), default=months_after(time.due, -12))
        for unit in registered_by(county_id=asked.county_id, since=before + _DAY, by=min(time.due, asked.today)):
            yield Answer(time.due, unit.done_on, unit.unit_id, unit.name)


@closes("dl-nonapplicant-letter", by=gettext_noop("Brevet til ikke-søkerne er sendt til alle."))
def _letter_sent(asked: Asked) -> Iterator[Answer]:
    made = sent_mailings(county_id=asked.county_id, kind=LetterKind.NON_APPLICANT)
    yield from asked.first_within(day_of(each.finished_at) for each in made if each.finished_at)


@closes("dl-year-end-24", by=gettext_noop("Ingen tilmelding står åpen for den som er for gammel."))
def _left_the_age(asked: Asked) -> Iterator[Answer]:
    for time in asked.times:
        if time.due >= asked.today:
            yield Answer(time.due, None)
        else:
            left = still_open_after(county_id=asked.county_id, last_day=time.due)
            yield Answer(time.due, None if left else time.due)


@closes(
    "dl-contact-change",
    by=gettext_noop("Den nye kontakten står på nettsiden, og Utdanningsadministrasjonen har sett det."),
)
def _contact_replaced(asked: Asked) -> Iterator[Answer]:
    changed = replaced_district_contacts(
        county_id=asked.county_id, first_day=asked.year.first_day, last_day=asked.last_day
    )
    for each in changed:
        done = None
        if each.published_on and each.uda_seen_at:
            done = max(each.published_on, day_of(each.uda_seen_at))
        due = due_after("dl-contact-change", each.first_day) or each.first_day
        yield Answer(due, done, each.unit_id, each.unit.name)


@closes("dl-nav-contact-list", by=gettext_noop("Nav-kontorets kontakt er bekreftet det siste halvåret."))
def _nav_contacts(asked: Asked) -> Iterator[Answer]:
    """Answer for the month it is. When a contact was confirmed before is not kept, so earlier months cannot be told."""
    for time in asked.times:
        if time.opens <= asked.today <= time.due:
            for unit_id, name, confirmed_on in nav_contacts_confirmed(county_id=asked.county_id, on=asked.today):
                yield Answer(time.due, max(confirmed_on, time.opens) if confirmed_on else None, unit_id, name)


@closes("dl-clarification-continuous", by=gettext_noop("Avklaringsmøter som er holdt."))
def _clarified(asked: Asked) -> Iterator[Answer]:
    held = clarification_meetings_held(
        county_id=asked.county_id, first_day=asked.year.first_day, last_day=asked.last_day
    )
    yield from asked.first_within(held)


@closes("dl-plan-end", by=gettext_noop("Planen er fornyet eller avsluttet senest den siste dagen."))
def _plans_ended(asked: Asked) -> Iterator[Answer]:
    plans = plans_to_end(county_id=asked.county_id, first_day=asked.year.first_day, last_day=asked.last_day)
    for last_day, ended_on, unit_id, name in plans:
        yield Answer(last_day, ended_on, unit_id, name)
