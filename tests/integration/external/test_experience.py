"""A published review is noted for each of its reviewers, once, and stands on their way to accreditation."""

from __future__ import annotations

import uuid

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.reviews.external.rules.workflow import Action
from portal.workforce.accreditation.models import ReviewerExperience
from portal.workforce.accreditation.path import path_of
from portal.workforce.accreditation.rules.path import Experience
from portal.workforce.accreditation.service.experience import note_done
from tests.support.assessing import actor, email, id_of
from tests.support.page_client import PageClient
from tests.support.publishing import FIRST, commented, corrected, published
from tests.support.reviewing import move


def noted() -> dict[uuid.UUID, Experience]:
    db.session.rollback()
    return {row.person_id: row.kind for row in db.session.scalars(select(ReviewerExperience))}


def test_nothing_is_noted_before_publication(app: Flask) -> None:
    commented({})
    assert noted() == {}


def test_publication_notes_what_each_reviewer_did_and_who_only_watched_did_nothing(app: Flask) -> None:
    assessment_id = published()
    assert noted() == {
        id_of("lead-reviewer"): Experience.LEAD,
        id_of("second-reviewer"): Experience.CO_REVIEW,
    }
    [row, _] = db.session.scalars(select(ReviewerExperience))
    assert (row.subject_id, row.on) == (assessment_id, clock.today())


def test_a_correction_notes_nothing_again(app: Flask) -> None:
    corrected(published(), {FIRST: 2})
    assert len(noted()) == 2


def test_noting_twice_changes_nothing(app: Flask) -> None:
    review, person = uuid.uuid4(), id_of("second-reviewer")
    counts = [note_done(review, clock.today(), {person: Experience.SHADOW}) for _ in range(2)]
    assert counts == [1, 0]


def test_a_verb_that_fails_leaves_no_note(app: Flask) -> None:
    def broken() -> None:
        with act(actor("lead"), "tests.verb", ("test", "1")):
            note_done(uuid.uuid4(), clock.today(), {id_of("second-reviewer"): Experience.SHADOW})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken()
    assert noted() == {}


def test_the_reviewers_page_shows_the_way_and_what_is_missing(app: Flask, client: PageClient) -> None:
    move(commented({}), Action.PUBLISH, "lead-reviewer")
    beside = path_of(id_of("second-reviewer"))[2]
    assert (beside.taken, beside.words.startswith("1 of 2")) == (False, True)
    client.sign_in(email("lead"))
    page = client.get(f"/workforce/reviewers/{id_of('second-reviewer')}")
    assert "Review beside a lead reviewer Missing 1 of 2" in page.text
    assert "Complete what reviewers learn Missing 0 of" in page.text
    assert "No calibration exercise in the last 12 months" in page.text
