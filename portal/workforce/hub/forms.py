"""Forms of the recruitment hub."""

from __future__ import annotations

from typing import Any

from wtforms import (
    DecimalField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)

from portal.accounts.rules.roles import REGIONS
from portal.core.errors import Invalid
from portal.core.forms import AtMost, DateParts, Missing, PortalForm
from portal.core.rules.money import pounds
from portal.core.widgets import (
    GovCheckboxesInput,
    GovRadioInput,
    GovSelect,
    GovSubmitInput,
    GovTextArea,
    GovTextInput,
)
from portal.workforce.hub.models import Vacancy
from portal.workforce.hub.roles import roles
from portal.workforce.hub.rules.checking import (
    PAY_LONGEST,
    PLACE_LONGEST,
    TEXT_LONGEST,
    TITLE_LONGEST,
    Contract,
    Details,
    pence_from,
)

CHOOSE = SelectChoice("", "Choose one")
FIELDS = (
    "title", "role", "place", "region", "fte", "weekly_hours", "part_time", "contract", "salary_from",
    "salary_to", "pay_words", "closes_on", "description", "apply_url",
)  # fmt: skip


class VacancyForm(PortalForm):
    """What a vacancy says."""

    version = HiddenField(default="1")
    title = StringField(
        "Job title",
        [Missing("Enter the job title"), AtMost(TITLE_LONGEST)],
        description="As people would search for it, like “Employment specialist”",
        widget=GovTextInput(),
    )
    role = SelectField("Role", [Missing("Choose the role")], widget=GovSelect())
    place = StringField(
        "Place of work",
        [Missing("Enter the place of work"), AtMost(PLACE_LONGEST)],
        description="A town or area, like “Hartlepool and Billingham”",
        widget=GovTextInput(),
    )
    region = SelectField("Region", [Missing("Choose the region")], widget=GovSelect())
    fte = DecimalField(
        "Full-time equivalent",
        [Missing("Enter the full-time equivalent, like 1 or 0.6")],
        description="Of all the posts in this vacancy together, like 1, 0.6 or 2",
        widget=GovTextInput(),
    )
    weekly_hours = DecimalField(
        "Hours a week",
        [Missing("Enter the hours a week, like 37.5")],
        description="Of one post, like 37.5",
        widget=GovTextInput(),
    )
    part_time = RadioField(
        "Can it be done part time?",
        [Missing("Choose whether it can be done part time")],
        choices=[SelectChoice("yes", "Yes"), SelectChoice("no", "No")],
        widget=GovRadioInput(),
    )
    contract = RadioField(
        "Contract",
        [Missing("Choose the kind of contract")],
        choices=[SelectChoice(one.value, one.title) for one in Contract],
        widget=GovRadioInput(),
    )
    salary_from = StringField(
        "Lowest salary a year, in pounds (optional)",
        description="For full-time work, like 31,049",
        widget=GovTextInput(),
    )
    salary_to = StringField("Highest salary a year, in pounds (optional)", widget=GovTextInput())
    pay_words = StringField(
        "Pay in words (optional)",
        [AtMost(PAY_LONGEST)],
        description="A band or an allowance, like “Band 5” or “£16 an hour”. Needed without a salary.",
        widget=GovTextInput(),
    )
    closes_on = DateParts(
        "Closing date",
        [Missing("Enter the closing date")],
        description="The last day for applications. The vacancy closes by itself the day after.",
    )
    description = TextAreaField(
        "Description",
        [Missing("Enter the description"), AtMost(TEXT_LONGEST)],
        description="Plain text; an empty line begins a paragraph. Leave out people’s names and e-mail "
        "addresses: applications go through the link below.",
        widget=GovTextArea(),
    )
    apply_url = StringField(
        "Where to apply",
        [Missing("Enter the address of the employer’s own page")],
        description="The employer’s page for this vacancy. It begins with https://",
        widget=GovTextInput(),
    )
    save = SubmitField("Save", widget=GovSubmitInput())

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.role.choices = [CHOOSE, *(SelectChoice(one.key, one.title) for one in roles().values())]
        self.region.choices = [CHOOSE, *(SelectChoice(one, one) for one in REGIONS)]

    def details(self) -> Details:
        """What was typed, for the verb. Call after validation. Raises Invalid for what is no sum of money."""
        wrong: dict[str, str] = {}
        pence: dict[str, int | None] = {}
        for name in ("salary_from", "salary_to"):
            try:
                pence[name] = pence_from(self[name].data)
            except ValueError as error:
                wrong[name] = str(error)
        if wrong:
            raise Invalid(wrong)
        plain = ("title", "role", "place", "region", "fte", "weekly_hours", "closes_on")
        return Details(
            **{name: self[name].data for name in plain},
            part_time=self.part_time.data == "yes",
            contract=Contract(self.contract.data),
            description=(self.description.data or "").replace("\r\n", "\n"),
            apply_url=self.apply_url.data or "",
            pay_words=self.pay_words.data or "",
            salary_from=pence["salary_from"],
            salary_to=pence["salary_to"],
        )


class NewVacancyForm(VacancyForm):
    """A new vacancy: first of which service."""

    service = SelectField("Service", [Missing("Choose the service")], widget=GovSelect())
    save = SubmitField("Save as a draft", widget=GovSubmitInput())

    def __init__(self, services: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.service.choices = [CHOOSE, *(SelectChoice(key, name) for key, name in services)]


def of_vacancy(vacancy: Vacancy) -> dict[str, Any]:
    """The fields of a vacancy that stands, for the form's first showing."""
    found: dict[str, Any] = {name: getattr(vacancy, name) for name in FIELDS}
    return found | {
        "version": str(vacancy.version),
        "part_time": "yes" if vacancy.part_time else "no",
        "contract": vacancy.contract.value,
        "fte": vacancy.fte.normalize(),
        "weekly_hours": vacancy.weekly_hours.normalize(),
        "salary_from": pounds(vacancy.salary_from).removeprefix("£"),
        "salary_to": pounds(vacancy.salary_to).removeprefix("£"),
    }


class AlertForm(PortalForm):
    """Asking for mails about new vacancies. `website` is left empty by people: they do not see it."""

    email = StringField("E-mail address", [Missing("Enter your e-mail address")], widget=GovTextInput())
    regions = SelectMultipleField(
        "Regions",
        choices=[SelectChoice(one, one) for one in REGIONS],
        description="Choose any. With none chosen you hear of every region.",
        widget=GovCheckboxesInput(),
    )
    website = StringField("Leave this empty")
    save = SubmitField("Ask for the mails", widget=GovSubmitInput())
