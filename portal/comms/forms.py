"""Forms of communications."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from wtforms import BooleanField, HiddenField, RadioField, SelectChoice, SelectField, StringField, SubmitField
from wtforms import TextAreaField as TextArea

from portal.comms.models import CalendarEntry
from portal.comms.rules.composing import INTRO_LONGEST, SUBJECT_LONGEST
from portal.comms.rules.planning import (
    CHANNEL_LONGEST,
    NOTE_LONGEST,
    TITLE_LONGEST,
    EntryDetails,
    EntryKind,
)
from portal.comms.service.subscribing import WHOSE
from portal.core.forms import AtMost, DateParts, Missing, PortalForm
from portal.core.widgets import (
    GovCheckboxInput,
    GovRadioInput,
    GovSelect,
    GovSubmitInput,
    GovTextArea,
    GovTextInput,
)


class EntryForm(PortalForm):
    """An entry of the calendar."""

    version = HiddenField(default="1")
    kind = RadioField(
        "Kind",
        [Missing("Choose the kind")],
        choices=[SelectChoice(one.value, one.words) for one in EntryKind],
        widget=GovRadioInput(),
    )
    title = StringField("Title", [Missing("Enter a title"), AtMost(TITLE_LONGEST)], widget=GovTextInput())
    owner = SelectField("Owner", [Missing("Choose the owner")], widget=GovSelect())
    due = DateParts(
        "Date", [Missing("Enter the date")], description="The day on which it goes out, like 27 3 2027"
    )
    channel = StringField(
        "Channel (optional)",
        [AtMost(CHANNEL_LONGEST)],
        description="Where it goes out, like “LinkedIn” or “mailing list of commissioners”",
        widget=GovTextInput(),
    )
    note = TextArea("Note (optional)", [AtMost(NOTE_LONGEST)], widget=GovTextArea())
    save = SubmitField("Save", widget=GovSubmitInput())

    def __init__(self, people: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        names = [SelectChoice(str(id_), name) for id_, name in people]
        self.owner.choices = [SelectChoice("", "Choose one"), *names]

    def details(self) -> EntryDetails:
        """What was typed, for the verb. Call after validation."""
        note = (self.note.data or "").replace("\r\n", "\n")
        kind, channel = EntryKind(self.kind.data), self.channel.data or ""
        due: date = self.due.data  # type: ignore[assignment]  # Missing refuses an empty one
        return EntryDetails(kind, self.title.data or "", due, channel, note)


def of_entry(entry: CalendarEntry) -> dict[str, Any]:
    """The fields of an entry that stands, for the form's first showing."""
    found: dict[str, Any] = {name: getattr(entry, name) for name in ("title", "due", "channel", "note")}
    return found | {
        "version": str(entry.version),
        "kind": entry.kind.value,
        "owner": str(entry.owner_id),
    }


class NewsletterForm(PortalForm):
    """What a newsletter says. Its blocks are checkboxes with a number each, read by the view."""

    version = HiddenField(default="1")
    subject = StringField(
        "Subject",
        [Missing("Enter a subject"), AtMost(SUBJECT_LONGEST)],
        description="What people see before they open it",
        widget=GovTextInput(),
    )
    intro = TextArea(
        "Text (optional)",
        [AtMost(INTRO_LONGEST)],
        description="Stands above the blocks. An empty line begins a paragraph; “## ” begins a heading, “- ” "
        "a list; **two stars** around words make them strong.",
        widget=GovTextArea(),
    )
    save = SubmitField("Save and preview", widget=GovSubmitInput())


class SendForm(PortalForm):
    """Sending for good."""

    version = HiddenField()
    sure = BooleanField(
        "I have read the preview. Send it.",
        [Missing("Tick the box to say that you have read the preview")],
        widget=GovCheckboxInput(),
    )
    save = SubmitField("Send the newsletter", widget=GovSubmitInput())


class SubscribeForm(PortalForm):
    """Asking for a newsletter. `website` is left empty by people: they do not see it.

    Where there is one supplier its newsletter is meant, and nothing is asked.
    """

    supplier = RadioField("Whose newsletter", [Missing(WHOSE)], widget=GovRadioInput())
    email = StringField("E-mail address", [Missing("Enter your e-mail address")], widget=GovTextInput())
    website = StringField("Leave this empty")
    save = SubmitField("Ask for the newsletter", widget=GovSubmitInput())

    def __init__(self, suppliers: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.supplier.choices = [SelectChoice(str(id_), name) for id_, name in suppliers]
        if len(suppliers) == 1:
            self.supplier.data = str(suppliers[0][0])


class ButtonForm(PortalForm):
    """A button: only the token."""
