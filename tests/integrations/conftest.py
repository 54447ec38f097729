"""The education administration at its desk."""

from io import BytesIO

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.audit.models import AuditEntry
from fotfeste.integrations.models import WaitingFile
from fotfeste.kernel.opaque import encode
from tests import factories as make


class Desk:
    """A browser at the import desk, logged in as somebody."""

    def __init__(self, client, actor) -> None:
        self.client, self.actor = client, actor
        session = client.session
        session["user_id"] = actor.user_id
        session.save()

    def send(self, content: bytes, *, source: str = "leavers", on: str = "16.11.2026", name: str = "fil.csv", **said):
        """Upload a file and return the answer."""
        file = BytesIO(content)
        file.name = name
        return self.client.post("/innlesing/ny/", {"source": source, "on": on, "sender": "", "file": file, **said})

    def put(self, content: bytes, **said) -> WaitingFile:
        """Upload a file that can be read, and return it as it waits."""
        answer = self.send(content, **said)
        assert answer.status_code == 302, answer.content.decode()
        with acting_as(self.actor):
            return WaitingFile.objects.latest("pk")

    def see(self, waiting: WaitingFile, path: str = "", **query):
        """Open a file's page, or a page under it."""
        return self.client.get(address(waiting) + path, query)

    def do(self, waiting: WaitingFile, act: str, **said):
        """Press a button on a file's page as it stands and return the page that comes."""
        stands = self.again(waiting)
        given = {"version": stands.version if stands else 0, **said}
        return self.client.post(f"{address(waiting)}{act}/", given, follow=True)

    def again(self, waiting: WaitingFile) -> WaitingFile | None:
        """Return the file as it stands, None when it is gone."""
        with acting_as(self.actor):
            return WaitingFile.objects.filter(pk=waiting.pk).first()


def address(waiting: WaitingFile) -> str:
    """Return the address of a file's page."""
    return f"/innlesing/{encode(waiting.pk)}/"


@pytest.fixture
def admin():
    return make.actor(Role.EDUCATION_ADMIN, make.education_admin(), name="Marit Prøve")


@pytest.fixture
def desk(client, admin):
    return Desk(client, admin)


class Log:
    """The log as the privacy officer reads it."""

    def __init__(self) -> None:
        self.reader = make.actor(Role.PRIVACY_OFFICER, make.education_admin())

    def of(self, verb: str) -> list[AuditEntry]:
        """Return the entries of one act."""
        with acting_as(self.reader):
            return list(AuditEntry.objects.filter(verb=verb).order_by("pk"))

    def verbs(self) -> list[str]:
        """Return all acts in order."""
        with acting_as(self.reader):
            return list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))

    def reads(self) -> set[tuple[int, int, str]]:
        """Return who saw whom on which screen, alone or in a list."""
        entries = [*self.of("read"), *self.of("listed")]
        return {
            (entry.user_id, youth_id, entry.screen)
            for entry in entries
            for youth_id in (entry.youth_ids or [entry.youth_id])
        }


@pytest.fixture
def log():
    return Log()
