"""Communes and departments for whoever asks for both."""

import pytest

from tests.cast import Cast
from tests.oversight import departments
from tests.oversight.departments import World


@pytest.fixture
def world(cast: Cast) -> World:
    """Two communes and two departments."""
    return departments.make(cast)
