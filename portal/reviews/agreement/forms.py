"""The form of a calibration exercise."""

from __future__ import annotations

from typing import Any

from wtforms import (
    HiddenField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.validators import Optional

from portal.core.forms import AtMost, DateParts, Missing, PortalForm
from portal.core.widgets import (
    GovCheckboxesInput,
    GovSelect,
    GovSubmitInput,
    GovTextArea,
    GovTextInput,
)
from portal.reviews.agreement.models import CalibrationExercise
from portal.reviews.agreement.rules.calibration import LONGEST_CASE, LONGEST_TITLE, ExerciseDraft
from portal.scales.rules.definition import Scale


class ExerciseForm(PortalForm):
    """Name, case, items and days. The scale is chosen before, because the items are its own."""

    version = HiddenField()
    supplier = SelectField("Supplier", widget=GovSelect())
    title = StringField(
        "Name of the exercise",
        [Missing("Enter a name for the exercise"), AtMost(LONGEST_TITLE)],
        description="For example, “Spring case: a service in its first year”",
        widget=GovTextInput(),
    )
    case_text = TextAreaField(
        "The case",
        [Missing("Enter the case that everybody rates"), AtMost(LONGEST_CASE)],
        description="What a reviewer would have seen and heard: figures, interviews, records. "
        "Invent it, or leave out everything by which a person or a service could be known.",
        widget=GovTextArea(),
    )
    item_keys = SelectMultipleField(
        "Items to rate",
        [Missing("Choose the items that the case lets one rate")],
        description="Take out the items that the case says nothing about",
        widget=GovCheckboxesInput(),
    )
    opens_on = DateParts("First day (optional)", [Optional()])
    closes_on = DateParts(
        "Last day (optional)",
        [Optional()],
        description="After this day nobody can rate. The results show when you close the exercise, "
        "or when everybody invited has handed in.",
    )
    save = SubmitField("Save", widget=GovSubmitInput())

    def __init__(self, scale: Scale, suppliers: list[tuple[Any, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.scale = scale
        self.item_keys.choices = [
            SelectChoice(item.key, f"{item.number}. {item.title}") for item in scale.items
        ]
        self.supplier.choices = [SelectChoice(str(id_), name) for id_, name in suppliers]
        if len(suppliers) < 2:
            del self.supplier

    def draft(self) -> ExerciseDraft:
        """What was typed, for the verbs."""
        return ExerciseDraft(
            title=self.title.data or "",
            scale_key=self.scale.key,
            case_text=self.case_text.data or "",
            item_keys=tuple(self.item_keys.data or ()),
            opens_on=self.opens_on.data,
            closes_on=self.closes_on.data,
        )

    def keep_days_only(self) -> ExerciseForm:
        """Once it is open, its case and items stay: only name and days are left in the form."""
        del self.case_text
        del self.item_keys
        return self


def new_form(scale: Scale, suppliers: list[tuple[Any, str]]) -> ExerciseForm:
    """An empty form with every item ticked."""
    return ExerciseForm(scale, suppliers, data={"item_keys": [item.key for item in scale.items]})


def form_of(row: CalibrationExercise, scale: Scale) -> ExerciseForm:
    """The form filled with an exercise as it stands."""
    values = {name: getattr(row, name) for name in ("title", "case_text", "opens_on", "closes_on")}
    return ExerciseForm(scale, [], data={**values, "item_keys": row.item_keys, "version": str(row.version)})
