"""Indicator 1 of eight quarters, and the page that shows them (issue 5, Performance)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from benchmarks.growing import copy
from benchmarks.serving import Client, portal
from benchmarks.timing import ROUNDS, Figure, in_turn, spread
from portal.app import create_app
from portal.core import clock
from portal.core.act import operational
from portal.core.config import Settings
from portal.core.db import db
from portal.core.rules.quarters import last_quarters, quarter_of
from portal.demonstration.people import LEAD_MANAGER, PASSWORD, SUPPLIER
from portal.workforce.posts.definitions import contract_terms
from portal.workforce.posts.figures import QUARTERS
from portal.workforce.posts.models import Eism, EismHolding, EismLeave, EismPost
from portal.workforce.posts.queries import fte_quarters
from portal.workforce.posts.rules.words import EndReason, Stream

BOUND = 20
POSTS, CHANGES = 20, 5  # a supplier four times as large as the contract's, each post changed hands often


def posts(base: Path, folder: Path) -> Iterator[Figure]:
    """The query alone, as the demonstration has it and with many posts; then the page."""
    data_dir = copy(base, folder / "eism-posts")
    app = create_app(Settings(data_dir=str(data_dir)))
    with app.app_context():
        yield Figure("FTE of EISMs, 8 quarters", *_query(), bound=BOUND)
        _grow()
        note = f"{POSTS} posts more, {POSTS * CHANGES} holdings"
        yield Figure("FTE of EISMs, 8 quarters", *_query(), bound=BOUND, note=note)
        db.session.remove()
    with portal(data_dir) as port:
        client = Client(port)
        client.sign_in(LEAD_MANAGER.email, PASSWORD)
        (times,) = in_turn(lambda: client.get("/workforce/eisms"), rounds=ROUNDS // 2)
    yield Figure("Page of EISMs", *spread(times), note=note)


def _query() -> tuple[float, float]:
    quarters = list(last_quarters(quarter_of(clock.today()), QUARTERS))
    terms = contract_terms(SUPPLIER.id)

    def ask() -> None:
        db.session.rollback()
        fte_quarters(SUPPLIER.id, quarters, terms)

    (times,) = in_turn(ask)
    return spread(times)


def _grow() -> None:
    """Each post is held by one person after another, each with unpaid leave in the middle."""
    first = clock.today() - timedelta(days=730)
    with operational() as session:
        for number in range(POSTS):
            post = EismPost(supplier_id=SUPPLIER.id, title=f"Post {number}", region="London", opens=first)
            post.stream, post.fte = Stream.NHS, Decimal("0.8")
            session.add(post)
            session.flush()
            for turn in range(CHANGES):
                eism = Eism(supplier_id=SUPPLIER.id, name=f"Person {number}, {turn}")
                session.add(eism)
                session.flush()
                starts = first + timedelta(days=turn * 140 + number)
                leave = EismLeave(eism_id=eism.id, kind="unpaid", starts=starts + timedelta(days=30))
                leave.ends = starts + timedelta(days=50)
                held = EismHolding(post_id=post.id, eism_id=eism.id, fte=Decimal("0.8"), starts=starts)
                held.ends, held.reason = starts + timedelta(days=120), EndReason.OTHER
                session.add_all([leave, held])
