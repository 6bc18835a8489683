"""The forms of services' workforce. `version`: that of the row that the person saw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from wtforms import (
    BooleanField,
    DecimalField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Optional

from portal.core.forms import AtMost, DateParts, Missing, PortalForm, VersionedForm, day_field
from portal.core.widgets import (
    GovCheckboxInput,
    GovRadioInput,
    GovSelect,
    GovTextArea,
    GovTextInput,
)
from portal.workforce.staff.models import StaffMember
from portal.workforce.staff.rules.checking import LONGEST_BAND, LONGEST_NAME, LONGEST_NOTE, LONGEST_TEXT
from portal.workforce.staff.rules.words import LOGGED, ActionState, Honorary, StaffRole

EXAMPLE = "For example, 1 4 2026"


def _roles() -> list[SelectChoice]:
    return [SelectChoice(one.value, one.title) for one in StaffRole]


class MemberForm(VersionedForm):
    """Somebody who works in the service."""

    name = StringField(
        "Name or initials",
        [Missing("Enter a name or initials"), AtMost(LONGEST_NAME)],
        description="Only people of the service, its EISM and the lead manager see it.",
        widget=GovTextInput(),
    )
    role = RadioField("Role", [Missing("Choose the role")], choices=_roles(), widget=GovRadioInput())
    fte = DecimalField(
        "Full-time equivalent",
        [Missing("Enter the full-time equivalent, like 0.6")],
        description="1 is full time, 0.6 is three days of five. Hours that change later have their own page, "
        "“Role or hours”.",
        widget=GovTextInput(),
    )
    starts = day_field("First day in the service", "Enter the first day, like 1 4 2026")
    pay_band = StringField(
        "Pay band (optional)",
        [Optional(), AtMost(LONGEST_BAND)],
        description="For example, Band 5, or the equivalent outside the NHS",
        widget=GovTextInput(),
    )
    honorary = RadioField(
        "Honorary contract with the host trust or treatment service",
        [Missing("Choose whether there is an honorary contract")],
        choices=[SelectChoice(one.value, one.title) for one in Honorary],
        default=Honorary.NONE.value,
        widget=GovRadioInput(),
    )
    honorary_on = DateParts(
        "Date of the honorary contract",
        [Optional()],
        description="Only if there is one. " + EXAMPLE,
    )
    first_client_on = DateParts(
        "First day with a client (optional)",
        [Optional()],
        description="Shows whether the training required before clients was done by then. " + EXAMPLE,
    )
    person_id = SelectField(
        "Their account in the portal",
        [Optional()],
        description="What they completed under Learning counts through it.",
        widget=GovSelect(),
    )

    def __init__(self, accounts: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.person_id.choices = [
            SelectChoice("", "Not linked to an account"),
            *(SelectChoice(str(id_), name) for id_, name in accounts),
        ]


class TermsForm(VersionedForm):
    """Another role or other hours from a day on."""

    role = RadioField("Role", [Missing("Choose the role")], choices=_roles(), widget=GovRadioInput())
    fte = DecimalField(
        "Full-time equivalent",
        [Missing("Enter the full-time equivalent, like 0.6")],
        description="1 is full time, 0.6 is three days of five",
        widget=GovTextInput(),
    )
    first = day_field(
        "From", "Enter the first day, like 1 4 2026", "The first day on which it is so. " + EXAMPLE
    )


class EndForm(VersionedForm):
    """The last day of somebody in the service."""

    ends = day_field(
        "Last day in the service",
        "Enter the last day, like 31 3 2026",
        "This day counts still. You can put them back afterwards.",
    )


class FundedForm(PortalForm):
    """How many posts of a role are funded."""

    role = RadioField("Role", [Missing("Choose the role")], choices=_roles(), widget=GovRadioInput())
    fte = DecimalField(
        "Full-time equivalents funded",
        [InputRequired("Enter the full-time equivalents, like 6.5")],
        description="All posts of this role together. What nobody fills of them is a vacancy.",
        widget=GovTextInput(),
    )
    starts = day_field("From", "Enter the first day, like 1 4 2026", "The newest figure counts. " + EXAMPLE)


class LogForm(PortalForm):
    """Something that took place. Which fields are needed follows from the kind."""

    kind = RadioField(
        "What took place",
        [Missing("Choose what took place")],
        choices=[SelectChoice(one.value, one.title) for one in LOGGED],
        widget=GovRadioInput(),
    )
    on = day_field(
        "Day",
        "Enter the day, like 12 3 2026",
        "For clinical team meetings, any day of the month they were held in",
    )
    member = SelectField(
        "Person",
        [Optional()],
        description="Needed for individual and clinical supervision, and for clinical team meetings",
        widget=GovSelect(),
    )
    count = IntegerField("Clinical team meetings attended", [Optional()], widget=GovTextInput())
    out_of = IntegerField("Clinical team meetings held in the month", [Optional()], widget=GovTextInput())
    minuted = BooleanField(
        "There are minutes of the review with senior clinical staff", widget=GovCheckboxInput()
    )

    def __init__(self, people: Iterable[StaffMember], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.member.choices = [
            SelectChoice("", "The whole team"),
            *(SelectChoice(str(one.id), one.name) for one in people),
        ]


class CaseloadForm(PortalForm):
    """Active clients of each person on a day; a field for each is added by `caseload_form`."""

    on = day_field("Counted on", "Enter the day, like 12 3 2026")


def caseload_form(people: Sequence[StaffMember], **kwargs: Any) -> CaseloadForm:
    """The form with a field for each of these people."""
    fields = {
        field_of(one.id): IntegerField(f"{one.name}: active clients", [Optional()], widget=GovTextInput())
        for one in people
    }
    made: CaseloadForm = type("CaseloadOf", (CaseloadForm,), fields)(**kwargs)
    return made


def field_of(member_id: UUID) -> str:
    """The name of a person's field; the verb names its problems in the same way."""
    return f"m_{member_id.hex}"


class ActionForm(VersionedForm):
    """An action of the workforce strategy."""

    supplier = SelectField("Contract of", [Missing("Choose the supplier")], widget=GovSelect())
    text = StringField(
        "What is to be done", [Missing("Say what is to be done"), AtMost(LONGEST_TEXT)], widget=GovTextInput()
    )
    owner = StringField(
        "Who does it",
        [Missing("Say who does it"), AtMost(LONGEST_NAME)],
        description="A role or an organisation, for example OHID workforce lead",
        widget=GovTextInput(),
    )
    due = day_field("Due", "Enter the day it is due, like 31 3 2027")
    state = RadioField(
        "State",
        [Missing("Choose the state")],
        choices=[SelectChoice(one.value, one.title) for one in ActionState],
        default=ActionState.OPEN.value,
        widget=GovRadioInput(),
    )
    note = TextAreaField("Note (optional)", [Optional(), AtMost(LONGEST_NOTE)], widget=GovTextArea())

    def __init__(self, suppliers: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if len(suppliers) == 1:
            del self.supplier
        else:
            chosen = [SelectChoice(str(id_), name) for id_, name in suppliers]
            self.supplier.choices = [SelectChoice("", "Choose the supplier"), *chosen]
