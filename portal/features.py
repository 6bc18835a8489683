"""The features that make up the portal: their models, blueprints and what they add to the app."""

from __future__ import annotations

from flask import Blueprint, Flask

import portal.accounts.models
import portal.core.audit.models
import portal.directory.models  # noqa: F401  models register themselves when imported
from portal.pages import home


def blueprints() -> tuple[Blueprint, ...]:
    """Every blueprint, in the order of the import plan."""
    return (home.blueprint,)


def init_app(app: Flask) -> None:
    """What features add to the app beyond blueprints."""
