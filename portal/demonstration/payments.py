"""Remedial plans and payments of the demonstration: a plan that was asked for, a retention and its release.

Autumn 2025 requires improvement of indicator 1. The buyer asks for a plan, returns it once, agrees it and
retains 5%; half of it is released when the first tasks are done. One task is late. All sums are invented.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import partial

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.roles import Role
from portal.contracts.definition.registry import contracts
from portal.contracts.figures.queries import manual_versions
from portal.contracts.figures.rules.periods import quarters_of
from portal.contracts.figures.service import Entry, enter_figure
from portal.contracts.payments import service as payments
from portal.contracts.payments.queries import ledger
from portal.contracts.payments.rules.ledger import QuarterLine
from portal.contracts.remedy import service as remedy
from portal.contracts.remedy.models import RemedialPlan
from portal.contracts.remedy.queries import plans_of
from portal.contracts.remedy.service import Target
from portal.core.db import db
from portal.core.rules.money import part_of
from portal.core.rules.quarters import Quarter, quarter_of
from portal.demonstration.people import LEAD_MANAGER, SIGN_INS
from portal.demonstration.script import Step, actor, moment
from portal.plans import service as plans
from portal.plans.models import Plan
from portal.plans.rules.workflow import ActionStatus

PAST, KEY = "ohid-ips-ad-2023", "demonstration-2025"
NUMBER = "1"
VAT = Fraction(1, 6)  # of a sum that includes 20%
COSTS = (97, 94, 99, 96, 98, 93, 95)  # what a quarter cost, in hundredths of its forecast
PAID = 35  # days after a quarter
OPENED = 700  # days before the anchor: what was paid before the portal was used is entered then
FTE = (Fraction(39, 10), Fraction(9, 2))
BY_HAND = "Weeks of sickness in two posts do not count as employed, as agreed with the buyer"
ASKED = "Two posts stood empty for most of the quarter, and the vacancy in the North East had no cover."
RETURNED = "Say who takes part in the interviews, and by when references are in."
RETAINED = "12.4: the plan is submitted and the posts are not filled yet."
RELEASED = "Both tasks of the quarter are done. The other half waits for the tasks after it."
CLOSES = "Every task is done, and indicator 1 is at target for a whole quarter."
# Of the earlier contract: a plan that was closed before the portal was used, and one that nobody asked for.
PAST_PLAN, NOT_ASKED = Target(PAST, Quarter(2023, 2), NUMBER), Target(PAST, Quarter(2024, 3), NUMBER)
PAST_TASK = {
    "item_title": "Posts of the first quarter", "what": "Fill the two posts that stood empty at the start",
    "measure": "", "owner": "Leonard Marsh", "support": "", "due": date(2023, 12, 15),
}  # fmt: skip
BROUGHT_IN = "Brought in from the papers of 2023: indicator 1 was at target from January to March 2024."
LEFT = "The vacancy was filled in January, before the review; a plan would have come after the fact."


@dataclass(frozen=True)
class Task:
    """A task: due so many days after the quarter, done so many days after it (None: not yet)."""

    title: str
    what: str
    owner: str
    due: int
    done: int | None = None
    evidence: str = ""


TASKS = (
    Task("Cover for the North East", "Agree cover by two EISMs of other regions, four days a week",
         "Leonard Marsh", 70, 64, "Rota from 9 March"),
    Task("Vacancy published", "Publish the vacancy in the recruitment hub and with three partners",
         "Leonard Marsh", 85, 80, "Published on 20 March; eleven applications"),
    Task("Interviews", "Hold interviews with a service’s team leader and somebody who used IPS",
         "Esther Whitlock", 120, 116, "Held on 24 and 25 April"),
    Task("New EISM begins", "Appoint, take up references and begin the induction",
         "Leonard Marsh", 175, 168, "Began on 15 June"),
    Task("Cover kept ready", "Write down who covers which region, so that no vacancy stands without cover",
         "Esther Whitlock", 300),
)  # fmt: skip


def steps(anchor: date) -> Iterator[Step]:
    """Steps of both contracts' money and of the current one's plan."""
    yield from _paid(PAST, anchor)
    yield from _paid(KEY, anchor)
    yield Step(moment(anchor, OPENED, 12), partial(_closed_before, PAST_PLAN))
    yield Step(moment(NOT_ASKED.quarter.last, -36, 12), partial(_not_asked, NOT_ASKED))
    quarter = quarter_of(anchor).plus(-4)
    if quarter.first >= contracts()[KEY].signed.starts:
        yield from _remedied(quarter)


def _paid(key: str, anchor: date) -> Iterator[Step]:
    """Every quarter whose report the buyer has accepted by the anchor: the last one waits."""
    contract = contracts()[key]
    over = [one for one in quarters_of(contract, anchor) if one.last + timedelta(days=PAID + 20) < anchor]
    for number, quarter in enumerate(over):
        share = COSTS[number % len(COSTS)]
        at = max(moment(quarter.last, -PAID, 11, number), moment(anchor, OPENED, 11, number))
        yield Step(at, partial(_enter, key, quarter, share))


def _enter(key: str, quarter: Quarter, share: int) -> None:
    line = ledger(key).line(quarter)
    assert line is not None, "a quarter of the contract has its line"
    pence = part_of(line.forecast or 0, Fraction(share, 100))
    evidence = f"Progress report of {quarter.key}, accepted; invoice {quarter.key.replace('-Q', '/')}"
    payments.enter(_buyer(), key, quarter, pence, part_of(pence, VAT), evidence, line.entries)


def _remedied(quarter: Quarter) -> Iterator[Step]:
    target = Target(KEY, quarter, NUMBER)

    def at(days: int, do: Callable[[Target], object]) -> Step:
        return Step(moment(quarter.last, -days, 14), partial(do, target))

    yield at(20, _count_by_hand)
    yield at(36, _ask)
    yield at(41, _draft)
    yield at(45, _submit)
    yield at(49, _return)
    yield at(52, _submit)
    yield at(56, _agree)
    yield at(57, _retain)
    for place, task in enumerate(TASKS):
        if task.done is not None:
            yield at(task.done, partial(_do, place=place, evidence=task.evidence))
    yield at(95, _release)


def _closed_before(target: Target) -> None:
    lead, buyer = _lead(), _buyer()
    remedy.start(lead, target, 0)
    plan_id = _plan(target).id
    plans.add_action(lead, plan_id, PAST_TASK)
    remedy.set_closing(lead, target, _plan(target).version, date(2024, 1, 31), CLOSES)
    remedy.submit(lead, target, _row(target).version)
    remedy.agree(buyer, target, _row(target).version)
    _do(target, 0, "Both posts were filled by December 2023")
    remedy.close(buyer, target, _row(target).version, BROUGHT_IN)


def _not_asked(target: Target) -> None:
    remedy.leave(_buyer(), target, 0, LEFT)


def _lead() -> Actor:
    return actor(LEAD_MANAGER.id)


def _buyer() -> Actor:
    return actor(next(one.id for one in SIGN_INS if one.role is Role.BUYER))


def _count_by_hand(target: Target) -> None:
    contract = contracts()[KEY]
    past = manual_versions(KEY, target.quarter, NUMBER)
    entry = Entry(*FTE, BY_HAND, "Absence list of the quarter, seen by both sides")
    enter_figure(_lead(), contract, target.quarter, NUMBER, entry, past[0][0].version if past else 0)


def _row(target: Target) -> RemedialPlan:
    return next(
        view.row for view in plans_of(target.contract_key, target.quarter) if view.row.indicator == NUMBER
    )


def _plan(target: Target) -> Plan:
    return db.session.get_one(Plan, _row(target).plan_id)


def _ask(target: Target) -> None:
    remedy.ask(_buyer(), target, 0, ASKED, target.quarter.last + timedelta(days=60))


def _draft(target: Target) -> None:
    last = target.quarter.last
    remedy.start(_lead(), target, _row(target).version)
    plan_id = _plan(target).id
    for task in TASKS:
        values: dict[str, object] = {
            "item_title": task.title,
            "what": task.what,
            "owner": task.owner,
            "support": "",
        }
        values |= {"measure": "", "due": last + timedelta(days=task.due)}
        plans.add_action(_lead(), plan_id, values)
    review = last + timedelta(days=181)
    remedy.set_closing(_lead(), target, _plan(target).version, review, CLOSES)


def _submit(target: Target) -> None:
    remedy.submit(_lead(), target, _row(target).version)


def _return(target: Target) -> None:
    remedy.send_back(_buyer(), target, _row(target).version, RETURNED)


def _agree(target: Target) -> None:
    remedy.agree(_buyer(), target, _row(target).version)


def _retain(target: Target) -> None:
    payments.retain(_buyer(), KEY, target.quarter, RETAINED, _line(target).entries)


def _release(target: Target) -> None:
    line = _line(target)
    read_of = quarter_of(target.quarter.last + timedelta(days=TASKS[0].due))
    half = part_of(line.held, Fraction(1, 2))
    payments.release(_buyer(), KEY, target.quarter, half, read_of, RELEASED, line.entries)


def _line(target: Target) -> QuarterLine:
    line = ledger(KEY).line(target.quarter)
    assert line is not None, "a quarter of the contract has its line"
    return line


def _do(target: Target, place: int, evidence: str) -> None:
    action = _plan(target).actions[place]
    values = {"status": ActionStatus.DONE, "evidence": evidence}
    plans.edit_action(_lead(), action.id, values, action.version)
