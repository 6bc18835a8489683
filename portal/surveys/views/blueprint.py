"""The blueprint of surveys, and what its views share."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response

from portal.accounts.rules.permissions import Permission
from portal.core.errors import Forbidden
from portal.core.spreadsheets import CSV_TYPE
from portal.surveys.subjects import own_suppliers

blueprint = Blueprint("surveys", __name__)
MANAGE, RESULTS = Permission.SURVEYS_MANAGE, Permission.SURVEYS_RESULTS
AT = "/surveys/<uuid:survey_id>"


def own_supplier() -> UUID:
    """The supplier whose surveys the person manages."""
    found = own_suppliers(MANAGE)
    if not found:
        raise Forbidden("Your role does not include this page.")
    return found[0]


def csv_file(data: bytes, name: str) -> Response:
    """A file to be kept."""
    response = Response(data, content_type=CSV_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
