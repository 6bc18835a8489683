"""How a result came about, in words."""

from __future__ import annotations

from portal.reviews.assessment.rules.external_part import ReviewPart
from portal.reviews.assessment.rules.workflow import Kind

_SEEN = (
    "The provider rated every item and wrote down its evidence. {guide} saw the ratings beside the "
    "evidence, asked questions and proposed ratings, each with a reason."
)
_SETTLED = (
    "Where the two differed the provider accepted the proposal or answered once. Where they still differed, "
    "the guide’s rating stands and the item is reported as not agreed. Both ratings are kept."
)
_ALONE = (
    "The provider rated every item by itself and submitted the result as final. "
    "Nobody outside the provider has compared the ratings with the evidence."
)

METHODS: dict[Kind, tuple[str, ...]] = {
    Kind.GUIDED: (_SEEN.format(guide="An EISM who supports the service"), _SETTLED),
    Kind.PEER: (_SEEN.format(guide="A peer reviewer from another provider"), _SETTLED),
    Kind.SELF: (_ALONE,),
    Kind.EXTERNAL: ("Reviewers from outside the service rated every item.",),
}

OUTCOMES: dict[str, str] = {
    "same": "The guide gave the same rating.",
    "accepted": "The provider accepted the guide’s rating.",
    "came-round": "The guide took the provider’s rating after its answer.",
    "not-agreed": "Not agreed: the two still differed after one answer, so the guide’s rating stands.",
    "not-proposed": "The guide agreed with the provider’s rating.",
}


def how_told(reviewers: str) -> tuple[str, ...]:
    """The method of a result that was brought in from an earlier record."""
    by = f" It was rated by {reviewers}." if reviewers else ""
    told = (
        "The result was brought into the portal from an earlier record, with its ratings only: "
        "the evidence and the reasons are not kept here."
    )
    return (told + by,)


def how_reviewed(review: ReviewPart) -> tuple[str, ...]:
    """The method of an external review that was run in the portal."""
    rated = (
        "Two reviewers from outside the service rated every item, each alone. Neither saw the other’s "
        "ratings until both had locked theirs for good. They then went back to the evidence and agreed "
        "one rating for each item; ratings were never averaged."
    )
    moderated = (
        "Moderators who were not on the team compared the ratings with the evidence, the measures and the "
        "last results before the service had the draft."
    )
    checked = (
        "The service had the draft to check its facts and could comment on each item and add evidence. "
        "The reviewers decided every comment with a reason; the comments stand in the annex."
    )
    return (rated, moderated, checked) if review.presented_on else (rated, moderated)
