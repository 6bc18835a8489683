"""The blueprint of EISM posts, and what all its pages share."""

from __future__ import annotations

from flask import Blueprint

from portal.core.form_pages import FormPage, form_page, version

__all__ = ["FormPage", "blueprint", "form_page", "version"]

blueprint = Blueprint("eisms", __name__)
