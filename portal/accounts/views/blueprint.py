"""The blueprint that the views of accounts register on."""

from __future__ import annotations

from flask import Blueprint

from portal.accounts.rules.agents import browser

blueprint = Blueprint("accounts", __name__)
blueprint.add_app_template_filter(browser)
