"""The blueprint of learning, and what its pages share."""

from flask import Blueprint, Response

from portal.core.spreadsheets import CSV_TYPE

blueprint = Blueprint("learning", __name__)


def csv_file(data: bytes, name: str) -> Response:
    """A CSV file to download."""
    response = Response(data, content_type=CSV_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
