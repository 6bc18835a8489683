"""When a step of the timeline was done."""

from __future__ import annotations

from wtforms import HiddenField, SubmitField, TextAreaField

from portal.core.forms import AtMost, DateParts, Missing, PortalForm
from portal.core.widgets import GovSubmitInput, GovTextArea
from portal.reviews.external.service.timeline import LONGEST_NOTE


class StepForm(PortalForm):
    """The day, and what others should know about it."""

    version = HiddenField()
    done_on = DateParts(
        "When was it done?",
        [Missing("Enter the day it was done, like 27 3 2026")],
        description="For example, 27 3 2026",
    )
    note = TextAreaField(
        "Note (optional)",
        [AtMost(LONGEST_NOTE)],
        description="Where the document is, or what was agreed. Everybody who sees this review sees the "
        "note: write nothing about clients.",
        widget=GovTextArea(),
    )
    save = SubmitField("Save", widget=GovSubmitInput())
