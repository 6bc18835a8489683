"""The form of a service's public page."""

from __future__ import annotations

from wtforms import StringField, SubmitField, TextAreaField

from portal.core.forms import AtMost, Missing, VersionedForm
from portal.core.widgets import GovSubmitInput, GovTextArea, GovTextInput
from portal.directory.rules.public import LABELS, LINE_LONGEST, PHONE_LONGEST, TEXT_LONGEST, PublicDetails


def _line(name: str, hint: str, longest: int = LINE_LONGEST) -> StringField:
    return StringField(
        f"{LABELS[name]} (optional)", [AtMost(longest)], description=hint, widget=GovTextInput()
    )


class PublicPageForm(VersionedForm):
    """What a service says of itself to people who may want its help."""

    offers = TextAreaField(
        LABELS["offers"],
        [Missing("Enter what the service does"), AtMost(TEXT_LONGEST)],
        description="For somebody who has never heard of IPS. An empty line begins a paragraph.",
        widget=GovTextArea(),
    )
    who_for = TextAreaField(
        f"{LABELS['who_for']} (optional)",
        [AtMost(TEXT_LONGEST)],
        description="For example, “Adults in drug or alcohol treatment in Hartlepool who would like to work”",
        widget=GovTextArea(),
    )
    place = _line("place", "An address, or where people are met")
    phone = _line("phone", "For example, 01429 000 000", PHONE_LONGEST)
    referral_url = StringField(
        f"{LABELS['referral_url']} (optional)",
        description="The address of your own form or page. It begins with https://",
        widget=GovTextInput(),
    )
    languages = _line("languages", "For example, “English, Polish; interpreters for others”")
    formats = _line("formats", "For example, “Easy read, large print, British Sign Language on request”")
    save = SubmitField("Save", widget=GovSubmitInput())

    def details(self) -> PublicDetails:
        """What was typed, for the verb."""
        typed = {name: (self[name].data or "").replace("\r\n", "\n") for name in LABELS}
        return PublicDetails(**typed)
