"""The kinds of line in the talk on an item, and how each is told."""

from __future__ import annotations

from enum import StrEnum


class RemarkKind(StrEnum):
    """What a line of the talk is."""

    QUESTION = "question"
    ANSWER = "answer"
    PROPOSAL = "proposal"
    WITHDRAWN = "withdrawn"
    ACCEPTED = "accepted"
    KEPT = "kept"
    CAME_ROUND = "came-round"
    STANDS = "stands"

    @property
    def words(self) -> str:
        return WORDS[self]


WORDS = {
    RemarkKind.QUESTION: "asked",
    RemarkKind.ANSWER: "answered",
    RemarkKind.PROPOSAL: "proposed",
    RemarkKind.WITHDRAWN: "took back the proposal of",
    RemarkKind.ACCEPTED: "accepted the proposed",
    RemarkKind.KEPT: "kept the own rating against the proposed",
    RemarkKind.CAME_ROUND: "took the provider’s rating of",
    RemarkKind.STANDS: "let the proposal stand at",
}
