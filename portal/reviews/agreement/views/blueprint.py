"""The blueprint of agreement and calibration."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("agreement", __name__)
