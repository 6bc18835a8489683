"""The forms of learning."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import (
    FileField,
    IntegerField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.validators import Optional

from portal.core.forms import AtMost, DateParts, Missing, PortalForm, VersionedForm, day_field
from portal.core.widgets import (
    GovCheckboxesInput,
    GovFileInput,
    GovSelect,
    GovTextArea,
    GovTextInput,
)
from portal.workforce.learning.registry import catalogue
from portal.workforce.learning.rules.clinical import Profession
from portal.workforce.learning.service.recording import MOST_NOTE


class RecordForm(PortalForm):
    """An external course that somebody completed."""

    course = SelectField("Course", [Missing("Choose the course")], widget=GovSelect())
    completed_on = day_field("Completed on", "Enter the day it was completed, like 1 4 2026")
    note = TextAreaField(
        "What shows it",
        [Optional(), AtMost(MOST_NOTE)],
        description="For example, the number of the certificate and who saw it. Leave out health details.",
        widget=GovTextArea(),
    )
    file = FileField(
        "Certificate",
        [Optional()],
        description="A PDF or a picture, where you have one.",
        widget=GovFileInput(),
    )

    def offer(self, courses: list[tuple[str, str]]) -> RecordForm:
        """The courses to choose from."""
        self.course.choices = [("", "Choose a course"), *courses]
        return self


class SetForm(VersionedForm):
    """What is required of a person."""

    set_key = SelectField("Required courses", [Optional()], widget=GovSelect())
    since = DateParts(
        "In this role since",
        [Optional()],
        description="The weeks that each course allows are counted from this day. For example, 1 4 2026",
    )

    def offer(self, sets: list[tuple[str, str]]) -> SetForm:
        """The sets to choose from."""
        self.set_key.choices = [
            SelectChoice("", "Those of their role in the portal"),
            *(SelectChoice(key, title) for key, title in sets),
        ]
        return self


class CourseForm(VersionedForm):
    """A course for the clinical staff of a host team; a field for each profession is added below."""

    course = SelectField("Course", [Missing("Choose the course")], widget=GovSelect())
    on = day_field(
        "Day",
        "Enter the day, like 12 3 2026",
        "Held on, or planned for. For example, 12 3 2026",
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        courses = catalogue().clinical.values()
        self.course.choices = [
            SelectChoice("", "Choose a course"),
            *(SelectChoice(one.key, one.title) for one in courses),
        ]

    @property
    def attended(self) -> dict[Profession, int]:
        """How many came of each profession, as typed; an empty field is none."""
        return {one: self[one.field].data or 0 for one in Profession}


for _one in Profession:
    _field = IntegerField(_one.words, [Optional()], widget=GovTextInput())
    setattr(CourseForm, _one.field, _field)


class NewCourseForm(CourseForm):
    """The same for one or more host teams."""

    teams = SelectMultipleField("Host teams", widget=GovCheckboxesInput())

    def __init__(self, teams: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.teams.choices = [SelectChoice(id_, name) for id_, name in teams]


def quiz_answers(form: Any, questions: int) -> list[int | None]:
    """The places chosen in a posted quiz, None where a question has none that can be read."""
    given = (form.get(f"question-{number}", "") for number in range(1, questions + 1))
    return [int(text) if text.isascii() and text.isdigit() and len(text) == 1 else None for text in given]
