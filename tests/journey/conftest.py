"""Every test of the journey runs on both stores."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scene import Scene
from tests.store_fixtures import STORE_KINDS, FakeClock, make_store


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(params=STORE_KINDS)
def hall(request: pytest.FixtureRequest, tmp_path: Path, clock: FakeClock) -> Iterator[Scene]:
    """The small hall, all windows closed."""
    with make_store(request.param, tmp_path, clock) as store:
        yield Scene(store, clock)
