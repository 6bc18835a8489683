"""A calibration exercise by its verbs: who may, blind until closed, handed in for good."""

from __future__ import annotations

import threading
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Organisation, Person
from portal.accounts.rules.roles import OrganisationKind
from portal.core import clock
from portal.core.act import operational
from portal.core.audit.models import AuditRow
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.core.jobs.models import Mail
from portal.reviews.agreement.exercise_queries import exercises_of
from portal.reviews.agreement.loading import LoadedExercise, load_exercise
from portal.reviews.agreement.models import CalibrationExercise, CalibrationSheet
from portal.reviews.agreement.rules.calibration import ExerciseDraft, ExerciseState, SheetDraft
from portal.reviews.agreement.service.exercises import (
    close_exercise,
    create_exercise,
    edit_exercise,
    open_exercise,
)
from portal.reviews.agreement.service.rating import save_sheet, submit_sheet
from portal.reviews.agreement.sheets import all_sheets, invited_to, own_sheet
from tests.support.assessing import actor, audit_rows, id_of, item_key
from tests.support.reviewing import REVIEWERS

KEYS = (item_key(1), item_key(2), item_key(13))
CASE = ExerciseDraft("A first year", "ips-25", "Four specialists, 96 clients.", KEYS)
INVITED = ("eism", "stand-in", "far-eism", *REVIEWERS)


def draft(rating: int | None = 4, why: str = "", **other: int | None) -> SheetDraft:
    ratings = dict.fromkeys(KEYS, rating) | {KEYS[int(place[1:])]: value for place, value in other.items()}
    return SheetDraft(ratings, dict.fromkeys(KEYS, why))


def created() -> UUID:
    return create_exercise(actor("lead"), id_of("support"), CASE)


def opened() -> UUID:
    exercise_id = created()
    open_exercise(actor("lead"), exercise_id, 1)
    return exercise_id


def fresh(exercise_id: UUID) -> LoadedExercise:
    db.session.rollback()
    db.session.expire_all()
    found = load_exercise(exercise_id)
    assert found is not None
    return found


def last_verb() -> str:
    db.session.rollback()
    return db.session.scalars(select(AuditRow.verb).order_by(AuditRow.number.desc()).limit(1)).one()


def test_opening_invites_every_reviewer_but_the_author_and_tells_them(app: Flask) -> None:
    exercise_id = opened()
    found = fresh(exercise_id)
    people = {one.person_id for one in invited_to(found)}
    assert people == {id_of(name) for name in INVITED}
    mails = db.session.scalars(select(Mail.recipient).where(Mail.subject.contains("A case to rate"))).all()
    assert sorted(mails) == sorted(f"{name}@example.org" for name in INVITED)
    assert (found.state, last_verb()) == (ExerciseState.OPEN, "calibration.open")


def test_somebody_whose_account_is_disabled_is_not_invited(app: Flask) -> None:
    with operational() as session:
        session.get_one(Person, id_of("eism")).disabled_at = clock.now()
    assert id_of("eism") not in {one.person_id for one in invited_to(fresh(opened()))}


def test_the_items_are_kept_in_the_order_of_the_scale(app: Flask) -> None:
    turned = ExerciseDraft(CASE.title, CASE.scale_key, CASE.case_text, KEYS[::-1])
    assert fresh(create_exercise(actor("lead"), id_of("support"), turned)).exercise.item_keys == list(KEYS)


@pytest.mark.parametrize("name", ["eism", "manager", "administrator", "buyer"])
def test_only_a_lead_manager_sets_exercises(app: Flask, name: str) -> None:
    with pytest.raises(Forbidden):
        create_exercise(actor(name), id_of("support"), CASE)


def test_a_lead_manager_sets_none_for_another_supplier(app: Flask) -> None:
    with operational() as session:
        session.add(
            Organisation(id=id_of("rival"), key="rival", name="Rival", kind=OrganisationKind.SUPPLIER)
        )
    with pytest.raises(Forbidden):
        create_exercise(actor("lead"), id_of("rival"), CASE)


@pytest.mark.parametrize(
    "changes, field",
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"case_text": ""}, "case_text"),
        ({"item_keys": ()}, "item_keys"),
        ({"item_keys": ("no-item",)}, "item_keys"),
        ({"scale_key": "ips-15"}, "scale"),
        ({"scale_key": "none"}, "scale"),
    ],
)
def test_a_draft_that_cannot_be_kept_names_its_field(
    app: Flask, changes: dict[str, object], field: str
) -> None:
    before = audit_rows()
    with pytest.raises(Invalid) as caught:
        create_exercise(actor("lead"), id_of("support"), ExerciseDraft(**{**CASE.__dict__, **changes}))
    assert field in caught.value.problems
    assert audit_rows() == before


def test_a_draft_is_seen_by_who_manages_it_only(app: Flask) -> None:
    exercise_id = created()
    assert exercises_of(actor("eism")) == []
    assert [row.id for row in exercises_of(actor("lead"))] == [exercise_id]
    with pytest.raises(NotFound):
        save_sheet(actor("eism"), exercise_id, draft(), 0)
    with pytest.raises(Refused):
        save_sheet(actor("lead"), exercise_id, draft(), 0)


def test_what_is_rated_stays_once_open_but_days_and_name_may_change(app: Flask) -> None:
    exercise_id = opened()
    later = ExerciseDraft(**{**CASE.__dict__, "title": "Renamed", "closes_on": clock.today()})
    edit_exercise(actor("lead"), exercise_id, later, 2)
    assert fresh(exercise_id).exercise.title == "Renamed"
    for changes in ({"case_text": "Another"}, {"item_keys": KEYS[:1]}):
        with pytest.raises(Refused, match="can no longer change"):
            edit_exercise(actor("lead"), exercise_id, ExerciseDraft(**{**later.__dict__, **changes}), 3)


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


def test_a_closed_exercise_takes_nothing_more(app: Flask) -> None:
    exercise_id = opened()
    close_exercise(actor("lead"), exercise_id, 2)
    for attempt in (
        lambda: save_sheet(actor("eism"), exercise_id, draft(), 1),
        lambda: edit_exercise(actor("lead"), exercise_id, CASE, 3),
        lambda: open_exercise(actor("lead"), exercise_id, 3),
        lambda: close_exercise(actor("lead"), exercise_id, 3),
    ):
        with pytest.raises(Refused):
            attempt()


@pytest.mark.parametrize("verb", [open_exercise, close_exercise])
def test_an_eism_neither_opens_nor_closes(app: Flask, verb: object) -> None:
    exercise_id = opened()
    with pytest.raises(Forbidden):
        verb(actor("eism"), exercise_id, 2)  # type: ignore[operator]  # both are verbs


def test_somebody_elses_change_is_noticed(app: Flask) -> None:
    exercise_id = opened()
    with pytest.raises(Stale):
        close_exercise(actor("lead"), exercise_id, 1)


def test_what_is_rated_is_sealed_in_the_audit(app: Flask) -> None:
    exercise_id = opened()
    save_sheet(actor("eism"), exercise_id, draft(5), 1)
    assert last_verb() == "blind.calibration-save"
    submit_sheet(actor("eism"), exercise_id, draft(5), 2)
    assert last_verb() == "blind.calibration-submit"


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
