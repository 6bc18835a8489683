"""Moving a quarter: compile, submit, accept or return, review, close, correct (rules/workflow).

Submission freezes the report: what is read then is kept as text with its SHA-256, and no later change of a
record reaches it. Source: OHID specification 8.3, 11.2; contract.md, “The quarterly progress report”.
"""

from __future__ import annotations

import dataclasses
import uuid
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission
from portal.contracts.cycle.assembling import assemble, frozen_before
from portal.contracts.cycle.models import (
    ContractMeeting,
    FrozenReport,
    MeetingKind,
    MeetingState,
    QuarterReport,
)
from portal.contracts.cycle.queries import newest_report
from portal.contracts.cycle.rules.records import LONGEST_NOTE
from portal.contracts.cycle.rules.report import canonical_text, differences, digest_of
from portal.contracts.cycle.rules.workflow import CycleState, Move, after, demand_over
from portal.contracts.cycle.service.drawing import request_pdf
from portal.contracts.cycle.service.loading import contract_for, quarter_within, row_for
from portal.contracts.cycle.service.telling import tell
from portal.contracts.definition.registry import contracts
from portal.contracts.definition.rules.terms import Contract
from portal.contracts.figures.service import freeze, reopen
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, Refused, demand_version
from portal.core.rules.quarters import Quarter, quarter_of

BEGUN = "Somebody else has begun the report of this quarter."


def compile_report(actor: Actor, key: str, quarter: str, id_: UUID | None = None) -> UUID:
    """Begin the report of a quarter. Returns its id. Raises NotFound, Forbidden or Refused."""
    report_id = id_ or uuid.uuid4()
    with act(actor, "contract.compile", ("contract-report", report_id)) as work:
        contract = contract_for(actor, key, Permission.CONTRACT_REPORT)
        found = quarter_within(contract, quarter)
        if found > quarter_of(clock.today()):
            raise Refused(f"The quarter begins on {found.first.day} {found.first:%B %Y}.")
        if newest_report(key, quarter) is not None:
            raise Refused(BEGUN)
        _open(actor, report_id, key, quarter, 1, "")
        work.note(contract=key, quarter=quarter, number=1)
    return report_id


def save_summary(actor: Actor, report_id: UUID, summary: str, version: int) -> None:
    """Write the supplier's own words of a report. Raises NotFound, Forbidden, Invalid, Stale or Refused."""
    with act(actor, "contract.summarise", ("contract-report", report_id)) as work:
        row = row_for(actor, QuarterReport, report_id, Permission.CONTRACT_REPORT)
        if row.state is not CycleState.COMPILING:
            after(row.state, Move.SUBMIT)  # says why not
        demand_version(version, row.version, {"summary": row.summary})
        if len(summary) > LONGEST_NOTE:
            raise Invalid({"summary": f"Use {LONGEST_NOTE:,} characters or fewer; this has {len(summary):,}"})
        row.summary = summary.strip()
        row.version += 1
        work.note(contract=row.contract_key, quarter=row.quarter)


def submit_report(actor: Actor, report_id: UUID, version: int | None = None) -> None:
    """Submit a report: it is frozen as it reads now. Raises NotFound, Forbidden, Stale or Refused."""
    with act(actor, "contract.submit", ("contract-report", report_id)) as work:
        row = row_for(actor, QuarterReport, report_id, Permission.CONTRACT_REPORT)
        demand_version(version, row.version, {"summary": row.summary})
        state = after(row.state, Move.SUBMIT)
        contract, quarter = _of(row)
        demand_over(min(quarter.last, contract.latest.ends), clock.today())
        freeze(actor, contract, quarter)
        report = assemble(contract, row)
        before = frozen_before(row)
        if before is not None:
            report = dataclasses.replace(report, changes=differences(before, report))
        text = canonical_text(report)
        row.state, row.submitted_at, row.submitted_by = state, clock.now(), actor.person_id
        row.version += 1
        db.session.flush()  # what is frozen points at the row
        kept = FrozenReport(
            report_id=row.id, content=text, digest=digest_of(text), at=clock.now(), by=actor.person_id
        )
        db.session.add(kept)
        request_pdf(kept)
        tell(contract, quarter, row)
        work.note(contract=row.contract_key, quarter=row.quarter, number=row.number, sha256=kept.digest)


def decide_report(
    actor: Actor, report_id: UUID, accepted: bool, reason: str = "", version: int | None = None
) -> None:
    """Accept a report, or return it with the reasons: then the next version is compiled.

    Raises NotFound, Forbidden, Invalid, Stale, or Refused where somebody has decided already.
    """
    move = Move.ACCEPT if accepted else Move.RETURN
    with act(actor, f"contract.{move}", ("contract-report", report_id)) as work:
        row = row_for(actor, QuarterReport, report_id, Permission.CONTRACT_DECIDE)
        state = after(row.state, move)
        demand_version(version, row.version, {"reason": row.reason})
        _demand_words("reason", reason, "Enter what must be put right", demanded=not accepted)
        row.state, row.reason = state, reason.strip()
        row.decided_at, row.decided_by = clock.now(), actor.person_id
        row.version += 1
        work.note(contract=row.contract_key, quarter=row.quarter, number=row.number)
        db.session.flush()
        tell(*_of(row), row)
        if accepted:
            settle_review(actor, row.contract_key, row.quarter)
        else:
            reopen(actor, *_of(row), row.reason)
            _next(actor, row, f"Returned by the buyer: {row.reason}")


def close_quarter(actor: Actor, report_id: UUID, version: int | None = None) -> None:
    """Close a quarter whose review meeting was held. Raises NotFound, Forbidden, Stale or Refused."""
    with act(actor, "contract.close", ("contract-report", report_id)) as work:
        row = row_for(actor, QuarterReport, report_id, Permission.CONTRACT_DECIDE)
        row.state = after(row.state, Move.CLOSE)
        demand_version(version, row.version, {})
        row.closed_at, row.closed_by = clock.now(), actor.person_id
        row.version += 1
        work.note(contract=row.contract_key, quarter=row.quarter)


def correct_report(actor: Actor, report_id: UUID, why: str, version: int | None = None) -> UUID:
    """Begin a version that corrects an accepted report; that one stays as it is. Returns the new one's id.

    Raises NotFound, Forbidden, Invalid, Stale or Refused.
    """
    with act(actor, "contract.correct", ("contract-report", report_id)) as work:
        row = row_for(actor, QuarterReport, report_id, Permission.CONTRACT_REPORT)
        after(row.state, Move.CORRECT)
        newest = newest_report(row.contract_key, row.quarter)
        if newest is None or newest.id != row.id:
            raise Refused("A newer version of this report is being compiled already.")
        demand_version(version, row.version, {})
        _demand_words("why", why, "Enter what is wrong with the version before")
        reopen(actor, *_of(row), why)
        work.note(contract=row.contract_key, quarter=row.quarter, number=row.number + 1)
        return _next(actor, row, why.strip())


def settle_review(actor: Actor, key: str, quarter: str) -> None:
    """Take an accepted quarter on whose review meeting has been held. Called inside a verb."""
    row = newest_report(key, quarter)
    held = select(ContractMeeting.id).where(
        ContractMeeting.contract_key == key,
        ContractMeeting.quarter == quarter,
        ContractMeeting.kind == MeetingKind.QUARTERLY,
        ContractMeeting.state == MeetingState.HELD,
    )
    if row is None:
        return
    db.session.refresh(row, with_for_update=True)  # accepting waits for minutes, and the other way
    if row.state is not CycleState.ACCEPTED or db.session.execute(held).first() is None:
        return
    with act(actor, "contract.review", ("contract-report", row.id)) as work:
        row.state = after(row.state, Move.REVIEW)
        row.version += 1
        work.note(contract=key, quarter=quarter)


def _next(actor: Actor, row: QuarterReport, why: str) -> UUID:
    report_id = uuid.uuid4()
    _open(actor, report_id, row.contract_key, row.quarter, row.number + 1, why)
    made = db.session.get_one(QuarterReport, report_id)
    made.summary = row.summary
    return report_id


def _open(actor: Actor, id_: UUID, key: str, quarter: str, number: int, why: str) -> None:
    row = QuarterReport(id=id_, contract_key=key, quarter=quarter, number=number, why=why)
    row.state, row.opened_at, row.opened_by = CycleState.COMPILING, clock.now(), actor.person_id
    db.session.add(row)
    try:
        db.session.flush()
    except IntegrityError:
        raise Refused(BEGUN) from None


def _of(row: QuarterReport) -> tuple[Contract, Quarter]:
    contract = contracts()[row.contract_key]
    return contract, quarter_within(contract, row.quarter)


def _demand_words(name: str, words: str, missing: str, *, demanded: bool = True) -> None:
    if demanded and not words.strip():
        raise Invalid({name: missing})
    if len(words) > LONGEST_NOTE:
        raise Invalid({name: f"Use {LONGEST_NOTE:,} characters or fewer; this has {len(words):,}"})
