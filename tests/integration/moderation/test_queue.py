"""The moderation queue: who sees what, in which order, and how fast it stays."""

from __future__ import annotations

import csv
import uuid
from datetime import timedelta
from io import StringIO
from uuid import UUID

import pytest
from flask import Flask

from portal.core import clock
from portal.core.act import operational
from portal.reviews.assessment.models import Assessment
from portal.reviews.assessment.rules.workflow import Kind, State
from portal.reviews.moderation.models import CaseModerator, ModerationCase, ModerationFlag
from portal.reviews.moderation.queue import queue
from portal.reviews.moderation.rules.cases import CaseKind, CaseState
from portal.reviews.moderation.rules.filters import Filters, Show, read_filters
from portal.reviews.moderation.rules.flags import FlagKind
from tests.support.assessing import OTHER_SERVICE, SERVICE, actor, email, id_of, with_moderator
from tests.support.page_client import PageClient
from tests.support.reviewing import handed_in
from tests.support.statements import recorded


def cases(count: int, kind: CaseKind = CaseKind.EXTERNAL, named: str = "moderator") -> list[UUID]:
    """As many open cases, each riskier than the one before, without all that leads to them."""
    keep = handed_in() if kind is CaseKind.EXTERNAL else with_moderator()
    made = []
    with operational() as session:
        like = session.get_one(Assessment, keep)
        for number in range(1, count):
            assessment = Assessment(
                id=uuid.uuid4(),
                service_id=OTHER_SERVICE,
                kind=Kind.EXTERNAL,
                state=State.WITHDRAWN,
                scale_key=like.scale_key,
                scale_version=like.scale_version,
                scale_digest=like.scale_digest,
                period_from=like.period_from,
                period_to=like.period_to,
                started_at=clock.now(),
            )
            session.add(assessment)
            session.flush()
            case = ModerationCase(
                id=uuid.uuid4(),
                assessment_id=assessment.id,
                service_id=OTHER_SERVICE,
                scale_key=like.scale_key,
                kind=kind,
                round=1,
                state=CaseState.OPEN,
                quorum=1,
                risk=100 + number,
                flag_count=1,
                opened_at=clock.now() - timedelta(days=number),
                due_on=clock.today() - timedelta(days=1),
                barred=[],
            )
            session.add(case)
            session.flush()
            words = f"=HYPERLINK({number})"
            session.add(
                ModerationFlag(
                    case_id=case.id, kind=FlagKind.EDGE, item_key=None, words=words, weight=3, place=0
                )
            )
            if named:
                session.add(CaseModerator(case_id=case.id, person_id=id_of(named), named_at=clock.now()))
            made.append(assessment.id)
    return made


def test_the_riskiest_comes_first(app: Flask) -> None:
    cases(4)
    found = queue(actor("lead"), Filters())
    risks = [row.risk for row in found.rows]
    assert (found.total, risks) == (4, sorted(risks, reverse=True))


@pytest.mark.parametrize(
    ("name", "count"),
    [("lead", 3), ("moderator", 3), ("other-moderator", 0), ("far-eism", 0), ("eism", 0)],
)
def test_who_sees_external_cases(app: Flask, name: str, count: int) -> None:
    cases(3)
    assert queue(actor(name), Filters()).total == count


@pytest.mark.parametrize(
    ("name", "opens", "takes"),
    [("lead", True, False), ("far-eism", False, True), ("eism", False, False), ("moderator", False, True)],
)
def test_who_opens_and_who_may_take_a_guided_case(app: Flask, name: str, opens: bool, takes: bool) -> None:
    with_moderator()
    [row] = queue(actor(name), Filters()).rows
    assert (row.opens, row.can_take) == (opens, takes)


def test_mine_first_only_mine_and_those_without_anybody(app: Flask) -> None:
    cases(3, named="other-moderator")
    lead = actor("lead")
    assert [row.mine for row in queue(actor("moderator"), Filters()).rows] == [True]
    assert queue(lead, Filters(show=Show.MINE)).total == 0
    assert queue(lead, Filters(show=Show.UNNAMED)).total == 0
    with operational() as session:
        first = queue(lead, Filters()).rows[-1]
        session.add(CaseModerator(case_id=first.id, person_id=id_of("lead"), named_at=clock.now()))
    assert queue(lead, Filters(show=Show.MINE_FIRST)).rows[0].id == first.id
    assert queue(lead, Filters()).rows[-1].id == first.id


def test_search_and_kind_narrow_the_queue(app: Flask) -> None:
    cases(3)
    lead = actor("lead")
    assert queue(lead, Filters(text="alder")).total == 1
    assert queue(lead, Filters(text="birch ips")).total == 2
    assert queue(lead, Filters(text="100%_")).total == 0
    assert queue(lead, Filters(kind=CaseKind.GUIDED)).total == 0


def test_an_unknown_filter_is_ignored(app: Flask, client: PageClient) -> None:
    assert read_filters({"kind": "x", "show": "y", "page": "-4", "q": "\0 a  b "}) == Filters(text="a b")
    client.sign_in(email("lead"))
    client.get("/moderation?kind=x&show='&page=99999999999999999999")


def test_the_last_page_stands_for_those_beyond_it(app: Flask) -> None:
    cases(53)
    found = queue(actor("lead"), Filters(page=9))
    assert (found.page, len(found.rows), found.total) == (2, 3, 53)


def test_the_page_shows_flags_age_due_date_and_moderators(app: Flask, client: PageClient) -> None:
    cases(2)
    client.sign_in(email("moderator"))
    page = client.get("/moderation")
    assert "Near a band’s edge" in page.text
    assert "Waiting 1 day" in page.text
    assert "was due" in page.text
    assert "Moderator Person: 0 of 1 approved" in page.text
    assert "Moderation" in page.text


def test_an_empty_queue_says_what_will_appear(app: Flask, client: PageClient) -> None:
    client.sign_in(email("lead"))
    assert "Nothing waits for moderation" in client.get("/moderation").text
    assert "No cases match" in client.get("/moderation?q=nothing").text


@pytest.mark.parametrize("name", ["manager", "staff", "buyer", "commissioner", "administrator"])
def test_others_have_no_queue(app: Flask, client: PageClient, name: str) -> None:
    client.sign_in(email(name))
    client.get("/moderation", expect=403)
    client.get("/moderation.csv", expect=403)


def test_the_download_has_every_case_and_no_formula(app: Flask, client: PageClient) -> None:
    cases(3)
    client.sign_in(email("lead"))
    text = client.get("/moderation.csv").response.data.decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    assert len(rows) == 3
    assert not any(row["Flags"].startswith("=") for row in rows)
    assert {row["Moderators"] for row in rows} == {"Moderator Person"}


def test_the_queue_takes_as_many_statements_for_many_as_for_few(app: Flask, client: PageClient) -> None:
    cases(3)
    client.sign_in(email("lead"))
    client.get("/moderation")
    with recorded(app) as few:
        client.get("/moderation")
    cases_more = cases_of_other(60)
    assert cases_more == 60
    with recorded(app) as many:
        client.get("/moderation")
    assert (len(few), len(many)) == (4, 4), "\n".join(many)


def cases_of_other(count: int) -> int:
    """More cases beside those that are there."""
    with operational() as session:
        like = session.query(ModerationCase).first()
        assert like is not None
        base = session.get_one(Assessment, like.assessment_id)
        for number in range(count):
            assessment = Assessment(
                id=uuid.uuid4(), service_id=SERVICE, kind=Kind.EXTERNAL, state=State.WITHDRAWN,
                scale_key=base.scale_key, scale_version=base.scale_version, scale_digest=base.scale_digest,
                period_from=base.period_from, period_to=base.period_to, started_at=clock.now(),
            )  # fmt: skip
            session.add(assessment)
            session.flush()
            session.add(
                ModerationCase(
                    id=uuid.uuid4(),
                    assessment_id=assessment.id,
                    service_id=SERVICE,
                    round=1,
                    quorum=1,
                    scale_key=base.scale_key,
                    kind=CaseKind.EXTERNAL,
                    state=CaseState.OPEN,
                    risk=number,
                    flag_count=0,
                    opened_at=clock.now(),
                    barred=[],
                )
            )
    return count
