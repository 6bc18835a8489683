"""Portals served for tests: each on its own, gone at the end, and saying why where they do not start."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import databases
from tests.support.loopback import answers
from tests.support.site import Site, serving


def port_of(site: Site) -> int:
    return int(site.url.rpartition(":")[2])


def test_two_portals_of_one_loaded_process_are_served_side_by_side_and_end_with_their_test(
    tmp_path: Path,
) -> None:
    with (
        databases.copy_of_template("sqlite", tmp_path / "one") as one,
        databases.copy_of_template("sqlite", tmp_path / "other") as other,
        serving(one, tmp_path / "one" / "data", worker=False) as first,
    ):
        with serving(other, tmp_path / "other" / "data", worker=False) as second:
            ports = (port_of(first), port_of(second))
            assert ports[0] != ports[1]
            assert all(answers(port) for port in ports)
        assert not answers(ports[1])
        assert answers(ports[0])
    assert not answers(ports[0])


def test_a_portal_that_does_not_start_says_why(tmp_path: Path) -> None:
    nowhere = f"sqlite:///{tmp_path}/no-such-folder/portal.sqlite"
    with (
        pytest.raises(RuntimeError, match=r"(?s)did not start.*unable to open database file"),
        serving(nowhere, tmp_path / "data", worker=False),
    ):
        pass


def test_no_portal_has_a_port_that_a_browsers_connection_may_take_while_it_loads(tmp_path: Path) -> None:
    given = Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()
    with (
        databases.copy_of_template("sqlite", tmp_path) as url,
        serving(url, tmp_path / "data", worker=False) as site,
    ):
        assert port_of(site) < int(given[0])
