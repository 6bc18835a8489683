"""Vetting that expires soon is mailed to lead managers once."""

from __future__ import annotations

import uuid

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Person
from portal.accounts.service.people import disable, enable
from portal.core.db import db
from portal.core.jobs.models import Mail
from portal.features import job_handlers
from portal.workforce.posts.models import EismHolding
from portal.workforce.posts.rules.words import EndReason
from portal.workforce.posts.service import add_check, change_check, end_holding
from portal.workforce.posts.service.reminding import JOB, remind
from portal.workforce.posts.service.vetting import CheckDetails
from tests.support.assessing import actor, audit_rows, email
from tests.support.posts import day, held, post


@pytest.fixture
def holding(app: Flask) -> EismHolding:
    """Ann in a post."""
    return db.session.get_one(EismHolding, held(post(), "Ann"))


def check(holding: EismHolding, left: int, kind: str = "driving") -> uuid.UUID:
    return add_check(actor("lead"), holding.eism_id, CheckDetails(kind, day(-900), day(left)))


def mails() -> list[tuple[str, str]]:
    db.session.rollback()
    return [(mail.recipient, mail.text) for mail in db.session.scalars(select(Mail))]


@pytest.mark.parametrize("left, told", [(-1, 1), (0, 1), (59, 1), (60, 1), (61, 0)])
def test_sixty_days_before_the_last_day_a_check_is_told_of(
    holding: EismHolding, left: int, told: int
) -> None:
    check(holding, left)
    assert remind() == told
    assert len(mails()) == told


def test_each_last_day_is_told_of_once(holding: EismHolding) -> None:
    made = check(holding, 10)
    before = audit_rows()
    job_handlers()[JOB]({})
    assert remind() == 0
    assert audit_rows() == before + 1
    change_check(actor("lead"), made, CheckDetails("driving", day(-900), day(20)), 1)
    assert remind() == 1
    recipients = {address for address, _ in mails()}
    assert recipients == {email("lead")}
    assert all("Ann, Driving licence and business insurance" in text for _, text in mails())


def test_a_renewed_check_and_somebody_who_has_left_ask_for_nothing(holding: EismHolding) -> None:
    check(holding, 10)
    check(holding, 400)
    assert remind() == 0
    check(holding, 10, "nhs-access")
    end_holding(actor("lead"), holding.id, day(-1), EndReason.OTHER, 1)
    assert remind() == 0
    end_holding(actor("lead"), holding.id, day(0), EndReason.OTHER, 2)
    assert remind() == 1


def test_without_a_lead_manager_nothing_is_noted_as_told(holding: EismHolding) -> None:
    check(holding, 10)
    lead = db.session.scalars(select(Person).where(Person.email == email("lead"))).one()
    disable(actor("administrator"), lead.id)
    assert remind() == 0
    enable(actor("administrator"), lead.id)
    assert remind() == 1
