"""Who holds a post: starting, other hours, ending, and taking back a mistake."""

from __future__ import annotations

from uuid import UUID

from flask import flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission
from portal.core.access import access
from portal.core.errors import Stale
from portal.workforce.posts.forms import EndHoldingForm, FteForm, HoldingForm
from portal.workforce.posts.models import EismHolding, EismPost
from portal.workforce.posts.queries import accounts_of, eisms_of
from portal.workforce.posts.rules.words import EndReason
from portal.workforce.posts.service import Holder, change_fte, end_holding, remove_holding, start_holding
from portal.workforce.posts.subjects import Subject, holding_subject, post_subject
from portal.workforce.posts.views.blueprint import FormPage, blueprint, form_page, version
from portal.workforce.posts.views.overview import ADDRESS
from portal.workforce.posts.views.posts import POST

READ, EDIT = Permission.POSTS_READ, Permission.POSTS_EDIT
HOLDING = ADDRESS + "/holdings/<uuid:holding_id>"


@blueprint.route(POST + "/holdings/new", methods=["GET", "POST"])
@access(May(EDIT, post_subject, seen_by=READ))
def new_holding(post_id: UUID) -> ResponseReturnValue:
    """Let somebody hold the post."""
    row: EismPost = g.subject.row
    known = eisms_of(row.supplier_id)
    linked = {person_id for _, person_id in known.values()}
    accounts = {id_: name for id_, name in accounts_of(row.supplier_id).items() if id_ not in linked}
    form = HoldingForm({id_: name for id_, (name, _) in known.items()}, accounts, data={"fte": row.fte})

    def save() -> str:
        assert form.fte.data is not None  # the form asks for both
        assert form.starts.data is not None
        holder = _holder(form.who.data or "", form.name.data or "")
        start_holding(current_actor(), post_id, holder, form.fte.data, form.starts.data)
        return "Saved: the post is held."

    page = FormPage(f"Who holds the post “{row.title}”?", url_for(".post", post_id=post_id), row.title)
    return form_page(form, page, save)


@blueprint.route(HOLDING + "/hours", methods=["GET", "POST"])
@access(May(EDIT, holding_subject, seen_by=READ))
def hours(holding_id: UUID) -> ResponseReturnValue:
    """Other hours from a day on."""
    subject: Subject = g.subject
    row: EismHolding = subject.row
    form = FteForm(data={"fte": row.fte, "version": row.version})

    def save() -> str:
        assert form.fte.data is not None  # the form asks for both
        assert form.first.data is not None
        change_fte(current_actor(), holding_id, form.fte.data, form.first.data, version())
        return "Saved: other hours."

    return form_page(form, _page(subject, f"Other hours for {subject.name}"), save)


@blueprint.route(HOLDING + "/end", methods=["GET", "POST"])
@access(May(EDIT, holding_subject, seen_by=READ))
def end(holding_id: UUID) -> ResponseReturnValue:
    """The last day in the post; none where they stay after all."""
    subject: Subject = g.subject
    row: EismHolding = subject.row
    reason = row.reason.value if row.reason else ""
    form = EndHoldingForm(data={"ends": row.ends, "reason": reason, "version": row.version})

    def save() -> str:
        why = EndReason(form.reason.data) if form.reason.data else None
        end_holding(current_actor(), holding_id, form.ends.data, why, version())
        return "Saved: the last day in the post." if form.ends.data else "Saved: they stay in the post."

    return form_page(form, _page(subject, f"Last day of {subject.name} in this post"), save)


@blueprint.post(HOLDING + "/remove")
@access(May(EDIT, holding_subject, seen_by=READ))
def remove(holding_id: UUID) -> ResponseReturnValue:
    """Take back what was entered by mistake."""
    subject: Subject = g.subject
    back = url_for(".post", post_id=subject.row.post_id)
    try:
        remove_holding(current_actor(), holding_id, version())
    except Stale as error:
        flash(f"{error.reason} Look at it once more, then remove it.", "error")
    else:
        flash("Removed.", "success")
    return redirect(back, 303)


def _page(subject: Subject, title: str) -> FormPage:
    assert subject.post is not None  # a holding has one
    back = url_for(".post", post_id=subject.post.id)
    removal = (url_for(".remove", holding_id=subject.row.id), "Remove what was entered by mistake")
    return FormPage(title, back, subject.post.title, caption=subject.post.title, removal=removal)


def _holder(who: str, name: str) -> Holder:
    kind, _, id_ = who.partition(":")
    if kind == "eism":
        return Holder(eism_id=UUID(id_))
    return Holder(person_id=UUID(id_)) if kind == "person" else Holder(name=name)
