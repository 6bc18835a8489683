"""Remedial plans as read: what the figures ask for, what was decided, and how far the tasks are.

plans_of(contract_key, quarter)   the plans of a quarter (or of all) on which something was decided
standings(contract, figures)      these and what the figures ask for besides, the newest quarter first
waiting(contract, figures)        what of it waits for somebody
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from portal.accounts.models import Person
from portal.contracts.definition.rules.terms import Contract
from portal.contracts.figures.queries import figures_of
from portal.contracts.figures.rules.figure import Figure
from portal.contracts.figures.rules.periods import quarters_of
from portal.contracts.remedy.models import RemedialPlan, RemedialStep
from portal.contracts.remedy.rules.demands import Demand, demands
from portal.contracts.remedy.rules.tasks import Progress, Task, by_quarter
from portal.contracts.remedy.rules.workflow import OPEN, WANTED, WORKED_ON, RemedyState, Side
from portal.core import clock
from portal.core.db import db
from portal.core.rules.quarters import Quarter, quarter_from
from portal.plans.queries import PlanView, kept_plans
from portal.plans.rules.workflow import ActionStatus

Figures = Mapping[Quarter, Sequence[Figure]]


@dataclass(frozen=True)
class StepLine:
    """A move as its page shows it."""

    row: RemedialStep
    by: str

    @property
    def at(self) -> datetime:
        return self.row.at


@dataclass(frozen=True)
class RemedialView:
    """A remedial plan on which something was decided, with its tasks and its course, the first move first."""

    row: RemedialPlan
    quarter: Quarter
    plan: PlanView | None
    steps: tuple[StepLine, ...]

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The live tasks."""
        lines = self.plan.actions if self.plan else ()
        return tuple(Task(line.row.due, line.row.status is ActionStatus.DONE) for line in lines)

    @property
    def progress(self) -> Mapping[Quarter, Progress]:
        """The tasks by the quarter in which they are due."""
        return by_quarter(self.tasks)

    @property
    def overdue(self) -> int:
        return self.plan.overdue if self.plan else 0


@dataclass(frozen=True)
class Standing:
    """A line of the list: an indicator of a quarter, what is asked for and how far it is."""

    quarter: Quarter
    number: str
    title: str
    band: str
    section: str
    words: str
    state: RemedyState
    view: RemedialView | None
    late: bool

    @property
    def side(self) -> Side | None:
        """Who has the next move; None where nobody has."""
        if self.unsent or self.state is RemedyState.AGREED:
            return Side.SUPPLIER
        waits = self.state in (RemedyState.MAY_BE_ASKED, RemedyState.SUBMITTED)
        return Side.BUYER if waits else None

    @property
    def unsent(self) -> bool:
        """Whether the supplier has yet to submit it."""
        return self.state in WANTED or self.state in WORKED_ON

    @property
    def open(self) -> bool:
        return self.state in OPEN


def plans_of(contract_key: str, quarter: Quarter | None = None) -> tuple[RemedialView, ...]:
    """The plans of a quarter, or of all quarters, the newest first. Four statements."""
    table = RemedialPlan
    query = select(table).where(table.contract_key == contract_key)
    if quarter is not None:
        query = query.where(table.quarter == quarter.key)
    rows = db.session.scalars(query.order_by(table.quarter.desc(), table.indicator)).all()
    steps = _steps([row.id for row in rows])
    plans = kept_plans([row.plan_id for row in rows if row.plan_id])
    return tuple(_view(row, plans.get(row.plan_id) if row.plan_id else None, steps) for row in rows)


def standings(contract: Contract, figures: Figures | None = None) -> tuple[Standing, ...]:
    """What is asked for and decided in every quarter that has begun, the newest first.

    `figures`: where they are read already; else they are counted here.
    """
    today = clock.today()
    quarters = quarters_of(contract, today)
    found = figures_of(contract, quarters) if figures is None else figures
    views = {(view.row.quarter, view.row.indicator): view for view in plans_of(contract.key)}
    lines = []
    for quarter, asked in asked_for(found, today).items():
        for one in asked:
            view = views.pop((quarter.key, one.indicator.number), None)
            lines.append(_standing(one, view, today))
    lines += [_decided(view, today) for view in views.values()]
    return tuple(sorted(lines, key=lambda line: (-line.quarter.year, -line.quarter.number, line.number)))


def asked_for(figures: Figures, today: date) -> dict[Quarter, tuple[Demand, ...]]:
    """What the figures of each quarter ask for."""
    return {
        quarter: demands(quarter, [(one.indicator, one.band) for one in those], today)
        for quarter, those in figures.items()
    }


def waiting(contract: Contract, figures: Figures | None = None) -> tuple[Standing, ...]:
    """What waits for the supplier or the buyer, the newest quarter first."""
    return tuple(line for line in standings(contract, figures) if line.side is not None)


def standing_of(contract: Contract, quarter: Quarter, number: str) -> Standing | None:
    """One indicator of one quarter; None where nothing is asked for and nothing was decided."""
    found = standings(contract, figures_of(contract, [quarter]))
    return next((line for line in found if (line.quarter, line.number) == (quarter, number)), None)


def _view(
    row: RemedialPlan, plan: PlanView | None, steps: Mapping[UUID, tuple[StepLine, ...]]
) -> RemedialView:
    quarter = quarter_from(row.quarter)
    if quarter is None:
        raise ValueError(f"No quarter: {row.quarter}")
    return RemedialView(row, quarter, plan, steps.get(row.id, ()))


def _steps(ids: Sequence[UUID]) -> dict[UUID, tuple[StepLine, ...]]:
    if not ids:
        return {}
    query = (
        select(RemedialStep, Person.name)
        .outerjoin(Person, Person.id == RemedialStep.by)
        .where(RemedialStep.remedial_id.in_(ids))
        .order_by(RemedialStep.remedial_id, RemedialStep.number)
    )
    found: dict[UUID, tuple[StepLine, ...]] = {}
    for row, name in db.session.execute(query):
        found[row.remedial_id] = (*found.get(row.remedial_id, ()), StepLine(row, name or "The portal"))
    return found


def _standing(one: Demand, view: RemedialView | None, today: date) -> Standing:
    if view is not None:
        return _decided(view, today, one.consequence.words)
    indicator, follows = one.indicator, one.consequence
    return Standing(
        quarter=one.quarter,
        number=indicator.number,
        title=indicator.title,
        band=one.band.title,
        section=follows.section,
        words=follows.words,
        state=one.state,
        view=None,
        late=False,
    )


def _decided(view: RemedialView, today: date, words: str = "") -> Standing:
    row = view.row
    unsent = row.state in WANTED or row.state in WORKED_ON
    late = unsent and row.wanted_by is not None and row.wanted_by < today
    return Standing(
        quarter=view.quarter,
        number=row.indicator,
        title=row.indicator_title,
        band=row.band_title,
        section=row.section,
        words=words,
        state=row.state,
        view=view,
        late=late or (row.state in OPEN and view.overdue > 0),
    )
