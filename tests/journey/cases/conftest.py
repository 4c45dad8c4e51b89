from __future__ import annotations

import pytest

from tests.case_scene import Cases
from tests.scene import Scene


@pytest.fixture
def desk(hall: Scene) -> Cases:
    """Window 1 open, items of every kind published."""
    return Cases(hall)
