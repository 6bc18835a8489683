"""Results that tell of nobody: groups of fewer than five are not shown, nor what would give them away.

A group left out alone is found again by taking the others from the whole, so those left out are together
at least two groups and at least five answers (assurance 1e, U3 and U4). A group that is left out of the
list of groups is left out of every table, so that no two tables can be taken from each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from portal.core.rules.satisfaction import FEWEST
from portal.surveys.rules.questionnaire import Answers, Given, Kind, Question, Questionnaire

NOT_SAID = ""  # the group of those who did not answer the question that makes the groups


def hidden(
    sizes: Mapping[str, int], always: frozenset[str] = frozenset(), fewest: int = FEWEST
) -> frozenset[str]:
    """The groups to leave out: `always`, the small ones, and as many of the next smallest as it takes."""
    found = {key for key, size in sizes.items() if key in always or 0 < size < fewest}
    rest = sorted((size, key) for key, size in sizes.items() if size >= fewest and key not in found)
    while rest and _tells(sizes, found, fewest):
        found.add(rest.pop(0)[1])
    return frozenset(found)


def _tells(sizes: Mapping[str, int], out: Iterable[str], fewest: int) -> bool:
    left = [sizes[key] for key in out if sizes.get(key)]
    return bool(left) and (len(left) < 2 or sum(left) < fewest)


@dataclass(frozen=True)
class GroupRow:
    """A group in the table of a question. None: not shown."""

    title: str
    answered: int | None
    counts: tuple[int, ...] | None


@dataclass(frozen=True)
class GroupTable:
    """A question by the answers to another one."""

    by: Question
    rows: tuple[GroupRow, ...]


@dataclass(frozen=True)
class Tally:
    """How a question was answered. `counts` follow its options; None: too few answered, or left out."""

    question: Question
    answered: int | None
    counts: tuple[int | None, ...] | None
    groups: tuple[GroupTable, ...] = ()


def tallies(questionnaire: Questionnaire, sheets: Sequence[Answers]) -> tuple[Tally, ...]:
    """Every question that is answered by choosing, in order. Nothing at all below five answers."""
    if len(sheets) < FEWEST:
        return ()
    out = {by.key: hidden(_sizes(by, sheets)) for by in questionnaire.groupings}
    chosen = [question for question in questionnaire.questions if question.kind is not Kind.TEXT]
    return tuple(_tally(question, questionnaire, sheets, out) for question in chosen)


def _tally(
    question: Question, whole: Questionnaire, sheets: Sequence[Answers], out: Mapping[str, frozenset[str]]
) -> Tally:
    answered = [sheet for sheet in sheets if question.key in sheet]
    if question.group:
        left = out[question.key]
        counts = tuple(None if key in left else size for key, size in _options_of(question, sheets))
        # The whole less those who answered is the group of those who did not: hidden with it.
        return Tally(question, None if NOT_SAID in left else len(answered), counts)
    if len(answered) < FEWEST:
        return Tally(question, None, None)
    tables = tuple(_table(question, by, answered, out[by.key]) for by in whole.groupings)
    return Tally(question, len(answered), _counts(question, answered), tables)


def _options_of(question: Question, sheets: Sequence[Answers]) -> list[tuple[str, int]]:
    sizes = _sizes(question, sheets)
    return [(option.key, sizes[option.key]) for option in question.options]


def _table(question: Question, by: Question, sheets: Sequence[Answers], always: frozenset[str]) -> GroupTable:
    sizes = _sizes(by, sheets)
    left = hidden(sizes, always)
    titles = {option.key: option.text for option in by.options} | {NOT_SAID: "Not said"}
    rows = []
    for key, title in titles.items():
        if key in left:
            rows.append(GroupRow(title, None, None))
        elif sizes[key]:
            own = [sheet for sheet in sheets if sheet.get(by.key, NOT_SAID) == key]
            rows.append(GroupRow(title, len(own), _counts(question, own)))
    return GroupTable(by, tuple(rows))


def _sizes(by: Question, sheets: Sequence[Answers]) -> dict[str, int]:
    sizes = {NOT_SAID: 0} | {option.key: 0 for option in by.options}
    for sheet in sheets:
        sizes[str(sheet.get(by.key, NOT_SAID))] += 1
    return sizes


def _counts(question: Question, sheets: Iterable[Answers]) -> tuple[int, ...]:
    given = [_chosen(sheet.get(question.key, ())) for sheet in sheets]
    return tuple(sum(option.key in one for one in given) for option in question.options)


def _chosen(given: Given) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)
