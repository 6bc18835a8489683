"""A quarter's report: compiled, submitted and frozen, decided once, reviewed, closed, corrected."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from portal.contracts.cycle import queries
from portal.contracts.cycle.models import MeetingKind
from portal.contracts.cycle.paper import draw_pdf
from portal.contracts.cycle.rules.agenda import Point
from portal.contracts.cycle.rules.records import ActivityDetails
from portal.contracts.cycle.rules.report import digest_of, read_report
from portal.contracts.cycle.rules.streams import Stream
from portal.contracts.cycle.rules.workflow import CycleState
from portal.contracts.cycle.service import keeping
from portal.contracts.cycle.service.meetings import MeetingDetails, hold_meeting, plan_meeting
from portal.contracts.cycle.service.moving import (
    close_quarter,
    compile_report,
    correct_report,
    decide_report,
    save_summary,
    submit_report,
)
from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.core.storage.models import Attachment
from portal.events.queries.calendar import start_of
from tests.support.arranging import mails
from tests.support.assessing import actor, audit_rows, email
from tests.support.cycling import KEY, compiled, over, report, submitted
from tests.support.racing import race


def held_review() -> None:
    """The review meeting of the last quarter has been held."""
    details = MeetingDetails(MeetingKind.QUARTERLY, clock.today(), "", (Point("Performance", ""),))
    meeting_id = plan_meeting(actor("buyer"), KEY, over().key, details)
    hold_meeting(actor("lead"), meeting_id, [("OHID", "B. Lowe")], "Agreed to go on.")


def test_a_report_goes_from_compiling_to_closed(app: Flask) -> None:
    report_id = compiled()
    assert report(report_id).state is CycleState.COMPILING
    save_summary(actor("lead"), report_id, "A calm quarter", 1)
    submit_report(actor("lead"), report_id, 2)
    assert queries.waiting([KEY]) == [(KEY, over().key, 1)]
    decide_report(actor("buyer"), report_id, accepted=True)
    assert report(report_id).state is CycleState.ACCEPTED
    with pytest.raises(Refused):
        close_quarter(actor("buyer"), report_id)
    held_review()
    assert report(report_id).state is CycleState.REVIEWED
    close_quarter(actor("buyer"), report_id)
    assert queries.states(KEY) == {over().key: CycleState.CLOSED}
    assert queries.waiting([KEY]) == []


def test_a_meeting_held_before_the_decision_counts_once_the_report_is_accepted(app: Flask) -> None:
    report_id = submitted()
    held_review()
    assert report(report_id).state is CycleState.SUBMITTED
    decide_report(actor("buyer"), report_id, accepted=True)
    assert report(report_id).state is CycleState.REVIEWED


def test_a_returned_report_stays_and_the_next_version_says_what_changed(app: Flask) -> None:
    first = submitted()
    kept = queries.frozen(first)
    assert kept is not None
    before = (kept.content, kept.digest)
    with pytest.raises(Invalid):
        decide_report(actor("buyer"), first, accepted=False, reason=" ")
    decide_report(actor("buyer"), first, accepted=False, reason="The events are missing")
    second = queries.newest_report(KEY, over().key)
    assert second is not None
    assert (second.number, second.state) == (2, CycleState.COMPILING)
    assert report(first).state is CycleState.RETURNED
    details = ActivityDetails(Stream.REPORTING, "A data clinic", planned=False, done_on=over().first)
    keeping.add(actor("lead"), keeping.ACTIVITY, KEY, details, quarter=over().key)
    submit_report(actor("lead"), second.id)
    again = queries.frozen(second.id)
    assert again is not None
    frozen = read_report(again.content)
    assert "The events are missing" in frozen.why
    assert [one.what for one in frozen.changes] == [f"Activities, {Stream.REPORTING.words}"]
    stays = queries.frozen(first)
    assert stays is not None
    assert (stays.content, stays.digest) == before


def test_a_submitted_report_is_byte_identical_after_the_records_change(app: Flask) -> None:
    report_id = submitted()
    kept = queries.frozen(report_id)
    assert kept is not None
    content, digest = kept.content, kept.digest
    details = ActivityDetails(Stream.OPERATIONS, "Typed too late", planned=False, done_on=over().first)
    keeping.add(actor("lead"), keeping.ACTIVITY, KEY, details, quarter=over().key)
    with operational() as session:
        session.execute(text("UPDATE organisations SET name = 'Renamed' WHERE key = 'support'"))
    db.session.remove()
    again = queries.frozen(report_id)
    assert again is not None
    assert (again.content, again.digest) == (content, digest)
    assert digest_of(again.content) == digest
    assert "Typed too late" not in again.content


def test_the_database_itself_refuses_to_change_what_was_submitted(app: Flask) -> None:
    submitted()
    for statement in (
        "UPDATE contract_frozen_reports SET content = '{}'",
        "DELETE FROM contract_frozen_reports",
    ):
        with pytest.raises(DatabaseError, match="never changes"), operational() as session:
            session.execute(text(statement))


def test_the_pdf_is_drawn_once_from_what_was_frozen(app: Flask) -> None:
    report_id = submitted()
    draw_pdf({"report_id": str(report_id)})
    kept = queries.frozen(report_id)
    assert kept is not None
    assert kept.pdf_attachment_id is not None
    first = kept.pdf_digest
    draw_pdf({"report_id": str(report_id)})
    db.session.rollback()
    assert db.session.query(Attachment).count() == 1
    again = queries.frozen(report_id)
    assert again is not None
    assert again.pdf_digest == first


def test_the_frozen_text_is_plain_json_with_every_indicator(app: Flask) -> None:
    kept = queries.frozen(submitted())
    assert kept is not None
    data = json.loads(kept.content)
    assert [one["number"] for one in data["indicators"]] == ["1", "2", "4", "5", "SV"]
    assert len(data["indicators"][0]["history"]) == 8
    assert data["buyer"] == "Buyer"


def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told(app: Flask) -> None:
    report_id, buyer = submitted(), actor("buyer")
    ends = race(
        app,
        lambda: decide_report(buyer, report_id, accepted=True, version=2),
        lambda: decide_report(buyer, report_id, accepted=False, reason="No", version=2),
    )
    assert sorted(type(end).__name__ for end in ends) == ["NoneType", "Refused"]
    state = report(report_id).state
    assert state is (CycleState.ACCEPTED if ends[0] is None else CycleState.RETURNED)
    assert len(queries.versions(KEY, over().key)) == (1 if state is CycleState.ACCEPTED else 2)


def test_of_two_who_begin_a_report_at_once_one_does(app: Flask) -> None:
    lead = actor("lead")
    ends = race(
        app,
        lambda: compile_report(lead, KEY, over().key),
        lambda: compile_report(lead, KEY, over().key),
    )
    assert sum(isinstance(end, Refused) for end in ends) == 1
    assert len(queries.versions(KEY, over().key)) == 1


def test_a_correction_is_a_new_version_that_says_why(app: Flask) -> None:
    report_id = submitted()
    decide_report(actor("buyer"), report_id, accepted=True)
    with pytest.raises(Invalid):
        correct_report(actor("lead"), report_id, " ")
    made = correct_report(actor("lead"), report_id, "A review was counted twice")
    assert (report(made).number, report(made).why) == (2, "A review was counted twice")
    assert report(report_id).state is CycleState.ACCEPTED
    with pytest.raises(Refused, match="newer version"):
        correct_report(actor("lead"), report_id, "Again")


def test_nobody_submits_before_the_quarter_is_over(app: Flask) -> None:
    now = over().plus(1)
    report_id = compile_report(actor("lead"), KEY, now.key)
    with pytest.raises(Refused, match="Submit the report after that day"):
        submit_report(actor("lead"), report_id)
    lead = actor("lead")
    from_day_after = start_of(now.last + timedelta(days=1))
    with clock.at(from_day_after):
        submit_report(lead, report_id)
    assert report(report_id).state is CycleState.SUBMITTED


def test_each_side_makes_its_own_moves_only(app: Flask) -> None:
    rows = audit_rows()
    with pytest.raises(Forbidden):
        compile_report(actor("buyer"), KEY, over().key)
    with pytest.raises(Forbidden):
        compile_report(actor("eism"), KEY, over().key)
    assert audit_rows() == rows
    report_id = submitted()
    for who in ("lead", "commissioner", "manager", "administrator"):
        with pytest.raises(Forbidden):
            decide_report(actor(who), report_id, accepted=True)


def test_a_quarter_outside_the_contract_and_one_to_come_are_refused(app: Flask) -> None:
    with pytest.raises(NotFound):
        compile_report(actor("lead"), KEY, over().plus(-8).key)
    with pytest.raises(NotFound):
        compile_report(actor("lead"), KEY, "2024-Q5")
    with pytest.raises(NotFound):
        compile_report(actor("lead"), "no-such-contract", over().key)
    with pytest.raises(Refused, match="begins on"):
        compile_report(actor("lead"), KEY, over().plus(2).key)


def test_a_summary_is_not_saved_over_a_newer_one_nor_after_submission(app: Flask) -> None:
    report_id = compiled()
    save_summary(actor("lead"), report_id, "Mine", 1)
    with pytest.raises(Stale) as stale:
        save_summary(actor("lead"), report_id, "Theirs", 1)
    assert stale.value.current == {"summary": "Mine"}
    submit_report(actor("lead"), report_id)
    with pytest.raises(Refused):
        save_summary(actor("lead"), report_id, "Late", 3)


def test_each_side_is_told_by_mail_what_came_to_it(app: Flask) -> None:
    first = submitted()
    assert addressed("Quarterly report to decide on") == [email("buyer")]
    decide_report(actor("buyer"), first, accepted=False, reason="The events are missing")
    assert addressed("Quarterly report returned") == [email("lead")]
    second = queries.newest_report(KEY, over().key)
    assert second is not None
    submit_report(actor("lead"), second.id)
    decide_report(actor("buyer"), second.id, accepted=True)
    assert addressed("Quarterly report to decide on") == [email("buyer")] * 2
    assert addressed("Quarterly report accepted") == [email("lead")]


def addressed(subject: str) -> list[str]:
    """To whom mails went whose subject begins so."""
    return [recipient for recipient, said in mails() if said.startswith(subject)]
