"""Taking modules in tests: see tests/support/taking_modules.py."""

from __future__ import annotations

import pytest

from tests.support.taking_modules import Taking


@pytest.fixture
def taking() -> Taking:
    """Reads and answers modules as somebody."""
    return Taking()
