"""Rating a case by the verbs: blind until closed, handed in for good."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core import clock
from portal.core.db import db
from portal.core.errors import Invalid, NotFound, Refused, Stale
from portal.reviews.agreement.models import CalibrationExercise, CalibrationSheet
from portal.reviews.agreement.rules.calibration import ExerciseDraft, ExerciseState
from portal.reviews.agreement.service.exercises import (
    close_exercise,
    create_exercise,
    edit_exercise,
    open_exercise,
)
from portal.reviews.agreement.service.rating import save_sheet, submit_sheet
from portal.reviews.agreement.sheets import all_sheets, own_sheet
from portal.workforce.accreditation.models import ReviewerExperience
from tests.support.assessing import actor, audit_rows, id_of
from tests.support.calibrating import CASE, INVITED, KEYS, draft, fresh, last_verb, opened


def test_saving_what_stands_changes_nothing(app: Flask) -> None:
    exercise_id = opened()
    save_sheet(actor("eism"), exercise_id, draft(3, "So"), 1)
    before = audit_rows()
    assert save_sheet(actor("eism"), exercise_id, draft(3, "So"), 2) == 2
    edit_exercise(actor("lead"), exercise_id, CASE, 2)
    assert audit_rows() == before


def test_nobody_reads_the_sheets_until_the_exercise_is_closed(app: Flask) -> None:
    exercise_id = opened()
    save_sheet(actor("eism"), exercise_id, draft(5, "A secret word"), 1)
    submit_sheet(actor("stand-in"), exercise_id, draft(1), 1)
    found = fresh(exercise_id)
    with pytest.raises(NotFound):
        all_sheets(found)
    assert own_sheet(actor("lead"), found) is None
    own = own_sheet(actor("eism"), found)
    assert own is not None
    assert own.rationales[KEYS[0]] == "A secret word"
    close_exercise(actor("lead"), exercise_id, 2)
    seen = all_sheets(fresh(exercise_id))
    assert [(one.person_id, one.ratings) for one in seen] == [(id_of("stand-in"), dict.fromkeys(KEYS, 1))]


def test_a_sheet_never_handed_in_stays_its_authors(app: Flask) -> None:
    exercise_id = opened()
    save_sheet(actor("eism"), exercise_id, draft(5, "A secret word"), 1)
    close_exercise(actor("lead"), exercise_id, 2)
    assert all_sheets(fresh(exercise_id)) == []


def test_the_last_to_hand_in_closes_the_exercise(app: Flask) -> None:
    exercise_id = opened()
    closed = [submit_sheet(actor(name), exercise_id, draft(3), 1) for name in INVITED]
    assert closed == [False] * (len(INVITED) - 1) + [True]
    assert fresh(exercise_id).state is ExerciseState.CLOSED
    assert len(all_sheets(fresh(exercise_id))) == len(INVITED)
    assert last_verb() == "blind.calibration-submit"


def test_the_author_may_rate_too_and_is_not_waited_for(app: Flask) -> None:
    exercise_id = opened()
    assert submit_sheet(actor("lead"), exercise_id, draft(2), 0) is False
    for name in INVITED[:-1]:
        assert submit_sheet(actor(name), exercise_id, draft(3), 1) is False
    assert submit_sheet(actor(INVITED[-1]), exercise_id, draft(3), 1) is True
    assert len(all_sheets(fresh(exercise_id))) == len(INVITED) + 1


def test_handed_in_never_changes(app: Flask) -> None:
    exercise_id = opened()
    submit_sheet(actor("eism"), exercise_id, draft(3), 1)
    for verb in (save_sheet, submit_sheet):
        with pytest.raises(Refused, match="handed in"):
            verb(actor("eism"), exercise_id, draft(4), 3)


@pytest.mark.parametrize("rating, problems", [(None, 3), (0, 3), (1, 0), (5, 0), (6, 3)])
def test_to_hand_in_every_item_has_a_rating_of_the_scale(
    app: Flask, rating: int | None, problems: int
) -> None:
    exercise_id = opened()
    if not problems:
        submit_sheet(actor("eism"), exercise_id, draft(rating), 1)
        return
    with pytest.raises(Invalid) as caught:
        submit_sheet(actor("eism"), exercise_id, draft(rating), 1)
    assert len(caught.value.problems) == problems
    assert own_sheet(actor("eism"), fresh(exercise_id)).submitted_at is None  # type: ignore[union-attr]  # invited


def test_half_a_sheet_can_be_saved_but_not_handed_in(app: Flask) -> None:
    exercise_id = opened()
    save_sheet(actor("eism"), exercise_id, draft(None, _0=4), 1)
    with pytest.raises(Invalid) as caught:
        submit_sheet(actor("eism"), exercise_id, draft(None, _0=4), 2)
    assert sorted(caught.value.problems) == sorted(f"rating-{key}" for key in KEYS[1:])


def test_two_devices_do_not_overwrite_each_other_unseen(app: Flask) -> None:
    exercise_id = opened()
    save_sheet(actor("eism"), exercise_id, draft(3), 1)
    with pytest.raises(Stale) as caught:
        save_sheet(actor("eism"), exercise_id, draft(4), 1)
    assert (caught.value.current, caught.value.version) == (dict.fromkeys(KEYS, 3), 2)
    save_sheet(actor("eism"), exercise_id, draft(4), 2)


@pytest.mark.parametrize("day, refused", [(-1, True), (0, False), (1, False), (2, False), (3, True)])
def test_the_first_and_the_last_day_are_days_to_rate(app: Flask, day: int, refused: bool) -> None:
    first = clock.today()
    dated = ExerciseDraft(CASE.title, CASE.scale_key, CASE.case_text, KEYS, first, first + timedelta(days=2))
    exercise_id = create_exercise(actor("lead"), id_of("support"), dated)
    open_exercise(actor("lead"), exercise_id, 1)
    with clock.at(clock.now() + timedelta(days=day)):
        if refused:
            with pytest.raises(Refused):
                save_sheet(actor("eism"), exercise_id, draft(), 1)
        else:
            save_sheet(actor("eism"), exercise_id, draft(), 1)


def test_what_is_rated_is_sealed_in_the_audit(app: Flask) -> None:
    exercise_id = opened()
    save_sheet(actor("eism"), exercise_id, draft(5), 1)
    assert last_verb() == "blind.calibration-save"
    submit_sheet(actor("eism"), exercise_id, draft(5), 2)
    assert last_verb() == "blind.calibration-submit"


def test_closing_notes_how_near_each_rater_was_to_the_middle(app: Flask) -> None:
    exercise_id = opened()
    for name, rating in {"eism": 3, "stand-in": 3, "far-eism": 5}.items():
        submit_sheet(actor(name), exercise_id, draft(rating), 1)
    close_exercise(actor("lead"), exercise_id, 2)
    rows = {row.person_id: (row.near, row.rated) for row in db.session.scalars(select(ReviewerExperience))}
    assert rows == {id_of("eism"): (3, 3), id_of("stand-in"): (3, 3), id_of("far-eism"): (0, 3)}


def test_where_two_hand_in_there_is_no_middle_to_note(app: Flask) -> None:
    exercise_id = opened()
    for name in ("eism", "stand-in"):
        submit_sheet(actor(name), exercise_id, draft(3), 1)
    close_exercise(actor("lead"), exercise_id, 2)
    assert db.session.scalars(select(ReviewerExperience)).all() == []


def test_the_last_two_at_once_close_it_exactly_once(app: Flask) -> None:
    exercise_id = opened()
    for name in INVITED[:-2]:
        submit_sheet(actor(name), exercise_id, draft(3), 1)
    actors = [actor(name) for name in INVITED[-2:]]
    closed: list[bool] = []
    failed: list[BaseException] = []

    def hand_in(who: object) -> None:
        try:
            with app.app_context():
                closed.append(submit_sheet(who, exercise_id, draft(3), 1))  # type: ignore[arg-type]  # an actor
        except BaseException as error:  # noqa: BLE001  told below, in the test's own thread
            failed.append(error)

    threads = [threading.Thread(target=hand_in, args=(who,)) for who in actors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert sorted(closed) == [False, True]
    assert fresh(exercise_id).state is ExerciseState.CLOSED


def test_a_sheet_of_each_person_is_one(app: Flask) -> None:
    exercise_id = opened()
    for rating in (1, 2, 3):
        save_sheet(actor("lead"), exercise_id, draft(rating), rating - 1)
    query = select(CalibrationSheet).where(CalibrationSheet.person_id == id_of("lead"))
    assert len(db.session.scalars(query).all()) == 1
    assert db.session.get_one(CalibrationExercise, exercise_id).version == 2
