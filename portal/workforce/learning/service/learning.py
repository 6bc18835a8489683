"""Taking a module: beginning it, reading its pages, answering its quiz."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from portal.accounts.models import Person
from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.core.act import Work, act, operational
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Refused
from portal.core.rules.codes import new_code
from portal.workforce.learning.models import Completion, Enrolment, How, PageRead, QuizAttempt
from portal.workforce.learning.queries import completions_of, progress_of
from portal.workforce.learning.registry import catalogue
from portal.workforce.learning.rules.marking import mark
from portal.workforce.learning.rules.module import Module
from portal.workforce.learning.rules.standing import expiry


def module_named(key: str) -> Module:
    """The module with this key. Raises NotFound."""
    found = catalogue().modules.get(key)
    if found is None:
        raise NotFound("There is no such module.")
    return found


def start(actor: Actor, key: str) -> UUID:
    """Begin a module for oneself, or go on with it. Returns the enrolment. Raises NotFound, Forbidden."""
    module, person_id = module_named(key), _self(actor)
    enrolment_id = uuid.uuid4()
    with act(actor, "learning.start", ("enrolment", enrolment_id)) as work:
        _locked(person_id)
        there = _enrolment(person_id, module)
        if there is not None:
            work.unchanged()
            return there
        _enrol(work, enrolment_id, person_id, module)
    return enrolment_id


def read_page(actor: Actor, key: str, number: int) -> None:
    """Keep that a page was read, so that the person resumes after it; begins the module where needed.

    Raises NotFound.
    """
    module, person_id = module_named(key), _self(actor)
    if not 1 <= number <= len(module.pages):
        raise NotFound("There is no such page.")
    progress = progress_of(person_id, [module])[key]
    if number in progress.read:
        return
    enrolment_id = progress.enrolment_id
    if enrolment_id is not None:
        with operational():  # how far somebody has read is no record of theirs that is audited
            _read(person_id, enrolment_id, number)
        return
    made = uuid.uuid4()
    with act(actor, "learning.start", ("enrolment", made)) as work:
        _locked(person_id)
        there = _enrolment(person_id, module)
        if there is None:
            _enrol(work, made, person_id, module)
        _read(person_id, there or made, number)


def _enrol(work: Work, enrolment_id: UUID, person_id: UUID, module: Module) -> None:
    db.session.add(
        Enrolment(
            id=enrolment_id,
            person_id=person_id,
            module=module.key,
            version=module.version,
            started_at=clock.now(),
        )
    )
    db.session.flush()  # pages that were read point at it
    work.note(module=module.key, version=module.version)


def _read(person_id: UUID, enrolment_id: UUID, number: int) -> None:
    _locked(person_id)
    query = select(PageRead.id).where(PageRead.enrolment_id == enrolment_id, PageRead.page == number)
    if db.session.execute(query).first() is None:
        db.session.add(PageRead(enrolment_id=enrolment_id, page=number, at=clock.now()))


def answer(actor: Actor, key: str, chosen: Sequence[int | None], id_: UUID | None = None) -> UUID:
    """Hand in a quiz; passing completes the module. Returns the attempt's id.

    `chosen`: the place of the answer to each question, None where there is none. Raises NotFound,
    Refused while a page is unread, or Invalid (fields question-1, question-2, …).
    """
    module, person_id = module_named(key), _self(actor)
    attempt_id = id_ or uuid.uuid4()
    with act(actor, "learning.answer", ("attempt", attempt_id)) as work:
        _locked(person_id)
        progress = progress_of(person_id, [module])[key]
        if progress.enrolment_id is None or progress.next_page is not None:
            raise Refused("Read every page before you take the quiz.")
        given = _answers(module, chosen)
        marked = mark(module, given)
        db.session.add(
            QuizAttempt(
                id=attempt_id,
                enrolment_id=progress.enrolment_id,
                answers=",".join(str(place) for place in given),
                score=marked.right,
                out_of=marked.of,
                passed=marked.passed,
                at=clock.now(),
            )
        )
        work.note(module=key, version=module.version, score=marked.right, of=marked.of)
        if marked.passed:
            _complete(person_id, module)
    return attempt_id


def _answers(module: Module, chosen: Sequence[int | None]) -> tuple[int, ...]:
    problems, given = {}, []
    for number, question in enumerate(module.questions, start=1):
        place = chosen[number - 1] if number <= len(chosen) else None
        if place is None or not 0 <= place < len(question.answers):
            problems[f"question-{number}"] = f"Answer question {number}"
        else:
            given.append(place)
    if problems:
        raise Invalid(problems)
    return tuple(given)


def _complete(person_id: UUID, module: Module) -> None:
    """A completion from today; passing twice on a day gives one certificate."""
    today = clock.today()
    known = completions_of([person_id])[person_id]
    if any(
        (row.course, row.version, row.completed_on) == (module.key, module.version, today) for row in known
    ):
        return
    db.session.add(
        Completion(
            person_id=person_id,
            course=module.key,
            how=How.MODULE,
            version=module.version,
            completed_on=today,
            expires_on=expiry(today, module.expires_months),
            code=new_code(),
            recorded_at=clock.now(),
        )
    )


def _self(actor: Actor) -> UUID:
    if actor.person_id is None:
        raise Forbidden("Sign in to learn.")
    return actor.person_id


def _enrolment(person_id: UUID, module: Module) -> UUID | None:
    """The person's enrolment in the module's present version."""
    query = select(Enrolment.id).where(
        Enrolment.person_id == person_id,
        Enrolment.module == module.key,
        Enrolment.version == module.version,
    )
    return db.session.scalar(query)


def _locked(person_id: UUID) -> None:
    """One thing at a time for a person: two clicks at once begin a module once."""
    db.session.execute(select(Person.id).where(Person.id == person_id).with_for_update())
