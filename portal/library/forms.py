"""The forms of the practice library."""

from __future__ import annotations

from uuid import UUID

from wtforms import (
    HiddenField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)

from portal.core.forms import AtMost, DateParts, Missing, PortalForm
from portal.core.widgets import (
    GovCheckboxesInput,
    GovSelect,
    GovSubmitInput,
    GovTextArea,
    GovTextInput,
)
from portal.library.catalogue import item_titles
from portal.library.rules.material import LONGEST_BODY, LONGEST_SUMMARY, LONGEST_TITLE, Kind, Text

MARKS = (
    "A blank line parts paragraphs. A line that begins with ## is a heading, with - a point of a list, with "
    "1. a step. Words between two stars **like these** are strong. Put what is to be filled in into [square "
    "brackets]."
)


class MaterialForm(PortalForm):
    """What a material says, and who keeps it."""

    kind = SelectField(
        "Kind", choices=[SelectChoice(one.value, one.words) for one in Kind], widget=GovSelect()
    )
    title = StringField("Title", [Missing("Enter a title"), AtMost(LONGEST_TITLE)], widget=GovTextInput())
    summary = StringField(
        "Summary",
        [Missing("Enter a summary"), AtMost(LONGEST_SUMMARY)],
        description="One sentence for lists: what it is for and who uses it",
        widget=GovTextInput(),
    )
    body = TextAreaField(
        "Text", [Missing("Enter the text"), AtMost(LONGEST_BODY)], description=MARKS, widget=GovTextArea()
    )
    items = SelectMultipleField(
        "Items (optional)",
        description="It is suggested on the pages of these items, and of their counterparts on other scales.",
        widget=GovCheckboxesInput(),
    )
    sources = TextAreaField(
        "Sources (optional)",
        description="Document and section, one a line",
        widget=GovTextArea(),
    )
    owner = SelectField(
        "Owner",
        description="Is mailed when the review date is reached",
        widget=GovSelect(),
    )
    review_on = DateParts(
        "Next review",
        [Missing("Enter the day of the next review, like 30 11 2027")],
        description="For example, 30 11 2027",
    )
    save = SubmitField("Save", widget=GovSubmitInput())

    def among(self, people: list[tuple[UUID, str]]) -> MaterialForm:
        """The form with those who may own a material."""
        self.owner.choices = [SelectChoice(str(person_id), name) for person_id, name in people]
        self.items.choices = [SelectChoice(key, title) for key, title in item_titles().items()]
        return self

    def text(self) -> Text:
        """What was typed. The form has been validated."""
        assert self.review_on.data is not None  # the form asks for it
        body = (self.body.data or "").replace("\r\n", "\n")
        lines = (line.strip() for line in (self.sources.data or "").splitlines())
        return Text(
            kind=Kind(self.kind.data),
            title=self.title.data or "",
            summary=self.summary.data or "",
            body=body,
            items=tuple(key for key in item_titles() if key in (self.items.data or ())),
            sources=tuple(line for line in lines if line),
            review_on=self.review_on.data,
        )


class VersionForm(MaterialForm):
    """Another version of a material."""

    version = HiddenField()
    what = StringField(
        "What changed",
        description="Stands in the history, for those who used the version before",
        widget=GovTextInput(),
    )
