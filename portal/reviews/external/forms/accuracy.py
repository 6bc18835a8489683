"""Forms of the factual accuracy stage: a comment, a decision, and the dates of the stage."""

from __future__ import annotations

from wtforms import HiddenField, RadioField, SelectChoice, SubmitField, TextAreaField

from portal.core.forms import AtMost, DateParts, Missing, PortalForm
from portal.core.rules.whole import whole
from portal.core.widgets import GovRadioInput, GovSubmitInput, GovTextArea
from portal.reviews.assessment.service.drafting import LONGEST_TEXT
from portal.reviews.external.rules.accuracy import LONGEST_COMMENT, LONGEST_REASON, Decision
from portal.scales.rules.definition import Scale

ACCEPT, DECLINE, SAME = "accept", "decline", "same"


class CommentForm(PortalForm):
    """What the service says of one item."""

    version = HiddenField()
    text = TextAreaField(
        "Your comment",
        [AtMost(LONGEST_COMMENT)],
        description="Say which fact is wrong and what shows it. The comment and the reviewers’ decision "
        "are published with the report: name no clients. Leave it empty to say nothing on this item.",
        widget=GovTextArea(),
    )


class DecisionForm(PortalForm):
    """What the reviewers make of a comment."""

    version = HiddenField()
    decision = RadioField(
        "Your decision",
        choices=[SelectChoice(ACCEPT, "Accept the comment"), SelectChoice(DECLINE, "Decline the comment")],
        validate_choice=False,
        widget=GovRadioInput(),
    )
    reason = TextAreaField(
        "Why",
        [AtMost(LONGEST_REASON)],
        description="The service reads it, and it is published in the annex of the report.",
        widget=GovTextArea(),
    )
    rating = RadioField(
        "Rating of this item",
        validate_choice=False,
        description="A rating that changes goes back to the moderators before publication.",
        widget=GovRadioInput(),
    )
    comment = TextAreaField(
        "What the report says about the evidence",
        [AtMost(LONGEST_TEXT)],
        description="Correct the words here where the comment shows that they are wrong.",
        widget=GovTextArea(),
    )
    save = SubmitField("Save the decision", widget=GovSubmitInput())

    def offer(self, scale: Scale, standing: int) -> DecisionForm:
        """Offer every rating of the scale, and to leave it as it is."""
        others = range(scale.rating_min, scale.rating_max + 1)
        self.rating.choices = [
            SelectChoice(SAME, f"Stays {standing}"),
            *[SelectChoice(str(rating), str(rating)) for rating in others if rating != standing],
        ]
        return self

    @property
    def wanted(self) -> Decision:
        """The decision as typed."""
        accepted = {ACCEPT: True, DECLINE: False}.get(self.decision.data or "")
        return Decision(accepted, self.reason.data or "", whole(self.rating.data), self.comment.data or "")


class DatesForm(PortalForm):
    """The day of the presentation, and until when the service can comment."""

    version = HiddenField()
    presented_on = DateParts(
        "When was the draft presented to the service?",
        [Missing("Enter the day of the presentation, like 27 3 2026")],
        description="The call on which you talked it through. Later steps count from this day.",
    )
    until = DateParts(
        "Until when can the service comment?",
        [Missing("Enter the last day for comments, like 27 3 2026")],
        description="To the end of this day.",
    )
    save = SubmitField("Save", widget=GovSubmitInput())
