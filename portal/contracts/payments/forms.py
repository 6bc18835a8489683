"""Forms of payments. Sums are typed in pounds and kept in pence."""

from __future__ import annotations

from collections.abc import Mapping

from wtforms import HiddenField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import ValidationError

from portal.contracts.payments.rules.deciding import Reading
from portal.contracts.payments.service.writing import LONGEST_REASON
from portal.core.forms import AtMost, Missing, PortalForm
from portal.core.rules.money import pence_from
from portal.core.widgets import GovRadioInput, GovTextArea, GovTextInput


class Pounds:
    """Refuses what is no sum of money, in plain words."""

    def __call__(self, form: PortalForm, field: StringField) -> None:
        try:
            pence_from(field.data)
        except ValueError as error:
            raise ValidationError(str(error)) from None


class ReasonForm(PortalForm):
    """A decision with its reason."""

    version = HiddenField()
    reason = TextAreaField(
        "Reason", [Missing("Enter the reason"), AtMost(LONGEST_REASON)], widget=GovTextArea()
    )


class DueForm(PortalForm):
    """A quarter's amount with its VAT and its evidence."""

    version = HiddenField()
    amount = StringField(
        "Amount due, VAT included",
        [Missing("Enter the amount due"), Pounds()],
        description="In pounds, for example 143,125.50",
        widget=GovTextInput(),
    )
    vat = StringField(
        "VAT in it",
        [Missing("Enter the VAT in the amount, 0 if there is none"), Pounds()],
        description="In pounds, for example 23,854.25; 0 where no VAT is charged",
        widget=GovTextInput(),
    )
    reason = TextAreaField(
        "Evidence",
        [Missing("Enter the evidence"), AtMost(LONGEST_REASON)],
        description="What shows the cost of the services: the quarter’s report and its version, the invoice "
        "and its number",
        widget=GovTextArea(),
    )

    @property
    def pence(self) -> int:
        return pence_from(self.amount.data) or 0

    @property
    def vat_pence(self) -> int:
        return pence_from(self.vat.data) or 0


class ReleaseForm(PortalForm):
    """Releasing what is held, wholly or in part."""

    version = HiddenField()
    read_of = RadioField(
        "Tasks that are read",
        description="What is read stands with the decision",
        widget=GovRadioInput(),
    )
    amount = StringField(
        "Amount to release",
        [Missing("Enter the amount to release"), Pounds()],
        description="In pounds: all that is held, or a part of it",
        widget=GovTextInput(),
    )
    reason = TextAreaField(
        "Reason", [Missing("Enter the reason"), AtMost(LONGEST_REASON)], widget=GovTextArea()
    )

    def among(self, readings: Mapping[str, Reading]) -> ReleaseForm:
        """Offer the quarters in which tasks are due, each with how they stand."""
        self.read_of.choices = [
            SelectChoice(key, f"Due in {one.quarter.title}: {words(one)}") for key, one in readings.items()
        ]
        return self

    @property
    def pence(self) -> int:
        return pence_from(self.amount.data) or 0


def words(one: Reading) -> str:
    """9 of 10 done, 90%, Approaching target."""
    band = one.band.title if one.band else ("all done" if one.enough else "not all done")
    return f"{one.done} of {one.tasks} done, {one.rate.percent()}, {band}"
