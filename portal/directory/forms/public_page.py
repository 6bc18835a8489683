"""The form of a service's public page."""

from __future__ import annotations

from wtforms import HiddenField, StringField, SubmitField, TextAreaField

from portal.core.forms import AtMost, Missing, PortalForm
from portal.core.widgets import GovSubmitInput, GovTextArea, GovTextInput
from portal.directory.rules.public import LABELS, LINE_LONGEST, PHONE_LONGEST, TEXT_LONGEST, PublicDetails


class PublicPageForm(PortalForm):
    """What a service says of itself to people who may want its help."""

    version = HiddenField(default="0")
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
    place = StringField(
        f"{LABELS['place']} (optional)",
        [AtMost(LINE_LONGEST)],
        description="An address, or where people are met",
        widget=GovTextInput(),
    )
    phone = StringField(
        f"{LABELS['phone']} (optional)",
        [AtMost(PHONE_LONGEST)],
        description="For example, 01429 000 000",
        widget=GovTextInput(),
    )
    referral_url = StringField(
        f"{LABELS['referral_url']} (optional)",
        description="The address of your own form or page. It begins with https://",
        widget=GovTextInput(),
    )
    languages = StringField(
        f"{LABELS['languages']} (optional)",
        [AtMost(LINE_LONGEST)],
        description="For example, “English, Polish; interpreters for others”",
        widget=GovTextInput(),
    )
    formats = StringField(
        f"{LABELS['formats']} (optional)",
        [AtMost(LINE_LONGEST)],
        description="For example, “Easy read, large print, British Sign Language on request”",
        widget=GovTextInput(),
    )
    save = SubmitField("Save", widget=GovSubmitInput())

    def details(self) -> PublicDetails:
        """What was typed, for the verb."""
        typed = {name: (self[name].data or "").replace("\r\n", "\n") for name in LABELS}
        return PublicDetails(**typed)
