"""The blueprint of the practice library."""

from __future__ import annotations

from flask import Blueprint

from portal.accounts.rules.permissions import Permission

blueprint = Blueprint("library", __name__)
READ, EDIT = Permission.LIBRARY_READ, Permission.LIBRARY_EDIT
MATERIAL = "/library/<string:key>"
