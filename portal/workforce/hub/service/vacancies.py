"""Writing, editing and moving vacancies."""

from __future__ import annotations

import uuid
from uuid import UUID

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Links, Permission, demand
from portal.accounts.rules.roles import REGIONS
from portal.core import clock
from portal.core.act import Work, act
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.directory.rules.details import key_from
from portal.directory.scope import linked_service
from portal.workforce.hub.models import Vacancy
from portal.workforce.hub.roles import roles
from portal.workforce.hub.rules.checking import Details, problems
from portal.workforce.hub.rules.moving import BY_ITSELF, OPENING, Move, State, after

CHANGED = "Somebody else changed this vacancy first."


def write_vacancy(actor: Actor, service_id: UUID, details: Details, id_: UUID | None = None) -> UUID:
    """Write a vacancy of a service as a draft. Its employer is the service's provider today.

    Returns its id. Raises NotFound, Forbidden, Invalid, or Refused where the service is closed or has no
    provider.
    """
    vacancy_id = id_ or uuid.uuid4()
    with act(actor, "vacancy.write", ("vacancy", vacancy_id)) as work:
        service = linked_service(service_id)
        if service is None:
            raise NotFound("There is no such service.")
        demand(actor, Permission.VACANCY_MANAGE, service.links)
        if service.is_closed:
            raise Refused("The service is closed: it takes on nobody.")
        if service.links.provider is None:
            raise Refused("The service has no provider today, so nobody would be the employer.")
        if actor.person_id is None:
            raise Forbidden("A vacancy is posted by a person.")
        _demand_sound(details)
        now = clock.now()
        db.session.add(
            Vacancy(
                id=vacancy_id,
                key=_key(vacancy_id, details),
                service_id=service_id,
                employer_id=service.links.provider,
                posted_by=actor.person_id,
                created_at=now,
                changed_at=now,
                **details.values(),
            )
        )
        work.note(service=service_id, role=details.role)
    return vacancy_id


def edit_vacancy(actor: Actor, vacancy_id: UUID, details: Details, version: int) -> bool:
    """Change what a vacancy says. Returns whether anything changed.

    Raises NotFound, Forbidden, Invalid, Refused (filled or withdrawn), or Stale with what stands.
    """
    with act(actor, "vacancy.edit", ("vacancy", vacancy_id)) as work:
        vacancy = _for(actor, vacancy_id)
        if vacancy.state in {State.FILLED, State.WITHDRAWN}:
            raise Refused(f"The vacancy is {vacancy.state.value}: take that back to change it.")
        before = {name: getattr(vacancy, name) for name in details.values()}
        changes = {name: value for name, value in details.values().items() if before[name] != value}
        if not changes:
            work.unchanged()
            return False
        if vacancy.version != version:
            raise Stale(CHANGED, before, vacancy.version)
        _demand_sound(details)
        if vacancy.state is State.OPEN and details.closes_on < clock.today():
            raise Invalid({"closes_on": "The closing date of an open vacancy must be today or later"})
        for name, value in changes.items():
            setattr(vacancy, name, value)
        _touch(vacancy)
        work.note(fields=sorted(changes))
        return True


def move_vacancy(actor: Actor, vacancy_id: UUID, move: Move, version: int | None = None) -> State:
    """Open, close, fill, withdraw a vacancy, or take that back. Returns its state.

    The portal itself may close. Raises NotFound, Forbidden, Refused where it cannot be done now, or Stale.
    """
    with act(actor, f"vacancy.{move}", ("vacancy", vacancy_id)) as work:
        vacancy = _for(actor, vacancy_id)
        if move in BY_ITSELF and not actor.is_portal:
            raise Forbidden("A vacancy closes by itself after its closing date.")
        if version is not None and vacancy.version != version:
            raise Stale(CHANGED, {"state": vacancy.state.title}, vacancy.version)
        state = after(vacancy.state, move)
        if state is None:
            raise Refused(f"The vacancy is in the state “{vacancy.state.title}”: this cannot be done now.")
        if move in OPENING and vacancy.closes_on < clock.today():
            raise Refused("The closing date has passed. Give it a later one first.")
        _take(vacancy, move, state, work)
        return state


def _take(vacancy: Vacancy, move: Move, state: State, work: Work) -> None:
    work.note(before=vacancy.state, after=state)
    vacancy.state = state
    if move is Move.PUBLISH:
        vacancy.opened_at = clock.now()
    if move is Move.RESTORE:
        vacancy.opened_at = None  # published again it is a new search, with days of its own
    vacancy.filled_at = clock.now() if state is State.FILLED else None
    _touch(vacancy)


def _touch(vacancy: Vacancy) -> None:
    vacancy.changed_at = clock.now()
    vacancy.version += 1


def _for(actor: Actor, vacancy_id: UUID) -> Vacancy:
    vacancy = db.session.get(Vacancy, vacancy_id, populate_existing=True, with_for_update=True)
    if vacancy is None:
        raise NotFound("There is no such vacancy.")
    service = linked_service(vacancy.service_id)
    demand(actor, Permission.VACANCY_MANAGE, service.links if service else Links())
    return vacancy


def _demand_sound(details: Details) -> None:
    found = problems(details, roles(), REGIONS, clock.today())
    if found:
        raise Invalid(found)


def _key(vacancy_id: UUID, details: Details) -> str:
    """A public address of its own, that says what and where."""
    return f"{key_from(f'{details.title[:50]} {details.place[:50]}', ())}-{vacancy_id.hex[:8]}"
