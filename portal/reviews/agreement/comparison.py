"""What the agreement page shows, worked out from the compared reviews that the actor may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from uuid import UUID

from portal.accounts.rules.actors import Actor
from portal.core.rules.charts.svg import Figure
from portal.core.rules.paging import Paging
from portal.programmes.registry import default_review
from portal.reviews.agreement.queries import pairs_of
from portal.reviews.agreement.rules.choosing import Choice
from portal.reviews.agreement.rules.comparing import (
    ItemFigures,
    Pair,
    QuarterFigures,
    ReviewerFigures,
    by_item,
    by_quarter,
    by_reviewer,
    in_order,
    of_all,
)
from portal.reviews.agreement.rules.plots import AgreementBar, LeanDot, agreement_bars, lean_dots
from portal.reviews.agreement.rules.statistics import Agreement, agreement
from portal.reviews.agreement.rules.words import Line, lines
from portal.reviews.assessment.queries import names_of
from portal.scales.registry import registry

PER_PAGE = 25


@dataclass(frozen=True)
class ScaleChoice:
    """A scale that may be chosen."""

    key: str
    title: str


@dataclass(frozen=True)
class ReviewerLine:
    """One reviewer in the table: name, figures, and whether they lean."""

    name: str
    figures: ReviewerFigures
    leans: bool


@dataclass(frozen=True)
class Comparison:
    """The page's data. `pairs` are the reviews chosen, latest first."""

    choice: Choice
    scales: tuple[ScaleChoice, ...]
    names: Mapping[UUID, str]
    reviewers_to_choose: tuple[tuple[UUID, str], ...]
    pairs: Sequence[Pair]
    titles: Mapping[str, tuple[int, str]]
    lean_threshold: Fraction
    lean_reviews: int

    @cached_property
    def overall(self) -> Agreement:
        return agreement(of_all(self.pairs))

    @property
    def lines(self) -> list[Line]:
        return lines(self.overall)

    @cached_property
    def quarters(self) -> list[QuarterFigures]:
        return by_quarter(self.pairs)

    @cached_property
    def items(self) -> list[ItemFigures]:
        """In the order of the scale."""
        return by_item(self.pairs, self.titles)

    @property
    def items_in_order(self) -> list[ItemFigures]:
        """In the order asked for."""
        return in_order(self.items, self.choice.sort, descending=self.choice.descending)

    @cached_property
    def reviewers(self) -> list[ReviewerLine]:
        """From the one who rates highest to the one who rates lowest."""
        found = [
            ReviewerLine(
                self.names[figures.person_id],
                figures,
                figures.leans(self.lean_threshold, self.lean_reviews),
            )
            for figures in by_reviewer(self.pairs).values()
        ]
        return sorted(found, key=lambda line: (-(line.figures.mean or Fraction(0)), line.name))

    @cached_property
    def paging(self) -> Paging:
        return Paging.of(str(self.choice.page), len(self.pairs), PER_PAGE)

    @property
    def shown(self) -> Sequence[Pair]:
        """The reviews of this page of the list."""
        return self.pairs[self.paging.offset : self.paging.last_row]

    @property
    def item_plot(self) -> Figure:
        bars = [
            AgreementBar(f"{item.number}. {item.title}", item.reviews, item.exact_share, item.within_share)
            for item in self.items
        ]
        return agreement_bars(bars, key="agreement-items", caption="Exact agreement by item")

    @property
    def reviewer_plot(self) -> Figure:
        dots = [
            LeanDot(line.name, line.figures.reviews, line.figures.mean, line.leans)
            for line in self.reviewers
            if line.figures.mean is not None
        ]
        caption = "Mean difference from co-reviewers"
        return lean_dots(
            dots, self.lean_threshold, key="agreement-reviewers", caption=caption, counted="Reviews"
        )


def comparison(actor: Actor, choice: Choice, scale_keys: Sequence[str]) -> Comparison:
    """The compared reviews of the chosen scale (else of the one with most). Two statements."""
    key = choice.scale or next(iter(scale_keys), "")
    found = pairs_of(actor, key, choice.starts, choice.ends) if key else []
    people = names_of({person for pair in found for person in (pair.lead_id, pair.second_id)})
    names = {person: name for person, name in people.items() if person}
    chosen = found
    if choice.reviewer:
        chosen = [pair for pair in found if choice.reviewer in (pair.lead_id, pair.second_id)]
    process = default_review()
    return Comparison(
        choice=choice,
        scales=tuple(ScaleChoice(one, _title(one)) for one in scale_keys),
        names=names,
        reviewers_to_choose=tuple(sorted(names.items(), key=lambda pair: (pair[1], pair[0]))),
        pairs=chosen,
        titles=_titles(key),
        lean_threshold=process.lean_mean_difference,
        lean_reviews=process.lean_reviews,
    )


def _title(key: str) -> str:
    return registry().get(key).short_title if key in registry().keys() else key  # noqa: SIM118  not a dict


def _titles(key: str) -> dict[str, tuple[int, str]]:
    """Number and title of each item of the scale as it is now."""
    if key not in registry().keys():  # noqa: SIM118  not a dict
        return {}
    return {item.key: (item.number, item.title) for item in registry().get(key).items}
