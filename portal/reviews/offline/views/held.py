"""One edit that waits: both versions field by field, choosing, setting aside and opening again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.current import current_actor
from portal.core.access import access
from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.core.forms import sent_version
from portal.core.rules.texts import plain
from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.subjects import MaySeeInside
from portal.reviews.external.views.blueprint import desk
from portal.reviews.offline.held import HeldPage, held_page
from portal.reviews.offline.models import HeldWhy
from portal.reviews.offline.rules.parts import Choice, Decision, Part, Widget
from portal.reviews.offline.service.settling import open_again, set_aside, settle
from portal.reviews.offline.views.blueprint import blueprint
from portal.reviews.offline.views.on_site import PAGE

HELD = PAGE + "/held/<uuid:op_id>"
CHOICE, THIRD = "choice-", "third-"


@dataclass(frozen=True)
class Form:
    """What was sent and could not be saved."""

    decisions: Mapping[str, Decision] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)


@blueprint.get(HELD)
@access(MaySeeInside())
def held(assessment_id: UUID, op_id: UUID) -> ResponseReturnValue:
    return _show(held_page(current_actor(), g.subject, op_id), Form())


@blueprint.post(HELD)
@access(MaySeeInside())
def settle_held(assessment_id: UUID, op_id: UUID) -> ResponseReturnValue:
    found: LoadedReview = g.subject
    page = held_page(current_actor(), found, op_id)
    sent = {part.name: _decision(part) for part in page.differing if CHOICE + part.name in request.form}
    decisions = {name: one for name, one in sent.items() if one is not None}
    try:
        choice = settle(current_actor(), assessment_id, op_id, decisions, sent_version() or 0)
    except Invalid as error:
        return _show(held_page(current_actor(), found, op_id), Form(decisions, error.problems)), 400
    except (Stale, Refused, NotFound, Forbidden) as error:
        if isinstance(error, Forbidden) and not page.may_settle:
            raise
        page = held_page(current_actor(), found, op_id)
        return _show(page, Form(decisions, {"form": error.reason})), 409
    said = "What stood was kept." if choice == Choice.THEIRS else "Saved. What you chose stands now."
    flash(said, "success")
    return redirect(url_for(".on_site", assessment_id=assessment_id), 303)


@blueprint.post(HELD + "/aside", endpoint="set_held_aside")
@access(MaySeeInside())
def aside(assessment_id: UUID, op_id: UUID) -> ResponseReturnValue:
    set_aside(current_actor(), assessment_id, op_id)
    flash("Set aside. It is kept, and you can open it again.", "success")
    return redirect(url_for(".on_site", assessment_id=assessment_id), 303)


@blueprint.post(HELD + "/again", endpoint="open_held_again")
@access(MaySeeInside())
def again(assessment_id: UUID, op_id: UUID) -> ResponseReturnValue:
    open_again(current_actor(), assessment_id, op_id)
    flash("It waits for a decision again.", "success")
    return redirect(url_for(".held", assessment_id=assessment_id, op_id=op_id), 303)


def _decision(part: Part) -> Decision | None:
    sent = request.form[CHOICE + part.name]
    if sent not in set(Choice) or (sent == Choice.THIRD and part.shape.widget is Widget.NONE):
        return None
    third = request.form.getlist(THIRD + part.name)
    if part.shape.widget is Widget.MANY:
        return Decision(Choice(sent), third)
    return Decision(Choice(sent), plain(third[0]) if third else "")


def _show(page: HeldPage, form: Form) -> str:
    places = {part.name: f"#part-{place}" for place, part in enumerate(page.differing, start=1)}
    return render_template(
        "offline/held.html",
        desk=desk(),
        page=page,
        line=page.line,
        form=form,
        proposal=page.line.why is HeldWhy.PROPOSAL,
        errors=[
            {"text": text, "href": places.get(name, places.get(f"entries.{name}", "#main-content"))}
            for name, text in form.problems.items()
        ],
    )
