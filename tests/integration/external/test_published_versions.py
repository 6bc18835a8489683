"""Whatever is done to a published review, the versions that are out stay as they are; pages stay quick."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core import clock
from portal.core.db import db
from portal.core.errors import PortalError
from portal.core.jobs import worker
from portal.reviews.assessment import report as drawing
from portal.reviews.assessment.models import Assessment, FinalRating, PublishedReport
from portal.reviews.assessment.report_queries import published as report_of
from portal.reviews.external.accuracy import comments_of
from portal.reviews.external.models.review import ExternalReview
from portal.reviews.external.publication import corrections_of
from portal.reviews.external.service.accuracy import comment
from portal.reviews.external.service.correcting import decide
from portal.reviews.external.service.purging import hold, purge_due, release
from portal.scales.registry import registry
from tests.support.assessing import actor, email
from tests.support.page_client import PageClient
from tests.support.publishing import presented, proposed, published
from tests.support.reviewing import SCALE
from tests.support.statements import recorded

KEYS = [item.key for item in registry().get(SCALE).items]
Doing = Callable[[UUID, random.Random], object]


def _propose(assessment_id: UUID, chance: random.Random) -> object:
    keys = chance.sample(KEYS, chance.randint(1, 3))
    return proposed(assessment_id, {key: chance.randint(1, 5) for key in keys}, f"Reason {chance.random()}")


def _decide(assessment_id: UUID, chance: random.Random) -> object:
    row = corrections_of(assessment_id)[0]
    return decide(actor("moderator"), assessment_id, row.id, approve=chance.random() < 0.7, reason="So.")


DOINGS: tuple[Doing, ...] = (
    _propose,
    _decide,
    lambda assessment_id, _: hold(actor("lead"), assessment_id, "A complaint.", None),
    lambda assessment_id, _: release(actor("lead"), assessment_id, "Settled.", None),
    lambda _id, _chance: purge_due(),
    lambda _id, _chance: worker.run_all(),
)


def _kept(assessment_id: UUID) -> dict[int, tuple[object, ...]]:
    db.session.rollback()
    query = select(PublishedReport).where(PublishedReport.assessment_id == assessment_id)
    rows = db.session.scalars(query.execution_options(populate_existing=True))
    return {row.number: (row.code, row.content, row.digest, row.reason, row.issued_at) for row in rows}


def _stands_together(assessment_id: UUID) -> None:
    """The newest version, the final ratings, the total and the accreditation say the same."""
    db.session.rollback()
    found = report_of(assessment_id)
    assert found is not None
    report, assessment = found.report, db.session.get_one(Assessment, assessment_id, populate_existing=True)
    review = db.session.get_one(ExternalReview, assessment_id, populate_existing=True)
    finals = select(FinalRating.item_key, FinalRating.rating).where(
        FinalRating.assessment_id == assessment_id
    )
    assert {item.key: item.rating for item in report.items} == {
        row[0]: row[1] for row in db.session.execute(finals)
    }
    assert (report.total, report.version) == (assessment.total, found.newest)
    assert report.review is not None
    assert report.review.valid_until == review.valid_until
    assert (review.valid_until is not None) is (report.total >= 100)


@pytest.mark.parametrize("seed", [1, 2])
def test_any_sequence_of_doings_leaves_every_version_as_it_was(
    app: Flask, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(drawing, "render_pdf", lambda *_, **__: b"%PDF-1.7 quick")
    chance, assessment_id = random.Random(seed), published()
    known = _kept(assessment_id)
    for step in range(24):
        refused = contextlib.suppress(PortalError, IndexError)  # as good a test as what is done
        with clock.at(clock.now() + timedelta(days=step)), refused:
            chance.choice(DOINGS)(assessment_id, chance)
        now = _kept(assessment_id)
        assert {number: now[number] for number in known} == known
        assert sorted(now) == list(range(1, len(now) + 1))
        known = now
        _stands_together(assessment_id)
    assert len(known) > 1


def test_the_page_of_the_draft_takes_as_many_statements_whatever_was_said(
    app: Flask, client: PageClient
) -> None:
    assessment_id = presented()
    client.sign_in(email("manager"))
    counts = []
    for words in ("", "One.", "Two."):
        if words:
            for key in KEYS[:20]:
                row = comments_of(assessment_id).get(key)
                comment(actor("manager"), assessment_id, key, words, row.version if row else 0)
        with recorded(app) as statements:
            client.get(f"/reviews/{assessment_id}/accuracy")
        counts.append(len(statements))
    assert counts[0] == counts[1] == counts[2] <= 14, counts


def test_the_list_of_purges_takes_as_many_statements_for_any_number(app: Flask, client: PageClient) -> None:
    client.sign_in(email("lead"))
    counts = []
    for _ in range(2):
        with recorded(app) as statements:
            client.get("/reviews/purges")
        counts.append(len(statements))
        published()
    assert counts[0] == counts[1] <= 8, counts
