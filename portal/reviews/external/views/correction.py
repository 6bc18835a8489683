"""Correcting a published review: the lead reviewer proposes, a moderator approves or refuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.core.access import access
from portal.core.errors import Forbidden, Invalid, Refused, Stale
from portal.core.forms import clean, sent_version
from portal.core.rules.whole import whole
from portal.reviews.assessment.queries import names_of
from portal.reviews.external.models.publication import Correction
from portal.reviews.external.publication import corrections_of
from portal.reviews.external.rules.corrections import CorrectionState, ItemWords
from portal.reviews.external.rules.workflow import Action, Stage
from portal.reviews.external.service import correcting as verbs
from portal.reviews.external.subjects import MaySeeInside
from portal.reviews.external.views.blueprint import ADDRESS, Desk, blueprint, desk
from portal.scales.rules.definition import Item

CORRECT = ADDRESS + "/correct"


@dataclass(frozen=True)
class ChangeLine:
    """An item of a proposed correction: what stands, and what is wanted."""

    item: Item
    before: ItemWords
    after: ItemWords


@blueprint.get(CORRECT)
@access(MaySeeInside())
def correct(assessment_id: UUID) -> ResponseReturnValue:
    """Corrections so far, the one that waits, and the form for another."""
    here = _published(desk())
    return _page(here)


@blueprint.post(CORRECT)
@access(MaySeeInside())
def propose_correction(assessment_id: UUID) -> ResponseReturnValue:
    here = _published(desk())
    wanted, why = _typed(here), clean(request.form.get("why", "").replace("\r\n", "\n")) or ""
    try:
        verbs.propose(here.actor, assessment_id, wanted, why, sent_version())
    except Invalid as error:
        return _page(here, wanted, why, error.problems), 400
    except (Refused, Stale) as error:
        return _page(desk(), wanted, why, {"form": error.reason}), 409
    flash("Proposed. The moderators have been told.", "success")
    return redirect(url_for(".correct", assessment_id=assessment_id), 303)


@blueprint.post(CORRECT + "/<uuid:correction_id>/<any(approve, refuse):decision>")
@access(MaySeeInside())
def decide_correction(assessment_id: UUID, correction_id: UUID, decision: str) -> ResponseReturnValue:
    here, reason = desk(), clean(request.form.get("reason", "").replace("\r\n", "\n")) or ""
    approve = decision == "approve"
    try:
        number = verbs.decide(here.actor, assessment_id, correction_id, approve=approve, reason=reason)
    except Invalid as error:
        return _page(here, problems=error.problems), 400
    except (Refused, Stale) as error:
        flash(error.reason, "info")
        return redirect(url_for(".correct", assessment_id=assessment_id), 303)
    if number is None:
        flash("Refused, with your reason. The lead reviewer has been told.", "success")
        return redirect(url_for(".correct", assessment_id=assessment_id), 303)
    flash(f"Version {number} is published. Everybody who had the last one has been told.", "success")
    return redirect(url_for("reports.show", assessment_id=assessment_id), 303)


def _published(here: Desk) -> Desk:
    if here.found.stage is not Stage.PUBLISHED:
        raise Forbidden("Only a published review is corrected.")
    return here


def _typed(here: Desk) -> dict[str, ItemWords]:
    """The items of the form. A field that was not sent stays as it stands."""
    standing = verbs.standing_words(here.found)
    return {
        key: ItemWords(
            whole(request.form.get(f"rating-{key}", str(words.rating))),
            clean(request.form.get(f"comment-{key}", words.comment).replace("\r\n", "\n")) or "",
        )
        for key, words in standing.items()
    }


def _page(
    here: Desk,
    typed: Mapping[str, ItemWords] | None = None,
    why: str = "",
    problems: Mapping[str, str] | None = None,
) -> str:
    corrections = corrections_of(here.found.id)
    waiting = next((row for row in corrections if row.state is CorrectionState.WAITING), None)
    standing = verbs.standing_words(here.found)
    errors = [{"text": text, "href": f"#{_field(name, here)}"} for name, text in (problems or {}).items()]
    return render_template(
        "external/correct.html",
        desk=here,
        items=here.found.scale.items,
        standing=standing,
        typed=typed or standing,
        why=why,
        problems=problems or {},
        waiting=waiting,
        lines=_lines(here, waiting, standing) if waiting else [],
        done=[row for row in corrections if row is not waiting],
        names=names_of({one for row in corrections for one in (row.proposed_by, row.decided_by)}),
        proposes=here.may(Action.CORRECT) and waiting is None,
        decides=here.may(Action.APPROVE_CORRECTION),
        errors=errors,
    )


def _field(name: str, here: Desk) -> str:
    items = {item.key for item in here.found.scale.items}
    return f"rating-{name}" if name in items else "main-content" if name == "form" else name


def _lines(here: Desk, row: Correction, standing: Mapping[str, ItemWords]) -> list[ChangeLine]:
    return [
        ChangeLine(
            here.found.scale.item(one["item"]),
            standing[one["item"]],
            ItemWords(one["rating"], one["comment"]),
        )
        for one in row.items
    ]
