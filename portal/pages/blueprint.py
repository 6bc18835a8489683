"""The blueprint of pages that draw on many features and own no data."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("pages", __name__)
