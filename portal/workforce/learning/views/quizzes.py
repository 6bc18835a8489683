"""A module's quiz, and what an attempt gave."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import SignedIn
from portal.accounts.current import current_actor
from portal.core.access import access
from portal.core.errors import Invalid, NotFound
from portal.core.forms import ButtonForm
from portal.workforce.learning.forms import quiz_answers
from portal.workforce.learning.queries import attempt_of, completions_of, progress_of
from portal.workforce.learning.rules.module import Module
from portal.workforce.learning.service.learning import answer, module_named
from portal.workforce.learning.views.blueprint import blueprint


@blueprint.route("/learning/<string:key>/quiz", methods=["GET", "POST"])
@access(SignedIn())
def quiz(key: str) -> ResponseReturnValue:
    """Every question on one page; what was chosen stays where one is left out."""
    module, person_id = module_named(key), current_actor().person_id
    assert person_id is not None  # signed in
    unread = progress_of(person_id, [module])[key].next_page
    if unread is not None:
        flash(f"Read page {unread} first: the quiz comes after the last page.")
        return redirect(url_for(".page", key=key, number=unread), 303)
    if not ButtonForm().validate_on_submit():
        return _quiz_page(module, [None] * len(module.questions), {})
    chosen = quiz_answers(request.form, len(module.questions))
    try:
        attempt_id = answer(current_actor(), key, chosen)
    except Invalid as error:
        return _quiz_page(module, chosen, error.problems)
    return redirect(url_for(".result", key=key, attempt_id=attempt_id), 303)


@blueprint.get("/learning/<string:key>/attempts/<uuid:attempt_id>")
@access(SignedIn())
def result(key: str, attempt_id: UUID) -> ResponseReturnValue:
    """An attempt of one's own: the score, and why each answer is right or not."""
    module, person_id = module_named(key), current_actor().person_id
    assert person_id is not None  # signed in
    found = attempt_of(person_id, attempt_id)
    if found is None or found[1].module != key or found[1].version != module.version:
        raise NotFound("There is no such attempt of yours.")
    attempt = found[0]
    codes = [row for row in completions_of([person_id])[person_id] if row.course == key and row.code]
    return render_template(
        "workforce/learning/result.html",
        module=module,
        attempt=attempt,
        answered=list(zip(module.questions, attempt.chosen, strict=True)),
        certificate=codes[0] if codes and attempt.passed else None,
    )


def _quiz_page(module: Module, chosen: list[int | None], problems: dict[str, str]) -> ResponseReturnValue:
    page = render_template(
        "workforce/learning/quiz.html",
        module=module,
        chosen=chosen,
        problems=problems,
        errors=[{"text": text, "href": f"#{field}-1"} for field, text in problems.items()],
        form=ButtonForm(),
    )
    return page, 400 if problems else 200
