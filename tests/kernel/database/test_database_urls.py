"""Addresses mean the same to Django as to PostgreSQL's own tools."""

from pathlib import Path

import pytest

from fotfeste.kernel.database import DatabaseProblem, as_django, socket_url


def test_a_socket_address_becomes_djangos_settings():
    url = socket_url(role="fotfeste_app", database="fotfeste", socket_dir=Path("/var/lib/x y/å%"), port=5433)

    assert as_django(url) == {
        "NAME": "fotfeste",
        "USER": "fotfeste_app",
        "PASSWORD": "",
        "HOST": "/var/lib/x y/å%",
        "PORT": "5433",
        "OPTIONS": {},
    }


def test_a_network_address_keeps_its_decoded_password_and_its_options():
    settings = as_django("postgresql://app:p%40ss%2Fw%25rd%C3%A5@db.example:6432/fot%20feste?sslmode=verify-full")

    assert (settings["USER"], settings["PASSWORD"]) == ("app", "p@ss/w%rdå")
    assert (settings["HOST"], settings["PORT"], settings["NAME"]) == ("db.example", "6432", "fot feste")
    assert settings["OPTIONS"] == {"sslmode": "verify-full"}


def test_several_hosts_are_passed_on_for_libpq_to_choose_among():
    settings = as_django("postgresql://app@one:5432,two:5433/x?target_session_attrs=read-write")

    assert (settings["HOST"], settings["PORT"]) == ("one,two", "5432,5433")


@pytest.mark.parametrize("url", ["postgresql://app:hemmelig%zz@db/x", "mysql://app:hemmelig@db/x", "hemmelig"])
def test_an_address_that_cannot_be_read_is_refused_without_repeating_it(url):
    with pytest.raises(DatabaseProblem, match="kan ikke leses") as refusal:
        as_django(url)

    assert "hemmelig" not in str(refusal.value)
    assert refusal.value.__suppress_context__


def test_an_address_without_a_database_name_is_refused():
    with pytest.raises(DatabaseProblem, match="hvilken database"):
        as_django("postgresql://app@db")
