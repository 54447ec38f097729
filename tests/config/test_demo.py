"""The demo is in the middle of things: something waits on every desk of it."""

import pytest

from fotfeste.access.scope import acting_as
from fotfeste.casework.models import Feedback, Registration
from fotfeste.casework.services import consistency
from fotfeste.config.demo.building import build
from fotfeste.people.models import DuplicatePair, Youth
from tests import factories as make

pytestmark = pytest.mark.django_db

ON = make.TODAY


@pytest.fixture
def built():
    return build(people="1200", seed=1, on=ON, say=lambda step: None)


def test_answers_wait_for_the_administration_and_statuses_to_be_confirmed(built):
    with acting_as(make.system(), on=ON):
        assert built.cases > 200
        assert Feedback.objects.filter(state="new").count() > 5
        assert Registration.objects.filter(last_day=None, status_confirm_by__lt=ON).count() > 10
        assert DuplicatePair.objects.filter(state="open").exists()
        assert Youth.objects.filter(protection="strictly_confidential").exists()
        assert consistency.problems() == []
