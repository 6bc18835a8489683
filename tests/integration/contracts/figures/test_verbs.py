"""Figures by hand, social value, freezing: who may, what stays, what is refused."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from portal.contracts.figures import service
from portal.contracts.figures.models import FrozenFigures, ManualFigure
from portal.contracts.figures.queries import figures, frozen_version, latest_frozen, manual_versions
from portal.contracts.figures.rules.figure import Figure
from portal.contracts.figures.rules.freezing import digest, pack
from portal.contracts.figures.service import Entry
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.core.rules.quarters import Quarter
from tests.support import contract_records as records
from tests.support.contract_world import World

QUARTER = Quarter(2025, 3)
OURS = "fidelity-support-partnership"
F = Fraction


def entry(numerator: str = "4.3") -> Entry:
    return Entry(F(numerator), F(9, 2), "A post was entered late", "Payroll of December")


def figure(world: World, number: str = "1") -> Figure:
    return next(one for one in figures(world.contract, QUARTER) if one.indicator.number == number)


def enter(world: World, given: Entry, version: int = 0, number: str = "1") -> int:
    return service.enter_figure(world.lead, world.contract, QUARTER, number, given, version)


def test_a_figure_entered_by_hand_stands_until_it_is_taken_back_and_every_version_is_kept(
    world: World,
) -> None:
    records.employed(OURS, "1", date(2025, 1, 1))
    assert enter(world, entry()) == 1
    assert (figure(world).percent, figure(world).manual) == ("95.56%", "A post was entered late")
    assert enter(world, entry("4"), 1) == 2
    assert figure(world).percent == "88.89%"
    assert enter(world, Entry(None, None, "The post is entered now", ""), 2) == 3
    assert (figure(world).percent, figure(world).manual) == ("22.22%", None)
    kept = [(row.version, row.numerator) for row, _ in manual_versions(world.contract.key, QUARTER, "1")]
    assert kept == [(3, None), (2, "4"), (1, "4.3")]


def test_whoever_saw_an_older_version_is_told_what_stands(world: World) -> None:
    enter(world, entry())
    with pytest.raises(Stale) as error:
        enter(world, entry("4"))
    assert (error.value.version, error.value.current["numerator"]) == (1, "4.3")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (Entry(F(1), F(2), " ", "Payroll"), "reason"),
        (Entry(F(1), F(2), "Late", " "), "evidence"),
        (Entry(F(1), None, "Late", "Payroll"), "denominator"),
        (Entry(F(1), F(0), "Late", "Payroll"), "denominator"),
        (Entry(F(-1), F(2), "Late", "Payroll"), "numerator"),
        (Entry(F(10**12 + 1), F(2), "Late", "Payroll"), "numerator"),
    ],
)
def test_a_figure_needs_reason_evidence_and_a_number_that_can_be_divided(
    world: World, given: Entry, field: str
) -> None:
    with pytest.raises(Invalid) as error:
        enter(world, given)
    assert set(error.value.problems) == {field}


def test_nothing_is_taken_back_that_was_not_entered(world: World) -> None:
    with pytest.raises(Refused):
        enter(world, Entry(None, None, "No reason to", ""))


def test_only_indicators_and_quarters_of_the_contract_take_figures(world: World) -> None:
    with pytest.raises(NotFound):
        enter(world, entry(), number="3")
    with pytest.raises(NotFound):
        service.enter_figure(world.lead, world.contract, Quarter(2024, 3), "1", entry(), 0)
    with pytest.raises(Refused, match="not begun"):
        service.enter_figure(world.lead, world.contract, Quarter(2026, 4), "1", entry(), 0)


@pytest.mark.parametrize("name", ["buyer", "reader", "stranger", "other_buyer"])
def test_only_the_supplier_of_the_contract_enters_reports_and_freezes(world: World, name: str) -> None:
    actor = getattr(world, name)
    with pytest.raises(Forbidden):
        service.enter_figure(actor, world.contract, QUARTER, "1", entry(), 0)
    with pytest.raises(Forbidden):
        service.report_social_value(actor, world.contract, QUARTER, "paid-placements", F(1), "", 0)
    with pytest.raises(Forbidden):
        service.freeze(actor, world.contract, QUARTER)


@pytest.mark.parametrize("name", ["reader", "stranger", "other_buyer"])
def test_only_the_two_sides_open_frozen_figures_again(world: World, name: str) -> None:
    service.freeze(world.lead, world.contract, QUARTER)
    with pytest.raises(Forbidden):
        service.reopen(getattr(world, name), world.contract, QUARTER, "To look at it")
    assert service.reopen(world.buyer, world.contract, QUARTER, "The events are missing") == 1


def test_social_value_is_what_was_met_of_what_was_due(world: World) -> None:
    assert figure(world, "SV").missing == "Nothing reported yet"
    reached = {
        "guaranteed-interviews": F(1),
        "lived-experience-roles": F(2),
        "inclusion-training": F(9, 10) - F(1, 10**6),
    }
    for key, value in reached.items():
        service.report_social_value(world.lead, world.contract, QUARTER, key, value, "Done", 0)
    found = figure(world, "SV")
    assert (found.numerator, found.denominator, found.standing) == (F(2), F(4), "Inadequate")
    service.report_social_value(
        world.lead, world.contract, QUARTER, "inclusion-training", F(9, 10), "Corrected", 1
    )
    service.report_social_value(world.lead, world.contract, QUARTER, "paid-placements", F(1), "", 0)
    assert (figure(world, "SV").percent, figure(world, "SV").standing) == ("100%", "Good")
    with pytest.raises(Stale):
        service.report_social_value(world.lead, world.contract, QUARTER, "paid-placements", F(2), "", 0)
    with pytest.raises(NotFound):
        service.report_social_value(world.lead, world.contract, QUARTER, "pay-gap-review", F(1), "", 0)


def test_a_frozen_quarter_stays_byte_for_byte_as_it_was(world: World) -> None:
    held = records.employed(OURS, "1", date(2025, 1, 1))
    records.planned(OURS, QUARTER, 2)
    event = records.event(OURS, QUARTER.first)
    enter(world, entry("4.5"), number="5")
    before = figures(world.contract, QUARTER)
    assert service.freeze(world.lead, world.contract, QUARTER) == 1
    kept = latest_frozen(world.contract.key, QUARTER)
    assert kept is not None
    content = kept.content
    assert digest(content) == kept.digest
    records.employed(OURS, "1", date(2025, 1, 1))
    records.event(OURS, QUARTER.last)
    records.final(records.service(OURS, date(2025, 1, 1)), QUARTER.first)
    records.forget_event(event)
    records.end_holding(held, QUARTER.first + timedelta(days=1))
    db.session.expire_all()
    again = latest_frozen(world.contract.key, QUARTER)
    assert again is not None
    assert again.content == content
    assert pack(figures(world.contract, QUARTER)) == content == pack(before)
    assert {one.frozen for one in figures(world.contract, QUARTER)} == {1}
    assert pack(before) != pack(service.live_figures(world.contract, [QUARTER])[QUARTER])


def test_frozen_figures_take_nothing_until_they_are_opened_again_for_the_next_version(world: World) -> None:
    service.freeze(world.lead, world.contract, QUARTER)
    with pytest.raises(Refused, match="frozen"):
        enter(world, entry())
    with pytest.raises(Refused, match="frozen"):
        service.report_social_value(world.lead, world.contract, QUARTER, "paid-placements", F(1), "", 0)
    with pytest.raises(Refused, match="frozen"):
        service.freeze(world.lead, world.contract, QUARTER)
    with pytest.raises(Invalid):
        service.reopen(world.buyer, world.contract, QUARTER, " ")
    service.reopen(world.buyer, world.contract, QUARTER, "A post is missing")
    with pytest.raises(Refused):
        service.reopen(world.buyer, world.contract, QUARTER, "Again")
    assert figure(world).frozen is None
    enter(world, entry())
    assert service.freeze(world.lead, world.contract, QUARTER) == 2
    first = frozen_version(world.contract.key, QUARTER, 1)
    assert first is not None
    assert (first[0].manual, figure(world).manual, figure(world).frozen) == (
        None,
        "A post was entered late",
        2,
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE contract_frozen_figures SET digest = 'x'",
        "DELETE FROM contract_frozen_figures",
        "UPDATE contract_manual_figures SET reason = 'x'",
        "DELETE FROM contract_manual_figures",
    ],
)
def test_the_database_itself_refuses_to_change_what_was_kept(world: World, statement: str) -> None:
    enter(world, entry())
    service.freeze(world.lead, world.contract, QUARTER)
    with pytest.raises(DatabaseError, match="never change"):
        db.session.execute(text(statement))
    db.session.rollback()
    assert db.session.query(FrozenFigures).count() == db.session.query(ManualFigure).count() == 1
