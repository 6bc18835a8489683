"""Planning a review: who, when, with whom, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.core.jobs.models import Mail
from portal.directory.models import ServiceLink
from portal.directory.rules.settings import LinkKind
from portal.reviews.assessment.rules.workflow import State
from portal.reviews.external.rules.independence import Capacity
from portal.reviews.external.rules.workflow import Action, Stage
from portal.reviews.external.service.planning import Plan, edit_plan, plan
from portal.reviews.external.service.scoring import lock, save_own_sheet
from portal.reviews.external.team import Named, bars_against
from portal.workforce.accreditation.models import ReviewerAccreditation
from tests.support import reviewing
from tests.support.assessing import SERVICE, actor, audit_rows, id_of
from tests.support.page_client import PageClient
from tests.support.statements import recorded

DAY = timedelta(days=1)


def wanted(*members: Named) -> Plan:
    first = clock.today() + 70 * DAY
    return Plan(SERVICE, "ips-25", first, first + DAY, members or reviewing.TEAM)


def problems(by: str, *members: Named) -> dict[str, str]:
    with pytest.raises(Invalid) as caught:
        plan(actor(by), wanted(*members))
    return caught.value.problems


def test_a_planned_review_is_an_assessment_under_review_with_one_audit_row(app: Flask) -> None:
    before = audit_rows()
    found = reviewing.fresh(plan(actor("lead"), wanted()))
    assert found.stage is Stage.PLANNED
    assert found.assessment.state is State.UNDER_REVIEW
    assert [(one.capacity, one.name) for one in found.members] == [
        (Capacity.LEAD, "Lead reviewer Person"),
        (Capacity.SECOND, "Second reviewer Person"),
        (Capacity.OBSERVER, "Observer Person"),
        (Capacity.MODERATOR, "Moderator Person"),
    ]
    assert audit_rows() == before + 1


@pytest.mark.parametrize("by", ["far-eism", "manager", "staff", "buyer", "commissioner", "administrator"])
def test_only_the_contracts_lead_manager_and_the_regions_eism_plan(app: Flask, by: str) -> None:
    with pytest.raises(Forbidden):
        plan(actor(by), wanted())


def test_the_supporting_eism_may_plan_but_not_review(app: Flask) -> None:
    plan(actor("eism"), wanted())
    told = problems("lead", Named(id_of("eism"), Capacity.SECOND))
    assert "supported this service" in told["second"]
    assert "say why" in told["second"]


def test_a_reason_lets_a_former_supporter_review_and_stays_with_the_review(app: Flask) -> None:
    second = Named(id_of("eism"), Capacity.SECOND, "Nobody else can travel that week.")
    found = reviewing.fresh(plan(actor("lead"), wanted(second)))
    (bar,) = [bar for bar in bars_against(found) if bar.overridable]
    assert bar.overridden == "Nobody else can travel that week."


def test_a_reason_that_overrides_nothing_is_not_kept(app: Flask) -> None:
    second = Named(id_of("second-reviewer"), Capacity.SECOND, "No need of this")
    found = reviewing.fresh(plan(actor("lead"), wanted(second)))
    assert [one.override_reason for one in found.members] == [""]


@pytest.mark.parametrize(("days", "barred"), [(366, False), (365, True), (364, True)])
def test_twelve_months_count_from_the_first_day_of_fieldwork(app: Flask, days: int, barred: bool) -> None:
    first = wanted().fieldwork_from
    with operational() as session:
        query = select(ServiceLink).where(
            ServiceLink.service_id == SERVICE, ServiceLink.kind == LinkKind.EISM
        )
        link = session.scalars(query).one()
        link.starts, link.ends = first - 600 * DAY, first - days * DAY
    members = (Named(id_of("eism"), Capacity.SECOND),)
    if barred:
        assert "supported" in problems("lead", *members)["second"]
    else:
        plan(actor("lead"), wanted(*members))


def test_nobody_of_the_provider_and_nobody_from_outside(app: Flask) -> None:
    told = problems(
        "lead",
        Named(id_of("manager"), Capacity.LEAD, "She knows it best"),
        Named(id_of("peer"), Capacity.SECOND),
    )
    assert "belongs to the provider" in told["lead"]
    assert "no role in the supplier" in told["second"]


def test_an_unaccredited_lead_is_refused_and_may_be_second(app: Flask) -> None:
    with operational() as session:
        query = select(ReviewerAccreditation).where(
            ReviewerAccreditation.person_id == id_of("spare-reviewer")
        )
        session.scalars(query).one().ends = wanted().fieldwork_from - DAY
    assert "no longer accredited" in problems("lead", Named(id_of("spare-reviewer"), Capacity.LEAD))["lead"]
    plan(actor("lead"), wanted(Named(id_of("spare-reviewer"), Capacity.SECOND)))


def test_nobody_is_named_twice(app: Flask) -> None:
    told = problems(
        "lead", Named(id_of("observer"), Capacity.LEAD), Named(id_of("observer"), Capacity.MODERATOR)
    )
    assert "once" in told["moderator"]


def test_dates_in_order_and_a_scale_that_can_be_assessed(app: Flask) -> None:
    backwards = replace(wanted(), fieldwork_to=wanted().fieldwork_from - DAY)
    with pytest.raises(Invalid, match="on or after"):
        plan(actor("lead"), backwards)
    with pytest.raises(Invalid):
        plan(actor("lead"), replace(wanted(), scale_key="no-such"))
    with pytest.raises(NotFound):
        plan(actor("lead"), replace(wanted(), service_id=id_of("nobody")))


def test_one_review_under_way_on_a_scale_beside_a_self_assessment(app: Flask) -> None:
    plan(actor("lead"), wanted())
    with pytest.raises(Refused, match="already has an external review"):
        plan(actor("lead"), wanted())
    reviewing.assessing.begin()
    plan(actor("lead"), replace(wanted(), scale_key="ips-25-ad"))


def test_a_review_opens_only_with_a_whole_team_and_tells_service_and_team(app: Flask) -> None:
    assessment_id = plan(actor("lead"), wanted(reviewing.TEAM[0]))
    with pytest.raises(Refused, match="second reviewer and a moderator"):
        reviewing.move(assessment_id, Action.OPEN, "lead")
    edit_plan(actor("lead"), assessment_id, wanted(), 1)
    reviewing.move(assessment_id, Action.OPEN, "lead")
    told = set(db.session.scalars(select(Mail.recipient)))
    assert {"manager@example.org", "lead-reviewer@example.org", "observer@example.org"} <= told
    assert "moderator@example.org" not in told


def test_editing_changes_dates_and_team_once_and_refuses_a_stale_page(app: Flask) -> None:
    assessment_id = plan(actor("lead"), wanted())
    later = replace(
        wanted(), fieldwork_from=wanted().fieldwork_from + DAY, fieldwork_to=wanted().fieldwork_to + DAY
    )
    swapped = replace(
        later,
        members=(
            Named(id_of("second-reviewer"), Capacity.LEAD),
            Named(id_of("lead-reviewer"), Capacity.SECOND),
            Named(id_of("moderator"), Capacity.MODERATOR),
        ),
    )
    edit_plan(actor("lead"), assessment_id, swapped, 1)
    found = reviewing.fresh(assessment_id)
    assert found.lead is not None
    assert found.lead.person_id == id_of("second-reviewer")
    assert found.review.fieldwork_from == later.fieldwork_from
    assert found.assessment.period_to == later.fieldwork_to
    rows = audit_rows()
    edit_plan(actor("lead"), assessment_id, swapped, 2)
    assert audit_rows() == rows
    with pytest.raises(Stale):
        edit_plan(actor("eism"), assessment_id, wanted(), 1)


def test_who_has_locked_stays_in_the_team(app: Flask) -> None:
    assessment_id = reviewing.in_scoring()
    save_own_sheet(actor("lead-reviewer"), assessment_id, reviewing.sheet(), {})
    lock(actor("lead-reviewer"), assessment_id)
    with pytest.raises(Refused):
        edit_plan(actor("lead"), assessment_id, wanted(), reviewing.fresh(assessment_id).review.version)


def test_cancelling_needs_a_reason_and_restoring_brings_everything_back(app: Flask) -> None:
    assessment_id = plan(actor("lead"), wanted())
    with pytest.raises(Refused, match="reason"):
        reviewing.move(assessment_id, Action.CANCEL, "lead")
    reviewing.move(assessment_id, Action.CANCEL, "lead", "The trust moves wards.")
    assert reviewing.fresh(assessment_id).assessment.state is State.WITHDRAWN
    reviewing.move(assessment_id, Action.RESTORE, "lead")
    found = reviewing.fresh(assessment_id)
    assert (found.stage, found.assessment.state) == (Stage.PLANNED, State.UNDER_REVIEW)
    assert len(found.members) == 4


def test_a_cancelled_review_is_not_restored_beside_a_new_one(app: Flask) -> None:
    first = plan(actor("lead"), wanted())
    reviewing.move(first, Action.CANCEL, "lead", "Too early")
    plan(actor("lead"), wanted())
    with pytest.raises(Refused, match="already has an external review"):
        reviewing.move(first, Action.RESTORE, "lead")


def test_the_plans_pages_keep_what_was_typed_and_say_who_is_barred(app: Flask, client: PageClient) -> None:
    client.sign_in("lead@example.org")
    page = client.get("/services/alder-ips/reviews/new")
    assert "supports this service" in page.text
    page = client.submit(
        lead=str(id_of("eism")),
        moderator=[str(id_of("moderator"))],
        expect=400,
    )
    assert "supported this service as its EISM" in page.text
    assert str(id_of("eism")) in str(page.soup.find("option", selected=True, value=str(id_of("eism"))))
    client.submit(lead=str(id_of("lead-reviewer")), second=str(id_of("second-reviewer")))
    assert "What to do next" in client.page.text  # type: ignore[union-attr]  # a page was opened
    client.click("Change dates and team")
    page = client.submit(observer=str(id_of("observer")))
    assert "Observer Person" in page.text


def test_a_plan_changed_by_somebody_else_is_shown_beside_what_was_typed(
    app: Flask, client: PageClient
) -> None:
    assessment_id = plan(actor("lead"), wanted())
    client.sign_in("eism@example.org")
    client.get(f"/reviews/{assessment_id}/plan")
    edit_plan(actor("lead"), assessment_id, replace(wanted(), virtual=True), 1)
    page = client.submit(observer="", expect=409)
    assert "Somebody else changed the plan first" in page.text
    page = client.submit()
    assert "The plan is changed" in page.text
    assert not any(one.capacity is Capacity.OBSERVER for one in reviewing.fresh(assessment_id).members)


def test_people_without_a_part_find_nothing_and_the_provider_reads_but_does_not_plan(
    app: Flask, client: PageClient
) -> None:
    assessment_id = plan(actor("lead"), wanted())
    for name in ("far-eism", "other-manager", "buyer", "commissioner", "administrator", "peer"):
        client.sign_in(f"{name}@example.org")
        client.get(f"/reviews/{assessment_id}", expect=404)
        client.get(f"/reviews/{assessment_id}/plan", expect=404)
    client.sign_in("manager@example.org")
    page = client.get(f"/reviews/{assessment_id}")
    assert "is being planned" in page.text
    assert "Open the review" not in page.text
    client.get(f"/assessments/{assessment_id}", expect=404)
    client.get("/services/alder-ips/reviews/new", expect=403)


def test_the_list_searches_filters_and_downloads_what_one_may_see(app: Flask, client: PageClient) -> None:
    plan(actor("lead"), wanted())
    for name, seen in (("lead", True), ("eism", True), ("moderator", True), ("manager", True)):
        client.sign_in(f"{name}@example.org")
        assert ("Alder Ips" in client.get("/reviews").text) is seen
    for name in ("far-eism", "other-manager"):
        client.sign_in(f"{name}@example.org")
        assert "No external review is under way" in client.get("/reviews").text
    client.sign_in("lead@example.org")
    assert "No review matches" in client.get("/reviews?q=birch").text
    assert "No review matches" in client.get("/reviews?which=published").text
    assert "No review matches" in client.get("/reviews?mine=yes").text
    assert "Alder Ips" in client.get("/reviews?which=wrong&sort=wrong&page=-4").text
    body = client.browser.get("/reviews.csv").get_data(as_text=True)
    assert "Lead reviewer Person" in body


def test_the_list_takes_two_statements_however_long_it_is(app: Flask, client: PageClient) -> None:
    client.sign_in("lead@example.org")
    counts = []
    for scale in ("ips-25", "ips-25-ad", "thrive-24"):
        plan(actor("lead"), replace(wanted(), scale_key=scale))
        with recorded(app) as statements:
            client.get("/reviews")
        counts.append(len(statements))
    assert len(set(counts)) == 1
