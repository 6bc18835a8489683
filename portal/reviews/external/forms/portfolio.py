"""The forms of the portfolio: the service's answer, the team's request, the self-audit."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import HiddenField, RadioField, SelectChoice, SelectMultipleField, StringField, TextAreaField

from portal.core.forms import AtMost, Missing, PortalForm
from portal.core.widgets import GovCheckboxesInput, GovRadioInput, GovTextArea, GovTextInput
from portal.reviews.external.rules.portfolio import DocumentState
from portal.reviews.external.service.portfolio import LONGEST_TEXT, LONGEST_TITLE, Answer, Request
from portal.scales.rules.definition import Item

_SAID = {
    DocumentState.NOT_SUPPLIED: "Not supplied yet",
    DocumentState.SUPPLIED: "Supplied",
    DocumentState.PARTLY: "Partly supplied, more to come",
    DocumentState.NOT_AVAILABLE: "Not available: we have no such document",
}


class AnswerForm(PortalForm):
    """How far a document is supplied. The files stand beside it, in the same form."""

    version = HiddenField()
    state = RadioField(
        "How far is it supplied?",
        [Missing("Choose how far it is supplied")],
        choices=[SelectChoice(state.value, words) for state, words in _SAID.items()],
        widget=GovRadioInput(),
    )
    note = TextAreaField(
        "Note for the reviewers",
        [AtMost(LONGEST_TEXT)],
        description="What is in it, what is missing, or where it can be seen. Name no clients.",
        widget=GovTextArea(),
    )

    @property
    def answer(self) -> Answer:
        """What was typed, for the verb."""
        return Answer(DocumentState(self.state.data), self.note.data or "")


class RequestForm(PortalForm):
    """A document that the reviewers ask for."""

    title = StringField(
        "What do you ask for?",
        [Missing("Enter what you ask for"), AtMost(LONGEST_TITLE)],
        description="For example, “Cover rota of the last month”",
        widget=GovTextInput(),
    )
    send = TextAreaField(
        "What exactly should the service send? (optional)",
        [AtMost(LONGEST_TEXT)],
        description="The service’s managers are told by email. Name no clients.",
        widget=GovTextArea(),
    )
    items = SelectMultipleField("Items it informs (optional)", widget=GovCheckboxesInput())

    def offer(self, items: Iterable[Item]) -> RequestForm:
        """Offer the items of the review's scale."""
        self.items.choices = [SelectChoice(item.key, f"{item.number}. {item.title}") for item in items]
        return self

    @property
    def wanted(self) -> Request:
        """What was typed, for the verb."""
        return Request(self.title.data or "", self.send.data or "", tuple(self.items.data or ()))


class AuditForm(PortalForm):
    """The manager's word that the portfolio was looked through."""

    comment = TextAreaField(
        "What will still come, and when? (optional)",
        [AtMost(LONGEST_TEXT)],
        description="The reviewers see this. Name no clients.",
        widget=GovTextArea(),
    )
