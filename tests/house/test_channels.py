"""Every way something leaves the product is tried with youths under protection, or says why there is nothing to try."""

from tests.attack import channels
from tests.attack.test_channels import CHANNELS


def test_every_way_out_of_the_product_has_joined():
    """See ``tests/attack/test_channels.py``: add what the new one tells of a youth, or why it tells nothing."""
    assert channels.found() == set(CHANNELS)
