"""Forms of assessments that are not made from a scale's items."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from wtforms import RadioField, SelectChoice, SelectField, SubmitField
from wtforms.validators import Optional

from portal.core.forms import DateParts, Missing, PortalForm
from portal.core.widgets import GovRadioInput, GovSelect, GovSubmitInput
from portal.reviews.assessment.rules.workflow import STARTABLE, Kind
from portal.scales.registry import registry
from portal.scales.rules.definition import ScaleUse

KIND_HINTS = {
    Kind.GUIDED: "An EISM sees your ratings and evidence, asks, and agrees the result with you.",
    Kind.SELF: "You rate by yourselves and submit it as final.",
    Kind.PEER: "A peer reviewer from another provider guides it.",
}


class StartForm(PortalForm):
    """Scale, kind, evidence period, and for a peer assessment the peer reviewer."""

    kind = RadioField("What kind of assessment is it?", [Missing("Select the kind")], widget=GovRadioInput())
    scale = RadioField("Which scale?", [Missing("Select a scale")], widget=GovRadioInput())
    guide = SelectField("Peer reviewer", [Optional()], widget=GovSelect())
    period_from = DateParts(
        "Evidence from",
        [Missing("Enter the day the evidence period starts")],
        description="For example, 1 4 2026",
    )
    period_to = DateParts("Evidence to", [Missing("Enter the day the evidence period ends")])
    submit = SubmitField("Start", widget=GovSubmitInput())

    def __init__(self, *args: Any, peers: Mapping[UUID, str], usual: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in STARTABLE if kind is not Kind.PEER or peers]
        self.kind.choices = [SelectChoice(kind.value, kind.title) for kind in kinds]
        self.kind_hints = {kind.value: KIND_HINTS[kind] for kind in kinds}
        scales = [scale for scale in registry().all() if scale.use is ScaleUse.ASSESS]
        self.scale.choices = [
            SelectChoice(
                scale.key, scale.title + (" – usual for this programme" if scale.key == usual else "")
            )
            for scale in sorted(scales, key=lambda scale: (scale.key != usual, scale.key))
        ]
        self.guide.choices = [SelectChoice("", "Choose a peer reviewer")] + [
            SelectChoice(str(person_id), name) for person_id, name in peers.items()
        ]

    def chosen_guide(self) -> UUID | None:
        """The peer reviewer, as an id."""
        return UUID(self.guide.data) if self.guide.data else None
