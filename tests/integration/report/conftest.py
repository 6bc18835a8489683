"""A service with people in every role."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.support import assessed


@pytest.fixture
def world(app: Flask) -> assessed.World:
    """The service and its people, with nothing assessed yet."""
    return assessed.build()
