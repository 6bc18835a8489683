"""Records of focus groups."""

from __future__ import annotations

from uuid import UUID

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.core.access import access
from portal.core.form_pages import FormPage, form_page, version
from portal.surveys import queries
from portal.surveys.forms import FocusGroupForm, of_group
from portal.surveys.models import FocusGroup
from portal.surveys.service import learning_from
from portal.surveys.subjects import focus_group_subject, own_suppliers
from portal.surveys.views.blueprint import MANAGE, blueprint, own_supplier

GROUPS = "/surveys/focus-groups"


@blueprint.get(GROUPS)
@access(May(MANAGE))
def groups() -> ResponseReturnValue:
    """The focus groups held, the last first."""
    rows, paging = queries.focus_groups(own_suppliers(MANAGE), request.args.get("page"))
    return render_template("surveys/groups.html", rows=rows, paging=paging)


@blueprint.route(GROUPS + "/new", methods=["GET", "POST"])
@access(May(MANAGE))
def new_group() -> ResponseReturnValue:
    """Record a focus group."""
    supplier = own_supplier()
    form = FocusGroupForm(queries.survey_titles(supplier))

    def save() -> str:
        learning_from.record_group(current_actor(), supplier, form.record())
        return "The focus group is recorded."

    return form_page(form, FormPage("Record a focus group", url_for(".groups"), "Focus groups"), save)


@blueprint.route(GROUPS + "/<uuid:group_id>", methods=["GET", "POST"])
@access(May(MANAGE, focus_group_subject))
def group(group_id: UUID) -> ResponseReturnValue:
    """Read and change the record of a focus group."""
    found: FocusGroup = g.subject
    form = FocusGroupForm(queries.survey_titles(found.supplier_id), data=of_group(found))

    def save() -> str:
        learning_from.change_group(current_actor(), group_id, form.record(), version())
        return "The record has been saved."

    return form_page(form, FormPage(found.topic, url_for(".groups"), "Focus groups"), save)
