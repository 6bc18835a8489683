"""The draft that the service checks: its comments and files, and the reviewers' decisions."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.core.access import access
from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.core.form_pages import Differing, saved_first
from portal.core.forms import sent_version, summary
from portal.core.rules.uploads import clean_name
from portal.core.storage import service as storage
from portal.reviews.external.accuracy import attachment_of
from portal.reviews.external.accuracy_page import DraftLine, DraftPage, draft_page
from portal.reviews.external.forms.accuracy import ACCEPT, DECLINE, SAME, CommentForm, DecisionForm
from portal.reviews.external.rules.accuracy import CommentState
from portal.reviews.external.rules.workflow import Action, Stage
from portal.reviews.external.service import accuracy as verbs
from portal.reviews.external.service.deciding import decide
from portal.reviews.external.subjects import MaySeeDraft
from portal.reviews.external.views.blueprint import ADDRESS, Desk, blueprint, desk

DRAFT = ADDRESS + "/accuracy"
ITEM = DRAFT + "/<int:number>"
UPLOAD = "upload"  # the field of the file


@blueprint.get(DRAFT)
@access(MaySeeDraft())
def accuracy(assessment_id: UUID) -> ResponseReturnValue:
    """Every item of the draft, with what the service says and what was decided."""
    here = desk()
    return render_template(
        "external/accuracy.html",
        desk=here,
        draft=draft_of(here),
        comments=may_comment(here),
        decides=here.may(Action.DECIDE_COMMENT),
    )


@blueprint.get(ITEM)
@access(MaySeeDraft())
def accuracy_item(assessment_id: UUID, number: int) -> ResponseReturnValue:
    here = desk()
    return _item_page(here, draft_of(here, removed=True).line(number))


@blueprint.post(ITEM)
@access(MaySeeDraft())
def accuracy_comment(assessment_id: UUID, number: int) -> ResponseReturnValue:
    """Save the comment, and a file sent with it: the file stays even where the words cannot be saved."""
    here = desk()
    line = draft_of(here, removed=True).line(number)
    form = CommentForm()
    try:
        upload = request.files.get(UPLOAD)
        if upload is not None and upload.filename:
            verbs.add_file(here.actor, assessment_id, line.item.key, upload.filename, upload.read())
            flash(f"Added {clean_name(upload.filename)}.", "success")
    except Invalid as error:
        return _item_page(here, line, form, problem=next(iter(error.problems.values())))
    if not form.validate_on_submit():
        return _item_page(here, line, form)
    try:
        version = sent_version() or 0
        verbs.comment(here.actor, assessment_id, line.item.key, form.text.data or "", version)
    except Stale as error:
        return _item_page(here, draft_of(here, removed=True).line(number), form, stale=error)
    except Refused as error:
        return _item_page(here, line, form, problem=error.reason, status=409)
    flash(f"Saved: item {number}.", "success")
    return redirect(url_for(".accuracy", assessment_id=assessment_id, _anchor=f"item-{number}"), 303)


@blueprint.post(ITEM + "/decide")
@access(MaySeeDraft())
def accuracy_decide(assessment_id: UUID, number: int) -> ResponseReturnValue:
    """Accept or decline the comment on an item."""
    here = desk()
    line = draft_of(here).line(number)
    form = DecisionForm().offer(here.found.scale, _standing(line))
    stale: Stale | None = None
    if form.validate_on_submit():
        try:
            decide(here.actor, assessment_id, line.item.key, form.wanted, sent_version() or 0)
        except Invalid as error:
            form.take(error)
        except Stale as error:
            stale = error
        except Refused as error:
            return _item_page(here, line, decision=form, problem=error.reason, status=409)
        else:
            flash(f"Decided: item {number}.", "success")
            return redirect(url_for(".accuracy", assessment_id=assessment_id, _anchor=f"item-{number}"), 303)
    return _item_page(here, draft_of(here).line(number), decision=form, stale=stale)


@blueprint.get(DRAFT + "/files/<uuid:file_id>")
@access(MaySeeDraft())
def accuracy_file(assessment_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """A file that the service added; insiders have it when the comments were sent."""
    here = desk()
    attachment = attachment_of(assessment_id, file_id)
    if attachment is None or not (here.of_service or here.found.stage is not Stage.ACCURACY):
        raise NotFound("There is no file at this address that you may see.")
    return storage.download(attachment)


@blueprint.post(DRAFT + "/files/<uuid:file_id>/<any(remove, restore):change>")
@access(MaySeeDraft())
def accuracy_change_file(assessment_id: UUID, file_id: UUID, change: str) -> ResponseReturnValue:
    """Take a file away or put it back. What was typed beside it and not saved stays on the page."""
    here = desk()
    key = verbs.remove_file(here.actor, assessment_id, file_id, back=change == "restore")
    flash("The file is back." if change == "restore" else "Removed. You can put it back below.", "success")
    number = here.found.scale.item(key).number
    if "text" in request.form:
        return _item_page(here, draft_of(here, removed=True).line(number), CommentForm())
    return redirect(url_for(".accuracy_item", assessment_id=assessment_id, number=number), 303)


@blueprint.get(DRAFT + "/send")
@access(MaySeeDraft())
def accuracy_send(assessment_id: UUID) -> ResponseReturnValue:
    """What is sent, before it is."""
    here = desk()
    if not here.may(Action.CLOSE_COMMENTS):
        raise Forbidden("The service’s manager sends the comments; after the deadline the lead reviewer may.")
    return render_template("external/accuracy_send.html", desk=here, draft=draft_of(here))


def draft_of(here: Desk, *, removed: bool = False) -> DraftPage:
    """The draft as this person may see it; with the removed files where asked for."""
    return draft_page(here.found, of_service=here.of_service, inside=here.inside, removed=removed)


def may_comment(here: Desk) -> bool:
    """Whether this person writes comments now."""
    return here.may(Action.COMMENT) and here.actions[Action.COMMENT] is None


def _standing(line: DraftLine) -> int:
    """The rating before this comment changed it."""
    row = line.comment
    if row is not None and row.new_rating is not None and row.rating_before is not None:
        return row.rating_before
    return line.rating.rating if line.rating else line.item.rating


def _item_page(
    here: Desk,
    line: DraftLine,
    form: CommentForm | None = None,
    decision: DecisionForm | None = None,
    stale: Stale | None = None,
    problem: str = "",
    status: int = 400,
) -> ResponseReturnValue:
    shown = form or CommentForm(formdata=None, data=_comment_data(line))
    deciding = decision or _decision_form(here, line)
    errors = [*summary(shown), *summary(deciding)]
    if problem:
        errors.append({"text": problem, "href": f"#{UPLOAD}" if status == 400 else "#main-content"})
    if stale is not None:
        errors = saved_first(stale, shown, deciding)
    page = render_template(
        "external/accuracy_item.html",
        desk=here,
        line=line,
        form=shown,
        decision=deciding,
        comments=may_comment(here),
        decides=here.may(Action.DECIDE_COMMENT) and line.comment is not None,
        stale=stale,
        stands=_both(shown, deciding, stale) if stale else [],
        problem=problem if status == 400 else "",
        errors=errors,
    )
    return page, 409 if stale else status if errors else 200


def _comment_data(line: DraftLine) -> dict[str, str]:
    row = line.comment
    return {"version": str(row.version if row else 0), "text": row.text if row else ""}


def _decision_form(here: Desk, line: DraftLine) -> DecisionForm:
    row, standing = line.comment, _standing(line)
    data = {"version": str(row.version if row else 0), "rating": SAME, "reason": "", "decision": ""}
    data["comment"] = line.rating.comment if line.rating else ""
    if row is not None and row.state is not CommentState.OPEN:
        data["decision"] = ACCEPT if row.state is CommentState.ACCEPTED else DECLINE
        data["reason"] = row.decision_reason
        data["rating"] = str(row.new_rating) if row.new_rating is not None else SAME
    return DecisionForm(formdata=None, data=data).offer(here.found.scale, standing)


def _both(form: CommentForm, decision: DecisionForm, stale: Stale) -> Differing:
    """(label, typed, as it stands) of what differs."""
    rows = [("Comment", form.text.data or "", str(stale.current.get("text", form.text.data or "")))]
    if "reason" in stale.current:
        typed = {ACCEPT: "Accepted", DECLINE: "Declined"}.get(decision.decision.data or "", "")
        rows += [
            ("Decision", typed, str(stale.current["state"])),
            ("Why", decision.reason.data or "", str(stale.current["reason"])),
        ]
    return [row for row in rows if row[1] != row[2]]
