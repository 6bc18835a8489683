"""The host teams of a service: one form of rows, saved as a whole."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission
from portal.core.access import access
from portal.core.errors import Invalid, Stale
from portal.core.forms import summary
from portal.directory import service as verbs
from portal.directory.forms.teams import (
    LABELS,
    TeamRow,
    TeamsForm,
    read_rows,
    rearranged,
    rows_of,
    teams_from,
)
from portal.directory.models import Service
from portal.directory.queries.profile import service_profile
from portal.directory.rules.details import totals
from portal.directory.subjects import service_subject
from portal.directory.views.blueprint import blueprint
from portal.directory.views.stale import version_of


@blueprint.route("/services/<key>/teams", methods=["GET", "POST"])
@access(May(Permission.SERVICE_EDIT, service_subject, seen_by=Permission.SERVICE_READ))
def teams(key: str) -> ResponseReturnValue:
    """Add, change and remove host teams, with the totals of what is typed."""
    service = g.subject
    form = TeamsForm()
    if not form.is_submitted():
        form.version.process_data(str(service.version))
        return _page(service, form, rows_of(service_profile(key).teams), {})
    rows = read_rows(request.form)
    if not form.validate():
        return _page(service, form, rows, {})
    moved = rearranged(rows, request.form.get("button", ""))
    if moved is not None:
        return _page(service, form, moved, {})
    return _save(service, form, [row for row in rows if not row.empty])


def _save(service: Service, form: TeamsForm, rows: list[TeamRow]) -> ResponseReturnValue:
    typed, problems = teams_from(rows)
    if problems:
        return _page(service, form, rows, problems)
    key = service.key
    try:
        verbs.set_host_teams(current_actor(), service.id, version_of(form), typed)
    except Invalid as error:
        return _page(service, form, rows, error.problems)
    except Stale as error:
        return _page(service, form, rows, {}, error)
    flash("The host teams have been saved.", "success")
    return redirect(f"/services/{key}")


def _page(
    service: Service,
    form: TeamsForm,
    rows: list[TeamRow],
    problems: dict[str, str],
    stale: Stale | None = None,
) -> ResponseReturnValue:
    rows = rows or [TeamRow()]
    errors = summary(form) + [{"text": text, "href": f"#{field}"} for field, text in problems.items()]
    if stale is not None:
        form.version.process_data(str(stale.version))
        errors = [{"text": stale.reason, "href": "#stale"}]
    page = render_template(
        "directory/teams.html",
        service=service,
        form=form,
        rows=rows,
        labels=LABELS,
        problems=problems,
        errors=errors,
        stale=stale,
        totals=totals(teams_from([row for row in rows if not row.empty])[0]),
    )
    return page, 409 if stale else (400 if errors else 200)
