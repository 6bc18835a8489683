"""Forms for a service's dated links and for its closing."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, SubmitField

from portal.core.errors import Invalid
from portal.core.forms import DateParts, Missing, PortalForm
from portal.core.widgets import GovSubmitInput
from portal.directory.forms.services import TargetFields
from portal.directory.rules.details import NewLink
from portal.directory.rules.settings import CHOOSE, LinkKind

_DATE_HINT = "For example, 1 4 2026"


class StartLinkForm(TargetFields, PortalForm):
    """A new link of one kind: to whom, from when. The lists of other kinds are left out."""

    version = HiddenField()
    starts = DateParts("First day", [Missing("Enter the first day")], description=_DATE_HINT)
    save = SubmitField("Start this link", widget=GovSubmitInput())

    def __init__(self, kind: LinkKind, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for other in LinkKind:
            if other is not kind:
                delattr(self, other.value)
        self.kind = kind
        self.fill_targets()

    def new_link(self) -> NewLink:
        """What was chosen. Raises Invalid where nothing was."""
        link = self.link(self.kind, self.starts.data)
        if link is None:
            raise Invalid({self.kind.value: CHOOSE[self.kind]})
        return link


class EndForm(PortalForm):
    """The last day of a link."""

    version = HiddenField()
    ends = DateParts("Last day", [Missing("Enter the last day")], description=_DATE_HINT)
    save = SubmitField("End this link", widget=GovSubmitInput())


class CloseForm(PortalForm):
    """The day a service closes."""

    version = HiddenField()
    closed = DateParts("Closing date", [Missing("Enter the closing date")], description=_DATE_HINT)
    save = SubmitField("Close the service", widget=GovSubmitInput())


class ReopenForm(PortalForm):
    """Opening a closed service again."""

    version = HiddenField()
    save = SubmitField("Open the service again", widget=GovSubmitInput())
