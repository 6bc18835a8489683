"""What the item page shows, as one plain dataclass; and reading its form.

The form's fields come from the scale's definition, so there is no second list of them: `rating`,
`rationale`, `evidence`, one `in-KEY` for each number and one `is-KEY` for each tick of the
calculator, and `version`, that of the row the person saw.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.core.rules.whole import whole
from portal.reviews.assessment.rules.rating_row import RatingRow
from portal.reviews.assessment.service.drafting import ItemDraft
from portal.scales.rules.calculator import EntryError, Suggestion, still_needed, suggest
from portal.scales.rules.definition import Item, RuleKind, Scale
from portal.scales.rules.entries import FIGURE

NUMBER, TICK = "in-", "is-"
ROLE_TITLES = {
    "team-leader": "Team leader",
    "employment-specialist": "Employment specialists",
    "clinician": "Clinicians",
    "clinical-leader": "Clinical team leaders",
    "client": "Clients",
    "executive": "Executives",
    "jobcentre": "Jobcentre Plus",
    "family": "Family members",
    "employer": "Employers",
    "benefits-adviser": "Benefits adviser",
}
SOURCE_TITLES = {
    "MIS": "management information",
    "DOC": "documents",
    "INT": "interviews",
    "OBS": "observation",
    "ISP": "individual plans",
}


@dataclass(frozen=True)
class Typed:
    """The values in the form: as saved, or as a person typed them and they could not be saved."""

    rating: int | None = None
    rationale: str = ""
    evidence: str = ""
    entries: Mapping[str, Any] = field(default_factory=dict)
    version: int = 0


@dataclass(frozen=True)
class Calculator:
    """The calculator with its present result. `problems` maps an entry's key to its message."""

    suggestion: Suggestion | None
    needed: tuple[str, ...]
    problems: Mapping[str, str]


def typed_from(row: RatingRow | None) -> Typed:
    """The form's values from the saved row."""
    if row is None:
        return Typed()
    return Typed(row.rating, row.rationale, row.evidence, row.entries, row.version)


def read_form(item: Item, form: Mapping[str, str]) -> tuple[ItemDraft, int]:
    """What the form says, and the version the person saw. Unreadable ratings and versions are none."""
    draft = ItemDraft(
        rating=whole(form.get("rating")),
        rationale=_text(form.get("rationale", "")),
        evidence=_text(form.get("evidence", "")),
        entries=_entries(item, form),
    )
    return draft, whole(form.get("version")) or 0


def _text(value: str) -> str:
    """Text as typed, with the line ends of the web made ordinary and blanks at the end dropped."""
    return value.replace("\r\n", "\n").replace("\x00", "").rstrip()


def _entries(item: Item, form: Mapping[str, str]) -> dict[str, Any]:
    """The calculator's entries. Ticks left open count as No once anything of the calculator is used."""
    rule = item.rule
    numbers = {
        key: value.strip()
        for key in (*(entry.key for entry in rule.inputs), FIGURE)
        if (value := form.get(NUMBER + key, "")).strip()
    }
    keys = [fact.key for fact in (*rule.components, *rule.facts)]
    ticks: dict[str, Any] = {key: TICK + key in form for key in keys}
    used = bool(numbers) or any(ticks.values()) or "used" in form
    return numbers | ticks if used else {}


def calculate(item: Item, entries: Mapping[str, Any]) -> Calculator:
    """The calculator's result for these entries."""
    if item.rule.kind is RuleKind.DESCRIBED:
        return Calculator(None, (), {})
    try:
        return Calculator(suggest(item.rule, entries), still_needed(item.rule, entries), {})
    except EntryError as error:
        return Calculator(None, (), {problem.field: problem.message for problem in error.problems})


@dataclass(frozen=True)
class Neighbours:
    """The items before and after, by number; None at the ends."""

    before: int | None
    after: int | None


def neighbours(scale: Scale, number: int) -> Neighbours:
    """Where Previous and Next lead."""
    return Neighbours(number - 1 if number > 1 else None, number + 1 if number < len(scale.items) else None)


def item_at(scale: Scale, number: int) -> Item | None:
    """The item with this number, or None."""
    return scale.items[number - 1] if 1 <= number <= len(scale.items) else None
