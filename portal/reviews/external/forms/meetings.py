"""The form of one interview, observation or session."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from typing import Any

from wtforms import (
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import Optional

from portal.core.forms import DateParts, Missing, PortalForm
from portal.core.rules.whole import whole
from portal.core.widgets import GovRadioInput, GovSelect, GovTextArea, GovTextInput
from portal.reviews.external.portfolio_timetable import MeetingLine, short_time
from portal.reviews.external.rules.meetings import MeetingDraft, MeetingState, read_time
from portal.reviews.external.rules.portfolio import Meeting, MeetingKind

OWN = f"{MeetingKind.SESSION.value}:"  # something that the data file does not name


class MeetingForm(PortalForm):
    """A planned meeting and what became of it."""

    version = HiddenField()
    title = StringField("What it is", [Missing("Enter what the meeting is")], widget=GovTextInput())
    on = DateParts("Day (optional)", [Optional()], description="For example, 7 12 2026")
    starts = StringField("Start (optional)", description="Like 9:30 or 14:00", widget=GovTextInput())
    minutes = StringField("Minutes", widget=GovTextInput())
    people = StringField("How many people", widget=GovTextInput())
    place = StringField(
        "Place or link (optional)",
        description="A room, an address or a link to a call",
        widget=GovTextInput(),
    )
    state = RadioField(
        "What became of it",
        choices=[SelectChoice(state.value, state.title) for state in MeetingState],
        widget=GovRadioInput(),
    )
    why = TextAreaField(
        "Why it was not possible",
        description="Only where it was not. Name no clients.",
        widget=GovTextArea(),
    )

    def validate_starts(self, field: StringField) -> None:
        """A time as people type it."""
        try:
            read_time(field.data or "")
        except ValueError as error:
            raise ValidationError(str(error)) from error

    @property
    def draft(self) -> MeetingDraft:
        """What was typed, for the verb. Only after validating."""
        return MeetingDraft(
            title=self.title.data or "",
            on=self.on.data,
            starts=read_time(self.starts.data or ""),
            minutes=whole(self.minutes.data),
            people=whole(self.people.data),
            place=self.place.data or "",
            state=MeetingState(self.state.data) if self.state else MeetingState.PLANNED,
            why=(self.why.data or "") if self.why else "",
        )


class NewMeetingForm(MeetingForm):
    """Another meeting: first what is planned. Words, minutes and people follow from it where left empty."""

    what = SelectField("What do you plan?", [Missing("Choose what to plan")], widget=GovSelect())

    def offer(self, meetings: Iterable[Meeting]) -> NewMeetingForm:
        """Offer every kind of meeting of the data file, and one's own."""
        self.title.validators = ()
        self.title.label.text = "What it is (optional)"
        self.title.description = "Where it differs from the list, for example “Psychiatrist”"
        named = [
            SelectChoice(f"{one.kind.value}:{one.key}", f"{one.title} ({one.kind.title.lower()})")
            for one in meetings
        ]
        self.what.choices = [
            SelectChoice("", "Choose from the list"),
            *named,
            SelectChoice(OWN, "Something else"),
        ]
        return self


def values_of(line: MeetingLine) -> dict[str, Any]:
    """A meeting as the form's fields hold it."""
    draft = line.draft
    return {
        "version": str(line.version),
        "title": draft.title,
        "on": draft.on,
        "starts": time_text(draft.starts),
        "minutes": str(draft.minutes),
        "people": str(draft.people),
        "place": draft.place,
        "state": draft.state.value,
        "why": draft.why,
    }


def time_text(value: time | None) -> str:
    """9:30, or nothing."""
    return "" if value is None else short_time(value)
