"""Who the youth is: name, birth date, number, protection."""

import re
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.access.scope import because
from fotfeste.audit import services as audit
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import EditConflict, Invalid
from fotfeste.law.national_id import Environment, InvalidNationalId, read_national_id, why_not_used
from fotfeste.law.national_id import IdKind as LawIdKind
from fotfeste.people import policies
from fotfeste.people.enums import ADDRESS_PROTECTING, CorrectionReason, IdKind, Protection
from fotfeste.people.models import Address, Youth
from fotfeste.people.services import contested
from fotfeste.people.services.places import lock_youth

_KINDS = {
    LawIdKind.ORDINARY: IdKind.ORDINARY,
    LawIdKind.D_NUMBER: IdKind.D_NUMBER,
    LawIdKind.TENOR: IdKind.TENOR,
    LawIdKind.TENOR_D: IdKind.TENOR_D,
    LawIdKind.NAV_SYNTHETIC: IdKind.NAV_SYNTHETIC,
    LawIdKind.H_NUMBER: IdKind.H_NUMBER,
    LawIdKind.FICTIVE: IdKind.FICTIVE,
}


@transaction.atomic
def create_youth(
    *,
    actor: Actor,
    county_id: int,
    unit_id: int,
    first_name: str,
    last_name: str,
    born: date,
    national_id: str = "",
    is_fictive: bool = False,
    finished_compulsory: bool | None = None,
) -> Youth:
    """
    Enter a youth no register has told of.

    :param unit_id: who sees the youth until responsibility is decided; the county's education administration.
    :raises NotAllowed: only the county's coordination may.
    :raises Invalid: a name is missing, or the number is wrong, of another environment, or that of somebody one sees.
    """
    policies.may_create_youth(actor=actor, county_id=county_id).require()
    number, kind = _read_number(national_id, born=born, is_fictive=is_fictive)
    youth = Youth(
        county_id=county_id,
        unit_id=unit_id,
        first_name=_name(first_name),
        last_name=_name(last_name),
        born=_birth_date(born),
        national_id=number,
        id_kind=kind,
        finished_compulsory=finished_compulsory,
        recorded_at=clock.now(),
    )
    contested.save_with_number(actor=actor, youth=youth)
    audit.record("youth.created", by=actor.user_id, about=youth.pk, county=county_id)
    return youth


@transaction.atomic
def correct_identity(
    *,
    actor: Actor,
    youth_id: int,
    version: int,
    first_name: str,
    last_name: str,
    born: date,
    national_id: str = "",
    is_fictive: bool = False,
    reason: str = "",
) -> Youth:
    """
    Correct name, birth date or identity number. What it was is kept by the history of the row.

    :param version: of the youth the user was shown.
    :param reason: one of ``CorrectionReason``; kept with the history.
    :raises NotAllowed: the youth is another unit's.
    :raises EditConflict: somebody saved in between; holds both versions.
    :raises Invalid: a name is missing, or the number is wrong, of another environment, or that of somebody one sees.
    """
    youth = lock_youth(youth_id=youth_id)
    policies.may_edit_youth(actor=actor, youth=youth).require()
    number, kind = _read_number(national_id, born=born, is_fictive=is_fictive)
    yours = _shown(_name(first_name), _name(last_name), _birth_date(born), number)
    if youth.version != version:
        raise EditConflict(
            _("Noen har endret opplysningene mens du skrev. Ingenting er lagret."),
            theirs=_shown(youth.first_name, youth.last_name, youth.born, youth.national_id),
            yours=yours,
            version=youth.version,
            about=youth.pk,
        )
    before = None if youth.is_number_contested else youth.national_id
    changed = _changed(youth, first_name=_name(first_name), last_name=_name(last_name), born=born, national_id=number)
    if not changed and youth.id_kind == kind:
        return youth
    youth.id_kind = kind
    youth.version += 1
    with because(CorrectionReason(reason).value if reason else ""):
        if "national_id" in changed:
            contested.save_with_number(actor=actor, youth=youth)
            contested.release_number(number=before)
        else:
            youth.save()
    audit.record(
        "youth.corrected", by=actor.user_id, about=youth.pk, county=youth.county_id, details={"fields": changed}
    )
    return youth


@transaction.atomic
def record_schooling(
    *, actor: Actor, youth_id: int, version: int, has_completed: bool, finished_compulsory: bool | None
) -> Youth:
    """
    Record whether the youth has reached study or vocational competence, and has finished compulsory school.

    :raises NotAllowed: the youth is another unit's.
    :raises EditConflict: somebody saved in between.
    """
    youth = lock_youth(youth_id=youth_id)
    policies.may_edit_youth(actor=actor, youth=youth).require()
    if youth.version != version:
        raise EditConflict(
            _("Noen har endret opplysningene mens du skrev. Ingenting er lagret."),
            theirs={
                _("Har oppnådd kompetanse"): youth.has_completed,
                _("Fullført grunnskole"): youth.finished_compulsory,
            },
            yours={_("Har oppnådd kompetanse"): has_completed, _("Fullført grunnskole"): finished_compulsory},
            version=youth.version,
            about=youth.pk,
        )
    changed = _changed(youth, has_completed=has_completed, finished_compulsory=finished_compulsory)
    if changed:
        youth.version += 1
        youth.save(update_fields=[*changed, "version"])
        audit.record(
            "youth.schooling", by=actor.user_id, about=youth.pk, county=youth.county_id, details={"fields": changed}
        )
    return youth


@transaction.atomic
def set_protection(*, actor: Actor, youth_id: int, grade: str) -> Youth:
    """
    Record the grade of address protection. With a protecting grade every address, old ones too, is hidden at once.

    Use ``casework.services.protection.set_protection``, which also clears what a case shows of where they live.

    :raises NotAllowed: only the named handler and the register's import may.
    """
    youth = lock_youth(youth_id=youth_id)
    policies.may_set_protection(actor=actor, youth=youth).require()
    grade = Protection(grade)
    if youth.protection == grade:
        return youth
    youth.protection = grade
    youth.version += 1
    youth.save(update_fields=["protection", "version"])
    Address.objects.filter(youth_id=youth.pk).update(is_protected=grade in ADDRESS_PROTECTING)
    audit.record(
        "youth.protection", by=actor.user_id, about=youth.pk, county=youth.county_id, details={"grade": grade.value}
    )
    return youth


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name:
        raise Invalid(_("Skriv både fornavn og etternavn."))
    return name


def _birth_date(born: date) -> date:
    if born > clock.today():
        raise Invalid(_("Fødselsdatoen er fram i tid."))
    return born


def _read_number(text: str, *, born: date, is_fictive: bool) -> tuple[str | None, str]:
    number = re.sub(r"[ -]", "", text)
    if not number:
        return None, ""
    environment = Environment(settings.ENVIRONMENT)
    try:
        read = read_national_id(number, year=clock.today().year, environment=environment, is_fictive=is_fictive)
    except InvalidNationalId as problem:
        raise Invalid(_(str(problem))) from None
    if refusal := why_not_used(read.kind, environment):
        raise Invalid(_(refusal))
    if not read.is_consistent_with(born):
        raise Invalid(_("Datoen i identitetsnummeret er en annen enn fødselsdatoen. Rett den som er feil."))
    return read.number, _KINDS[read.kind].value


def _changed(youth: Youth, **values: Any) -> list[str]:
    changed = [name for name, value in values.items() if getattr(youth, name) != value]
    for name in changed:
        setattr(youth, name, values[name])
    return changed


def _shown(first_name: str, last_name: str, born: date, number: str | None) -> dict[str, str]:
    # The personal part of the number is never shown back.
    return {
        _("Fornavn"): first_name,
        _("Etternavn"): last_name,
        _("Fødselsdato"): formats.short_day(born),
        _("Identitetsnummer"): f"{number[:6]} •••••" if number else formats.NO_VALUE,
    }
