"""Forms around an event: codes, feedback, people, materials, notes, and lines of a plan."""

from __future__ import annotations

from wtforms import FileField, RadioField, SelectChoice, SelectField, StringField, TextAreaField

from portal.accounts.forms.signing_in import email_field
from portal.core.forms import AtMost, Missing, PortalForm
from portal.core.widgets import GovFileInput, GovRadioInput, GovSelect, GovTextArea, GovTextInput
from portal.events.rules.draft import LONGEST_LINK, LONGEST_TEXT, LONGEST_TITLE
from portal.events.rules.feedback import Satisfaction
from portal.events.rules.kinds import EventKind


class CodeForm(PortalForm):
    """The code shown in the room."""

    code = StringField(
        "Code",
        [Missing("Enter the code that is shown in the room")],
        description="Six letters and figures",
        widget=GovTextInput(),
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )


class FeedbackForm(PortalForm):
    """What somebody thought of an event."""

    rating = RadioField(
        "How would you rate the event?",
        [Missing("Choose how you would rate the event")],
        choices=[SelectChoice(one.value, one.words) for one in Satisfaction],
        widget=GovRadioInput(),
    )
    words = TextAreaField(
        "What was useful, and what should change? (optional)",
        [AtMost(LONGEST_TEXT)],
        description="Leave out names: the organiser reads this as you write it",
        widget=GovTextArea(),
    )


class BookForForm(PortalForm):
    """A booking for somebody who has an account."""

    email = email_field(autocomplete="off")


class MaterialForm(PortalForm):
    """A link or a file."""

    title = StringField(
        "What it is called",
        [Missing("Enter what the material is called"), AtMost(LONGEST_TITLE)],
        widget=GovTextInput(),
    )
    link = StringField("Link (optional)", [AtMost(LONGEST_LINK)], widget=GovTextInput())
    file = FileField(
        "Or a file (optional)", description="A document, slides or a picture", widget=GovFileInput()
    )


class NoteForm(PortalForm):
    """A note for the organisers."""

    text = TextAreaField(
        "Note",
        [Missing("Enter the note"), AtMost(LONGEST_TEXT)],
        description="Only organisers read it. Leave out clients’ names.",
        widget=GovTextArea(),
    )


class LineForm(PortalForm):
    """An event of a quarter's plan."""

    kind = SelectField(
        "Kind of event",
        choices=[SelectChoice(kind.value, kind.words) for kind in EventKind],
        widget=GovSelect(),
    )
    title = StringField(
        "What is planned", [Missing("Enter what is planned"), AtMost(LONGEST_TITLE)], widget=GovTextInput()
    )
    month = SelectField("Month", widget=GovSelect())
