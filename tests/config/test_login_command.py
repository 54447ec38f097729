"""``fotfeste login``: keys for the providers, and a look at whether they can do what we need."""

import json
from dataclasses import replace

import pytest

from fotfeste.access.login import provider as conversation
from fotfeste.access.login.keys import signing_keys
from fotfeste.access.login.profiles import OTHER, ClientAuth
from fotfeste.config import cli
from tests.access.forger import forging


def test_a_new_key_is_put_last_in_a_file_only_its_owner_reads(tmp_path, capsys, settings):
    file = tmp_path / "keys.json"
    for number in (1, 2):
        assert cli.main(["login", "new-key", str(file)]) == 0
        assert len(json.loads(file.read_text())["keys"]) == number
    assert file.stat().st_mode & 0o777 == 0o600
    settings.LOGIN_KEYS = str(file)
    first, second = signing_keys()
    said = capsys.readouterr().out
    assert said.index(first.kid) < said.index(second.kid)
    assert first.as_dict(private=True)["d"] not in said


def test_a_file_that_holds_something_else_is_left_alone(tmp_path, capsys):
    file = tmp_path / "keys.json"
    file.write_text("[]")
    assert cli.main(["login", "new-key", str(file)]) == 2
    assert file.read_text() == "[]"
    assert "ikke et JWK-sett" in capsys.readouterr().err


@pytest.fixture
def provider(settings):
    with forging(OTHER) as (forger, profile):
        settings.LOGIN_PROFILES = (profile,)
        conversation.forget()
        yield forger, profile
        conversation.forget()


def test_a_provider_that_can_what_we_need_lacks_nothing(provider, capsys):
    assert cli.main(["login", "check"]) == 0
    said = capsys.readouterr().out
    assert "/logg-inn/svar/oidc/" in said
    assert "MANGLER" not in said


def test_what_a_provider_lacks_is_said(provider, capsys, settings):
    forger, profile = provider
    settings.LOGIN_PROFILES = (replace(profile, client_auth=ClientAuth.PRIVATE_KEY_JWT, required="nivå4"),)
    forger.metadata = {"acr_values_supported": ["nivå3"], "code_challenge_methods_supported": ["plain"]}
    assert cli.main(["login", "check"]) == 1
    said = capsys.readouterr().out
    assert [word for word in ("private_key_jwt", "PKCE", "nivået nivå4") if word not in said] == []


@pytest.mark.parametrize("content", [None, "{", "[]", '{"keys": []}', '{"keys": [{"kty": "oct", "k": "eA"}]}'])
def test_keys_that_are_none_are_said_before_anybody_logs_in(provider, capsys, settings, tmp_path, content):
    settings.LOGIN_KEYS = str(tmp_path / "keys.json")
    if content is not None:
        (tmp_path / "keys.json").write_text(content)
    assert cli.main(["login", "check"]) == 2
    assert "FOTFESTE_LOGIN_KEYS" in capsys.readouterr().err


def test_a_provider_that_does_not_answer_is_said(settings, capsys):
    settings.LOGIN_PROFILES = (replace(OTHER, name="oidc", issuer="http://localhost:9", client_id="x"),)
    assert cli.main(["login", "check"]) == 1
    assert "svarer ikke" in capsys.readouterr().out
