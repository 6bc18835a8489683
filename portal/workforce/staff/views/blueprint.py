"""The blueprint of services' workforce, and what its pages share."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, url_for

from portal.core.form_pages import FormPage
from portal.core.spreadsheets import CSV_TYPE
from portal.directory.models import Service

blueprint = Blueprint("staff", __name__)

SERVICE = "/services/<key>/workforce"
RECORDS = "/workforce/staff"


def page_of(service: Service, title: str, **more: Any) -> FormPage:
    """A form about a service's workforce, which leads back to its page."""
    back = url_for(".overview", key=service.key)
    return FormPage(title, back, f"Workforce of {service.name}", **more)


def csv_file(data: bytes, name: str) -> Response:
    """A CSV file to download."""
    response = Response(data, content_type=CSV_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
