"""The providers as the environment describes them, and what is refused before anybody tries to log in."""

import pytest

from fotfeste.access.login.configuration import LoginMisconfigured, profiles_from
from fotfeste.access.login.profiles import ClientAuth

KEY = "x" * 40
SAFE = {"FOTFESTE_IDENTITY_KEY": KEY, "FOTFESTE_LOGIN_KEYS": "/etc/fotfeste/keys.json"}
ENTRA = "https://login.microsoftonline.com/8d9b1c1e-0000-0000-0000-000000000000/v2.0"


def read(production: bool = True, **environment: str):
    return profiles_from({**SAFE, **environment}, is_production=production)


def test_nothing_said_is_no_provider():
    assert profiles_from({}, is_production=True) == ()


def test_id_porten_takes_a_client_id_and_keys_and_asks_for_the_highest_level():
    (profile,) = read(FOTFESTE_LOGIN="idporten", FOTFESTE_LOGIN_IDPORTEN_CLIENT_ID="abc")
    assert (profile.issuer, profile.client_id, profile.subject_claim) == ("https://idporten.no", "abc", "pid")
    assert (profile.client_auth, profile.required) == (ClientAuth.PRIVATE_KEY_JWT, "idporten-loa-high")
    assert profile.accepted() == {"idporten-loa-high"}


def test_two_employers_may_each_have_their_own_of_one_kind():
    profiles = read(
        FOTFESTE_LOGIN="ansattporten, oslo=entra, nav-oslo=entra",
        FOTFESTE_LOGIN_ANSATTPORTEN_CLIENT_ID="a",
        FOTFESTE_LOGIN_ANSATTPORTEN_ACR="substantial",
        FOTFESTE_LOGIN_OSLO_CLIENT_ID="b",
        FOTFESTE_LOGIN_OSLO_CLIENT_SECRET="s",
        FOTFESTE_LOGIN_OSLO_ISSUER=ENTRA,
        FOTFESTE_LOGIN_OSLO_LABEL="Oslo kommune",
        FOTFESTE_LOGIN_NAV_OSLO_CLIENT_ID="c",
        FOTFESTE_LOGIN_NAV_OSLO_CLIENT_SECRET="t",
        FOTFESTE_LOGIN_NAV_OSLO_ISSUER=ENTRA.replace("8d", "9d"),
        FOTFESTE_LOGIN_NAV_OSLO_SINGLE_LOGOUT="0",
    )
    assert [(p.name, p.kind, str(p.label)) for p in profiles] == [
        ("ansattporten", "ansattporten", "Ansattporten"),
        ("oslo", "entra", "Oslo kommune"),
        ("nav-oslo", "entra", "Entra ID"),
    ]
    assert profiles[0].accepted() == {"substantial", "high"}
    assert [p.single_logout for p in profiles] == [True, True, False]


def test_one_provider_of_no_known_kind_takes_three_variables():
    (profile,) = profiles_from(
        {"FOTFESTE_OIDC_ISSUER": "http://localhost:8001", "FOTFESTE_OIDC_CLIENT_SECRET": "x"}, is_production=False
    )
    assert (profile.name, profile.client_id, profile.required) == ("oidc", "fotfeste", "")


def test_a_secret_does_not_stand_where_a_profile_is_written_out():
    (profile,) = read(
        FOTFESTE_LOGIN="feide", FOTFESTE_LOGIN_FEIDE_CLIENT_ID="f", FOTFESTE_LOGIN_FEIDE_CLIENT_SECRET="hemmelig"
    )
    assert "hemmelig" not in repr(profile)


FEIDE = {"FOTFESTE_LOGIN": "feide", "FOTFESTE_LOGIN_FEIDE_CLIENT_ID": "f", "FOTFESTE_LOGIN_FEIDE_CLIENT_SECRET": "s"}
OTHER = {"FOTFESTE_OIDC_ISSUER": "https://login.example.no", "FOTFESTE_OIDC_CLIENT_SECRET": "s"}
WRONG = [
    ({"FOTFESTE_LOGIN": "bankid"}, "«bankid» i FOTFESTE_LOGIN er ingen av"),
    ({"FOTFESTE_LOGIN": "Oslo=entra"}, "små bokstaver"),
    ({"FOTFESTE_LOGIN": "idporten"}, "Oppgi FOTFESTE_LOGIN_IDPORTEN_CLIENT_ID"),
    ({**FEIDE, "FOTFESTE_LOGIN": "feide,feide"}, "samme navn to ganger"),
    ({**FEIDE, "FOTFESTE_LOGIN_FEIDE_CLIENT_SECRET": ""}, "Oppgi FOTFESTE_LOGIN_FEIDE_CLIENT_SECRET"),
    ({**FEIDE, "FOTFESTE_LOGIN_FEIDE_CLIENT_AUTH": "tls"}, "må være en av"),
    ({**FEIDE, "FOTFESTE_LOGIN_FEIDE_ISSUER": "http://feide.no"}, "må begynne med https://"),
    ({**FEIDE, "FOTFESTE_IDENTITY_KEY": "kort"}, "Oppgi FOTFESTE_IDENTITY_KEY"),
    (
        {**FEIDE, "FOTFESTE_LOGIN_FEIDE_CLIENT_AUTH": "private_key_jwt", "FOTFESTE_LOGIN_KEYS": ""},
        "FOTFESTE_LOGIN_KEYS",
    ),
    (OTHER, "Oppgi FOTFESTE_OIDC_ACR"),
    (
        {"FOTFESTE_LOGIN": "entra", "FOTFESTE_LOGIN_ENTRA_CLIENT_ID": "e", "FOTFESTE_LOGIN_ENTRA_CLIENT_SECRET": "s"},
        "Oppgi FOTFESTE_LOGIN_ENTRA_ISSUER",
    ),
    (
        {
            "FOTFESTE_LOGIN": "entra",
            "FOTFESTE_LOGIN_ENTRA_CLIENT_ID": "e",
            "FOTFESTE_LOGIN_ENTRA_CLIENT_SECRET": "s",
            "FOTFESTE_LOGIN_ENTRA_ISSUER": "https://login.microsoftonline.com/common/v2.0",
        },
        "arbeidsgiverens egen",
    ),
]


@pytest.mark.parametrize(("environment", "sentence"), WRONG)
def test_what_cannot_be_right_is_refused_with_the_name_of_the_variable(environment, sentence):
    with pytest.raises(LoginMisconfigured, match=sentence):
        read(**environment)


def test_that_every_level_is_good_enough_must_be_said():
    (profile,) = read(**OTHER, FOTFESTE_OIDC_ACR="any")
    assert profile.accepted() == frozenset()
