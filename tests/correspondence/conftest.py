import pytest

from fotfeste.kernel import clock
from tests.correspondence.letter_world import APRIL, Letters


@pytest.fixture
def world(db, settings, tmp_path):
    """April, with somewhere to put letters."""
    settings.LETTERS = {**settings.LETTERS, "folder": str(tmp_path / "brev")}
    with clock.frozen(APRIL):
        yield Letters.made()
