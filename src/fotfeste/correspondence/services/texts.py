"""A county's own texts in letters: written from a day on, and never changed afterwards."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.correspondence import policies
from fotfeste.correspondence.enums import LetterKind, LetterLanguage
from fotfeste.correspondence.letter_language import check_text
from fotfeste.correspondence.models import LetterText
from fotfeste.correspondence.selectors.texts import last_written
from fotfeste.correspondence.texts import FIELDS, NEEDED
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Invalid
from fotfeste.kernel.seen import must_be_as_seen
from fotfeste.organisations.selectors.units import education_admin_of
from fotfeste.organisations.services.units import lock_unit


@transaction.atomic
def write_letter_text(
    *,
    actor: Actor,
    county_id: int,
    kind: str,
    language: str,
    subject: str,
    body: str,
    first_day: date,
    version: int | None = None,
) -> LetterText:
    """
    Say what a kind of letter says in a language from a day on. Without any text the product's own is used again.

    :param version: the id of what was written last as the user was shown it, 0 for none; None for a job.
    :raises NotAllowed: the actor does not write to the county's youths.
    :raises EditConflict: somebody has written it anew since.
    :raises Invalid: a field is none of the letter's, one it must have is lacking, or the day is past.
    """
    policies.may_prepare_letters(actor=actor, county_id=county_id).require()
    lock_unit(unit_id=education_admin_of(county_id=county_id).pk)
    chosen, tongue = LetterKind(kind), LetterLanguage(language)
    subject, body = " ".join(subject.split()), body.strip()
    must_be_as_seen(
        version,
        last_written(county_id=county_id, kind=chosen, language=tongue),
        _("Noen har skrevet teksten på nytt mens du holdt på. Ingenting er lagret."),
        theirs=_newest(county_id, chosen, tongue),
        yours={_("Overskrift"): subject, _("Tekst"): body},
    )
    if bool(subject) != bool(body):
        raise Invalid(_("Skriv både overskrift og tekst. La begge stå tomme for å bruke standardteksten."))
    if body:
        check_text(subject, known=FIELDS[chosen])
        check_text(body, known=FIELDS[chosen], needed=NEEDED[chosen])
    if first_day < clock.today():
        raise Invalid(_("Teksten kan ikke gjelde fra en dag som har vært. Det som er sendt, står som det var."))
    row = LetterText.objects.create(
        county_id=county_id,
        kind=chosen,
        language=tongue,
        first_day=first_day,
        subject=subject[:150],
        body=body,
        written_by_id=actor.user_id,
        recorded_at=clock.now(),
    )
    details = {"text": row.pk, "kind": chosen.value, "language": tongue.value}
    audit.record("letter_text.written", by=actor.user_id, county=county_id, details=details)
    return row


def _newest(county_id: int, kind: LetterKind, language: LetterLanguage) -> dict[str, str]:
    row = LetterText.objects.filter(county_id=county_id, kind=kind, language=language).order_by("-pk").first()
    return {_("Overskrift"): row.subject if row else "", _("Tekst"): row.body if row else ""}
