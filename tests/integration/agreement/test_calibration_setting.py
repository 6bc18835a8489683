"""Setting an exercise by the verbs: who may, what can be kept, who is invited."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Organisation, Person
from portal.accounts.rules.roles import OrganisationKind
from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.core.jobs.models import Mail
from portal.reviews.agreement.exercise_queries import exercises_of
from portal.reviews.agreement.rules.calibration import ExerciseDraft, ExerciseState
from portal.reviews.agreement.service.exercises import (
    close_exercise,
    create_exercise,
    edit_exercise,
    open_exercise,
)
from portal.reviews.agreement.service.rating import save_sheet
from portal.reviews.agreement.sheets import invited_to
from tests.support.assessing import actor, audit_rows, id_of
from tests.support.calibrating import CASE, INVITED, KEYS, created, draft, fresh, last_verb, opened


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
