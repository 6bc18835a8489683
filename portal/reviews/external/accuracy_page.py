"""The page of the draft: every item as presented, with comment and decision as this person may see them."""

from __future__ import annotations

from dataclasses import dataclass

from portal.core.errors import NotFound
from portal.reviews.assessment.rules.report import Report, ReportItem
from portal.reviews.external import accuracy
from portal.reviews.external.accuracy import AddedFile
from portal.reviews.external.consensus import agreed_ratings
from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.models.accuracy import AccuracyComment, PresentedDraft
from portal.reviews.external.models.scoring import ConsensusRating
from portal.reviews.external.rules.accuracy import CommentState
from portal.reviews.external.rules.workflow import Stage
from portal.reviews.external.service.presenting import draft_is_coming


@dataclass(frozen=True)
class DraftLine:
    """One item of the draft. `rating`: the team’s as it stands now, for insiders; None for the service."""

    item: ReportItem
    comment: AccuracyComment | None
    files: tuple[AddedFile, ...]
    rating: ConsensusRating | None

    @property
    def changed(self) -> bool:
        """Whether the rating is another than in the draft."""
        return self.rating is not None and self.rating.rating != self.item.rating


@dataclass(frozen=True)
class DraftPage:
    """The whole draft."""

    row: PresentedDraft
    report: Report
    lines: tuple[DraftLine, ...]
    sees_comments: bool
    sees_decisions: bool

    @property
    def coming(self) -> bool:
        """Whether the PDF was asked for and may still come."""
        return draft_is_coming(self.row)

    @property
    def commented(self) -> tuple[DraftLine, ...]:
        """The items with a comment or a file."""
        return tuple(line for line in self.lines if line.comment or line.files)

    @property
    def only_files(self) -> tuple[DraftLine, ...]:
        """Items with files and no word about them: nobody would know what they show."""
        return tuple(line for line in self.lines if line.files and line.comment is None)

    @property
    def undecided(self) -> int:
        """Comments that nobody has decided yet."""
        return sum(
            line.comment is not None and line.comment.state is CommentState.OPEN for line in self.lines
        )

    def line(self, number: int) -> DraftLine:
        """The item with this number. Raises NotFound."""
        found = next((line for line in self.lines if line.item.number == number), None)
        if found is None:
            raise NotFound("There is no such item.")
        return found


def draft_page(found: LoadedReview, *, of_service: bool, inside: bool, removed: bool = False) -> DraftPage:
    """The draft for this person. Four statements. Raises NotFound where none was presented.

    The service sees its comments always, insiders when they were sent. Decisions are the reviewers' until
    the report is published.
    """
    row = accuracy.draft_row(found.id)
    if row is None:
        raise NotFound("No draft of this review was presented yet.")
    sees = of_service or found.stage is not Stage.ACCURACY
    comments = accuracy.comments_of(found.id) if sees else {}
    files = accuracy.files_of(found.id, removed=removed) if sees else {}
    ratings = agreed_ratings(found.id) if inside else {}
    report = accuracy.read_draft(row)
    lines = tuple(
        DraftLine(item, comments.get(item.key), tuple(files.get(item.key, ())), ratings.get(item.key))
        for item in report.items
    )
    decided = inside or found.stage is Stage.PUBLISHED
    return DraftPage(row, report, lines, sees, decided)
