"""Pages for everybody: scales, help and the accessibility statement."""

from __future__ import annotations

from datetime import date

import pytest

from portal.accounts.rules.roles import ROLES
from portal.core import clock
from portal.pages.accessibility import STATEMENT
from portal.pages.help_page import GUIDES
from portal.scales.registry import registry
from portal.scales.rules.definition import Basis


def test_the_accessibility_statement_was_reviewed_within_a_year() -> None:
    """SI 2018/952, regulation 8: the statement is kept under regular review."""
    assert (clock.today() - STATEMENT.reviewed).days < 365, "review the statement and its date"
    assert date(2026, 1, 1) <= STATEMENT.prepared <= STATEMENT.reviewed


def test_the_statement_has_its_four_parts(client) -> None:
    page = client.get("/accessibility")
    parts = [heading.get_text() for heading in page.soup.find_all("h2")]
    assert [part[:2] for part in parts] == ["1.", "2.", "3.", "4."]
    assert "last reviewed on" in page.text
    assert all(limit.what in page.text for limit in STATEMENT.limits)


def test_help_speaks_of_every_role_and_of_ones_own_first(client, world) -> None:
    assert {guide.role for guide in GUIDES} == set(ROLES)
    assert "What you can do here" not in client.get("/help").text
    client.sign_in("esi@example.com")
    page = client.get("/help")
    assert page.text.index("Expert implementation") < page.text.index("How an assessment runs")


def test_the_list_of_scales_names_version_hash_use_and_source(client) -> None:
    text = client.get("/scales").text
    for scale in registry().all():
        assert all(part in text for part in (scale.title, scale.version, scale.digest, scale.source))
    assert text.count("Incomplete, not for scoring") == 1


@pytest.mark.parametrize("key", registry().keys())
def test_a_scale_shows_every_item_with_its_anchors_and_what_is_not_settled(client, key: str) -> None:
    scale, text = registry().get(key), client.get(f"/scales/{key}").text
    for item in scale.items:
        assert " ".join(item.definition.split()) in text
        assert all(" ".join(anchor.split()) in text for anchor in item.anchors.values())
    derived = sum(item.basis is Basis.DERIVED for item in scale.items)
    assert text.count("Anchors derived") == derived
    assert text.count("Unchecked") == sum(not item.checked for item in scale.items)
    assert ("No bands are published" in text) is (not scale.bands)


def test_a_scale_that_is_not_there_is_404(client) -> None:
    client.get("/scales/moon", expect=404)
