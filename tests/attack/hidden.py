"""A youth under protection or shielded, everything that tells where they are, and a way to ask each channel."""

import argparse
import importlib
import io
import re
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from fotfeste.access.actor import Actor
from fotfeste.access.scope import acting_as
from fotfeste.casework.models import Registration
from fotfeste.casework.services.residence import district_shown
from fotfeste.kernel import clock
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.models import Unit
from fotfeste.people.enums import ADDRESS_PROTECTING
from fotfeste.people.models import Address, Enrolment
from tests import factories as make
from tests.integrations.reading.files import BJERKE, a_row, csv_of, number_of

GRADES = {"confidential": "fortrolig", "strictly_confidential": "strengt fortrolig", "shielded": "skjermet"}
STREET, DISTRICT, DISTRICT_CODE = "Skjulstien 7", "Bydel Skjulåsen", "039988"
SCHOOL, FORMER = "Nebbskolen", "Gamle Nebb"
#: Where a file says that a youth under protection quit, who lives beside it; nobody else is there.
FILED_STREET = "Smettegata 5"

_ALONE = r"(?<![0-9a-z_-]){}(?![0-9a-z_-])"


@dataclass
class Hidden:
    """
    The youth, with a case, an address, a district and schools that are nobody else's, and where a file says they were.

    :ivar filed_school: the school of the one in the file, by the name the register gives it.
    """

    grade: str
    registration: Registration
    school: Unit
    district: Unit
    filed_school: str

    @property
    def places(self) -> tuple[str, ...]:
        """Return the words that tell where the youth is, or the one in the file."""
        return (STREET, "Skjulstien", DISTRICT, DISTRICT_CODE, SCHOOL, FORMER, "0669", FILED_STREET, self.filed_school)

    def told_by(self, said: str) -> list[str]:
        """
        Return the words of the places that stand in what was said, also where they are spelt as in a file's name.

        A number is none within a longer one: the name of a mail is full of digits.
        """
        as_read = said.lower()
        words = {word.lower() for word in self.places} | {"skjulasen", "skjulaasen"}
        return sorted(
            word for word in words if re.search(_ALONE.format(word) if word.isdigit() else re.escape(word), as_read)
        )

    @property
    def number(self) -> str:
        """Return the identity number."""
        return str(self.registration.youth.national_id)

    def file(self, *, is_right: bool = True) -> bytes:
        """Return a file of leavers that tells of one more of the grade; without a real day its row is refused."""
        return csv_of([
            a_row(
                "leavers", fødselsnummer=number_of(date(2009, 3, 2), nth=5), etternavn="Skjermesen", adresse=FILED_STREET,
                postnummer="0669", poststed="Oslo", adressebeskyttelse=GRADES[self.grade],
                slutt="06.11.2026" if is_right else "31.02.2026",
            ),
            a_row("leavers", skole_orgnr="990574898", siste_skole_orgnr="990574898"),
        ])  # fmt: skip


def hidden_youth(grade: str) -> Hidden:
    """Make the youth."""
    school = make.unit(name=SCHOOL, latitude=59.93, longitude=10.81)
    former = make.unit(name=FORMER)
    district = make.unit(UnitKind.DISTRICT, name=DISTRICT, code=DISTRICT_CODE)
    case = make.case(school, last_name="Skjultesen", protection=grade, since=date(2026, 9, 12))
    told = {"youth": case.youth, "source": "prøve", "recorded_at": clock.now()}
    with acting_as(make.system()):
        Address.objects.create(
            **told, kind="registered", street=STREET, postcode="0669", city="Oslo", district_code=DISTRICT_CODE,
            latitude=59.93, longitude=10.81, is_protected=grade in ADDRESS_PROTECTING,
        )  # fmt: skip
        for each, first_day in ((former, date(2023, 8, 1)), (school, date(2025, 8, 1))):
            Enrolment.objects.create(
                **told, kind="pupil", school_id=each.pk, school_name=each.name, first_day=first_day,
                last_day=date(first_day.year + 1, 6, 20), end_reason="quit", level="vg1",
            )  # fmt: skip
        case.district_code = district_shown(youth_id=case.youth_id, protection=grade)
        case.save(update_fields=["district_code"])
    return Hidden(
        grade, case, school, district, Unit.objects.get(org_number=BJERKE, kind=UnitKind.UPPER_SECONDARY).name
    )


@dataclass
class Asker:
    """Asks a channel and returns everything it said."""

    hidden: Hidden
    folder: Path
    browser: Callable[..., Client]
    captured: pytest.CaptureFixture[str]
    logged: pytest.LogCaptureFixture
    sent: list[EmailMessage]
    on_commit: Callable[..., AbstractContextManager]

    def command(self, name: str, *arguments: str) -> str:
        """Run a command as somebody at the server, and return what stands on the screen."""
        module = importlib.import_module(f"fotfeste.config.commands.{name.replace('-', '_')}")
        parser = argparse.ArgumentParser()
        module.add_arguments(parser)
        self.captured.readouterr()
        module.run(parser.parse_args(arguments))
        return "".join(self.captured.readouterr())

    def files(self, *, names_only: bool = False) -> str:
        """Return the names and what stands in the files that were written, packed ones unpacked."""
        paths = [path for path in sorted(self.folder.rglob("*")) if path.is_file()]
        names = [str(path.relative_to(self.folder)) for path in paths]
        return "\n".join(names + ([] if names_only else [unpacked(path.read_bytes()) for path in paths]))

    def mails(self) -> str:
        """Return what was sent, with to whom."""
        return "\n".join(str(mail.message()) + mail.subject + mail.body for mail in self.sent)

    def page(self, actor: Actor, path: str, **said: str) -> str:
        """Return a page, or what comes of a form; headers, and what a file holds, with it."""
        client = self.browser(actor)
        answer = client.post(path, said, follow=True) if said else client.get(path)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return f"{dict(answer.headers)}{answer.request['PATH_INFO']}{unpacked(content)}"


def unpacked(content: bytes) -> str:
    """Return a file as text; a workbook or an archive as the text of everything in it."""
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(name + unpacked(archive.read(name)) for name in archive.namelist())
