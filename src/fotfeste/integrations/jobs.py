"""Imports that take too long to wait for, and forgetting what need not be kept."""

from django.utils.translation import gettext_noop

from fotfeste.access.scope import acting_as
from fotfeste.integrations.services import working
from fotfeste.integrations.services.desk import WORK_JOB
from fotfeste.integrations.services.progress import telling
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.jobs import ask_for, job

_FAILED = gettext_noop(
    "Noe gikk galt hos oss under arbeidet med filen. Ingenting er endret. Prøv igjen, eller meld fra."
)


@job(WORK_JOB)
def work_on_file(file_id: int) -> None:
    """Read, plan or use one waiting file. Run twice it does its work once; killed underway it leaves nothing."""
    actor = working.importer()
    try:
        with telling(file_id) as teller, acting_as(actor, on=clock.today()):
            working.work_on(file_id=file_id, teller=teller)
    except Exception as problem:
        sentence = str(problem) if isinstance(problem, Refused) else _FAILED
        with acting_as(actor, on=clock.today()):
            working.give_up(file_id=file_id, sentence=sentence)
        if not isinstance(problem, Refused):
            raise


@job("integrations.resume_files")
def resume_files(timestamp: int = 0) -> None:
    """Ask again for work whose worker was killed. One that is being done is left alone, its row being locked."""
    with acting_as(working.importer(), on=clock.today()):
        for file_id in working.under_way():
            ask_for(WORK_JOB, once=str(file_id), file_id=file_id)


@job("integrations.forget_files")
def forget_files(timestamp: int = 0) -> None:
    """Delete uploaded files, plans and rejected rows that are a week old."""
    with acting_as(working.importer(), on=clock.today()):
        working.forget_old(today=clock.today())
