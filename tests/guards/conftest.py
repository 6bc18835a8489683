"""The guards look at one app; they need no filled database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from portal.app import create_app
from tests.support import databases


@pytest.fixture(scope="session")
def built_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The portal as built, on a database without tables."""
    folder = tmp_path_factory.mktemp("guards")
    settings = databases.settings_for(f"sqlite:///{folder / 'portal.sqlite'}", folder)
    with databases.closing(create_app(settings)) as app:
        yield app
