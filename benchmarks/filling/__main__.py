"""The product's own part in filling a database: migrating it, explaining decisions, and standing of cases."""

import sys
from datetime import date

from benchmarks.product import set_up
from benchmarks.rows import ON


def migrate() -> None:
    """Bring the tables to this version."""
    import django

    django.setup()
    from fotfeste.config import deployment

    deployment.migrate()


def prepare() -> None:
    """Migrate, and keep one explanation of belonging to the service and one of not."""
    migrate()
    with set_up():
        _explain("in_ot", last_day=date(2026, 2, 1))
        _explain("not_in_ot", last_day=None)


def _explain(kind: str, *, last_day: date | None) -> None:
    from fotfeste.casework.models import Explanation
    from fotfeste.casework.selectors.decisions import decide
    from fotfeste.casework.services.explanations import keep_explanation
    from fotfeste.law.facts import Enrolment, EnrolmentEnd, EnrolmentKind, YouthFacts
    from fotfeste.organisations.selectors.readings import readings_for

    school = Enrolment(
        kind=EnrolmentKind.PUPIL,
        first_day=date(2025, 8, 18),
        last_day=last_day,
        unit_ref="school",
        end_reason=EnrolmentEnd.QUIT if last_day else EnrolmentEnd.UNKNOWN,
    )
    facts = YouthFacts(born=date(2008, 5, 14), finished_compulsory=True, enrolments=(school,))
    kept = keep_explanation(decide(facts, on=ON, readings=readings_for(county_id=3)))
    Explanation.objects.filter(pk=kept.pk).update(kind=kind)


def finish() -> None:
    """
    Write how each open case stands from its facts, and look for anything that must never be.

    What is opened by grants stands here without the lists and releases it would come from, so that is not looked at.
    """
    with set_up() as actor:
        from fotfeste.casework.models import Registration
        from fotfeste.casework.services import standing

        standing.refresh(youth_ids=Registration.objects.filter(last_day=None).values_list("youth_id", flat=True))
    from fotfeste.config.checks import run_all

    looked_at = [result for result in run_all(actor=actor) if result.name != "grants"]
    faults = [problem.sentence for result in looked_at for problem in result.problems if problem.is_fault]
    if faults:
        raise SystemExit("The filled database is not sound:\n" + "\n".join(faults))


if __name__ == "__main__":
    {"migrate": migrate, "prepare": prepare, "finish": finish}[sys.argv[1]]()
