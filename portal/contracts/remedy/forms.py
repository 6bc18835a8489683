"""Forms of remedial plans. Tasks have the form of the plans' engine, without ratings."""

from __future__ import annotations

from wtforms import HiddenField, TextAreaField
from wtforms.validators import Optional

from portal.contracts.remedy.service.moving import LONGEST_REASON
from portal.core.forms import AtMost, DateParts, Missing, PortalForm
from portal.core.widgets import GovDateInput, GovTextArea
from portal.plans.forms import ActionForm, form_of, new_form
from portal.plans.models import Action
from portal.plans.rules.checking import LONGEST_TEXT
from portal.plans.rules.workflow import PlanState


class ReasonForm(PortalForm):
    """A decision with its reason."""

    version = HiddenField()
    reason = TextAreaField(
        "Reason", [Missing("Enter the reason"), AtMost(LONGEST_REASON)], widget=GovTextArea()
    )


class AskForm(ReasonForm):
    """Asking for a plan, by a day if one is given."""

    wanted_by = DateParts(
        "Wanted by (optional)",
        [Optional()],
        description="The day by which the supplier is to submit the plan, like 15 1 2027",
        widget=GovDateInput(),
    )


class ClosingForm(PortalForm):
    """When the plan is looked at again, and what must hold before it is closed."""

    version = HiddenField()
    closes_when = TextAreaField(
        "What must hold before the plan is closed",
        [Missing("Enter what must hold"), AtMost(LONGEST_TEXT)],
        description="For example, “every task is done and the indicator is at target for a whole quarter”",
        widget=GovTextArea(),
    )
    review_on = DateParts(
        "Review on",
        [Missing("Enter the day of the review, like 31 3 2027")],
        description="The day on which supplier and buyer look at the plan together, like 31 3 2027",
        widget=GovDateInput(),
    )


def task_form(task: Action | None, state: PlanState) -> ActionForm:
    """A task's form: the fields that may be changed in the plan's state; ratings have no place here."""
    form = new_form() if task is None else form_of(task, state)
    del form.save  # the page has its own button
    if "target_rating" in form:
        del form.target_rating
    if "item_title" in form:
        form.item_title.label.text = "What the task is about"
        form.item_title.description = "In a few words, for example “Filling the vacant post in the North”"
    return form
