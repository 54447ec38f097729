"""Taking down what a youth agrees to, taking it back, and renewing it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.access.scope import acting_as
from fotfeste.access.services import grants
from fotfeste.access.topics import Ground, Topic
from fotfeste.audit import services as audit
from fotfeste.consent import policies, selectors, texts
from fotfeste.consent.enums import RELEASABLE, SPECIAL, Answer, GivenHow, Guardians, Purpose
from fotfeste.consent.models import Release, ReleaseBody
from fotfeste.consent.services.openings import openings_of
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import EditConflict, IllegalTransition, Invalid
from fotfeste.kernel.seen import must_be_as_seen
from fotfeste.law import consent as law
from fotfeste.organisations.selectors import units
from fotfeste.organisations.selectors.readings import readings_on
from fotfeste.people.services.places import lock_youth
from fotfeste.spec import implements

_RELEASABLE = frozenset(topic for topic, _label in RELEASABLE)


@dataclass(frozen=True, slots=True)
class Body:
    """A service that is let in: a unit that works here, or a kind of partner that does not, and what it may know."""

    topics: frozenset[Topic]
    unit_id: int | None = None
    partner: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """What the youth answered, as it is taken down."""

    purpose: Purpose
    answer: Answer
    how: GivenHow
    bodies: tuple[Body, ...]
    first_day: date
    last_day: date
    present: str = ""
    exceptions: str = ""
    guardians: Guardians = Guardians.NONE
    language: str = ""


@implements("form-consent", "con-youth", "con-kind", "con-purpose", "con-bodies", "con-information", "con-exceptions")
@implements("con-from", "con-given", "con-how", "amb-44")
@transaction.atomic
def record_release(
    *, actor: Actor, youth_id: int, given: Given, renews_id: int | None = None, version: str | None = None
) -> Release:
    """
    Take down what a youth agrees to, or refuses. What it opens is open at once, to those named and for what is named.

    Source: forvaltningsloven § 13 a nr. 1; Oslostandarden § 4.2.

    :param renews_id: the release this one takes the place of; it is withdrawn in the same breath.
    :param version: ``seen_of`` that release, as the user was shown it; None for a job.
    :raises EditConflict: somebody has renewed it or taken it back in between.
    :raises NotAllowed: the actor may not take it down.
    :raises Invalid: nobody or nothing is named, the days cannot be right, or the youth may not decide alone.
    """
    youth = lock_youth(youth_id=youth_id)
    granted = access.units_granted(youth_id=youth_id, topic=Topic.CONSENT, on=clock.today())
    policies.may_record_release(
        actor=actor, unit_id=youth.unit_id, county_id=youth.county_id, granted_units=granted
    ).require()
    if not actor.unit_id:
        raise Invalid(_("Samtykke registreres av noen ved en enhet."))
    _check(given, youth.county_id)
    _check_age(youth, given)
    old = _lock(renews_id) if renews_id else None
    if old is not None:
        _must_be_as_seen(old, version, given)
    release = Release.objects.create(
        youth=youth,
        purpose=given.purpose,
        answer=given.answer,
        how=given.how,
        present=given.present.strip(),
        exceptions=given.exceptions.strip(),
        first_day=given.first_day,
        last_day=given.last_day,
        age_then=law.age_on(youth.born, given.first_day),
        guardians=given.guardians,
        text_version=texts.text_on(day=given.first_day, language=given.language or get_language() or "nb").version,
        language=given.language or get_language() or "nb",
        renews=old,
        recorded_by_id=actor.user_id,
        recorded_at_unit_id=actor.unit_id,
        recorded_at=clock.now(),
    )
    bodies = _name_bodies(release, given.bodies, unit_id=actor.unit_id, county_id=youth.county_id)
    if old is not None and old.withdrawn_at is None:
        _end(old, actor)
    with acting_as(_sharer(youth.county_id)):
        grants.open_grants(openings_of(release, bodies))
    details = {"release": release.pk, "answer": release.answer, "bodies": len(bodies)}
    audit.record("release.recorded", by=actor.user_id, about=youth_id, county=youth.county_id, details=details)
    return release


@implements("con-withdrawn")
@transaction.atomic
def withdraw_release(*, actor: Actor, release_id: int) -> Release:
    """
    Take a release back on the youth's word. Sharing stops at once, on every screen, list and export, and in pages that
    are being made. Nothing lawfully written is deleted; the receivers' own notes stay with them.

    Source: personvernforordningen art. 7(3) by analogy; amb-42.

    :raises NotAllowed: the actor may not take it down.
    :raises EditConflict: it was withdrawn before.
    :raises IllegalTransition: it was never given.
    :raises Invalid: there is no such release the actor may see.
    """
    release = _lock(release_id)
    granted = access.units_granted(youth_id=release.youth_id, topic=Topic.CONSENT, on=clock.today())
    assert release.unit_id is not None
    assert release.county_id is not None
    policies.may_record_release(
        actor=actor, unit_id=release.unit_id, county_id=release.county_id, granted_units=granted
    ).require()
    if release.answer == Answer.NO:
        raise IllegalTransition(_("Ungdommen sa nei. Det er ikke noe å trekke tilbake."))
    if release.withdrawn_at is not None:
        when = formats.moment(release.withdrawn_at)
        raise EditConflict(
            _("Samtykket er alt trukket tilbake, %(when)s.") % {"when": when},
            theirs={_("Trukket tilbake"): when, _("Av"): release.withdrawn_by.name if release.withdrawn_by else ""},
            yours={_("Trukket tilbake"): _("Nå"), _("Av"): _("Deg")},
            about=release.youth_id,
        )
    _end(release, actor)
    return release


def _must_be_as_seen(old: Release, version: str | None, given: Given) -> None:
    newer = Release.objects.filter(renews=old).order_by("-pk").first()
    stands = newer or old
    withdrawn = _("Nei") if stands.withdrawn_at is None else formats.moment(stands.withdrawn_at)
    must_be_as_seen(
        version,
        selectors.seen_of(old),
        _("Noen har fornyet samtykket eller trukket det tilbake mens du holdt på. Ingenting er lagret."),
        theirs={
            _("Gjelder fra"): formats.short_day(stands.first_day),
            _("Gjelder til"): formats.short_day(stands.last_day),
            _("Trukket tilbake"): withdrawn,
        },
        yours={
            _("Gjelder fra"): formats.short_day(given.first_day),
            _("Gjelder til"): formats.short_day(given.last_day),
            _("Trukket tilbake"): _("Nei"),
        },
        about=old.youth_id,
    )


def _end(release: Release, actor: Actor) -> None:
    release.withdrawn_at, release.withdrawn_by_id = clock.now(), actor.user_id
    release.save(update_fields=["withdrawn_at", "withdrawn_by_id"])
    assert release.county_id is not None
    with acting_as(_sharer(release.county_id)):
        grants.close_source(ground=Ground.RELEASE, source=release.source)
    audit.record(
        "release.withdrawn",
        by=actor.user_id,
        about=release.youth_id,
        county=release.county_id,
        details={"release": release.pk},
    )


def _sharer(county_id: int) -> Actor:
    return access.system_actor("scheduler", county_ids=(county_id,))


def _lock(release_id: int) -> Release:
    found = Release.objects.select_for_update(of=("self",)).filter(pk=release_id).first()
    if found is None:
        raise Invalid(_("Samtykket finnes ikke, eller du har ikke tilgang."))
    return found


def _check(given: Given, county_id: int) -> None:
    if not given.bodies:
        raise Invalid(_("Velg minst én tjeneste samtykket gjelder."))
    if any(not body.topics for body in given.bodies):
        raise Invalid(_("Velg hva hver tjeneste kan få vite."))
    if any(body.topics - _RELEASABLE for body in given.bodies):
        raise Invalid(_("Noe av det som er valgt, kan ikke deles etter samtykke."))
    if given.last_day < given.first_day:
        raise Invalid(_("Samtykket kan ikke slutte før det begynner."))
    if given.first_day > clock.today():
        raise Invalid(_("Samtykket gjelder fra i dag eller en tidligere dag."))
    if given.how == GivenHow.SPOKEN and not given.present.strip():
        raise Invalid(_("Skriv hvem som var til stede da ungdommen sa det."))
    readings = readings_on(county_id=county_id, on=given.first_day)
    latest = law.latest_last_day(first_day=given.first_day, readings=readings)
    if latest is not None and given.last_day > latest:
        raise Invalid(_("Samtykket kan gjelde til %(day)s, og kan fornyes da.") % {"day": formats.short_day(latest)})


def _check_age(youth: "object", given: Given) -> None:
    if given.answer == Answer.NO:
        return
    named = frozenset(topic for body in given.bodies for topic in body.topics)
    for special in {bool(topic in SPECIAL) for topic in named}:
        decision = law.who_must_agree(
            born=youth.born,  # type: ignore[attr-defined]
            purpose=law.ReleasePurpose(given.purpose),
            special=special,
            on=given.first_day,
            county=youth.county_id,  # type: ignore[attr-defined]
        )
        if decision.outcome is law.Giver.YOUTH_AND_GUARDIANS and given.guardians != Guardians.AGREED:
            raise Invalid(decision.reasons[0].sentence(_))


def _name_bodies(release: Release, bodies: Iterable[Body], *, unit_id: int, county_id: int) -> list[ReleaseBody]:
    made = []
    for body in bodies:
        unit = units.unit_or_none(unit_id=body.unit_id) if body.unit_id else None
        if body.unit_id and unit is None:
            raise Invalid(_("En av enhetene finnes ikke."))
        if unit is not None and unit.county_id != county_id:
            raise Invalid(_("%(unit)s hører til et annet fylke.") % {"unit": unit.name})
        made.append(
            ReleaseBody(
                release=release,
                youth_id=release.youth_id,
                body=unit,
                partner=body.partner,
                topics=sorted(topic.value for topic in body.topics),
                recorded_at_unit_id=unit_id,
            )
        )
    ReleaseBody.objects.bulk_create(made)
    return made
