"""The page on which the demo's user is chosen: ours, in Norwegian, and with nothing fetched from elsewhere."""

import re
from collections.abc import Iterator

import pytest
import requests

from fotfeste.config.demo import provider
from fotfeste.config.demo.users import USERS

ASKED = {"client_id": "fotfeste", "response_type": "code", "scope": "openid", "redirect_uri": "http://localhost/svar/"}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with provider.running(port=0, users=USERS) as address:
        yield address


def test_every_demo_user_can_be_chosen_and_nobody_is_asked_for_a_password(address):
    page = requests.get(f"{address}/oauth2/authorize", params=ASKED, timeout=10).text
    assert [user.subject for user in USERS if f'name="sub" value="{user.subject}"' not in page] == []
    assert "oppdiktede" in page
    assert 'type="password"' not in page
    assert 'lang="nb"' in page


def test_the_page_fetches_nothing_from_other_places(address):
    page = requests.get(f"{address}/oauth2/authorize", params=ASKED, timeout=10).text
    fetched = re.findall(r'(?:href|src)="([^"]+)"', page)
    assert fetched
    assert [path for path in fetched if not path.startswith("/static/")] == []
    assert {requests.get(f"{address}{path}", timeout=10).status_code for path in fetched} == {200}


def test_choosing_sends_the_user_back_with_a_code(address):
    chosen = {"sub": USERS[0].subject}
    answer = requests.post(f"{address}/oauth2/authorize", params=ASKED, data=chosen, allow_redirects=False, timeout=10)
    assert answer.headers["Location"].startswith("http://localhost/svar/?code=")
