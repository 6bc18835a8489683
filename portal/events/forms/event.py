"""Planning an event, changing it, moving it, cancelling it."""

from __future__ import annotations

from datetime import time
from typing import Any
from uuid import UUID

from wtforms import (
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import ValidationError

from portal.accounts.rules.roles import REGIONS
from portal.core import clock
from portal.core.filters import clock_time
from portal.core.forms import AtMost, DateParts, Missing, PortalForm
from portal.core.rules.whole import whole
from portal.core.widgets import (
    GovCheckboxesInput,
    GovRadioInput,
    GovSelect,
    GovTextArea,
    GovTextInput,
)
from portal.events.models import Event
from portal.events.rules import draft as limits
from portal.events.rules.draft import EventDraft, Times
from portal.events.rules.kinds import EventKind
from portal.events.rules.repeating import MOST, Repeat
from portal.events.rules.times import PROBLEM, time_of

ONLINE, PLACE = "online", "place"
YES, NO = "yes", "no"


class TimesForm(PortalForm):
    """A day, and the times between which the event lasts."""

    on = DateParts(
        "Day",
        [Missing("Enter the day, like 12 5 2027")],
        description="For example, 12 5 2027",
    )
    begins = StringField(
        "Begins at",
        [Missing("Enter when it begins, like 10:30")],
        description="UK time, like 10:30 or 2pm",
        widget=GovTextInput(),
    )
    ends = StringField(
        "Ends at",
        [Missing("Enter when it ends, like 12:00")],
        description="On the same day",
        widget=GovTextInput(),
    )

    def validate_begins(self, field: Any) -> None:
        _demand_time(field)

    def validate_ends(self, field: Any) -> None:
        _demand_time(field)

    @property
    def times(self) -> Times:
        """As the verbs take them; the form must be valid."""
        assert self.on.data is not None  # the form asks for it
        return Times(self.on.data, time_of(self.begins.data) or time(0), time_of(self.ends.data) or time(0))


def _demand_time(field: Any) -> None:
    if time_of(field.data) is None:
        raise ValidationError(PROBLEM)


class DetailsForm(PortalForm):
    """All of an event but its dates."""

    version = HiddenField()
    kind = SelectField(
        "Kind of event",
        choices=[SelectChoice(kind.value, kind.words) for kind in EventKind],
        widget=GovSelect(),
    )
    title = StringField(
        "Name of the event",
        [Missing("Enter the name of the event"), AtMost(limits.LONGEST_TITLE)],
        widget=GovTextInput(),
    )
    summary = TextAreaField(
        "In a sentence or two",
        [Missing("Enter what the event is about, in a sentence or two"), AtMost(limits.LONGEST_SUMMARY)],
        description="For the calendar: what it is about and whom it is for",
        widget=GovTextArea(),
    )
    description = TextAreaField(
        "More about it (optional)",
        [AtMost(limits.LONGEST_TEXT)],
        description="The programme, who speaks, what to read before",
        widget=GovTextArea(),
    )
    where = RadioField(
        "Where it is",
        [Missing("Choose where it is")],
        choices=[SelectChoice(ONLINE, "Online"), SelectChoice(PLACE, "At a place")],
        widget=GovRadioInput(),
    )
    place = StringField(
        "Place",
        [AtMost(limits.LONGEST_PLACE)],
        description="The address, with the room and the way in without steps; online, the program used",
        widget=GovTextInput(),
    )
    join_link = StringField(
        "Link to join (optional)",
        [AtMost(limits.LONGEST_LINK)],
        description="Shown and mailed only to people who have a place",
        widget=GovTextInput(),
    )
    joining = TextAreaField(
        "How to join (optional)",
        [AtMost(limits.LONGEST_TEXT)],
        description="Only for people who have a place: passcode, parking, what to bring",
        widget=GovTextArea(),
    )
    region = SelectField(
        "Region",
        choices=[SelectChoice("", "All of England"), *(SelectChoice(one, one) for one in REGIONS)],
        widget=GovSelect(),
    )
    capacity = StringField(
        "Number of places (optional)",
        description="Left empty, there are places for everybody. Once full, people join a waiting list.",
        widget=GovTextInput(),
    )
    public = RadioField(
        "Who sees it in the calendar",
        [Missing("Choose who sees it")],
        choices=[SelectChoice(YES, "Anyone"), SelectChoice(NO, "Only people who are signed in")],
        widget=GovRadioInput(),
    )
    theme = StringField(
        "Theme (optional)",
        [AtMost(limits.LONGEST_THEME)],
        description="For example, employer engagement",
        widget=GovTextInput(),
    )
    item_keys = SelectMultipleField("Fidelity items it is about (optional)", widget=GovCheckboxesInput())
    plan_line_id = SelectField(
        "Planned event that it delivers",
        description="From your plan of the quarter. Each planned event is followed to what became of it.",
        widget=GovSelect(),
    )

    def validate_capacity(self, field: Any) -> None:
        if field.data and whole(field.data) is None:
            raise ValidationError("Enter a whole number, like 40, or leave it empty")

    @property
    def draft(self) -> EventDraft:
        """As the verbs take it; the form must be valid."""
        return EventDraft(
            EventKind(self.kind.data),
            self.title.data or "",
            self.summary.data or "",
            self.description.data or "",
            self.where.data == ONLINE,
            self.place.data or "",
            self.join_link.data or "",
            self.joining.data or "",
            self.region.data or None,
            whole(self.capacity.data),
            self.public.data == YES,
            self.theme.data or "",
            tuple(self.item_keys.data or ()),
            UUID(self.plan_line_id.data) if self.plan_line_id.data else None,
        )


class NewEventForm(DetailsForm, TimesForm):
    """A new event, or a series of them."""

    repeat = SelectField(
        "How often",
        choices=[SelectChoice("", "Once"), *(SelectChoice(one.value, one.words) for one in Repeat)],
        widget=GovSelect(),
    )
    count = StringField(
        "How many events, if it repeats",
        description=f"From 2 to {MOST}. Each can be changed, moved or cancelled by itself.",
        widget=GovTextInput(),
    )

    @property
    def repeats(self) -> Repeat | None:
        return Repeat(self.repeat.data) if self.repeat.data else None


class MoveForm(TimesForm):
    """New dates, and why."""

    version = HiddenField()
    because = TextAreaField(
        "Why it is moved",
        [Missing("Enter why the event is moved")],
        description="Kept with the old dates",
        widget=GovTextArea(),
    )


class CancelForm(PortalForm):
    """Why an event is cancelled."""

    version = HiddenField()
    because = TextAreaField(
        "Why it is cancelled",
        [Missing("Enter why the event is cancelled")],
        description="Everybody who has a place or waits is told this by mail",
        widget=GovTextArea(),
    )


def details_of(event: Event) -> dict[str, Any]:
    """What the form of an event shows to begin with."""
    return {
        "version": event.version,
        "kind": event.kind.value,
        "title": event.title,
        "summary": event.summary,
        "description": event.description,
        "where": ONLINE if event.online else PLACE,
        "place": event.place,
        "join_link": event.join_link,
        "joining": event.joining,
        "region": event.region or "",
        "capacity": "" if event.capacity is None else str(event.capacity),
        "public": YES if event.public else NO,
        "theme": event.theme,
        "item_keys": event.item_keys,
        "plan_line_id": str(event.plan_line_id or ""),
    }


def times_of(event: Event) -> dict[str, Any]:
    """The dates of an event as the form shows them."""
    return {
        "version": event.version,
        "on": clock.uk(event.starts_at).date(),
        "begins": clock_time(event.starts_at),
        "ends": clock_time(event.ends_at),
    }
