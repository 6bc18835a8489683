"""A post: its page, opening one, changing and closing it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import g, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Links, Permission, allowed
from portal.core import clock
from portal.core.access import access
from portal.core.errors import NotFound
from portal.workforce.posts.definitions import contract_terms
from portal.workforce.posts.forms import CloseForm, PostForm
from portal.workforce.posts.listing import post_lines
from portal.workforce.posts.models import EismPost
from portal.workforce.posts.rules.checking import PostDetails
from portal.workforce.posts.rules.words import Stream
from portal.workforce.posts.service import close_post, create_post, edit_post
from portal.workforce.posts.subjects import Subject, asked_supplier, post_subject
from portal.workforce.posts.views.blueprint import FormPage, blueprint, form_page, version
from portal.workforce.posts.views.overview import ADDRESS

READ, EDIT = Permission.POSTS_READ, Permission.POSTS_EDIT
POST = ADDRESS + "/posts/<uuid:post_id>"


@blueprint.get(POST)
@access(May(READ, post_subject))
def post(post_id: UUID) -> ResponseReturnValue:
    """A post with everybody who has held it."""
    subject: Subject = g.subject
    lines = post_lines(subject.supplier_id, contract_terms(subject.supplier_id), clock.today())
    line = next(one for one in lines if one.id == post_id)
    editing = allowed(current_actor(), EDIT, Links(supplier=subject.supplier_id))
    return render_template("workforce/posts/post.html", line=line, editing=editing, today=clock.today())


@blueprint.route(ADDRESS + "/posts/new", methods=["GET", "POST"])
@access(May(EDIT))
def new_post() -> ResponseReturnValue:
    """Open a post."""
    supplier = asked_supplier(EDIT)
    if supplier is None:
        raise NotFound("There is no supplier whose posts you keep.")
    form = PostForm()
    page = FormPage("Open a post", url_for(".index", **_with(supplier)), "EISMs", button="Open the post")

    def save() -> str:
        create_post(current_actor(), supplier.id, _details(form))
        return f"The post “{form.title.data}” is open."

    return form_page(form, page, save)


@blueprint.route(POST + "/edit", methods=["GET", "POST"])
@access(May(EDIT, post_subject, seen_by=READ))
def change_post(post_id: UUID) -> ResponseReturnValue:
    """Change what a post is."""
    row: EismPost = g.subject.row
    form = PostForm(data={**_values(row), "version": row.version})

    def save() -> str:
        edit_post(current_actor(), post_id, _details(form), version())
        return "Saved."

    return form_page(form, _page(row, f"Change the post “{row.title}”"), save)


@blueprint.route(POST + "/close", methods=["GET", "POST"])
@access(May(EDIT, post_subject, seen_by=READ))
def end_post(post_id: UUID) -> ResponseReturnValue:
    """Let a post end, or go on after all."""
    row: EismPost = g.subject.row
    form = CloseForm(data={"closes": row.closes, "version": row.version})

    def save() -> str:
        close_post(current_actor(), post_id, form.closes.data, version())
        return "Saved: the post closes." if form.closes.data else "Saved: the post goes on."

    intro = "A closed post counts as no vacancy. Nobody may hold it after its last day."
    return form_page(form, _page(row, f"Close the post “{row.title}”", intro), save)


def _page(row: EismPost, title: str, intro: str = "") -> FormPage:
    return FormPage(title, url_for(".post", post_id=row.id), row.title, intro)


def _values(row: EismPost) -> dict[str, Any]:
    stream = row.stream.value
    return {
        "title": row.title, "region": row.region, "stream": stream, "fte": row.fte, "opens": row.opens
    }  # fmt: skip


def _details(form: PostForm) -> PostDetails:
    assert form.fte.data is not None  # the form asks for it
    assert form.opens.data is not None  # as above
    return PostDetails(
        form.title.data or "", form.region.data, Stream(form.stream.data), form.fte.data, form.opens.data
    )


def _with(supplier: Any) -> dict[str, Any]:
    return {"supplier": supplier.id} if supplier.others else {}
