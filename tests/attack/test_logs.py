"""The law of logs: where it broke, never whose data it was about."""

import io
import logging

import pytest
from django.conf import settings
from django.db import DataError, connection, transaction
from django.utils.module_loading import import_string

from fotfeste.access.scope import acting_as
from fotfeste.kernel import clock
from fotfeste.people.models import Youth
from tests import factories as make

NUMBER = make.tenor_number(make.date(2008, 2, 3), 77)


@pytest.fixture
def written():
    """Return what the handler of the settings would have written about an exception."""
    described = settings.LOGGING["formatters"][settings.LOGGING["handlers"]["console"]["formatter"]]

    def write(act):
        stream = io.StringIO()
        handler = logging.StreamHandler(stream)
        handler.setFormatter(import_string(described["()"])())
        logger = logging.getLogger("attack.logs")
        logger.propagate = False
        logger.addHandler(handler)
        try:
            act()
        except Exception:
            logger.exception("Internal Server Error: %s", "/ungdom/x/")
        finally:
            logger.removeHandler(handler)
        return stream.getvalue()

    return write


@pytest.mark.django_db
def test_a_refusal_by_the_database_is_logged_by_its_rule_and_without_the_row(written):
    school = make.unit()
    make.youth(school, national_id=NUMBER)

    def register_again():
        with acting_as(make.system()), transaction.atomic():
            Youth.objects.create(
                county_id=3, unit_id=school.pk, first_name="Kanarifugl", last_name="Hemmeligsen",
                born=make.date(2008, 2, 3), national_id=NUMBER, recorded_at=clock.now(),
            )  # fmt: skip

    log = written(register_again)
    assert NUMBER not in log
    assert "Kanarifugl" not in log
    assert "UniqueViolation 23505 people_youth" in log
    assert "in register_again" in log


@pytest.mark.django_db
def test_what_the_database_could_not_read_is_not_logged(written):
    name = " ".join(("Kanarifugl", "Hemmeligsen"))

    def ask():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT %s::date", [name])

    with pytest.raises(DataError, match=name):
        ask()
    log = written(ask)
    assert name not in log
    assert "InvalidDatetimeFormat 22007" in log


def test_a_failed_conversion_is_logged_without_what_was_converted(written):
    name = " ".join(("Kanarifugl", "Hemmeligsen"))

    def convert():
        try:
            int(name)
        except ValueError as problem:
            raise RuntimeError(f"kunne ikke lese {name}") from problem

    log = written(convert)
    assert "Kanari" not in log
    assert log.count("Traceback") == 2


@pytest.mark.django_db
def test_a_name_typed_as_an_address_is_not_logged(client, caplog):
    logging.getLogger("django.request").setLevel(settings.LOGGING["loggers"]["django.request"]["level"])
    client.get("/sok/Kanarifugl Hemmeligsen/")
    assert "Kanari" not in caplog.text
