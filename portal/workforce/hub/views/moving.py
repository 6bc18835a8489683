"""Moving a vacancy: publish, close, fill, withdraw, and each of them taken back."""

from __future__ import annotations

from uuid import UUID

from flask import flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.core.access import access
from portal.core.db import db
from portal.core.errors import NotFound, Refused, Stale
from portal.core.forms import sent_version
from portal.workforce.hub import service
from portal.workforce.hub.models import Vacancy
from portal.workforce.hub.rules.moving import BY_ITSELF, WORDS, Move
from portal.workforce.hub.subjects import vacancy_subject
from portal.workforce.hub.views.blueprint import blueprint
from portal.workforce.hub.views.managing import MANAGE, VACANCY, vacancy_page


@blueprint.post(VACANCY + "/do/<string:action>")
@access(May(MANAGE, vacancy_subject))
def move(vacancy_id: UUID, action: str) -> ResponseReturnValue:
    """Do one move of the table; where it cannot be done now, the page says why."""
    if action not in {one.value for one in Move} - {one.value for one in BY_ITSELF}:
        raise NotFound("There is nothing of this name to do to a vacancy.")
    title = g.subject.title
    try:
        service.move_vacancy(current_actor(), vacancy_id, Move(action), sent_version() or 0)
    except (Refused, Stale) as error:
        standing = db.session.get_one(Vacancy, vacancy_id, populate_existing=True)
        return vacancy_page(standing, error.reason)
    flash(f"“{title}” {WORDS[Move(action)].done}", "success")
    return redirect(url_for(".vacancy", vacancy_id=vacancy_id), 303)
