"""The directory's blueprint."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("directory", __name__)
