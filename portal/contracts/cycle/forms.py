"""The forms of a contract's cycle. `version`: that of the row that the person saw."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import Optional

from portal.contracts.cycle.models import MeetingKind
from portal.contracts.cycle.rules.agenda import Point
from portal.contracts.cycle.rules.records import (
    LONGEST_NAME,
    LONGEST_NOTE,
    LONGEST_TEXT,
    ActionDetails,
    ActivityDetails,
    CaseDetails,
    CaseKind,
    Details,
    Grade,
    ManagerDetails,
    MilestoneDetails,
    RiskDetails,
    RiskKind,
)
from portal.contracts.cycle.rules.streams import Stream
from portal.contracts.cycle.service.cases import ESCALATED, NOTED, REOPENED, RESOLVED
from portal.contracts.cycle.service.meetings import MeetingDetails
from portal.core.forms import AtMost, DateParts, Missing, PortalForm
from portal.core.widgets import GovCheckboxInput, GovDateInput, GovRadioInput, GovTextArea, GovTextInput

EXAMPLE = "For example, 1 4 2026"


def _day(label: str, missing: str = "", hint: str = EXAMPLE) -> DateParts:
    asked = Missing(missing) if missing else Optional()
    return DateParts(label, [asked], description=hint, widget=GovDateInput())


def _line(label: str, missing: str = "", longest: int = LONGEST_TEXT, hint: str = "") -> StringField:
    asked = Missing(missing) if missing else Optional()
    return StringField(label, [asked, AtMost(longest)], description=hint, widget=GovTextInput())


def _text(label: str, missing: str = "", longest: int = LONGEST_NOTE, hint: str = "") -> TextAreaField:
    asked = Missing(missing) if missing else Optional()
    return TextAreaField(label, [asked, AtMost(longest)], description=hint, widget=GovTextArea())


def _choice(label: str, missing: str, choices: Sequence[tuple[str, str]], **more: Any) -> RadioField:
    return RadioField(
        label,
        [Missing(missing)],
        choices=[SelectChoice(value, words) for value, words in choices],
        widget=GovRadioInput(),
        **more,
    )


class ButtonForm(PortalForm):
    """Nothing but a button."""


class SummaryForm(PortalForm):
    """The supplier's own words of a quarter."""

    version = HiddenField(default="0")
    summary = _text("Summary of the quarter", hint="What the figures do not say by themselves")


class SubmitForm(PortalForm):
    """Submitting a report."""

    version = HiddenField(default="0")


class DecideForm(PortalForm):
    """The buyer's decision."""

    version = HiddenField(default="0")
    decision = _choice(
        "Decision",
        "Choose whether you accept or return the report",
        (("accept", "Accept the report"), ("return", "Return it, to be put right")),
    )
    reason = _text("Reasons", hint="If you return it: what must be put right. The supplier reads this.")


class CorrectForm(PortalForm):
    """Why an accepted report needs another version."""

    version = HiddenField(default="0")
    why = _text("What is wrong with it", "Enter what is wrong with the version before")


class KeptForm(PortalForm):
    """Base of the forms whose fields are those of a record."""

    version = HiddenField(default="0")
    shape: type[Any]

    def details(self) -> Details:
        """What was entered."""
        values = {one.name: self._value(one.name) for one in dataclasses.fields(self.shape)}
        made: Details = self.shape(**values)
        return made

    def _value(self, name: str) -> Any:
        if name not in self:
            return None
        found = self[name].data
        enum = ENUMS.get((self.shape, name))
        if enum is not None:
            return enum(found)
        return (found or "") if isinstance(self[name], StringField) else found


class ActivityForm(KeptForm):
    """An activity that no record of the portal tells."""

    shape = ActivityDetails
    stream = _choice("Work-stream", "Choose the work-stream", tuple((one.value, one.words) for one in Stream))
    text = _line("Activity", "Enter what the activity is")
    planned = BooleanField("It was planned for this quarter", widget=GovCheckboxInput())
    done_on = _day("Day it was done", hint="Leave empty while it is not done. " + EXAMPLE)


class MilestoneForm(KeptForm):
    """A milestone."""

    shape = MilestoneDetails
    title = _line("Milestone", "Enter what the milestone is")
    due = _day("Due", "Enter the day it is due, like 1 4 2026")
    done_on = _day("Day it was reached", hint="Leave empty until then. " + EXAMPLE)
    note = _text("Note (optional)")
    awarded_on = _day(
        "Day the contract was awarded",
        hint="Only for the mobilisation plan: it is then due the agreed weeks after this day. " + EXAMPLE,
    )


class RiskForm(KeptForm):
    """A risk or an issue."""

    shape = RiskDetails
    kind = _choice(
        "Kind",
        "Choose whether it is a risk or an issue",
        ((RiskKind.RISK, "Risk: it may happen"), (RiskKind.ISSUE, "Issue: it has happened")),
    )
    text = _line("What it is", "Enter what the risk or issue is")
    grade = _choice(
        "How much it weighs",
        "Choose how much it weighs",
        tuple((one.value, one.value.capitalize()) for one in Grade),
    )
    response = _text("What is done about it (optional)")
    owner = _line("Who deals with it", "Enter who deals with it", LONGEST_NAME)
    raised_on = _day("Day it was raised", "Enter the day it was raised, like 1 4 2026")
    closed_on = _day("Day it was closed", hint="Leave empty while it is open. " + EXAMPLE)


class ManagerForm(KeptForm):
    """A change of the lead manager."""

    shape = ManagerDetails
    name = _line("Name of the new lead manager", "Enter the name of the new lead manager", LONGEST_NAME)
    told_on = _day("Day the buyer was told", "Enter the day the buyer was told, like 1 4 2026")
    effect_on = _day("Day the change takes effect", "Enter the day the change takes effect, like 1 5 2026")
    note = _text("Note (optional)")


class ActionForm(KeptForm):
    """What a meeting agreed that somebody does."""

    shape = ActionDetails
    text = _line("Action", "Enter what is to be done")
    owner = _line("Who does it", "Enter who does it", LONGEST_NAME)
    due = _day("Due", "Enter the day it is due, like 1 4 2026")
    done_on = _day("Day it was done", hint="Leave empty until then. " + EXAMPLE)


class CaseForm(KeptForm):
    """A complaint, a query or another case as it came in."""

    shape = CaseDetails
    kind = _choice(
        "Kind",
        "Choose what it is",
        tuple((one, one.words.capitalize()) for one in CaseKind),
    )
    received_on = _day("Day it was received", "Enter the day it was received, like 1 4 2026")
    sender = _line("Who it came from", "Enter who it came from", LONGEST_NAME)
    about = _text("What it is about", "Enter what it is about")


class StepForm(PortalForm):
    """A step of a case."""

    version = HiddenField(default="0")
    what = _choice(
        "What was done",
        "Choose what was done",
        (
            (NOTED, "A step towards settling it"),
            (ESCALATED, "Escalated: the two sides could not settle it"),
            (RESOLVED, "Settled"),
            (REOPENED, "Opened again"),
        ),
    )
    text = _text("In words", "Enter what was done")


class MeetingForm(PortalForm):
    """A meeting with its agenda: a line that ends in a colon is the heading of a point."""

    version = HiddenField(default="0")
    kind = _choice("Kind", "Choose the kind of meeting", tuple((one.value, one.words) for one in MeetingKind))
    on = _day("Day of the meeting", "Enter the day of the meeting, like 14 4 2026")
    asked_by = _line("Who asked for it", longest=LONGEST_NAME, hint="Only for an ad hoc meeting")
    agenda = _text(
        "Agenda",
        "Enter at least one point",
        LONGEST_NOTE * 5,
        "Each point begins on a line that starts with #. What stands below it belongs to it.",
    )

    def details(self) -> MeetingDetails:
        """What was entered."""
        assert self.on.data is not None  # the form asks for it
        points = read_agenda(self.agenda.data or "")
        return MeetingDetails(MeetingKind(self.kind.data), self.on.data, self.asked_by.data or "", points)


class HoldForm(PortalForm):
    """Who came to a meeting, and its minutes. A line for each party: its name, a colon, who came."""

    version = HiddenField(default="0")
    attendance = _text(
        "Who came",
        "Enter who came, for at least one party",
        hint="A line for each party: its name, a colon, and who came. Nothing after the colon: nobody did.",
    )
    minutes = _text("Minutes", "Enter what was agreed", LONGEST_NOTE * 5)

    def present(self) -> list[tuple[str, str]]:
        """Party and names of each line."""
        parts = [line.partition(":") for line in (self.attendance.data or "").splitlines() if line.strip()]
        return [(party.strip(), names.strip()) for party, _, names in parts]


ENUMS: dict[tuple[type[Any], str], type[StrEnum]] = {
    (ActivityDetails, "stream"): Stream,
    (RiskDetails, "kind"): RiskKind,
    (RiskDetails, "grade"): Grade,
    (CaseDetails, "kind"): CaseKind,
}


def written_agenda(points: Sequence[Point]) -> str:
    """An agenda as it is edited."""
    return "\n\n".join(f"# {one.title}\n{one.words}".strip() for one in points)


def read_agenda(text: str) -> tuple[Point, ...]:
    """The agenda that was typed: a point begins where a line starts with #."""
    points: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith("#"):
            points.append((line.lstrip("# ").strip(), []))
        elif points:
            points[-1][1].append(line)
        elif line.strip():
            points.append((line.strip(), []))
    return tuple(Point(title, "\n".join(words).strip()) for title, words in points if title)


def of_details(details: Any) -> dict[str, Any]:
    """A record as its form shows it."""
    return {k: v.value if isinstance(v, StrEnum) else v for k, v in vars(details).items()}
