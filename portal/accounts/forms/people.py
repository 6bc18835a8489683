"""The forms of people, their roles and organisations."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from wtforms import HiddenField, RadioField, SelectChoice, SelectField, StringField

from portal.accounts.forms.signing_in import email_field
from portal.accounts.models import Organisation
from portal.accounts.rules.roles import KIND_TITLES, REGIONS, ROLES, STAFF_ROLES, OrganisationKind, Role
from portal.core.forms import AtMost, Missing, PortalForm
from portal.core.widgets import GovRadioInput, GovSelect, GovTextInput

NOBODY_ELSES = {"autocomplete": "off"}  # the browser must not fill in the administrator's own details


def organisation_choices(organisations: Iterable[Organisation]) -> list[SelectChoice]:
    """Organisations to choose one from."""
    named = [
        SelectChoice(str(row.id), f"{row.name} ({KIND_TITLES[row.kind].lower()})") for row in organisations
    ]
    return [SelectChoice("", "Choose an organisation"), *named]


def _name_field() -> StringField:
    return StringField(
        "Full name",
        [Missing("Enter the person’s name"), AtMost(120)],
        widget=GovTextInput(),
        render_kw={**NOBODY_ELSES, "spellcheck": "false"},
    )


class RoleForm(PortalForm):
    """A role in an organisation."""

    organisation = SelectField("Organisation", [Missing("Choose an organisation")], widget=GovSelect())
    role = SelectField(
        "Role",
        [Missing("Choose a role")],
        choices=[
            SelectChoice("", "Choose a role"),
            *(SelectChoice(role.value, info.title) for role, info in ROLES.items()),
        ],
        widget=GovSelect(),
    )
    region = SelectField(
        "Region",
        description="Only for an expert implementation and support manager: whose services they support.",
        choices=[
            SelectChoice("", "No region"),
            *(SelectChoice(region, region) for region in REGIONS),
        ],
        widget=GovSelect(),
    )

    @property
    def chosen(self) -> tuple[UUID, Role, str | None]:
        """Organisation, role and region as the verbs take them; the form must be valid."""
        return UUID(self.organisation.data), Role(self.role.data), self.region.data or None


class InviteForm(RoleForm):
    """Somebody new, with their first role."""

    name = _name_field()
    email = email_field(**NOBODY_ELSES)


class StaffForm(PortalForm):
    """Somebody new in one's own organisation."""

    organisation = SelectField("Organisation", [Missing("Choose an organisation")], widget=GovSelect())
    name = _name_field()
    email = email_field(**NOBODY_ELSES)
    role = RadioField(
        "Role",
        [Missing("Choose what this person does")],
        choices=[SelectChoice(role.value, ROLES[role].title) for role in STAFF_ROLES],
        widget=GovRadioInput(),
    )


class PersonForm(PortalForm):
    """A person's own facts. `version` is the one the page was drawn from."""

    name = _name_field()
    email = email_field(**NOBODY_ELSES)
    version = HiddenField()


class OrganisationForm(PortalForm):
    """A new organisation."""

    name = StringField("Name", [Missing("Enter the organisation’s name"), AtMost(200)], widget=GovTextInput())
    kind = RadioField(
        "Kind",
        [Missing("Choose a kind")],
        description="It decides which roles people can hold there, and cannot be changed later.",
        choices=[SelectChoice(kind.value, title) for kind, title in KIND_TITLES.items()],
        widget=GovRadioInput(),
    )

    @property
    def chosen_kind(self) -> OrganisationKind:
        return OrganisationKind(self.kind.data)


class RenameForm(PortalForm):
    """Another name for an organisation."""

    name = StringField("Name", [Missing("Enter the organisation’s name"), AtMost(200)], widget=GovTextInput())
    version = HiddenField()
