"""The fault campaign at its small counts: nothing that was shown as saved is lost, whatever happens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.soak.campaign import SERVER_FAULTS, at_small_counts, control
from tests.soak.faults.fault import Fault
from tests.soak.ground import Ground, ground
from tests.support import databases, postgres

CONTROLLED = [fault for fault in SERVER_FAULTS if fault.control is not None]


@pytest.fixture(scope="module", params=databases.ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Each fault is done on either engine."""
    name: str = request.param
    if name == "postgresql":
        postgres.demand()
    return name


@pytest.fixture(scope="module")
def place(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """One served portal for all faults: each run has a review of its own."""
    with ground(engine, tmp_path_factory.mktemp("soak")) as place:
        yield place


@pytest.fixture
def bare_place(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """A portal whose protection a control takes away."""
    with ground(engine, tmp_path_factory.mktemp("control")) as place:
        yield place


@pytest.mark.parametrize("fault", SERVER_FAULTS, ids=lambda fault: fault.key)
def test_nothing_is_lost(fault: Fault, place: Ground) -> None:
    at_small_counts(fault, place)


@pytest.mark.parametrize("fault", CONTROLLED, ids=lambda fault: fault.key)
def test_without_the_protection_the_campaign_fails(fault: Fault, bare_place: Ground) -> None:
    assert any(control(fault, bare_place, fault.few))
