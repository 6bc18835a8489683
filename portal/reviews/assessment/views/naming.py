"""Who moderates a guided self-assessment: named by the contract's lead manager, or taken."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission, allowed
from portal.core.access import access
from portal.core.errors import Forbidden, Invalid, Refused
from portal.reviews.assessment.service import moderating as verbs
from portal.reviews.assessment.subjects import MaySeeModeration, MayTakeModeration
from portal.reviews.assessment.views.blueprint import Desk, blueprint, desk
from portal.reviews.moderation.queries import latest_case

HERE = "/assessments/<uuid:assessment_id>/moderation"


@blueprint.get(HERE + "/moderators")
@access(MaySeeModeration())
def moderators(assessment_id: UUID) -> ResponseReturnValue:
    """Who could moderate it, and who is named."""
    here = desk()
    if not allowed(current_actor(), Permission.MODERATION_NAME, here.found.links):
        raise Forbidden("The contract’s lead manager names the moderators.")
    return _page(here)


@blueprint.post(HERE + "/moderators")
@access(MaySeeModeration())
def name_moderator(assessment_id: UUID) -> ResponseReturnValue:
    here, chosen = desk(), request.form.get("moderator", "")
    try:
        verbs.name(current_actor(), assessment_id, UUID(chosen))
    except ValueError:
        return _page(here, {"moderator": "Choose who moderates it"}), 400
    except Invalid as error:
        return _page(here, error.problems), 400
    flash("Named. They have been told.", "success")
    return redirect(url_for(".moderators", assessment_id=assessment_id), 303)


@blueprint.post(HERE + "/moderators/<uuid:person_id>/remove")
@access(MaySeeModeration())
def unname_moderator(assessment_id: UUID, person_id: UUID) -> ResponseReturnValue:
    verbs.unname(current_actor(), assessment_id, person_id)
    flash("No longer named. An approval of theirs does not count.", "success")
    return redirect(url_for(".moderators", assessment_id=assessment_id), 303)


@blueprint.post(HERE + "/take")
@access(MayTakeModeration())
def take_moderation(assessment_id: UUID) -> ResponseReturnValue:
    try:
        verbs.take(current_actor(), assessment_id)
    except (Invalid, Refused) as error:
        words = next(iter(error.problems.values())) if isinstance(error, Invalid) else error.reason
        flash(f"Not taken. {words}.".replace("..", "."), "info")
        return redirect(url_for("moderation.queue"), 303)
    flash("It is yours to moderate.", "success")
    return redirect(url_for(".moderation", assessment_id=assessment_id), 303)


def _page(here: Desk, problems: dict[str, str] | None = None) -> str:
    case = latest_case(here.found.assessment.id)
    named = {one.person_id for one in case.moderators} if case else set()
    people = verbs.eligible(here.found) if case and case.is_open else {}
    return render_template(
        "assessment/moderators.html",
        desk=here,
        case=case,
        people={person_id: name for person_id, name in people.items() if person_id not in named},
        problems=problems or {},
        errors=[{"text": text, "href": "#moderator"} for text in (problems or {}).values()],
    )
