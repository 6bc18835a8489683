"""Forms of plans. Help stands where the question arises."""

from __future__ import annotations

from typing import Any

from wtforms import (
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.validators import Optional

from portal.core.forms import AtMost, DateParts, Missing, PortalForm
from portal.core.widgets import (
    GovRadioInput,
    GovSelect,
    GovSubmitInput,
    GovTextArea,
    GovTextInput,
)
from portal.plans.loading import values_of
from portal.plans.models import Action
from portal.plans.rules.checking import HIGHEST_RATING, LONGEST_NAME, LONGEST_TEXT, LONGEST_TITLE
from portal.plans.rules.workflow import EDITABLE, ActionStatus, PlanState

_SHOWN = (ActionStatus.OPEN, ActionStatus.IN_PROGRESS, ActionStatus.DONE)  # dropping has a button of its own


class StartForm(PortalForm):
    """The name of a plan that comes from no assessment."""

    title = StringField(
        "Name of the plan",
        [Missing("Enter a name for the plan"), AtMost(LONGEST_TITLE)],
        description="For example, “Recovery plan for spring 2027”",
        widget=GovTextInput(),
    )
    save = SubmitField("Start the plan", widget=GovSubmitInput())


class ActionForm(PortalForm):
    """A SMART action. Fields that the plan's state fixes are taken out by `of_state`."""

    version = HiddenField()
    item_title = StringField(
        "What the action is about",
        [Missing("Enter what the action is about"), AtMost(LONGEST_TITLE)],
        description="The item of the scale, or another matter in a few words",
        widget=GovTextInput(),
    )
    what = TextAreaField(
        "What will be done",
        [Missing("Enter what will be done"), AtMost(LONGEST_TEXT)],
        description="Specific: who does what, with whom, how often, so that an outsider could see it",
        widget=GovTextArea(),
    )
    measure = TextAreaField(
        "How you will know that it is done (optional)",
        [AtMost(LONGEST_TEXT)],
        description="Measurable: a count, a date, a document. For example, “every specialist logs six "
        "employer contacts a week, four weeks running”",
        widget=GovTextArea(),
    )
    target_rating = SelectField(
        "Target rating",
        description="Achievable: the next rating up is often enough for one plan",
        widget=GovSelect(),
    )
    owner = StringField(
        "Owner",
        [AtMost(LONGEST_NAME)],
        description="One person, by name or role, who sees that it happens",
        widget=GovTextInput(),
    )
    support = TextAreaField(
        "Help or resources needed (optional)",
        [AtMost(LONGEST_TEXT)],
        description="Realistic: time, training, somebody else’s agreement",
        widget=GovTextArea(),
    )
    due = DateParts(
        "Due date",
        [Optional()],
        description="Time-bound: for example, 31 3 2027",
    )
    progress = RadioField(  # not `status`: a form’s own is its HTTP status
        "Progress",
        choices=[SelectChoice(status.value, status.words) for status in _SHOWN],
        widget=GovRadioInput(),
    )
    evidence = TextAreaField(
        "What shows progress (optional)",
        [AtMost(LONGEST_TEXT)],
        description="What has been done and what can be seen of it. Leave out clients’ names.",
        widget=GovTextArea(),
    )
    save = SubmitField("Save", widget=GovSubmitInput())

    def __init__(self, current_rating: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        ratings = range((current_rating or 0) + 1, HIGHEST_RATING + 1)
        self.target_rating.choices = [
            SelectChoice("", "No target"),
            *(SelectChoice(str(rating), str(rating)) for rating in ratings),
        ]

    def keep_only(self, state: PlanState) -> ActionForm:
        """Take out what may not be changed in this state of the plan."""
        for name in EDITABLE[PlanState.DRAFT] - EDITABLE[state]:
            if field_of(name) in self:
                del self[field_of(name)]
        return self

    def values(self) -> dict[str, Any]:
        """What was typed, by field of the action, for the verbs."""
        named = sorted(name for name in EDITABLE[PlanState.DRAFT] if field_of(name) in self)
        typed = {name: self[field_of(name)].data for name in named}
        typed = {name: value if name == "due" else value or "" for name, value in typed.items()}
        if "target_rating" in typed:
            typed["target_rating"] = int(typed["target_rating"]) if typed["target_rating"] else None
        if "status" in typed:
            typed["status"] = ActionStatus(typed["status"])
        return typed


def field_of(name: str) -> str:
    """The form's field for a field of the action."""
    return "progress" if name == "status" else name


def form_of(action: Action, state: PlanState) -> ActionForm:
    """The form filled with an action as it stands."""
    values = values_of(action)
    values["target_rating"] = str(values["target_rating"] or "")
    values["progress"] = values.pop("status").value
    form = ActionForm(action.current_rating, data={**values, "version": str(action.version)})
    if action.status is ActionStatus.DROPPED:
        del form.progress  # restoring has a button of its own
    return form.keep_only(state)


def new_form() -> ActionForm:
    """An empty form; progress comes later."""
    form = ActionForm()
    del form.progress
    del form.evidence
    return form
