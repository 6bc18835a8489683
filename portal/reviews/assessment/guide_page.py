"""What the guide's pages show, as plain data: the overview, one item, and what agreeing would mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portal.core.rules.whole import whole
from portal.reviews.assessment.loading import proposed
from portal.reviews.assessment.models import ItemRating, Proposal, Remark
from portal.reviews.assessment.queries import LastTimes
from portal.reviews.assessment.rules.settlement import Response, Settled, differs, settle
from portal.scales.rules.definition import Band, Item, Scale
from portal.scales.rules.scoring import score


@dataclass(frozen=True)
class GuideRow:
    """One item as the guide sees it in the overview."""

    number: int
    key: str
    title: str
    self_rating: int | None
    suggested: int | None
    last_own: int | None
    last_external: int | None
    proposal: Proposal | None
    differs: bool
    questions: int

    @property
    def gap(self) -> int:
        """By how many points proposal and self rating differ."""
        if self.proposal is None or self.self_rating is None:
            return 0
        return abs(self.proposal.rating - self.self_rating)

    @property
    def kept(self) -> bool:
        """Whether the provider kept the own rating against the proposal."""
        return self.proposal is not None and self.gap > 0 and self.proposal.response is Response.KEPT

    @property
    def status(self) -> str:
        """Where the proposal stands, in words."""
        proposal = self.proposal
        if proposal is None:
            return ""
        if not self.gap:
            return "Same rating"
        if proposal.came_round:
            return "Provider’s rating taken"
        if proposal.response is Response.ACCEPTED:
            return "Accepted"
        return "Not agreed" if self.kept else "To be answered"


@dataclass(frozen=True)
class Overview:
    """Every item, in the order in which a guide looks at them."""

    rows: tuple[GuideRow, ...]

    @property
    def apart(self) -> list[GuideRow]:
        """Items whose proposal differs (accepted ones included), the widest apart first."""
        return sorted((row for row in self.rows if row.gap), key=lambda row: (-row.gap, row.number))

    @property
    def asked(self) -> list[GuideRow]:
        """Items with an open question only."""
        return [row for row in self.rows if row.questions and not row.gap]

    @property
    def rest(self) -> list[GuideRow]:
        return [row for row in self.rows if not row.questions and not row.gap]

    @property
    def kept(self) -> list[GuideRow]:
        """Items the guide has to settle, the widest apart first."""
        return [row for row in self.apart if row.kept]

    @property
    def open_questions(self) -> int:
        return sum(row.questions for row in self.rows)

    @property
    def proposals(self) -> int:
        return sum(row.proposal is not None for row in self.rows)


def overview(
    scale: Scale,
    ratings: Mapping[str, ItemRating],
    proposals: Mapping[str, Proposal],
    questions: Mapping[str, Sequence[Remark]],
    last: LastTimes,
) -> Overview:
    """Build it from what was read."""
    return Overview(
        tuple(
            _row(item, ratings.get(item.key), proposals.get(item.key), len(questions.get(item.key, ())), last)
            for item in scale.items
        )
    )


def _row(
    item: Item, rated: ItemRating | None, proposal: Proposal | None, questions: int, last: LastTimes
) -> GuideRow:
    self_rating = rated.rating if rated else None
    return GuideRow(
        number=item.number,
        key=item.key,
        title=item.title,
        self_rating=self_rating,
        suggested=rated.suggested if rated else None,
        last_own=last.own.ratings.get(item.key) if last.own else None,
        last_external=last.external.ratings.get(item.key) if last.external else None,
        proposal=proposal,
        differs=differs(self_rating, proposed(proposal) if proposal else None),
        questions=questions,
    )


@dataclass(frozen=True)
class Outcome:
    """What the assessment would come to if the guide agreed now."""

    total: int
    maximum: int
    band: Band | None
    self_total: int
    changed: tuple[tuple[Item, Settled], ...]  # items that end with the guide's rating, agreed
    not_agreed: tuple[tuple[Item, Settled], ...]


def outcome(scale: Scale, ratings: Mapping[str, ItemRating], proposals: Mapping[str, Proposal]) -> Outcome:
    """Settle every rated item as `finish` will, without storing anything."""
    own = {key: row.rating for key, row in ratings.items() if row.rating is not None}
    settled = settle(own, {key: proposed(row) for key, row in proposals.items()})
    result = score(scale, {key: item.rating for key, item in settled.items()})
    pairs = [(item, settled[item.key]) for item in scale.items if item.key in settled]
    return Outcome(
        total=result.total,
        maximum=result.maximum,
        band=result.band,
        self_total=sum(own.values()),
        changed=tuple(pair for pair in pairs if pair[1].agreed and pair[1].rating != pair[1].self_rating),
        not_agreed=tuple(pair for pair in pairs if not pair[1].agreed),
    )


@dataclass(frozen=True)
class GuideForm:
    """The guide's form of one item: as it stands, or as typed and not saved."""

    rating: int | None = None
    reason: str = ""
    question: str = ""
    version: int = 0


def form_from(proposal: Proposal | None) -> GuideForm:
    """The form's values from the proposal that stands."""
    return GuideForm(proposal.rating, proposal.reason, "", proposal.version) if proposal else GuideForm()


def read_form(form: Mapping[str, str]) -> GuideForm:
    """What was typed. An unreadable rating is none; an unreadable version is 0."""
    return GuideForm(
        whole(form.get("rating", "")),
        form.get("reason", "").replace("\r\n", "\n"),
        form.get("question", "").replace("\r\n", "\n"),
        whole(form.get("version", "")) or 0,
    )
