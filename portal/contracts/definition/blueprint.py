"""The blueprint of contracts: every part adds its views to it, so all stand below /contracts."""

from __future__ import annotations

from flask import Blueprint

contracts = Blueprint("contracts", __name__, url_prefix="/contracts")
