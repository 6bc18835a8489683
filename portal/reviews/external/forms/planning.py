"""The form of a review's plan."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from wtforms import (
    BooleanField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    SubmitField,
    TextAreaField,
)
from wtforms.validators import Optional

from portal.core import clock
from portal.core.forms import DateParts, Missing, PortalForm
from portal.core.widgets import (
    GovCheckboxesInput,
    GovCheckboxInput,
    GovRadioInput,
    GovSelect,
    GovSubmitInput,
    GovTextArea,
)
from portal.reviews.external.rules.independence import Candidate, Capacity
from portal.reviews.external.service.planning import Plan
from portal.reviews.external.team import Named
from portal.scales.registry import registry
from portal.scales.rules.definition import ScaleUse

CHOOSE = SelectChoice("", "Choose somebody, or leave it open for now")


class PlanForm(PortalForm):
    """Scale, dates, form and people of a review. The scale is asked only for a new one."""

    scale = RadioField("Which scale?", [Missing("Select a scale")], widget=GovRadioInput())
    fieldwork_from = DateParts("First day of fieldwork", [Missing("Enter the first day of fieldwork")])
    fieldwork_to = DateParts("Last day of fieldwork", [Missing("Enter the last day of fieldwork")])
    virtual = BooleanField("The review is done by video", widget=GovCheckboxInput())
    lead = SelectField("Lead reviewer", [Optional()], widget=GovSelect())
    second = SelectField("Second reviewer", [Optional()], widget=GovSelect())
    observer = SelectField("Observer in training (optional)", [Optional()], widget=GovSelect())
    moderator = SelectMultipleField("Moderators", [Optional()], widget=GovCheckboxesInput())
    reason = TextAreaField("Why somebody may act all the same", [Optional()], widget=GovTextArea())
    save = SubmitField("Save the plan", widget=GovSubmitInput())

    def __init__(
        self, *args: Any, people: list[Candidate], usual: str = "", new: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not new:
            del self.scale
        else:
            scales = [scale for scale in registry().all() if scale.use is ScaleUse.ASSESS]
            self.scale.choices = [
                SelectChoice(
                    scale.key, scale.title + (" – usual for this programme" if scale.key == usual else "")
                )
                for scale in sorted(scales, key=lambda scale: (scale.key != usual, scale.key))
            ]
        leading = [SelectChoice(str(one.person_id), _label(one, leads=True)) for one in people]
        others = [SelectChoice(str(one.person_id), _label(one, leads=False)) for one in people]
        self.lead.choices = [CHOOSE, *leading]
        self.second.choices = self.observer.choices = [CHOOSE, *others]
        self.moderator.choices = others

    def plan(self, service_id: UUID, scale_key: str) -> Plan:
        """What was chosen. The reason goes to whoever needs one: the rules drop it elsewhere."""
        assert self.fieldwork_from.data  # the validators saw to both
        assert self.fieldwork_to.data
        reason = (self.reason.data or "").strip()
        chosen = [
            (Capacity.LEAD, [self.lead.data]),
            (Capacity.SECOND, [self.second.data]),
            (Capacity.OBSERVER, [self.observer.data]),
            (Capacity.MODERATOR, self.moderator.data or []),
        ]
        return Plan(
            service_id=service_id,
            scale_key=scale_key,
            fieldwork_from=self.fieldwork_from.data,
            fieldwork_to=self.fieldwork_to.data,
            virtual=bool(self.virtual.data),
            members=tuple(
                Named(UUID(person), capacity, reason)
                for capacity, people in chosen
                for person in people
                if person
            ),
        )


def _label(one: Candidate, *, leads: bool) -> str:
    """A person with what speaks against them, so that a planner sees it before choosing."""
    told = []
    if one.supported_until is not None:
        since = one.supported_until
        ongoing = since >= clock.today()
        told.append("supports this service" if ongoing else f"supported this service until {since:%-d %B %Y}")
    if leads:
        until = one.accredited_until
        told.append(f"accredited to {until:%-d %B %Y}" if until else "not accredited")
    return f"{one.name} ({'; '.join(told)})" if told else one.name
