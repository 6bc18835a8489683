"""Two at once: exactly one wins, the other is told what stands, and the audit has a row for each change."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.core.audit.models import AuditRow
from portal.core.audit.service import verify
from portal.core.db import db
from portal.core.errors import PortalError, Refused, Stale
from portal.reviews.assessment.models import Assessment, ItemRating
from portal.reviews.assessment.rules.workflow import Action, Kind, State
from portal.reviews.assessment.service.drafting import ItemDraft
from portal.reviews.assessment.service.moving import advance
from portal.reviews.assessment.service.rating import save_item
from portal.reviews.assessment.service.starting import Start, start
from tests.integration.access import things, world
from tests.support.racing import race

RACES = 50
DRAFT, SETTLING = world.id_of("draft"), world.id_of("settling")


def _lost(ends: list[object]) -> list[PortalError]:
    """The one that lost; anything but one winner and one told so fails."""
    errors = [end for end in ends if isinstance(end, BaseException)]
    assert len(errors) == 1, ends
    assert isinstance(errors[0], PortalError), ends
    return errors  # type: ignore[return-value]  # seen in the line above


def _actors(site: Flask, *names: str) -> list[Actor]:
    with site.app_context():
        return [world.actor(name) for name in names]


def _rows(site: Flask) -> int:
    with site.app_context():
        return db.session.scalars(select(func.count()).select_from(AuditRow)).one()


def _whole(site: Flask) -> None:
    with site.app_context():
        assert verify(db.session())[1] == []


def test_of_two_saves_of_one_item_one_wins_and_the_other_sees_what_stands(site: Flask) -> None:
    manager, staff = _actors(site, "manager", "staff")
    key, before = things.item_keys()[0], _rows(site)
    for turn in range(1, RACES + 1):
        drafts = [ItemDraft(1 + turn % 5, f"{name} {turn}") for name in ("manager", "staff")]
        ends = race(
            site,
            lambda draft=drafts[0], seen=turn: save_item(manager, DRAFT, key, draft, seen),  # type: ignore[misc]  # a lambda with a default has no type
            lambda draft=drafts[1], seen=turn: save_item(staff, DRAFT, key, draft, seen),  # type: ignore[misc]  # a lambda with a default has no type
        )
        (stale,) = _lost(ends)
        assert isinstance(stale, Stale)
        with site.app_context():
            query = select(ItemRating).where(ItemRating.assessment_id == DRAFT, ItemRating.item_key == key)
            standing = db.session.scalars(query).one()
            assert stale.current["rationale"] == standing.rationale
            assert standing.version == turn + 1 == stale.version
    assert _rows(site) == before + RACES
    _whole(site)


def test_of_two_who_make_it_final_one_does(site: Flask) -> None:
    (eism,) = _actors(site, "eism")
    before = _rows(site)
    ends = race(site, *[lambda: advance(eism, SETTLING, Action.AGREE, None)] * 4)
    assert [end for end in ends if not isinstance(end, BaseException)] == [State.FINAL]
    assert sum(isinstance(end, Refused) for end in ends) == 3, ends
    assert _rows(site) == before + 1
    _whole(site)


def test_of_two_withdrawals_and_of_two_starts_one_is_made(site: Flask) -> None:
    (manager,) = _actors(site, "manager")
    before, today = _rows(site), clock.today()
    wanted = Start(world.id_of("service-draft"), things.SCALE, Kind.GUIDED, today - timedelta(days=90), today)
    made = DRAFT
    for turn in range(RACES):
        withdrawn = race(site, *[lambda one=made: advance(manager, one, Action.WITHDRAW, None)] * 2)  # type: ignore[misc]  # a lambda with a default has no type
        _lost(withdrawn)
        new = world.id_of(f"race {turn}"), world.id_of(f"race {turn} too")
        ends = race(site, *[lambda one=one: start(manager, wanted, one) for one in new])  # type: ignore[misc]  # a lambda with a default has no type
        (refused,) = _lost(ends)
        assert isinstance(refused, Refused)
        made = next(end for end in ends if not isinstance(end, BaseException))  # type: ignore[assignment]  # start gives an id
    with site.app_context():
        open_ones = select(func.count()).where(
            Assessment.service_id == wanted.service_id, Assessment.state == State.DRAFT
        )
        assert db.session.scalars(open_ones).one() == 1
    assert _rows(site) == before + 2 * RACES
    _whole(site)
