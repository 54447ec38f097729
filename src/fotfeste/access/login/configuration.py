"""
Reading the profiles from the environment.

``FOTFESTE_LOGIN`` names them in the order of the buttons, as ``ansattporten, oslo=entra, nav=entra``: a name of our own
and its kind, or only the kind. Each has its values in ``FOTFESTE_LOGIN_<NAME>_<VALUE>``.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from fotfeste.access.login.profiles import KINDS, ClientAuth, Profile

#: how the environment calls a value -> the field of the profile
_TEXTS = {
    "ISSUER": "issuer",
    "CLIENT_ID": "client_id",
    "CLIENT_SECRET": "client_secret",
    "LABEL": "label",
    "SCOPE": "scope",
    "SUBJECT": "subject_claim",
    "ACR": "required",
}
_EVERYBODYS_TENANTS = re.compile(r"login\.microsoftonline\.com/(common|organizations|consumers)(/|$)")
ANY_LEVEL = "any"
"""What ``ACR`` says when every level is good enough: it must be said, not forgotten."""


class LoginMisconfigured(ValueError):
    """The environment does not say enough, or says what cannot be; the text says what."""


def profiles_from(environment: Mapping[str, str], *, is_production: bool) -> tuple[Profile, ...]:
    """
    Return the profiles that the environment describes, none when it describes none.

    :raises LoginMisconfigured: something is missing or cannot be right.
    """
    named = environment.get("FOTFESTE_LOGIN", "")
    if not named.strip() and environment.get("FOTFESTE_OIDC_ISSUER"):
        profiles = [_plain(environment)]
    else:
        profiles = [_profile(name, kind, environment) for name, kind in _names(named)]
    for profile in profiles:
        _check(profile, environment, is_production)
    if len({profile.name for profile in profiles}) < len(profiles):
        raise LoginMisconfigured("FOTFESTE_LOGIN nevner samme navn to ganger.")
    return tuple(profiles)


def _names(text: str) -> Iterator[tuple[str, str]]:
    for entry in filter(None, (part.strip() for part in text.split(","))):
        name, _, kind = entry.partition("=")
        name, kind = name.strip(), (kind or name).strip()
        if not re.fullmatch(r"[a-z][a-z0-9-]{0,39}", name):
            raise LoginMisconfigured(f"«{name}» i FOTFESTE_LOGIN må være små bokstaver, tall og bindestrek.")
        if kind not in KINDS:
            raise LoginMisconfigured(f"«{kind}» i FOTFESTE_LOGIN er ingen av {', '.join(sorted(KINDS))}.")
        yield name, kind


def _plain(environment: Mapping[str, str]) -> Profile:
    """One provider of no known kind, in the three variables that are all it takes."""
    return replace(
        KINDS["oidc"],
        name="oidc",
        issuer=environment["FOTFESTE_OIDC_ISSUER"],
        client_id=environment.get("FOTFESTE_OIDC_CLIENT_ID", "fotfeste"),
        client_secret=environment.get("FOTFESTE_OIDC_CLIENT_SECRET", ""),
        required=_level(environment.get("FOTFESTE_OIDC_ACR", "")),
        single_logout=environment.get("FOTFESTE_OIDC_SINGLE_LOGOUT") != "0",
    )


def _level(text: str) -> str:
    return "" if text == ANY_LEVEL else text


def _profile(name: str, kind: str, environment: Mapping[str, str]) -> Profile:
    given = {key: environment.get(f"{prefix_of(name)}{key}", "") for key in (*_TEXTS, "CLIENT_AUTH", "SINGLE_LOGOUT")}
    values: dict[str, Any] = {_TEXTS[key]: text for key, text in given.items() if text and key in _TEXTS}
    if "required" in values:
        values["required"] = _level(values["required"])
    if given["CLIENT_AUTH"]:
        values["client_auth"] = _client_auth(given["CLIENT_AUTH"], name)
    values["single_logout"] = given["SINGLE_LOGOUT"] != "0"
    return replace(KINDS[kind], name=name, **values)


def prefix_of(name: str) -> str:
    """Return what the variables of a profile begin with."""
    return f"FOTFESTE_LOGIN_{name.upper().replace('-', '_')}_"


def _client_auth(text: str, name: str) -> ClientAuth:
    try:
        return ClientAuth(text)
    except ValueError:
        raise LoginMisconfigured(
            f"{prefix_of(name)}CLIENT_AUTH må være en av {', '.join(ClientAuth)}, ikke «{text}»."
        ) from None


def _check(profile: Profile, environment: Mapping[str, str], is_production: bool) -> None:
    """Stop on what would fail at the first login, or let in people who should not be."""
    is_plain = not environment.get("FOTFESTE_LOGIN", "").strip()
    prefix = "FOTFESTE_OIDC_" if is_plain else prefix_of(profile.name)
    for key, value in (("ISSUER", profile.issuer), ("CLIENT_ID", profile.client_id)):
        if not value:
            raise LoginMisconfigured(f"Oppgi {prefix}{key}.")
    if _EVERYBODYS_TENANTS.search(profile.issuer):
        raise LoginMisconfigured(f"{prefix}ISSUER må være arbeidsgiverens egen Entra ID, ikke en felles adresse.")
    if profile.client_auth == ClientAuth.PRIVATE_KEY_JWT:
        if not environment.get("FOTFESTE_LOGIN_KEYS"):
            raise LoginMisconfigured("Oppgi FOTFESTE_LOGIN_KEYS, som nøklene lages til med «fotfeste login new-key».")
    elif not profile.client_secret and is_production:
        raise LoginMisconfigured(f"Oppgi {prefix}CLIENT_SECRET.")
    if is_production:
        _check_for_production(profile, prefix, environment)


def _check_for_production(profile: Profile, prefix: str, environment: Mapping[str, str]) -> None:
    if not profile.issuer.startswith("https://"):
        raise LoginMisconfigured(f"{prefix}ISSUER må begynne med https://.")
    if not profile.required and environment.get(f"{prefix}ACR") != ANY_LEVEL:
        raise LoginMisconfigured(f"Oppgi {prefix}ACR: nivået som kreves, eller «{ANY_LEVEL}» når alle er gode nok.")
    if len(environment.get("FOTFESTE_IDENTITY_KEY", "")) < 32:
        raise LoginMisconfigured("Oppgi FOTFESTE_IDENTITY_KEY: minst 32 tegn som ingen kan gjette.")
