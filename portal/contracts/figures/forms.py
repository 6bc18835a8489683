"""Forms of figures."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from wtforms import HiddenField, StringField, TextAreaField

from portal.contracts.definition.rules.terms import Unit
from portal.contracts.figures.models import ManualFigure
from portal.contracts.figures.rules.entering import number_from
from portal.contracts.figures.service import Entry
from portal.core.errors import Invalid
from portal.core.forms import AtMost, Missing, PortalForm
from portal.core.widgets import GovTextArea, GovTextInput

REASON_LONGEST, EVIDENCE_LONGEST, NOTE_LONGEST = 1000, 1000, 1000
NO_NUMBER = "Enter a number, like 4.3 or 17/18"


class FigureForm(PortalForm):
    """A figure entered by hand."""

    numerator = StringField("Figure", widget=GovTextInput())
    denominator = StringField(
        "Counted against", widget=GovTextInput(), description="For example 4.5 FTE, or 12 events planned"
    )
    reason = TextAreaField(
        "Reason",
        [Missing("Say why the figure is entered by hand"), AtMost(REASON_LONGEST)],
        widget=GovTextArea(),
        description="Why the records do not give the right figure",
    )
    evidence = TextAreaField(
        "Evidence",
        [AtMost(EVIDENCE_LONGEST)],
        widget=GovTextArea(),
        description="What shows that it is right, and where it is kept",
    )
    version = HiddenField()

    def __init__(self, unit: Unit, stands: ManualFigure | None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if unit is not Unit.PERCENT:
            del self.denominator
        words = "An exact number, such as 4.3 or 129/31"
        if stands is not None and stands.numerator is not None:
            words += ". Leave it empty to go back to what the records say"
        self.numerator.description = words

    def entry(self) -> Entry:
        """What was typed. Raises Invalid for what is no number."""
        typed = {name: self[name].data or "" for name in ("numerator", "denominator") if name in self}
        read: dict[str, Fraction | None] = {name: number_from(text) for name, text in typed.items()}
        wrong = {name: NO_NUMBER for name, text in typed.items() if text and read[name] is None}
        if wrong:
            raise Invalid(wrong)
        reason, evidence = self.reason.data or "", self.evidence.data or ""
        return Entry(read["numerator"], read.get("denominator"), reason, evidence)


class SocialValueForm(PortalForm):
    """What was reached of a commitment in a quarter."""

    value = StringField("Reached in the quarter", [Missing(NO_NUMBER)], widget=GovTextInput())
    note = TextAreaField(
        "Note",
        [AtMost(NOTE_LONGEST)],
        widget=GovTextArea(),
        description="What was done, and what shows it. The buyer may publish it (13.4)",
    )
    version = HiddenField()

    def read(self, *, percent: bool) -> Fraction:
        """The value, a share where it is a percentage. Raises Invalid."""
        found = number_from((self.value.data or "").removesuffix("%"))
        if found is None:
            raise Invalid({"value": "Enter a percentage, like 92.5" if percent else NO_NUMBER})
        return found / 100 if percent else found
