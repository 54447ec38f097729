"""Letters to those who did not apply, prepared by one at the administration and waiting for another."""

from contextlib import suppress
from datetime import date, timedelta

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.config.demo.users import demo_actors
from fotfeste.correspondence.services.mailings import prepare_mailing
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Invalid
from fotfeste.law.school_year import school_year_of

_REPLY_WITHIN = timedelta(days=21)


def prepare_letters(*, county_id: int, on: date) -> None:
    """Prepare the letter, by the first of those who may."""
    actor = next(iter(demo_actors(role=Role.EDUCATION_ADMIN, on=on)))
    letter_day = max(on, clock.today())
    # In a small county everybody may have applied.
    with acting_as(actor), suppress(Invalid):
        prepare_mailing(
            actor=actor,
            county_id=county_id,
            kind="non_applicant",
            letter_day=letter_day,
            school_year=school_year_of(on).start_year,
            reply_by=letter_day + _REPLY_WITHIN,
        )
