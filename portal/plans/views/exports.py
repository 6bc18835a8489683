"""A plan as a file."""

from __future__ import annotations

from uuid import UUID

from flask import Response, g

from portal.accounts.access import May
from portal.accounts.rules.permissions import Permission
from portal.core.access import access
from portal.core.spreadsheets import CSV_TYPE, XLSX_TYPE
from portal.plans.export import plan_csv, plan_xlsx
from portal.plans.subjects import plan_subject
from portal.plans.views.blueprint import blueprint

_READ = May(Permission.PLAN_READ, plan_subject)


@blueprint.get("/plans/<uuid:plan_id>.csv")
@access(_READ)
def as_csv(plan_id: UUID) -> Response:
    """The plan as CSV."""
    return _file(plan_csv(g.subject), CSV_TYPE, "csv")


@blueprint.get("/plans/<uuid:plan_id>.xlsx")
@access(_READ)
def as_xlsx(plan_id: UUID) -> Response:
    """The plan as an Excel workbook."""
    return _file(plan_xlsx(g.subject), XLSX_TYPE, "xlsx")


def _file(data: bytes, content_type: str, ending: str) -> Response:
    name = f"action-plan-{g.subject.service_key}-{g.subject.plan.created_at:%Y-%m-%d}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, content_type=content_type, headers=headers)
