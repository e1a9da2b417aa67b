"""The world whose addresses are walked."""

import pytest

from tests.architecture.world import build_world


@pytest.fixture
def world():
    return build_world()
