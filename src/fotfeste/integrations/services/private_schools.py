"""The report of private schools in September: who is reminded of it, and who has nobody to report."""

from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.correspondence.enums import NoticeKind
from fotfeste.correspondence.services.reminders import Message, Reminded, remind_units
from fotfeste.integrations import policies, selectors
from fotfeste.integrations.models import NothingToReport
from fotfeste.integrations.selectors import SchoolReport
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import EditConflict, Invalid
from fotfeste.law.school_year import school_year_of
from fotfeste.organisations.selectors import contacts, units


def remind_schools(*, actor: Actor, county_id: int, unit_ids: Iterable[int], on: date) -> Reminded:
    """
    Remind the private schools that have not answered this school year. Each is checked by itself.

    :raises NotAllowed: only the county's education administration may.
    """
    policies.may_import(actor=actor, county_id=county_id).require()
    known = {school.unit_id: school for school in selectors.private_school_reports(county_id=county_id, on=on)}
    refused: list[tuple[int, str]] = []
    messages: dict[int, Message] = {}
    reply_to = _reply_to(county_id, on)
    for unit_id in dict.fromkeys(unit_ids):
        school = known.get(unit_id)
        if school is None:
            refused.append((unit_id, _("Enheten er ikke en privat videregående skole i fylket.")))
        elif school.has_answered:
            refused.append((unit_id, _("Skolen har alt svart dette skoleåret.")))
        else:
            messages[unit_id] = _message(school, county_id, on, reply_to)
    result = remind_units(
        actor=actor, county_id=county_id, kind=NoticeKind.PRIVATE_SCHOOL_REPORT, messages=messages, on=on
    )
    return Reminded(result.done, (*refused, *result.refused))


@transaction.atomic
def record_nothing(*, actor: Actor, county_id: int, unit_id: int, told_on: date, on: date) -> NothingToReport:
    """
    Write down that a private school has answered that it has nobody to report this school year.

    :raises NotAllowed: only the county's education administration may.
    :raises Invalid: it is no private school of the county's, or the day is ahead or in another school year.
    :raises EditConflict: it has answered already.
    """
    policies.may_import(actor=actor, county_id=county_id).require()
    school = _school(county_id, unit_id, on)
    year = school_year_of(on)
    if told_on > on or told_on < year.first_day:
        raise Invalid(_("Velg en dag i dette skoleåret, til og med i dag."))
    if school.has_answered:
        raise _answered(school, told_on)
    try:
        with transaction.atomic():
            made = NothingToReport.objects.create(
                unit_id=unit_id,
                county_id=county_id,
                school_year=year.start_year,
                told_on=told_on,
                recorded_by_id=actor.user_id,
                recorded_at=clock.now(),
            )
    except IntegrityError:
        raise _answered(_school(county_id, unit_id, on), told_on) from None
    audit.record("private_school.nothing", by=actor.user_id, county=county_id, details={"unit": unit_id})
    return made


@transaction.atomic
def withdraw_nothing(*, actor: Actor, county_id: int, unit_id: int, on: date, version: int | None = None) -> None:
    """
    Take back that a school has nobody to report. What was written down is kept.

    :param version: the id of the answer the user was shown; None for a job.
    :raises NotAllowed: only the county's education administration may.
    :raises EditConflict: somebody has taken it back in between.
    """
    policies.may_import(actor=actor, county_id=county_id).require()
    row = (
        NothingToReport.objects.select_for_update(of=("self",))
        .filter(unit_id=unit_id, county_id=county_id, school_year=school_year_of(on).start_year, superseded_at=None)
        .first()
    )
    if row is None or version not in {None, row.pk}:
        raise EditConflict(
            _("Svaret er alt tatt tilbake.") if row is None else _("Svaret er tatt tilbake og registrert på nytt."),
            theirs={_("Svar"): _("Ingen å melde") if row else _("Ikke svart")},
            yours={_("Svar"): _("Tas tilbake")},
            version=row.pk if row else None,
        )
    row.superseded_by_id, row.superseded_at = actor.user_id, clock.now()
    row.save(update_fields=["superseded_by", "superseded_at"])
    audit.record("private_school.nothing_withdrawn", by=actor.user_id, county=county_id, details={"unit": unit_id})


def _answered(school: SchoolReport, told_on: date) -> EditConflict:
    return EditConflict(
        _("Skolen har alt svart dette skoleåret."),
        theirs={
            _("Svar"): _("Ingen å melde") if school.nothing else _("Har meldt"),
            _("Fikk svar"): formats.short_day(school.nothing.told_on) if school.nothing else "",
        },
        yours={_("Svar"): _("Ingen å melde"), _("Fikk svar"): formats.short_day(told_on)},
    )


def _school(county_id: int, unit_id: int, on: date) -> SchoolReport:
    found = {school.unit_id: school for school in selectors.private_school_reports(county_id=county_id, on=on)}
    if unit_id not in found:
        raise Invalid(_("Enheten er ikke en privat videregående skole i fylket."))
    return found[unit_id]


def _reply_to(county_id: int, on: date) -> str:
    """Return where a school may answer: the education administration's named contact."""
    admin = units.education_admin_of(county_id=county_id)
    named = contacts.contacts_on(unit_ids=[admin.pk], on=on).get(admin.pk, [])
    return next((contact.email for contact in named if contact.email), "")


def _message(school: SchoolReport, county_id: int, on: date, reply_to: str) -> Message:
    """Write the reminder, in bokmål whatever language the one who asks for it reads. It names nobody."""
    admin = units.education_admin_of(county_id=county_id)
    with override("nb"):
        values = {"school": school.name, "year": formats.school_year(on), "admin": admin.name}
        subject = _("Påminnelse: melding til Oppfølgingstjenesten for skoleåret {year}").format(**values)
        body = _(
            "Hei,\n\n"
            "I september melder private videregående skoler til {admin} hvem som er elever og hvem som har sluttet. "
            "Vi har ikke fått meldingen fra {school} for skoleåret {year}.\n\n"
            "Send listen slik dere pleier, eller svar at dere ikke har noen å melde. "
            "Skriv aldri navn eller andre opplysninger om elever i en e-post.\n\n"
            "Hilsen {admin}\n"
        ).format(**values)
    return Message(subject, body, reply_to)
