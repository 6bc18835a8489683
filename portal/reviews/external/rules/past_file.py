"""Past reviews in the rows of a spreadsheet, one review in a row (issue 3, item 11).

Every problem is collected with its row and column, so that a person can mend the file in one go. Nothing of
a file with a problem is used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches

from portal.reviews.assessment.rules.workflow import Kind
from portal.reviews.external.rules.past_columns import (
    Heading,
    faults,
    find_heading,
    item_places,
    letter,
)
from portal.reviews.external.rules.past_review import (
    Ground,
    Key,
    KnownService,
    PastFile,
    PastReview,
    Problem,
)
from portal.reviews.external.rules.past_values import Unread, day_of, kind_of, whole_of
from portal.scales.rules.definition import Item, Scale, ScaleUse
from portal.scales.rules.numbering import normal
from portal.scales.rules.scoring import score

LONGEST_REVIEWERS = 200
MOST_HINTS = 20  # unknown names for which a like one is looked for: each costs a look at every service


def read_past(rows: Sequence[tuple[int, Sequence[str]]], ground: Ground) -> PastFile:
    """The reviews in rows that carry their number in the file. Problems are in the order of the rows."""
    found = PastFile()
    stripped = [(line, [cell.strip() for cell in cells]) for line, cells in rows]
    filled = [(line, cells) for line, cells in stripped if any(cells)]
    headed = find_heading(filled)
    if headed is None:
        reason = "no row of headings was found: it needs at least the columns Service and Date"
        found.problems.append(Problem(filled[0][0] if filled else 1, "", reason))
        return found
    heading, taken = headed
    found.heading_line = heading.line
    scales = [scale for scale in ground.scales if scale.use is not ScaleUse.INCOMPLETE]
    wrong = faults(heading, scales)
    found.problems += [Problem(heading.line, column, reason) for column, reason in wrong]
    if wrong:
        return found
    reading = _Reading(heading, ground, found)
    for line, cells in filled[taken:]:
        reading.row(line, cells)
    if len(filled) == taken:
        found.problems.append(Problem(heading.line, "", "there is no row below the headings"))
    return found


class _Reading:
    """Reads row after row into what is found."""

    def __init__(self, heading: Heading, ground: Ground, found: PastFile) -> None:
        self.heading, self.found, self.today = heading, found, ground.today
        self.names = _names(ground.services)
        self.scales = _scales(ground.scales)
        self.places: dict[str, dict[str, tuple[int, ...]]] = {}
        self.first: dict[Key, int] = {}
        self.unknown: dict[str, str] = {}

    def row(self, line: int, cells: Sequence[str]) -> None:
        """One review; it is kept where the row has no problem."""
        before = len(self.found.problems)
        if any(cells[len(self.heading.names) :]):
            self._wrong(line, letter(len(self.heading.names)), "there are more cells than headings")
        service = self._service(line, self._cell(cells, "service"))
        on = self._date(line, self._cell(cells, "date"))
        kind = self._kind(line, self._cell(cells, "kind"))
        scale = self._scale(line, self._cell(cells, "scale"), service)
        reviewers = self._reviewers(line, cells)
        ratings = self._ratings(line, cells, scale) if scale else {}
        total = self._total(line, cells, scale) if scale else None
        if len(self.found.problems) > before or not (service and on and kind and scale):
            return
        review = PastReview(line, service, on, kind, scale, ratings, reviewers, score(scale, ratings))
        if total is not None and total != review.result.total:
            reason = f"the total given is {total}, and the ratings come to {review.result.total}"
            self._wrong(line, self._column("total"), reason)
        elif review.key in self.first:
            self._wrong(line, "", f"{review.words} is already in row {self.first[review.key]}")
        else:
            self.first[review.key] = line
            self.found.reviews.append(review)

    def _cell(self, cells: Sequence[str], role: str) -> str:
        place = self.heading.roles.get(role, (len(cells),))[0]
        return cells[place] if place < len(cells) else ""

    def _column(self, role: str) -> str:
        places = self.heading.roles.get(role)
        return self.heading.column(places[0]) if places else ""

    def _wrong(self, line: int, column: str, reason: str) -> None:
        self.found.problems.append(Problem(line, column, reason))

    def _service(self, line: int, text: str) -> KnownService | None:
        found = self.names.get(_plain(text), [])
        if len(found) == 1:
            return found[0]
        if not text:
            reason = "no service is given"
        elif found:
            keys = ", ".join(sorted(service.key for service in found))
            reason = f"more than one service is called “{text[:80]}”: write its key, one of {keys}"
        else:
            if text not in self.unknown:
                self.unknown[text] = self._no_such(text)
            reason = self.unknown[text]
        self._wrong(line, self._column("service"), reason)
        return None

    def _no_such(self, text: str) -> str:
        looked = len(self.unknown) < MOST_HINTS
        near = get_close_matches(_plain(text)[:80], list(self.names), n=1, cutoff=0.8) if looked else []
        hint = f". Did you mean “{self.names[near[0]][0].name}”?" if near else ""
        return f"there is no service “{text[:80]}” that you may bring reviews in for{hint}"

    def _date(self, line: int, text: str) -> date | None:
        try:
            on, written = day_of(text, self.today)
        except Unread as unread:
            self._wrong(line, self._column("date"), str(unread))
            return None
        self.found.written.add(written)
        return on

    def _kind(self, line: int, text: str) -> Kind | None:
        try:
            return kind_of(text)
        except Unread as unread:
            self._wrong(line, self._column("kind"), str(unread))
            return None

    def _scale(self, line: int, text: str, service: KnownService | None) -> Scale | None:
        """The scale that is named, else the default of the service's programme."""
        name = text or (service.scale if service else "")
        scale = self.scales.get(_plain(name))
        if scale is not None and scale.use is not ScaleUse.INCOMPLETE:
            return scale
        column = self._column("scale")
        if scale is not None:
            self._wrong(line, column, f"{scale.short_title} is incomplete here and never scored")
        elif name:
            known = ", ".join(sorted({scale.key for scale in self.scales.values()}))
            self._wrong(line, column, f"“{name[:60]}” is no scale: write one of {known}")
        elif service is not None:
            self._wrong(line, column, "no scale is given, and the service’s programme names none")
        return None

    def _reviewers(self, line: int, cells: Sequence[str]) -> str:
        places = self.heading.roles.get("reviewers", ())
        text = ", ".join(cells[place] for place in places if place < len(cells) and cells[place])
        if len(text) > LONGEST_REVIEWERS:
            reason = f"the reviewers take {len(text)} characters; there is room for {LONGEST_REVIEWERS}"
            self._wrong(line, self._column("reviewers"), reason)
        return text

    def _total(self, line: int, cells: Sequence[str], scale: Scale) -> int | None:
        text = self._cell(cells, "total")
        if not text:
            return None
        try:
            return whole_of(text, scale.lowest_total, scale.highest_total)
        except Unread as unread:
            self._wrong(line, self._column("total"), str(unread))
            return None

    def _ratings(self, line: int, cells: Sequence[str], scale: Scale) -> dict[str, int]:
        """The ratings by item key; a cell under an item that this scale does not have is a problem."""
        places = self.places.setdefault(scale.key, item_places(self.heading, scale))
        ratings: dict[str, int] = {}
        missing: list[Item] = []
        for item in scale.items:
            given = [(at, cells[at]) for at in places.get(item.key, ()) if at < len(cells) and cells[at]]
            if not given:
                missing.append(item)
            elif len(given) > 1:
                where = " and ".join(self.heading.column(at) for at, _ in given)
                self._wrong(line, where, f"both columns hold item {item.number} of {scale.short_title}")
            else:
                self._rating(line, given[0], scale, item, ratings)
        if missing:
            self._missing(line, scale, missing, places)
        here = {at for found in places.values() for at in found}
        for at in self.heading.items:
            if at not in here and at < len(cells) and cells[at]:
                self._wrong(line, self.heading.column(at), f"{scale.short_title} has no such item")
        return ratings

    def _rating(
        self, line: int, given: tuple[int, str], scale: Scale, item: Item, ratings: dict[str, int]
    ) -> None:
        try:
            ratings[item.key] = whole_of(given[1], scale.rating_min, scale.rating_max)
        except Unread as unread:
            self._wrong(line, self.heading.column(given[0]), str(unread))

    def _missing(
        self, line: int, scale: Scale, missing: Sequence[Item], places: Mapping[str, tuple[int, ...]]
    ) -> None:
        numbers = ", ".join(str(item.number) for item in missing)
        word = "item" if len(missing) == 1 else "items"
        columns = ", ".join(letter(places[item.key][0]) for item in missing if item.key in places)
        self._wrong(
            line,
            columns,
            f"not rated: {word} {numbers} of {scale.short_title}. A past review needs every item",
        )


def _plain(text: str) -> str:
    return normal(text.replace("’", "'"))


def _names(services: Sequence[KnownService]) -> dict[str, list[KnownService]]:
    """The services by key and by name; a key goes before a name that reads the same."""
    names: dict[str, list[KnownService]] = {}
    for service in services:
        names.setdefault(_plain(service.name), []).append(service)
    return names | {_plain(service.key): [service] for service in services}


def _scales(scales: Sequence[Scale]) -> dict[str, Scale]:
    names = {_plain(name): scale for scale in scales for name in (scale.title, scale.short_title)}
    return names | {_plain(scale.key): scale for scale in scales}
