"""What must be set before real people are in it: part of ``check --deploy``, and asked by ``fotfeste serve``."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register, run_checks

from fotfeste.kernel.errors import Invalid

_LOCAL = frozenset({"", "localhost", "127.0.0.1", "::1"})
_ENCRYPTED = frozenset({"require", "verify-ca", "verify-full"})


@register(Tags.security, deploy=True)
def hosts_are_named(app_configs: Any, **given: Any) -> list[CheckMessage]:
    """Ask for the addresses Fotfeste answers on: any other is somebody's attempt to be it."""
    named = [host for host in settings.ALLOWED_HOSTS if host]
    if named and not any("*" in host for host in named):
        return []
    return [Error("FOTFESTE_HOSTS må nevne adressene Fotfeste svarer på, uten «*».", id="fotfeste.E001")]


@register(Tags.security, deploy=True)
def somebody_can_log_in(app_configs: Any, **given: Any) -> list[CheckMessage]:
    """Ask for an identity provider. What each must be is tried when the settings are read."""
    if settings.LOGIN_PROFILES:
        return []
    return [Error("FOTFESTE_LOGIN må nevne minst én innloggingstjeneste.", id="fotfeste.E002")]


@register(Tags.security, deploy=True)
def database_is_encrypted(app_configs: Any, **given: Any) -> list[CheckMessage]:
    """Ask that what is sent to a database on another machine cannot be read on the way."""
    database = settings.DATABASES["default"]
    host = str(database.get("HOST", ""))
    if host in _LOCAL or host.startswith("/") or database.get("OPTIONS", {}).get("sslmode") in _ENCRYPTED:
        return []
    return [Error("DATABASE_URL må si sslmode=require eller strengere.", id="fotfeste.E003")]


def require_safe_settings() -> None:
    """
    Refuse to run in production with settings that are not safe.

    :raises Invalid: the sentence says what is wrong.
    """
    if not settings.PRODUCTION:
        return
    found = [str(each.msg) for each in run_checks(include_deployment_checks=True) if each.level >= 30]
    if found:
        raise Invalid("Fotfeste starter ikke, fordi innstillingene ikke er trygge:\n  " + "\n  ".join(found))
