"""Review dates that are reached are mailed once."""

from __future__ import annotations

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from portal.accounts.service.people import disable
from portal.core.act import operational
from portal.core.db import db
from portal.core.jobs.models import Mail
from portal.features import job_handlers
from portal.library.catalogue import filed
from portal.library.models import LibraryMaterial
from portal.library.service.reminding import JOB, remind
from tests.support.assessing import actor, audit_rows, email, id_of
from tests.support.shelving import day, shelved


def mails() -> list[tuple[str, str]]:
    db.session.rollback()
    return [(mail.recipient, mail.text) for mail in db.session.scalars(select(Mail))]


def due(key: str, left: int) -> None:
    with operational() as session:
        session.execute(update(LibraryMaterial).where(LibraryMaterial.key == key).values(review_on=day(left)))


@pytest.mark.parametrize("left, told", [(-1, 1), (0, 1), (1, 0)])
def test_on_its_review_date_the_owner_is_told(app: Flask, left: int, told: int) -> None:
    due(shelved(by="eism"), left)
    assert remind() == told
    assert [address for address, _ in mails()] == [email("eism")] * told


def test_each_date_is_told_of_once(app: Flask) -> None:
    key = shelved()
    due(key, 0)
    before = audit_rows()
    job_handlers()[JOB]({})
    assert remind() == 0
    assert audit_rows() == before + 1
    due(key, -1)
    assert remind() == 1
    assert all("Diaries of employers" in text for _, text in mails())


def test_where_the_owner_has_left_the_lead_managers_are_told(app: Flask) -> None:
    due(shelved(by="eism"), 0)
    disable(actor("administrator"), id_of("eism"))
    assert remind() == 1
    assert [address for address, _ in mails()] == [email("lead")]


def test_materials_of_files_are_told_to_lead_managers_in_one_mail(app: Flask) -> None:
    first = min(one.text.review_on for one in filed().values())
    with time_machine.travel(first, tick=False):
        assert remind() == 1
        assert remind() == 0
    ((address, text),) = mails()
    assert address == email("lead")
    assert filed()["note-disclosure"].text.title in text
