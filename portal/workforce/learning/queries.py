"""Named reads of learning: whose, what is required of them, what they completed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, literal, select

from portal.accounts.current import covers
from portal.accounts.models import Membership
from portal.accounts.rules.roles import Role
from portal.core import clock
from portal.core.db import db
from portal.workforce.learning.models import ChosenSet, Completion, Enrolment, PageRead, QuizAttempt
from portal.workforce.learning.registry import catalogue
from portal.workforce.learning.rules.module import Module, RequiredSet
from portal.workforce.learning.rules.standing import Done, Line, demanded, lines, newest


@dataclass(frozen=True)
class Progress:
    """How far somebody is in a module, in its present version."""

    enrolment_id: UUID | None
    read: frozenset[int]
    pages: int

    @property
    def next_page(self) -> int | None:
        """The first page not yet read; None when only the quiz is left."""
        return next((page for page in range(1, self.pages + 1) if page not in self.read), None)


def completions_of(person_ids: Collection[UUID]) -> dict[UUID, list[Completion]]:
    """Everything these people completed and nobody withdrew, the newest first. One statement."""
    query = (
        select(Completion)
        .where(Completion.person_id.in_(set(person_ids)), Completion.withdrawn_at.is_(None))
        .order_by(Completion.completed_on.desc(), Completion.id)
    )
    found: dict[UUID, list[Completion]] = {person_id: [] for person_id in person_ids}
    for row in db.session.scalars(query):
        found[row.person_id].append(row)
    return found


def dones(rows: Iterable[Completion]) -> list[Done]:
    """Completions as the rules take them."""
    return [Done(row.course, row.completed_on, row.expires_on) for row in rows]


def completed(person_id: UUID, keys: Iterable[str], on: date) -> dict[str, Done | None]:
    """Of each course: the completion that holds on a day, or None. For accreditation. One statement."""
    known = dones(completions_of([person_id])[person_id])
    found = {}
    for key in keys:
        last = newest(key, known, on)
        found[key] = last if last is not None and last.holds_on(on) else None
    return found


def sets_of(person_ids: Collection[UUID]) -> dict[UUID, list[tuple[RequiredSet, date]]]:
    """The required sets of these people today, each with the first day it counts from. Two statements.

    A set chosen for somebody takes the place of their role's own, as long as their role allows it.
    """
    roles = _roles(person_ids)
    query = select(ChosenSet).where(ChosenSet.person_id.in_(set(person_ids)))
    chosen = {row.person_id: row for row in db.session.scalars(query)}
    return {person_id: _sets(roles[person_id], chosen.get(person_id)) for person_id in person_ids}


def _sets(held: Mapping[Role, date], chosen: ChosenSet | None) -> list[tuple[RequiredSet, date]]:
    sets = catalogue().sets
    found, replaced = [], frozenset[str]()
    picked = sets.get(chosen.set_key) if chosen else None
    if chosen and picked and any(role.value in picked.roles for role in held):
        found.append((picked, chosen.since))
        replaced = frozenset(picked.roles)
    for role, starts in sorted(held.items(), key=lambda one: one[1]):
        if role.value in replaced:
            continue
        for one in sets.values():
            if role.value in one.default_for and one.key not in {there.key for there, _ in found}:
                found.append((one, starts))
    return found


def _roles(person_ids: Collection[UUID]) -> dict[UUID, dict[Role, date]]:
    """The roles these people hold today, each with its first day."""
    query = (
        select(Membership.person_id, Membership.role, func.min(Membership.starts))
        .where(Membership.person_id.in_(set(person_ids)), covers(literal(clock.today())))
        .group_by(Membership.person_id, Membership.role)
    )
    found: dict[UUID, dict[Role, date]] = {person_id: {} for person_id in person_ids}
    for person_id, role, starts in db.session.execute(query):
        found[person_id][role] = starts
    return found


def required_lines(
    person_ids: Collection[UUID], completions: Mapping[UUID, Sequence[Completion]]
) -> dict[UUID, list[Line]]:
    """What is required of each of these people, as it stands today, the most pressing first."""
    today, sets = clock.today(), sets_of(person_ids)
    return {
        person_id: lines(demanded(sets[person_id]), dones(completions[person_id]), today)
        for person_id in person_ids
    }


def chosen_set(person_id: UUID) -> ChosenSet | None:
    """The set that a manager chose for somebody."""
    return db.session.get(ChosenSet, person_id, populate_existing=True)


def progress_of(person_id: UUID, modules: Iterable[Module]) -> dict[str, Progress]:
    """How far somebody is in each of these modules. One statement."""
    query = (
        select(Enrolment.module, Enrolment.version, Enrolment.id, PageRead.page)
        .outerjoin(PageRead, PageRead.enrolment_id == Enrolment.id)
        .where(Enrolment.person_id == person_id)
    )
    ids: dict[tuple[str, int], UUID] = {}
    read: dict[tuple[str, int], set[int]] = {}
    for key, version, enrolment_id, page in db.session.execute(query):
        ids[key, version] = enrolment_id
        read.setdefault((key, version), set()).update({page} if page else ())
    found = {}
    for module in modules:
        place = (module.key, module.version)
        found[module.key] = Progress(ids.get(place), frozenset(read.get(place, set())), len(module.pages))
    return found


def attempt_of(person_id: UUID, attempt_id: UUID) -> tuple[QuizAttempt, Enrolment] | None:
    """A person's own attempt, with what it belongs to."""
    query = (
        select(QuizAttempt, Enrolment)
        .join(Enrolment, Enrolment.id == QuizAttempt.enrolment_id)
        .where(QuizAttempt.id == attempt_id, Enrolment.person_id == person_id)
    )
    row = db.session.execute(query).first()
    return None if row is None else (row[0], row[1])


def attempts_at(enrolment_id: UUID | None) -> Sequence[QuizAttempt]:
    """The attempts at a module's quiz, the newest first."""
    if enrolment_id is None:
        return ()
    query = (
        select(QuizAttempt)
        .where(QuizAttempt.enrolment_id == enrolment_id)
        .order_by(QuizAttempt.at.desc(), QuizAttempt.id)
    )
    return db.session.scalars(query).all()
