"""What access rules of routes ask: the remedial plan in the address, or a task of it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from portal.accounts.rules.permissions import Links
from portal.contracts.definition.rules.terms import Contract
from portal.contracts.definition.subjects import contract_subject
from portal.contracts.remedy.loading import Target
from portal.contracts.remedy.queries import Standing, standing_of
from portal.core.rules.quarters import Quarter, quarter_from
from portal.plans.models import Action
from portal.plans.queries import PlanView


@dataclass(frozen=True)
class PlanPlace:
    """A remedial plan with its contract."""

    contract: Contract
    quarter: Quarter
    standing: Standing

    @property
    def target(self) -> Target:
        return Target(self.contract.key, self.quarter, self.standing.number)

    @property
    def tasks(self) -> PlanView | None:
        """The plan of its tasks; None before one is begun."""
        return self.standing.view.plan if self.standing.view else None

    @property
    def version(self) -> int:
        return self.standing.view.row.version if self.standing.view else 0


@dataclass(frozen=True)
class TaskPlace(PlanPlace):
    """A task of a remedial plan."""

    task: Action


def remedial_subject(key: str, quarter: str, number: str, **_: object) -> tuple[PlanPlace, Links] | None:
    """The remedial plan in the address; None where none is asked for and nothing was decided."""
    found, which = contract_subject(key), quarter_from(quarter)
    if found is None or which is None:
        return None
    contract, links = found
    standing = standing_of(contract, which, number)
    return (PlanPlace(contract, which, standing), links) if standing else None


def begun_subject(key: str, quarter: str, number: str, **_: object) -> tuple[PlanPlace, Links] | None:
    """A remedial plan that is begun, so that it may have tasks."""
    found = remedial_subject(key, quarter, number)
    return found if found and found[0].tasks else None


def task_subject(
    key: str, quarter: str, number: str, task_id: UUID, **_: object
) -> tuple[TaskPlace, Links] | None:
    """A task of that very plan."""
    found = begun_subject(key, quarter, number)
    if found is None or found[0].tasks is None:
        return None
    place, links = found
    task = next((one for one in found[0].tasks.plan.actions if one.id == task_id), None)
    return (TaskPlace(**vars(place), task=task), links) if task else None
