"""The forms of EISM posts. `version`: that of the row that the person saw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from wtforms import (
    DecimalField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import NumberRange, Optional

from portal.accounts.rules.roles import REGIONS
from portal.core.forms import AtMost, DateParts, Missing, PortalForm, VersionedForm, day_field
from portal.core.widgets import GovRadioInput, GovSelect, GovTextArea, GovTextInput
from portal.workforce.posts.definitions import check_kinds, leave_kinds, skills
from portal.workforce.posts.rules.checking import LONGEST_NAME, LONGEST_NOTE
from portal.workforce.posts.rules.words import EndReason, Stream

MOST_EMPTY_DAYS = 730  # to be tried out in a forecast
_FTE_HINT = "1 is full time, 0.6 is three days of five"


def _day_or_none(label: str, hint: str) -> DateParts:
    return DateParts(label, [Optional()], description=hint)


def _fte(label: str = "Full-time equivalent") -> DecimalField:
    return DecimalField(
        label,
        [Missing("Enter the full-time equivalent, like 0.6")],
        description=_FTE_HINT,
        widget=GovTextInput(),
    )


class PostForm(VersionedForm):
    """What a post is."""

    title = StringField(
        "Title", [Missing("Enter the title of the post"), AtMost(LONGEST_NAME)], widget=GovTextInput()
    )
    region = SelectField(
        "Region",
        [Missing("Choose a region")],
        choices=[SelectChoice("", "Choose a region"), *(SelectChoice(one, one) for one in REGIONS)],
        widget=GovSelect(),
    )
    stream = RadioField(
        "Services it is for",
        [Missing("Choose the services it is for")],
        choices=[SelectChoice(one.value, one.title) for one in Stream],
        widget=GovRadioInput(),
    )
    fte = _fte("Full-time equivalent budgeted")
    opens = day_field("First day of the post", "Enter the first day of the post, like 1 4 2026")


class CloseForm(VersionedForm):
    """The last day of a post."""

    closes = _day_or_none("Last day of the post", "Leave it empty to let the post go on.")


class HoldingForm(PortalForm):
    """Who is to hold a post, from when, at which FTE."""

    who = SelectField("Person", [Optional()], widget=GovSelect())
    name = StringField(
        "Name of somebody not in the list",
        [Optional(), AtMost(LONGEST_NAME)],
        description="Somebody appointed counts from the first day, with or without an account.",
        widget=GovTextInput(),
    )
    fte = _fte()
    starts = day_field("First day", "Enter the first day, like 1 4 2026")

    def __init__(self, known: Mapping[UUID, str], accounts: Mapping[UUID, str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.who.choices = [
            SelectChoice("", "Somebody not in the list"),
            *(SelectChoice(f"eism:{id_}", name) for id_, name in known.items()),
            *(SelectChoice(f"person:{id_}", f"{name} (account)") for id_, name in accounts.items()),
        ]


class FteForm(VersionedForm):
    """Other hours from a day on."""

    fte = _fte("New full-time equivalent")
    first = day_field(
        "First day with these hours",
        "Enter the first day, like 1 4 2026",
        "Until the day before, the old hours count. Give the very first day to put a slip right.",
    )


class EndHoldingForm(VersionedForm):
    """The last day in a post, and why."""

    ends = _day_or_none(
        "Last day in the post", "This day counts still. Leave it empty where they stay after all."
    )
    reason = SelectField(
        "Reason",
        [Optional()],
        choices=[
            SelectChoice("", "Choose the reason"),
            *(SelectChoice(one.value, one.title) for one in EndReason if one is not EndReason.HOURS),
        ],
        description="Only the lead manager sees it.",
        widget=GovSelect(),
    )


class EismForm(VersionedForm):
    """A person's name and account."""

    name = StringField("Name", [Missing("Enter a name"), AtMost(LONGEST_NAME)], widget=GovTextInput())
    account = SelectField(
        "Account",
        [Optional()],
        description="With an account, the services that they support are counted.",
        widget=GovSelect(),
    )

    def __init__(self, accounts: Mapping[UUID, str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.account.choices = [
            SelectChoice("", "No account yet"),
            *(SelectChoice(str(id_), name) for id_, name in accounts.items()),
        ]


class LeaveForm(VersionedForm):
    """Leave."""

    kind = SelectField("Kind of leave", [Missing("Choose the kind of leave")], widget=GovSelect())
    starts = day_field("First day of leave", "Enter the first day of leave, like 1 4 2026")
    ends = _day_or_none("Last day of leave", "Leave it empty while it is not known.")

    def __init__(self, counted: Mapping[str, bool], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        said = {True: "counts as employed", False: "does not count"}
        self.kind.choices = [
            SelectChoice("", "Choose the kind"),
            *(SelectChoice(key, f"{one.title} ({said[counted[key]]})") for key, one in leave_kinds().items()),
        ]


class CheckForm(VersionedForm):
    """A vetting check."""

    kind = SelectField(
        "Kind of check",
        [Missing("Choose the kind of check")],
        choices=[
            SelectChoice("", "Choose the kind"),
            *(SelectChoice(one.key, one.title) for one in check_kinds().values()),
        ],
        widget=GovSelect(),
    )
    checked_on = day_field("Checked on", "Enter the day of the check, like 1 4 2026")
    valid_until = _day_or_none(
        "Valid until",
        "Leave it empty where the check does not lapse. What the check found is not kept here.",
    )


class SkillForm(PortalForm):
    """A skill."""

    skill = SelectField(
        "Skill",
        [Missing("Choose a skill")],
        choices=[
            SelectChoice("", "Choose a skill"),
            *(SelectChoice(one.key, one.title) for one in skills().values()),
        ],
        widget=GovSelect(),
    )
    since = day_field("Since", "Enter since when, like 1 4 2026")
    note = TextAreaField("Note (optional)", [Optional(), AtMost(LONGEST_NOTE)], widget=GovTextArea())


class ForecastForm(PortalForm):
    """Somebody leaves: tried out, never saved."""

    who = SelectField("Who leaves?", [Missing("Choose who leaves")], widget=GovSelect())
    on = day_field("Last day", "Enter the last day, like 31 3 2027", "For example, 31 3 2027")
    empty = IntegerField(
        "Days until somebody follows (optional)",
        [Optional(), NumberRange(0, MOST_EMPTY_DAYS, f"Enter a number from 0 to {MOST_EMPTY_DAYS}")],
        description="Leave it empty where nobody follows.",
        widget=GovTextInput(),
    )

    def __init__(self, people: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.who.choices = [
            SelectChoice("", "Choose a person"),
            *(SelectChoice(key, name) for key, name in people.items()),
        ]


class CapacityForm(VersionedForm):
    """Days of a financial year for reviews and coaching."""

    days = DecimalField(
        "Days for reviews and coaching",
        [Missing("Enter the days, like 42.5")],
        description="Whole or half days from April to March",
        widget=GovTextInput(),
    )
