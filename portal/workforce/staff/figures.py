"""A service's workforce as its page shows it: people, figures, and what needs attention first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from portal.core.filters import number, plural
from portal.core.rules.months import months_before
from portal.core.rules.quarters import Quarter, quarter_of
from portal.core.rules.rate import Rate, rate, rounded
from portal.core.rules.spans import covers
from portal.workforce.staff.definitions import Cap, cap_of
from portal.workforce.staff.models import FundedPosts, StaffEntry, StaffMember
from portal.workforce.staff.queries import earlier_terms, entries_of, funded_of, members_of, programme_of
from portal.workforce.staff.rules.counting import (
    Load,
    Ratio,
    RoleLine,
    Spell,
    leader_ratio,
    role_lines,
    terms,
    turnover,
)
from portal.workforce.staff.rules.national import LEAST
from portal.workforce.staff.rules.rhythm import (
    INDIVIDUAL_DAYS,
    TEAM_DAYS,
    held_on_time,
    is_late,
    quarters_reviewed,
    together,
)
from portal.workforce.staff.rules.words import EntryKind, Honorary, StaffRole

MEETING_MONTHS = 3
PAST_QUARTERS = 4  # shown; people who left before them are not read


@dataclass(frozen=True)
class PersonLine:
    """Somebody of the service today. `load` is None for team leaders and where nothing was counted."""

    member: StaffMember
    cap: Cap | None
    load: Load | None
    counted_on: date | None
    supervised_on: date | None
    supervision_late: bool
    on_time: Rate
    clinical_on: date | None
    meetings: Rate

    @property
    def is_over(self) -> bool:
        return self.load is not None and self.load.is_over

    @property
    def per_fte(self) -> str:
        return shown(self.load.per_fte) if self.load else ""


@dataclass(frozen=True)
class Standout:
    """Something that needs attention, without a name. `of_people`: it was counted from single people."""

    text: str
    of_people: bool = False


@dataclass(frozen=True)
class Workforce:
    """Everything of a service. `few`: so few people that shares say something of one of them."""

    lines: tuple[RoleLine, ...]
    people: tuple[PersonLine, ...]
    former: tuple[StaffMember, ...]
    coming: tuple[StaffMember, ...]
    funded: tuple[FundedPosts, ...]
    past: tuple[tuple[Quarter, tuple[RoleLine, ...]], ...]
    turnover: Rate
    ratio: Ratio
    team_on: date | None
    team_late: bool
    team: Rate
    individual: Rate
    meetings: Rate
    reviews: Rate
    reviewed_on: date | None
    attention: tuple[Standout, ...]

    def stands_out(self, *, named: bool) -> list[str]:
        """What stands out, the most pressing first; of few people only for those who see their names."""
        return [one.text for one in self.attention if named or not (self.few and one.of_people)]

    @property
    def few(self) -> bool:
        return 0 < len(self.people) < LEAST

    @property
    def honorary(self) -> Rate:
        return rate(sum(one.member.honorary is Honorary.HELD for one in self.people), len(self.people))

    @property
    def per_fte(self) -> str:
        """Active clients for each FTE of those whose caseload was counted."""
        loads = [one.load for one in self.people if one.load]
        fte = sum((Fraction(load.fte) for load in loads), Fraction(0))
        return shown(sum(load.clients for load in loads) / fte) if fte else ""


def workforce_of(service_id: UUID, today: date) -> Workforce:
    """The workforce of a service on a day. Five statements."""
    members, funded = members_of(service_id, today), tuple(funded_of(service_id))
    entries, programme = entries_of(service_id, today), programme_of(service_id, today)
    now = [one for one in members if covers(one.starts, one.ends, today)]
    people = tuple(_person(one, entries, programme, today) for one in now)
    spells = [Spell(one.role, one.fte, one.starts, one.ends) for one in members]
    earlier = earlier_terms(service_id)
    worked = [
        part
        for one, spell in zip(members, spells, strict=True)
        for part in terms(spell, earlier.get(one.id, ()))
    ]
    posts = [(row.role, row.starts, row.fte) for row in funded]
    lines = role_lines(worked, posts, today)
    since = min((one.starts for one in members), default=today)
    team = [row.on for row in entries if row.kind is EntryKind.TEAM]
    reviews = [row.on for row in entries if row.kind is EntryKind.REVIEW]
    team_late = bool(now) and is_late(max(team, default=None), since, TEAM_DAYS, today)
    reviewed = quarters_reviewed(reviews, since, today)
    ratio = leader_ratio(lines)
    return Workforce(
        lines,
        people,
        tuple(one for one in members if one.ends is not None and one.ends < today),
        tuple(one for one in members if one.starts > today),
        funded,
        _past(worked, posts, since, today),
        turnover(spells, today),
        ratio,
        max(team, default=None),
        team_late,
        held_on_time(team, since, TEAM_DAYS, today),
        together(one.on_time for one in people),
        together(one.meetings for one in people),
        reviewed,
        max(reviews, default=None),
        tuple(
            _attention(
                lines, people, ratio, team_late=team_late, no_review=_unreviewed(reviews, since, today)
            )
        ),
    )


def _past(
    worked: Sequence[Spell], posts: Sequence[tuple[StaffRole, date, Decimal]], since: date, today: date
) -> tuple[tuple[Quarter, tuple[RoleLine, ...]], ...]:
    """The posts on the last day of each of the last quarters that are over, the newest first."""
    over = [quarter_of(today).plus(-back) for back in range(1, PAST_QUARTERS + 1)]
    return tuple((one, role_lines(worked, posts, one.last)) for one in over if one.last >= since)


def shown(value: Fraction | None) -> str:
    """A fraction to two places, as it is read: 18.33."""
    return "–" if value is None else number(rounded(value, 2))


def of(found: Rate) -> str:
    """A share with what it was counted from: 43.2% · 26 of 61. “–” of nothing."""
    if found.value is None:
        return "–"
    return f"{found.percent()} · {shown(found.numerator)} of {shown(found.denominator)}"


def _person(
    member: StaffMember, entries: Sequence[StaffEntry], programme: str | None, today: date
) -> PersonLine:
    own = [row for row in entries if row.member_id == member.id and row.on <= today]
    days = {kind: [row.on for row in own if row.kind is kind] for kind in EntryKind}
    cap = cap_of(programme, member.role)
    counted = next((row for row in own if row.kind is EntryKind.CASELOAD), None)
    load = None
    if cap is not None and counted is not None:
        load = Load(counted.count or 0, member.fte, cap.clients)
    supervised = max(days[EntryKind.INDIVIDUAL], default=None)
    led = member.role.has_caseload
    return PersonLine(
        member,
        cap,
        load,
        counted.on if counted else None,
        supervised,
        led and is_late(supervised, member.starts, INDIVIDUAL_DAYS, today),
        held_on_time(days[EntryKind.INDIVIDUAL], member.starts, INDIVIDUAL_DAYS, today)
        if led
        else rate(0, 0),
        max(days[EntryKind.CLINICAL], default=None),
        _meetings(own, today),
    )


def _meetings(own: Iterable[StaffEntry], today: date) -> Rate:
    """Clinical team meetings attended of those held, in the last three months that are over."""
    first = months_before(today.replace(day=1), MEETING_MONTHS)
    rows = [row for row in own if row.kind is EntryKind.MEETINGS and first <= row.on < today.replace(day=1)]
    return rate(sum(row.count or 0 for row in rows), sum(row.out_of or 0 for row in rows))


def _unreviewed(reviews: Iterable[date], since: date, today: date) -> str:
    """The key of the last quarter that is over, where it had no minuted review; else nothing."""
    last = quarter_of(today).plus(-1)
    if last.first < since or any(quarter_of(one) == last for one in reviews):
        return ""
    return last.key


def _attention(
    lines: Iterable[RoleLine], people: Sequence[PersonLine], ratio: Ratio, *, team_late: bool, no_review: str
) -> Iterator[Standout]:
    """What stands out, the most pressing first."""
    for line in lines:
        if line.vacant:
            yield Standout(f"{line.role.title}: {number(line.vacant)} FTE of {number(line.funded)} vacant")
    over = sum(one.is_over for one in people)
    if over:
        yield Standout(
            f"{plural(over, 'caseload is', 'caseloads are')} over the programme’s cap", of_people=True
        )
    late = sum(one.supervision_late for one in people)
    if late:
        yield Standout(
            f"{plural(late, 'person has', 'people have')} had no individual supervision for over four weeks",
            of_people=True,
        )
    if team_late:
        yield Standout("No team supervision for more than a week")
    if ratio.is_over:
        per = ratio.per_leader
        yield Standout(
            f"{shown(per)} FTE of employment specialists to one team leader: at most ten"
            if per is not None
            else "Nobody leads the team"
        )
    if no_review:
        yield Standout(f"No minuted review with senior clinical staff in {no_review}")
