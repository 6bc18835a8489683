"""Bringing in past reviews from a spreadsheet: all of them in one verb, or none.

The file is read before the verb; inside it every name, and whether a review is there already, is looked
up anew, so that what was shown and what is brought in cannot differ unnoticed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission, may_ever
from portal.core import clock
from portal.core.act import act
from portal.core.errors import Forbidden, Invalid
from portal.core.spreadsheets import Limits, SheetProblem, SheetRow, read_rows
from portal.reviews.assessment.rules.workflow import Kind
from portal.reviews.assessment.service.past import PastAssessment, import_past
from portal.reviews.external import history_queries as queries
from portal.reviews.external.rules.past_file import read_past
from portal.reviews.external.rules.past_review import Ground, PastFile, PastReview, Problem
from portal.scales.registry import registry

MOST_REVIEWS = 5_000
LIMITS = Limits(rows=MOST_REVIEWS + 20)  # a title, merged cells and the headings stand above the reviews
FIELD = "upload"


@dataclass(frozen=True)
class Checked:
    """A file as it was read, against what is in the portal now.

    already: all its reviews are there with the same ratings, so there is nothing to do.
    """

    name: str
    digest: str
    file: PastFile
    already: bool = False

    @property
    def reviews(self) -> Sequence[PastReview]:
        """What would be brought in; nothing of a file with a problem."""
        return () if self.file.problems or self.already else self.file.reviews


class FileProblems(Invalid):
    """The file cannot be brought in; `checked` says everything that is wrong with it."""

    def __init__(self, checked: Checked) -> None:
        count = len(checked.file.problems)
        problems = f"{count:,} problem" if count == 1 else f"{count:,} problems"
        super().__init__({FIELD: f"Nothing was brought in: the file has {problems}"})
        self.checked = checked


def check(actor: Actor, name: str, data: bytes) -> Checked:
    """What a file would bring in, or all that is wrong with it. Writes nothing. Raises Forbidden."""
    _demand(actor)
    return _checked(actor, name, data, _rows(name, data))


def import_history(actor: Actor, name: str, data: bytes) -> Checked:
    """Bring in every review of a file, or none. Returns what it held.

    A file whose reviews are all there already, with the same ratings, changes nothing. Raises Forbidden,
    and FileProblems where anything is wrong with the file.
    """
    _demand(actor)
    rows = _rows(name, data)
    digest = hashlib.sha256(data).hexdigest()
    with act(actor, "reviews.import-history", ("file", digest[:40])) as work:
        checked = _checked(actor, name, data, rows, lock=True)
        if checked.file.problems:
            raise FileProblems(checked)
        if checked.already:
            work.unchanged()
            return checked
        reviews = sorted(checked.reviews, key=lambda review: (review.on, review.line))
        held: dict[UUID, object] = {}  # the session forgets what nobody holds, and would read it anew
        for review in reviews:  # the oldest first: each report looks back at those before it
            import_past(actor, _past(review))
            if review.service.id not in held:
                held[review.service.id] = queries.asked_each_time(review.service.id)
        work.note(file=name[:120], sha256=digest, reviews=len(reviews))
        work.note(services=len({review.service.id for review in reviews}))
        work.note(earliest=reviews[0].on, latest=reviews[-1].on)
    return checked


def _demand(actor: Actor) -> None:
    if not actor.is_portal and not may_ever(actor, Permission.ASSESSMENT_IMPORT_PAST):
        raise Forbidden("You may not bring in past reviews.")


def _rows(name: str, data: bytes) -> list[SheetRow] | SheetProblem:
    try:
        return read_rows(name, data, LIMITS)
    except SheetProblem as problem:
        return problem


def _checked(
    actor: Actor, name: str, data: bytes, rows: list[SheetRow] | SheetProblem, *, lock: bool = False
) -> Checked:
    digest = hashlib.sha256(data).hexdigest()
    if isinstance(rows, SheetProblem):
        return Checked(name, digest, PastFile(problems=[Problem(1, "", str(rows))]))
    ground = Ground(queries.services_in_reach(actor), registry().all(), clock.today())
    file = read_past([(row.number, row.cells) for row in rows], ground)
    if lock:
        queries.lock_services({review.service.id for review in file.reviews})
    if actor.person_id is None:
        file.problems += _without_person(file)
    if len(file.reviews) > MOST_REVIEWS:
        reason = f"the file holds more than {MOST_REVIEWS:,} reviews: send it in parts"
        file.problems.append(Problem(file.reviews[MOST_REVIEWS].line, "", reason))
    already = _compare(file)
    file.problems.sort(key=lambda problem: problem.line)
    return Checked(name, digest, file, already)


def _without_person(file: PastFile) -> list[Problem]:
    """A peer assessment is kept with the person who brings it in."""
    reason = "a peer assessment is brought in by a person: name one, or use the page"
    return [Problem(review.line, "", reason) for review in file.reviews if review.kind is Kind.PEER]


def _compare(file: PastFile) -> bool:
    """Whether all is there already. Where only some is, each review that is there is a problem."""
    there = queries.results_like(file.reviews)
    same = [review for review in file.reviews if review.key in there]
    if not same:
        return False
    alike = all(there[review.key].ratings == review.ratings for review in same)
    if alike and not file.problems and len(same) == len(file.reviews):
        return True
    for review in same:
        result = there[review.key]
        what = "the same ratings" if result.ratings == review.ratings else "other ratings"
        found = f"is in the portal already, with {what} (total {result.total})"
        reason = f"{review.words} {found}: take the row out"
        file.problems.append(Problem(review.line, "", reason))
    return False


def _past(review: PastReview) -> PastAssessment:
    return PastAssessment(
        service_id=review.service.id,
        kind=review.kind,
        scale_key=review.scale.key,
        on=review.on,
        ratings=review.ratings,
        reviewers=review.reviewers,
    )
