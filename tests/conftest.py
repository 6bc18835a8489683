"""For every test: one folder per run, shared by its processes and gone at its end."""

from __future__ import annotations

import gc
import os
import shutil

import pytest
from hypothesis import settings

from tests.support import run_folder

# The machine is shared, so a slow example is no fault; examples are the same in every run.
settings.register_profile("portal", deadline=None, derandomize=True, database=None)
settings.load_profile("portal")


def pytest_configure(config: pytest.Config) -> None:
    gc.set_threshold(100_000, 20, 50)
    if not hasattr(config, "workerinput"):
        run_folder.make()
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(run_folder.root()))  # where tmp_path lies


def pytest_collection_finish() -> None:
    """Spare the garbage collector what lives as long as the run: it took a fifth of the time."""
    gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput") or run_folder.VARIABLE not in os.environ:
        return
    if any(run_folder.folder().glob("postgresql-*.json")):
        from tests.support import databases, postgres

        databases.drop_templates()
        postgres.stop()
    shutil.rmtree(run_folder.folder(), ignore_errors=True)
