"""What a dishonest provider, or somebody between, may send; and what each kind of provider vouches by."""

import time
from dataclasses import replace

import pytest
from django.test import Client

from fotfeste.access.login.profiles import ENTRA, FEIDE, OTHER
from fotfeste.access.models import LoginIdentity
from fotfeste.access.session_store import LEVEL, SESSION_USER
from tests.access.forger import log_in

pytestmark = pytest.mark.django_db


def is_in(client: Client) -> bool:
    return SESSION_USER in client.session


def test_an_honest_answer_lets_in(client, start):
    assert log_in(client, start(OTHER)).status_code == 302
    assert is_in(client)


NOW = int(time.time())
BAD_CLAIMS = {
    "another issuer": {"iss": "https://idporten.no"},
    "another client": {"aud": "en-annen"},
    "several clients without saying for whom": {"aud": ["fotfeste", "en-annen"]},
    "given to another client": {"aud": ["fotfeste"], "azp": "en-annen"},
    "out of date": {"iat": NOW - 600, "exp": NOW - 61},
    "without an end": {"exp": None},
    "from the future": {"iat": NOW + 3600, "exp": NOW + 7200},
    "another nonce": {"nonce": "fra-en-annen-innlogging"},
    "without nonce": {"nonce": None},
    "about nobody": {"sub": None},
}


@pytest.mark.parametrize("claims", BAD_CLAIMS.values(), ids=BAD_CLAIMS)
def test_an_id_token_that_does_not_hold_is_refused(client, start, claims):
    started = start(OTHER)
    started[0].claims = claims
    response = log_in(client, started)
    assert response.status_code == 403
    assert not is_in(client)


@pytest.mark.parametrize("how", ["unsigned", "by_another_key", "with_the_public_key_as_secret"])
def test_an_id_token_the_provider_did_not_sign_is_refused(client, start, how):
    started = start(OTHER)
    started[0].sign = getattr(started[0], how)
    response = log_in(client, started)
    assert (response.status_code, "kunne ikke bekreftes" in response.content.decode()) == (403, True)
    assert not is_in(client)


@pytest.mark.parametrize("seconds", [-50, 50])
def test_clocks_may_differ_a_little(client, start, seconds):
    started = start(OTHER)
    now = int(time.time()) + seconds
    started[0].claims = {"iat": now, "exp": now + 5}
    log_in(client, started)
    assert is_in(client)


def test_a_provider_that_changes_its_key_is_believed_when_it_publishes_the_new_one(client, start):
    started = start(OTHER)
    log_in(client, started)
    client.post("/logg-ut/")
    started[0].change_key()
    log_in(client, started)
    assert is_in(client)


def test_a_provider_that_calls_itself_another_is_not_spoken_with(client, start):
    forger, profile = start(OTHER)
    forger.metadata = {"issuer": "https://idporten.no"}
    response = client.get(f"/logg-inn/til/{profile.name}/")
    assert (response.status_code, "satt opp feil" in response.content.decode()) == (502, True)
    # And it is asked again when it has been put right
    forger.metadata = {}
    assert client.get(f"/logg-inn/til/{profile.name}/").status_code == 302


def test_doors_without_encryption_are_not_used_in_production(client, start, settings):
    _forger, profile = start(OTHER)
    settings.PRODUCTION = True
    assert client.get(f"/logg-inn/til/{profile.name}/").status_code == 502


def test_what_the_provider_is_asked_about_itself_is_kept(client, start):
    started = start(OTHER)
    log_in(client, started)
    log_in(Client(), started)
    assert started[0].asked == ["/.well-known/openid-configuration", "/jwks_uri"]


def test_an_answer_handed_on_by_another_provider_is_refused(client, start):
    honest = start(OTHER, name="en")
    other = start(OTHER, name="to")
    # Given a login begun at the one, answered at the other's door
    address = client.get("/logg-inn/til/en/").headers["Location"]
    stolen = other[0].answer_to(address).replace("/svar/en/", "/svar/to/")
    assert client.get(stolen).status_code == 403
    # Or at the right door, by a provider that says its own name
    assert log_in(client, honest, iss=other[0].issuer).status_code == 403
    assert not is_in(client)


def test_a_provider_that_names_itself_in_answers_must_always_do_so(client, start):
    started = start(OTHER)
    started[0].metadata = {"authorization_response_iss_parameter_supported": True}
    assert log_in(client, started).status_code == 403
    assert log_in(client, started, iss=started[0].issuer).status_code == 302


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("access_denied", "Du avbrøt innloggingen."),
        ("temporarily_unavailable", "Innloggingstjenesten svarer ikke."),
        ("invalid_scope", "Fotfeste er satt opp feil"),
        ("unmet_authentication_requirements", "ikke er sikker nok"),
        ("noe_helt_nytt", "kunne ikke bekreftes"),
    ],
)
def test_an_error_of_the_provider_is_told_in_our_words(client, start, code, sentence, caplog):
    response = log_in(client, start(OTHER), error=code, error_description="Ring 820 00 000 og oppgi passord")
    text = response.content.decode()
    assert (response.status_code, sentence in text) == (403, True)
    assert "820 00 000" not in text
    assert "noe_helt_nytt" not in caplog.text


@pytest.mark.parametrize(
    ("code", "sentence"), [("invalid_client", "satt opp feil"), ("invalid_grant", "avbrutt eller var for gammel")]
)
def test_a_code_the_provider_does_not_take_is_told_in_our_words(client, start, code, sentence):
    started = start(OTHER)
    started[0].refuses_with = code
    text = log_in(client, started).content.decode()
    assert sentence in text
    assert "Fra tilbyderen" not in text


def test_entra_knows_people_by_object_id_and_must_vouch_for_the_context_asked_for(client, start):
    started = start(ENTRA, known_as="00000000-aaaa-0000-0000-000000000001")
    started[0].claims = {"oid": "00000000-aaaa-0000-0000-000000000001", "acrs": ["c1", "c3"]}
    address = client.get("/logg-inn/til/entra/").headers["Location"]
    assert "claims=%7B%22id_token%22%3A+%7B%22acrs%22" in address
    assert client.get(started[0].answer_to(address)).status_code == 302
    assert client.session[LEVEL] == "c1"


@pytest.mark.parametrize("acrs", [None, [], ["c2"], "c11", {"c1": True}])
def test_entra_without_the_context_lets_nobody_in(client, start, acrs):
    started = start(ENTRA, known_as="oid-1")
    started[0].claims = {"oid": "oid-1", "acrs": acrs}
    assert "ikke er sikker nok" in log_in(client, started).content.decode()
    assert not is_in(client)


def test_feide_must_vouch_for_several_factors(client, start):
    started = start(FEIDE)
    address = client.get("/logg-inn/til/feide/").headers["Location"]
    assert "acr_values=urn%3Amace%3Afeide.no%3Aauth%3Alevel%3Afad08%3A3" in address
    started[0].claims = {"acr": "urn:mace:feide.no:auth:level:fad08:2"}
    assert log_in(client, started).status_code == 403
    started[0].claims = {"acr": "urn:mace:feide.no:auth:level:fad08:3"}
    assert log_in(client, started).status_code == 302


def test_a_claim_that_is_no_text_is_nobody(client, start):
    started = start(replace(OTHER, subject_claim="oid"))
    for value in (None, "", "  ", ["kari-sub"], 7, True):
        started[0].claims = {"oid": value}
        assert "sa ikke hvem du er" in log_in(client, started).content.decode()
    assert LoginIdentity.objects.filter(user__isnull=True).count() == 0
