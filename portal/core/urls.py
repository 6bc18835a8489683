"""Addresses for e-mails and reports: the portal's own public one, never the Host header's."""

from __future__ import annotations

from flask import current_app

from portal.core.config import Settings


def public_url() -> str:
    """The portal's address without a slash at the end, from the settings."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.public_url
