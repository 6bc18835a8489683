"""What contracts add to an application: where the operator's own definitions lie."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, current_app, has_app_context

from portal.contracts.definition import registry


def _folder() -> Path:
    return Path(current_app.config["SETTINGS"].data_dir) if has_app_context() else registry.from_environment()


def init_app(_app: Flask) -> None:
    """Contracts of the operator are read from the data folder of the application that asks."""
    registry.use_data_folder(_folder)
