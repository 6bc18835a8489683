"""The parties of the demonstration's contract, on the day on which the tests stand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from portal.core import clock
from tests.support.contract_world import NOW, World, make_world


@pytest.fixture
def world(app: Flask) -> Iterator[World]:
    with clock.at(NOW):
        yield make_world()
