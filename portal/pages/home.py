"""The first page: for each role what is theirs to do; for anybody else what the portal is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from flask import Blueprint, render_template

from portal.accounts.current import current_actor
from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission, may_ever
from portal.accounts.rules.roles import Role
from portal.contracts.definition.parties import contracts_of
from portal.contracts.figures.overview import Overview, overview
from portal.core import clock
from portal.core.access import Public, access
from portal.core.charts import Axis, TimelinePoint, sparkline
from portal.events.queries import NextBooking, next_bookings
from portal.pages import queries
from portal.pages.queries import BandCount, OpenLine, StandingLine
from portal.plans.queries import due_counts
from portal.reviews.agreement.exercise_queries import CaseToRate, cases_to_rate
from portal.reviews.external.listing import Line, Named, named_for, under_way
from portal.reviews.external.rules.turns import FOR_SERVICE
from portal.reviews.external.rules.workflow import Stage
from portal.reviews.offline.board import Waiting, lead_attention

blueprint = Blueprint("home", __name__)
CARDS = 12  # services shown as cards; more are in the list
NEXT_EVENTS = 3
SLIPPED_AFTER = timedelta(days=365)  # without an assessment for a year


@blueprint.get("/")
@access(Public("the first page; it shows only what the person signed in may see"))
def index() -> str:
    actor = current_actor()
    if actor.person_id is None:
        return render_template("pages/welcome.html")
    if may_ever(actor, Permission.ASSESSMENT_START):
        return render_template("pages/home_provider.html", home=provider_home(actor))
    if may_ever(actor, Permission.ASSESSMENT_GUIDE):
        return render_template("pages/home_guide.html", home=guide_home(actor))
    if may_ever(actor, Permission.SERVICE_READ) and not actor.has(Role.ADMINISTRATOR):
        return render_template("pages/home_reader.html", home=reader_home(actor))
    return render_template("pages/home_plain.html")


@dataclass(frozen=True)
class Card:
    """One service on a provider's home."""

    line: StandingLine
    spark: str
    open: tuple[OpenLine, ...]
    overdue: int
    due_soon: int
    reviews: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Home:
    """What a home shows. Each role's template uses what concerns it."""

    cards: tuple[Card, ...] = ()
    lines: tuple[StandingLine, ...] = ()
    waiting: tuple[OpenLine, ...] = ()
    others: tuple[OpenLine, ...] = ()
    bands: tuple[BandCount, ...] = ()
    slipped: tuple[StandingLine, ...] = ()
    assessed: int = 0
    more: int = 0
    reviews: tuple[Named, ...] = ()
    devices: tuple[Waiting, ...] = ()  # of on-site work, for the lead reviewer
    cases: tuple[CaseToRate, ...] = ()  # of calibration, to rate
    events: tuple[NextBooking, ...] = ()  # the person's own, the next first
    turns: Mapping[Stage, str] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    contract: Overview | None = None  # the one that the person's organisation buys or governs


def provider_home(actor: Actor) -> Home:
    """A card for each own service: standing, what is open, what is overdue."""
    lines = queries.standings(actor, Permission.ASSESSMENT_START)
    shown = lines[:CARDS]
    ids = [line.id for line in shown]
    totals = queries.points(ids)
    opened = queries.open_assessments(actor)
    due = due_counts(ids, clock.today())
    reviews = under_way(actor, ids)
    cards = tuple(
        Card(
            line=line,
            spark=_spark(line, totals.get(line.id, [])),
            open=tuple(one for one in opened if one.service_id == line.id),
            overdue=due[line.id].overdue if line.id in due else 0,
            due_soon=due[line.id].soon if line.id in due else 0,
            reviews=tuple(reviews.get(line.id, ())),
        )
        for line in shown
    )
    guided = tuple(one for one in opened if one.service_id not in {line.id for line in lines})
    return Home(
        cards=cards,
        waiting=guided,
        more=len(lines) - len(shown),
        turns=FOR_SERVICE,
        events=_events(actor),
    )


def _events(actor: Actor) -> tuple[NextBooking, ...]:
    return tuple(next_bookings(actor.person_id, NEXT_EVENTS)) if actor.person_id else ()


def _spark(line: StandingLine, points: list[TimelinePoint]) -> str:
    if line.standing is None or len(points) < 2:
        return ""
    axis = Axis(line.standing.maximum // 5, line.standing.maximum)
    return sparkline(points, axis, f"Totals of {line.name}")


def guide_home(actor: Actor) -> Home:
    """What waits for the guide, what is with providers, and services that slipped."""
    opened = queries.open_assessments(actor)
    lines = queries.standings(actor, Permission.ASSESSMENT_GUIDE)
    since = clock.today() - SLIPPED_AFTER
    slipped = [line for line in lines if line.standing is None or line.standing.final_on < since]
    named = tuple(named_for(actor))
    return Home(
        lines=tuple(lines),
        waiting=tuple(one for one in opened if one.waits_for(actor)),
        others=tuple(one for one in opened if not one.waits_for(actor)),
        bands=tuple(queries.band_counts(lines)),
        slipped=tuple(slipped[:20]),
        assessed=queries.assessed_since(lines, since),
        more=max(len(slipped) - 20, 0),
        reviews=named,
        devices=_devices(actor, named),
        cases=tuple(cases_to_rate(actor)),
        events=_events(actor),
    )


def _devices(actor: Actor, named: tuple[Named, ...]) -> tuple[Waiting, ...]:
    """Of the reviews that the actor leads, those with something of on-site work to look at."""
    return tuple(lead_attention(actor, {one.line.id: one.line.service for one in named}))


def reader_home(actor: Actor) -> Home:
    """For commissioners, buyers and lead managers: how many services stand at each band."""
    lines = queries.standings(actor)
    since = clock.today() - SLIPPED_AFTER
    lowest = sorted(
        (
            line
            for line in lines
            if line.standing is not None and line.standing.band_key in ("not-ips", "fair")
        ),
        key=lambda line: line.standing.total if line.standing else 0,
    )
    opened = queries.open_assessments(actor) if may_ever(actor, Permission.ASSESSMENT_READ_DRAFT) else []
    named = tuple(named_for(actor)) if may_ever(actor, Permission.REVIEW_TAKE_PART) else ()
    return Home(
        lines=tuple(lines),
        bands=tuple(queries.band_counts(lines)),
        slipped=tuple(lowest[:10]),
        others=tuple(opened),
        assessed=queries.assessed_since(lines, since),
        reviews=named,
        devices=_devices(actor, named),
        cases=tuple(cases_to_rate(actor)) if may_ever(actor, Permission.AGREEMENT_READ) else (),
        contract=_contract(actor),
    )


def _contract(actor: Actor) -> Overview | None:
    """At a glance: the contract that a buyer or governance reader follows, the newest that still runs."""
    if not (actor.has(Role.BUYER) or actor.has(Role.GOVERNANCE_READER)):
        return None
    today = clock.today()
    begun = [one for one in contracts_of(actor) if one.signed.starts <= today]
    running = [one for one in begun if one.latest.ends >= today]
    newest = next(iter(running or begun), None)
    return overview(newest) if newest else None
