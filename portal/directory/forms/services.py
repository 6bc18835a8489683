"""Forms for a service: what is said of it, and its first links."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

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
from wtforms.validators import Optional

from portal.core import clock
from portal.core.forms import AtMost, DateParts, Missing, PortalForm
from portal.core.widgets import (
    GovCheckboxesInput,
    GovRadioInput,
    GovSelect,
    GovSubmitInput,
    GovTextArea,
    GovTextInput,
)
from portal.directory.models import Service
from portal.directory.queries import choices
from portal.directory.rules.details import ABOUT_LONGEST, NAME_LONGEST, NewLink, ServiceDetails
from portal.directory.rules.settings import LinkKind, Setting
from portal.directory.service.links import ORGANISATION_KINDS
from portal.programmes.registry import registry, title_of

NONE = SelectChoice("", "Choose one")


class ServiceForm(PortalForm):
    """What is said of a service. `authorities` is the main one: it gives the region."""

    version = HiddenField(default="1")
    name = StringField(
        "Name", [Missing("Enter the service’s name"), AtMost(NAME_LONGEST)], widget=GovTextInput()
    )
    setting = RadioField(
        "Setting",
        [Missing("Choose the setting")],
        choices=[SelectChoice(setting.value, setting.title) for setting in Setting],
        widget=GovRadioInput(),
    )
    authorities = SelectField(
        "Main local authority",
        [Missing("Choose the main local authority")],
        description="It decides the service’s region",
        widget=GovSelect(),
    )
    also = SelectMultipleField("Other local authorities served")
    areas = SelectMultipleField(
        "Lots", widget=GovCheckboxesInput(), description="Only where a programme has them"
    )
    starts = DateParts("Date the service started", [Optional()], description="For example, 1 4 2024")
    specialists_fte = DecimalField(
        "Employment specialists (full-time equivalent)",
        [Optional()],
        description="For example, 4.5",
        widget=GovTextInput(),
    )
    about = TextAreaField("About the service (optional)", [AtMost(ABOUT_LONGEST)], widget=GovTextArea())
    save = SubmitField("Save", widget=GovSubmitInput())

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.by_region = choices.authorities()
        listed = sorted((row.name, row.gss_code) for rows in self.by_region.values() for row in rows)
        options = [SelectChoice(code, name) for name, code in listed]
        self.authorities.choices = [NONE, *options]
        self.also.choices = options
        self.areas.choices = [
            SelectChoice(row.key, f"{row.name} ({title_of(row.programme_key)})") for row in choices.areas()
        ]

    def details(self) -> ServiceDetails:
        """What was typed, for the verb. Call after validation."""
        codes = (self.authorities.data, *(self.also.data or ()))
        return ServiceDetails(
            name=self.name.data,
            setting=Setting(self.setting.data),
            authorities=tuple(dict.fromkeys(codes)),
            areas=tuple(self.areas.data or ()),
            starts=self.starts.data,
            specialists_fte=self.specialists_fte.data or Decimal(0),
            about=self.about.data or "",
        )


def of_service(service: Service) -> dict[str, Any]:
    """The fields of a service that stands, for the form's first showing."""
    main = next((row for row in service.authorities if row.region == service.region), None)
    return {
        "version": str(service.version),
        "name": service.name,
        "setting": service.setting.value,
        "authorities": main.gss_code if main else "",
        "also": [row.gss_code for row in service.authorities if row is not main],
        "areas": [row.key for row in service.areas],
        "starts": service.starts,
        "specialists_fte": service.specialists_fte,
        "about": service.about,
    }


def targets(kind: LinkKind) -> list[SelectChoice]:
    """What a link of this kind can lead to."""
    if kind is LinkKind.PROGRAMME:
        return [SelectChoice(one.key, one.title) for one in registry().values()]
    found = choices.eisms() if kind is LinkKind.EISM else choices.organisations(ORGANISATION_KINDS[kind])
    return [SelectChoice(str(one), name) for one, name in found]


class TargetFields:
    """The lists of organisations, people and programmes that a link can lead to."""

    provider = SelectField("Provider", widget=GovSelect())
    supplier = SelectField("Supplier", widget=GovSelect())
    commissioner = SelectField("Commissioner", widget=GovSelect())
    eism = SelectField("Supporting EISM", widget=GovSelect())
    programme = SelectField("Programme", widget=GovSelect())

    def fill_targets(self) -> None:
        """Fill the lists from the database and the programme definitions."""
        for kind in LinkKind:
            if kind.value in self:  # type: ignore[operator]  # a form knows its fields by name
                getattr(self, kind.value).choices = [NONE, *targets(kind)]

    def link(self, kind: LinkKind, starts: Any) -> NewLink | None:
        """The link chosen in one list, or None."""
        chosen = getattr(self, kind.value).data
        if not chosen:
            return None
        return NewLink(kind, chosen if kind is LinkKind.PROGRAMME else UUID(chosen), starts)


class NewServiceForm(TargetFields, ServiceForm):
    """A new service with its first links."""

    links_start = DateParts(
        "Links start on", [Missing("Enter the date the links start")], description="For example, 1 4 2024"
    )
    save = SubmitField("Add the service", widget=GovSubmitInput())

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fill_targets()
        if self.links_start.data is None and not self.is_submitted():
            self.links_start.data = clock.today()

    def links(self) -> list[NewLink]:
        """The links that were chosen."""
        found = (self.link(kind, self.links_start.data) for kind in LinkKind)
        return [link for link in found if link is not None]
