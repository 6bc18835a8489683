"""The figures of a service's record that fill a calculator."""

from __future__ import annotations

from decimal import Decimal

from portal.directory.rules.details import TeamDetails
from portal.directory.rules.figures import COLOCATION, SPECIALISTS, TEAM_CLIENTS, TOP_TWO, record_figures

TEAMS = (
    TeamDetails("Hill", 10, colocation_days=Decimal("0.5")),
    TeamDetails("River", 30, colocation_days=Decimal(3)),
    TeamDetails("Town", 20),
)


def test_the_two_largest_teams_are_counted_whatever_their_order() -> None:
    figures = record_figures(Decimal("4.50"), TEAMS)
    assert figures[TOP_TWO].value == "50"
    assert figures[TEAM_CLIENTS].value == "60"
    assert figures[SPECIALISTS].value == "4.5"


def test_co_location_is_told_in_words_only() -> None:
    figure = record_figures(Decimal(0), TEAMS)[COLOCATION]
    assert figure.value == ""
    assert "River 3 days a week" in figure.words


def test_nothing_is_offered_that_was_not_entered() -> None:
    assert record_figures(Decimal(0), ()) == {}
    assert set(record_figures(Decimal(1), ())) == {SPECIALISTS}
