"""A world for each routine, whose clock one moves on."""

from contextlib import ExitStack
from functools import partial

import pytest

from tests.collaboration.routines.world import World


@pytest.fixture
def world_of():
    """Return what makes the world of one routine: one youth, those around them, and a clock that is put right after."""
    with ExitStack() as clocks:
        yield partial(World, clocks)
