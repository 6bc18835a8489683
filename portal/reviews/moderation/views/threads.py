"""What the moderation pages of assessments and of reviews do alike: an item's forms, and sending back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.current import current_actor
from portal.core.errors import Invalid, Refused, Stale
from portal.core.forms import sent_version
from portal.reviews.moderation.page import Typed
from portal.reviews.moderation.views.forms import DONE


@dataclass(frozen=True)
class Sent:
    """A form of an item's thread as it was sent; `page` draws the page with what was typed in it."""

    assessment_id: UUID
    item_key: str
    typed: Typed
    page: Callable[[Typed], str]

    def to(self, verb: Callable[..., object], *more: object) -> ResponseReturnValue:
        """Hand what was typed to a verb: then back to the item, or the page with what is wrong.

        Raises what the verb raises, but for Invalid.
        """
        try:
            verb(
                current_actor(), self.assessment_id, self.item_key, self.typed.values[self.typed.form], *more
            )
        except Invalid as error:
            return self.page(self.typed.with_problems(error.problems)), 400
        return self.back()

    def back(self) -> ResponseReturnValue:
        """To the item, saying what was done."""
        number = self.typed.number
        flash(DONE[self.typed.form].format(number=number), "success")
        here = url_for(".moderation", assessment_id=self.assessment_id, _anchor=f"item-{number}")
        return redirect(here, 303)

    def answer_to(self, verb: Callable[..., object], *more: object) -> ResponseReturnValue:
        """As `to`; where a rule forbids the answer now, it stays on the page with the reason."""
        try:
            return self.to(verb, *more)
        except Refused as error:
            return self.page(self.typed.with_problems({"answer": error.reason})), 409


def sent_back(
    verb: Callable[..., object], assessment_id: UUID, page: Callable[[str, str], str]
) -> tuple[str, int] | None:
    """Send back for the reason typed. None when it is done, else the page saying what is wrong."""
    reason = request.form.get("reason", "")
    try:
        verb(current_actor(), assessment_id, reason, sent_version())
    except Invalid as error:
        return page(reason, error.problems["reason"]), 400
    except Stale as error:
        return page(reason, error.reason), 409
    return None


def return_page(template: str, desk: object, reason: str, problem: str) -> str:
    """The page that asks why something is sent back."""
    errors = [{"text": problem, "href": "#reason"}] if problem else []
    return render_template(template, desk=desk, reason=reason, problem=problem, errors=errors)
