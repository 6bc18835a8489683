"""Forms of surveys: writing one, answering one, themes and focus groups."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from wtforms import (
    Field,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from portal.accounts.rules.roles import ROLES, Role
from portal.core import clock
from portal.core.forms import AtMost, DateParts, Missing, PortalForm
from portal.core.rules.whole import whole
from portal.core.widgets import GovCheckboxesInput, GovRadioInput, GovSelect, GovTextArea, GovTextInput
from portal.surveys.models import FocusGroup, Survey
from portal.surveys.registry import questionnaires
from portal.surveys.rules.draft import AUDIENCE, LONGEST_TITLE, SurveyDraft, Way
from portal.surveys.rules.groups import LONGEST_NOTES, LONGEST_PLACE, LONGEST_TOPIC, GroupRecord
from portal.surveys.rules.questionnaire import Kind, Question, Questionnaire

CHOOSE = SelectChoice("", "Choose one")


class PressForm(PortalForm):
    """A button: the token, and the version that the person saw."""

    version = HiddenField()


class SurveyForm(PortalForm):
    """What is chosen before a survey is sent."""

    version = HiddenField(default="1")
    questionnaire = SelectField("Questionnaire", [Missing("Choose the questionnaire")], widget=GovSelect())
    title = StringField(
        "Title",
        [Missing("Enter a title"), AtMost(LONGEST_TITLE)],
        description="As people see it, like “Yearly survey on our support, 2026 to 2027”",
        widget=GovTextInput(),
    )
    way = RadioField(
        "How people come to answer",
        [Missing("Choose how people come to answer")],
        choices=[SelectChoice(one.value, one.words) for one in Way],
        widget=GovRadioInput(),
    )
    anonymous = RadioField(
        "Is it anonymous?",
        [Missing("Choose whether it is anonymous")],
        choices=[
            SelectChoice("yes", "Yes: nobody can find out who gave which answer"),
            SelectChoice("no", "No: you read each answer with the name of who gave it"),
        ],
        description="Once it is sent this cannot be changed",
        widget=GovRadioInput(),
    )
    closes_on = DateParts("Last day for answers", [Missing("Enter the last day for answers")])
    roles = SelectMultipleField(
        "Roles",
        choices=[SelectChoice(role.value, ROLES[role].title) for role in AUDIENCE],
        description="With none chosen, everybody with one of these roles",
        widget=GovCheckboxesInput(),
    )
    organisations = SelectMultipleField(
        "Organisations",
        description="With none chosen, those of all of them",
        widget=GovCheckboxesInput(),
    )
    codes = StringField(
        "How many codes",
        description="One for each person to be asked",
        widget=GovTextInput(),
    )

    def __init__(self, organisations: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.questionnaire.choices = [
            CHOOSE,
            *(SelectChoice(one.key, one.title) for one in questionnaires().values()),
        ]
        self.organisations.choices = [SelectChoice(key, name) for key, name in organisations]

    def draft(self) -> SurveyDraft:
        """What was chosen, for the verb. Call after validation."""
        return SurveyDraft(
            questionnaire=self.questionnaire.data,
            title=self.title.data or "",
            way=Way(self.way.data),
            anonymous=self.anonymous.data == "yes",
            closes_on=self.closes_on.data,
            roles=tuple(Role(role) for role in self.roles.data or ()),
            organisations=tuple(UUID(one) for one in self.organisations.data or ()),
            codes=whole(self.codes.data),
        )


def new_survey() -> dict[str, Any]:
    """What a new survey starts from: anonymous, to people invited by name, open for three weeks."""
    closes_on = clock.today() + timedelta(days=21)
    return {"way": Way.INVITED.value, "anonymous": "yes", "closes_on": closes_on}


def of_survey(survey: Survey) -> dict[str, Any]:
    """The fields of a survey that stands, for the form's first showing."""
    return {
        "version": str(survey.version),
        "questionnaire": survey.questionnaire,
        "title": survey.title,
        "way": survey.way.value,
        "anonymous": "yes" if survey.anonymous else "no",
        "closes_on": survey.closes_on,
        "roles": list(survey.roles),
        "organisations": list(survey.organisations),
        "codes": str(survey.codes or ""),
    }


class AnswerBase(PortalForm):
    """What every answer sends beside its answers. `website` is left empty by people: they do not see it."""

    section = HiddenField(default="0")
    website = StringField("Leave this empty")
    code = StringField(
        "Your invitation code",
        description="Ten letters and figures, like ABCDE-23456. It shows that you answer once; it is not "
        "kept with your answers.",
        widget=GovTextInput(),
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )


def answer_form(questionnaire: Questionnaire) -> AnswerBase:
    """The form of a questionnaire, with what this request sent. The verb judges the answers."""
    fields = {question.key: _field(question) for question in questionnaire.questions}
    made: AnswerBase = type("AnswerForm", (AnswerBase,), fields)()
    return made


def _field(question: Question) -> Field:
    label = question.text if question.needed else f"{question.text} (optional)"
    choices = [SelectChoice(option.key, option.text) for option in question.options]
    said: dict[str, Any] = {"description": question.hint}
    if question.kind is Kind.TEXT:
        return TextAreaField(label, widget=GovTextArea(), **said)
    said |= {"choices": choices, "validate_choice": False}
    if question.kind is Kind.SEVERAL:
        return SelectMultipleField(label, widget=GovCheckboxesInput(), **said)
    return RadioField(label, widget=GovRadioInput(), **said)


class ThemeForm(PortalForm):
    """A theme's name; the texts are ticked in the list beside it."""

    name = StringField(
        "Theme",
        description="A few words of your own, like “Reports come late”",
        widget=GovTextInput(),
    )


class FocusGroupForm(PortalForm):
    """The record of a focus group."""

    version = HiddenField(default="1")
    topic = StringField("Topic", [Missing("Enter the topic"), AtMost(LONGEST_TOPIC)], widget=GovTextInput())
    survey_id = SelectField("Survey it follows (optional)", widget=GovSelect())
    held_on = DateParts("Date of the session", [Missing("Enter the date of the session")])
    place = StringField(
        "Place",
        [Missing("Enter the place"), AtMost(LONGEST_PLACE)],
        description="A place, or “Online”",
        widget=GovTextInput(),
    )
    people = StringField(
        "How many people took part",
        [Missing("Enter how many people took part")],
        description="Without those who led it",
        widget=GovTextInput(),
    )
    notes = TextAreaField(
        "Notes",
        [Missing("Enter the notes"), AtMost(LONGEST_NOTES)],
        description="What was said, without names",
        widget=GovTextArea(),
    )
    themes = TextAreaField("Themes (optional)", description="One on each line", widget=GovTextArea())

    def __init__(self, surveys: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        choices = [SelectChoice(str(key), title) for key, title in surveys]
        self.survey_id.choices = [SelectChoice("", "None"), *choices]

    def record(self) -> GroupRecord:
        """What was typed, for the verb. Call after validation."""
        lines = (line.strip() for line in (self.themes.data or "").splitlines())
        return GroupRecord(
            topic=self.topic.data or "",
            held_on=self.held_on.data,
            place=self.place.data or "",
            people=whole(self.people.data),
            notes=(self.notes.data or "").replace("\r\n", "\n"),
            themes=tuple(dict.fromkeys(line for line in lines if line)),
            survey_id=UUID(self.survey_id.data) if self.survey_id.data else None,
        )


def of_group(group: FocusGroup) -> dict[str, Any]:
    """The fields of a record that stands."""
    found = {name: getattr(group, name) for name in ("topic", "held_on", "place", "notes")}
    return found | {
        "version": str(group.version),
        "people": str(group.people),
        "themes": "\n".join(group.themes),
        "survey_id": str(group.survey_id or ""),
    }
