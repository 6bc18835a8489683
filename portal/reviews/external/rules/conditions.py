"""The conditions of the review's workflow. Each says why the action cannot be done, or None."""

from __future__ import annotations

from collections.abc import Callable

from portal.reviews.external.rules.facts import Facts

Condition = Callable[[Facts], str | None]


def no_reason(_facts: Facts) -> bool:
    """The action needs no reason."""
    return False


def reason(_facts: Facts) -> bool:
    """The action always needs a reason."""
    return True


def reason_where_gaps(facts: Facts) -> bool:
    """Leaving the site with a source still missing needs a reason (fidelity.md, section 2.4)."""
    return bool(facts.gaps)


def items(numbers: tuple[int, ...]) -> str:
    """Item 4, or items 4, 7 and 9."""
    if len(numbers) == 1:
        return f"item {numbers[0]}"
    shown = [str(number) for number in numbers]
    return f"items {', '.join(shown[:-1])} and {shown[-1]}"


def team_complete(facts: Facts) -> str | None:
    if not facts.team_missing:
        return None
    return f"The team still needs a {' and a '.join(facts.team_missing)}."


def independent(facts: Facts) -> str | None:
    return facts.not_independent[0] if facts.not_independent else None


def first_day_come(facts: Facts) -> str | None:
    if facts.today >= facts.fieldwork_from:
        return None
    return "The first day of fieldwork has not come yet. Change the dates if the visit was moved."


def own_sheet_open(facts: Facts) -> str | None:
    return "Your ratings are locked and stay as they are." if facts.own_locked else None


def own_complete(facts: Facts) -> str | None:
    return f"Rate {items(facts.own_missing)} first." if facts.own_missing else None


def own_explained(facts: Facts) -> str | None:
    if not facts.own_unexplained:
        return None
    return f"Say why your rating differs from the suggestion on {items(facts.own_unexplained)}."


def nobody_locked(facts: Facts) -> str | None:
    return "A reviewer has locked their ratings, so fieldwork stays closed." if facts.any_locked else None


def both_locked(facts: Facts) -> str | None:
    return None if facts.both_locked else "Both reviewers must lock their ratings first."


def all_agreed(facts: Facts) -> str | None:
    return f"Agree a rating for {items(facts.not_agreed)} first." if facts.not_agreed else None


def reasons_given(facts: Facts) -> str | None:
    if not facts.without_reason:
        return None
    return f"Say why the agreed rating differs from both reviewers’ on {items(facts.without_reason)}."


def no_open_queries(facts: Facts) -> str | None:
    return f"A query is still open on {items(facts.open_queries)}." if facts.open_queries else None


def quorum_met(facts: Facts) -> str | None:
    if facts.approvals >= facts.quorum:
        return None
    return f"{facts.approvals} of {facts.quorum} moderators have approved."


def before_accuracy(facts: Facts) -> str | None:
    return "The service has had the draft already." if facts.accuracy_done else None


def after_accuracy(facts: Facts) -> str | None:
    return None if facts.accuracy_done else "The service has not had the draft yet."


def before_deadline(facts: Facts) -> str | None:
    if facts.accuracy_until is None or facts.today <= facts.accuracy_until:
        return None
    return "The time for comments has passed. The lead reviewer can extend it."


def all_decided(facts: Facts) -> str | None:
    return f"Decide the comment on {items(facts.undecided)} first." if facts.undecided else None


def something_changed(facts: Facts) -> str | None:
    return None if facts.changed_since_moderation else "No rating has changed since moderation: publish it."


def nothing_changed(facts: Facts) -> str | None:
    if not facts.changed_since_moderation:
        return None
    return "A rating has changed since moderation, so it goes back to the moderators first."


def no_correction_waits(facts: Facts) -> str | None:
    return "A correction already waits for the moderator." if facts.correction_waits else None


def not_held(facts: Facts) -> str | None:
    return "The notes are on legal hold." if facts.held else None


def held(facts: Facts) -> str | None:
    return None if facts.held else "The notes are not on legal hold."


def not_purged(facts: Facts) -> str | None:
    return "The notes have been purged already." if facts.purged else None
