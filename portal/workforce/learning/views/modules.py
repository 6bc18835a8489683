"""What I must learn, everything else there is to learn, and a module's pages."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import SignedIn
from portal.accounts.current import current_actor
from portal.core import clock
from portal.core.access import access
from portal.core.errors import NotFound
from portal.core.forms import ButtonForm
from portal.workforce.learning.queries import (
    attempts_at,
    completions_of,
    dones,
    progress_of,
    required_lines,
)
from portal.workforce.learning.registry import catalogue
from portal.workforce.learning.rules.standing import SOON_DAYS, Line, State, newest
from portal.workforce.learning.service.learning import module_named, read_page, start
from portal.workforce.learning.views.blueprint import blueprint


@blueprint.get("/learning")
@access(SignedIn())
def index() -> ResponseReturnValue:
    """What is required of me, and every other module."""
    person_id = current_actor().person_id
    assert person_id is not None  # signed in
    known, words = catalogue(), request.args.get("q", "").strip()[:100]
    completions = completions_of([person_id])
    lines = required_lines([person_id], completions)[person_id]
    required = {line.demanded.course for line in lines}
    others = [one for one in known.modules.values() if words or one.key not in required]
    return render_template(
        "workforce/learning/index.html",
        lines=lines,
        onward=_onward(lines),
        counts={state: sum(line.state is state for line in lines) for state in State},
        others=sorted((one for one in others if one.mentions(words)), key=lambda one: one.title),
        known=known,
        progress=progress_of(person_id, known.modules.values()),
        completions=completions[person_id],
        words=words,
        soon_days=SOON_DAYS,
    )


def _onward(lines: list[Line]) -> str | None:
    """The most pressing module that is not done: what to learn next."""
    modules = catalogue().modules
    open_ = (line.demanded.course for line in lines if line.state is not State.DONE)
    return next((key for key in open_ if key in modules), None)


@blueprint.get("/learning/<string:key>")
@access(SignedIn())
def module(key: str) -> ResponseReturnValue:
    """A module's aims, its pages with what was read, its quiz; of an external course what it is about."""
    person_id = current_actor().person_id
    assert person_id is not None  # signed in
    known, today = catalogue(), clock.today()
    rows = completions_of([person_id])[person_id]
    last = newest(key, dones(rows), today)
    own = [row for row in rows if row.course == key]
    if key in known.external:
        page = known.external[key]
        return render_template("workforce/learning/external.html", course=page, last=last, today=today)
    one = module_named(key)
    progress = progress_of(person_id, [one])[key]
    return render_template(
        "workforce/learning/module.html",
        module=one,
        progress=progress,
        last=last,
        completions=own,
        attempts=attempts_at(progress.enrolment_id),
        today=today,
        form=ButtonForm(),
    )


@blueprint.post("/learning/<string:key>/start")
@access(SignedIn())
def begin(key: str) -> ResponseReturnValue:
    """Enrol, and go to the first page that was not read."""
    start(current_actor(), key)
    return redirect(_next(key), 303)


@blueprint.route("/learning/<string:key>/pages/<int:number>", methods=["GET", "POST"])
@access(SignedIn())
def page(key: str, number: int) -> ResponseReturnValue:
    """A page to read; sending it back keeps that it was read."""
    one, form = module_named(key), ButtonForm()
    if not 1 <= number <= len(one.pages):
        raise NotFound("There is no such page.")
    if form.validate_on_submit():
        read_page(current_actor(), key, number)
        return redirect(_after(key, number), 303)
    person_id = current_actor().person_id
    assert person_id is not None  # signed in
    return render_template(
        "workforce/learning/page.html",
        module=one,
        page=one.pages[number - 1],
        number=number,
        progress=progress_of(person_id, [one])[key],
        form=form,
    )


def _after(key: str, number: int) -> str:
    """Where reading goes on: the next page, else what was left out, else the quiz."""
    if number < len(module_named(key).pages):
        return url_for(".page", key=key, number=number + 1)
    return _next(key)


def _next(key: str) -> str:
    one, person_id = module_named(key), current_actor().person_id
    assert person_id is not None  # signed in
    number = progress_of(person_id, [one])[key].next_page
    return url_for(".page", key=key, number=number) if number else url_for(".quiz", key=key)
