"""``fotfeste login``: keys to sign with, and whether the identity providers are set up right."""

import argparse
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fotfeste.kernel.errors import Invalid


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do: make a key, or look."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="GJØREMÅL")
    new_key = acts.add_parser("new-key", help="legg en ny privat nøkkel sist i en fil, som lages når den ikke finnes")
    new_key.add_argument("file", type=Path, metavar="FIL")
    acts.add_parser("check", help="spør innloggingstjenestene om de kan det Fotfeste trenger")


def run(arguments: argparse.Namespace) -> int:
    """
    Do it.

    :raises Invalid: what the settings name as keys is none.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fotfeste.config.settings")
    import django

    django.setup()
    from fotfeste.access.login.configuration import LoginMisconfigured

    try:
        return add_key(arguments.file) if arguments.act == "new-key" else look()
    except LoginMisconfigured as problem:
        raise Invalid(str(problem)) from problem


def add_key(file: Path) -> int:
    """
    Put a new private key last in a file that only its owner may read.

    :raises Invalid: the file holds something else.
    """
    from fotfeste.access.login.keys import new_key

    try:
        keys = json.loads(file.read_text(encoding="utf-8"))["keys"] if file.exists() else []
    except (ValueError, KeyError, TypeError) as problem:
        raise Invalid(f"{file} er ikke et JWK-sett.") from problem
    made = new_key()
    beside = file.with_name(f"{file.name}.new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        json.dump({"keys": [*keys, made]}, out, indent=1)
    beside.replace(file)
    print(f"Nøkkelen {made['kid']} er lagt sist i {file}.")
    if keys:
        print("Start Fotfeste på nytt, så den publiseres. Flytt den først når innloggingstjenesten har lest den.")
    else:
        print(f"Sett FOTFESTE_LOGIN_KEYS={file}, og registrer nøkkelen hos innloggingstjenesten.")
    return 0


def look() -> int:
    """Ask each provider what it says of itself; return 1 when something lacks."""
    from django.conf import settings

    from fotfeste.access.login import provider
    from fotfeste.access.login.keys import signing_keys
    from fotfeste.access.login.refusals import LoginFailed

    if not settings.LOGIN_PROFILES:
        raise Invalid("Ingen innloggingstjeneste er satt opp. Oppgi FOTFESTE_LOGIN.")
    lacks = 0
    if settings.LOGIN_KEYS:
        signing_keys()
    for profile in settings.LOGIN_PROFILES:
        print(f"{profile.name} ({profile.label or profile.kind}): {profile.issuer}")
        for what, address in _addresses(profile.name):
            print(f"  registrer {what}: {address}")
        try:
            found = list(_lacking(provider.app_of(profile).server_metadata, profile))
        except LoginFailed as failure:
            found = [f"{failure} ({failure.code})"]
        for sentence in found:
            print(f"  MANGLER: {sentence}")
        lacks += len(found)
    return 1 if lacks else 0


def _addresses(name: str) -> Iterator[tuple[str, str]]:
    """Return what is registered with the provider: where it sends people, and where it calls."""
    from django.conf import settings
    from django.urls import reverse

    scheme = "https" if settings.PRODUCTION else "http"
    ours = f"{scheme}://{settings.ALLOWED_HOSTS[0]}"
    yield "redirect_uri", ours + reverse("login-callback", kwargs={"profile": name})
    yield "post_logout_redirect_uri", ours + reverse("logout-done")
    yield "frontchannel_logout_uri", ours + reverse("logout-front", kwargs={"profile": name})
    yield "backchannel_logout_uri", ours + reverse("logout-back", kwargs={"profile": name})
    yield "jwks_uri", ours + reverse("login-keys")


def _lacking(metadata: dict[str, Any], profile: Any) -> Iterator[str]:
    methods = metadata.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    if profile.client_auth not in methods:
        yield f"tjenesten tar ikke imot {profile.client_auth}, bare {', '.join(methods)}."
    if "S256" not in metadata.get("code_challenge_methods_supported", ["S256"]):
        yield "tjenesten kan ikke PKCE med S256."
    levels = metadata.get("acr_values_supported")
    if profile.required and not profile.asks_by_claims and levels is not None and profile.required not in levels:
        yield f"tjenesten kjenner ikke nivået {profile.required}, bare {', '.join(levels)}."
    if not metadata["id_token_signing_alg_values_supported"]:
        yield "tjenesten signerer bare på måter vi ikke godtar."
