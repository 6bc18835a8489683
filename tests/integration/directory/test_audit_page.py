"""The audit's page for administrators."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from portal.accounts.rules.actors import PORTAL
from portal.core import clock
from portal.core.act import act
from portal.core.audit.models import AuditRow
from portal.core.db import db
from portal.directory import service as verbs
from portal.directory.rules.details import TeamDetails


def rows(page) -> list[list[str]]:
    return page.table("Changes, newest first")[1:]


@pytest.fixture
def audit(world, client):
    """Two changes to a service, and an administrator who looks."""
    service = world.service()
    verbs.set_host_teams(world.actor("mo"), service.id, 1, [TeamDetails("East <b>", 4)])
    client.sign_in("ada@example.com")
    return service


def test_the_newest_change_comes_first_with_who_and_what(audit, client) -> None:
    first = rows(client.get("/administration/audit"))[0]
    assert first[2:5] == ["Mo provider-manager", "directory.set_host_teams", f"service {audit.id}"]
    assert "East <b>" in first[5]


def test_rows_are_found_by_thing_verb_person_and_day(audit, client) -> None:
    def found(query: str) -> set[str]:
        return {row[3] for row in rows(client.get(f"/administration/audit?{query}"))}

    both = {"directory.set_host_teams", "directory.create_service"}
    today = clock.today()
    assert found(f"subject_type=service&subject_id={audit.id}") == both
    assert found("person=MO@example.com") == {"directory.set_host_teams"}
    assert found("person=mo&verb=directory.set") == {"directory.set_host_teams"}
    assert found(f"verb=directory.cre&after={today}&until={today}") == {"directory.create_service"}
    for nothing in (f"after={today + timedelta(days=1)}", f"until={today - timedelta(days=1)}", "verb=%"):
        assert "No rows match" in client.get(f"/administration/audit?{nothing}").text


def test_a_day_that_is_none_is_refused_and_kept(audit, client) -> None:
    page = client.get("/administration/audit?after=2026-02-30&person=mo", expect=400)
    assert page.errors == ["From must be a real date, like 2026-03-27"]
    assert page.soup.find(id="person")["value"] == "mo"


def test_sealed_payloads_are_shown_to_nobody(audit, client) -> None:
    with act(PORTAL, "blind.rate", ("review", "1")) as work:
        work.note(rating=5, words="not to be read")
    page = client.get("/administration/audit")
    assert rows(page)[0][5] == "Sealed"
    assert "not to be read" not in page.text


def test_older_rows_follow_page_by_page(audit, client) -> None:
    for number in range(50):
        with act(PORTAL, "tests.more", ("thing", number)):
            pass
    total = db.session.scalar(select(func.count(AuditRow.number)))
    first = rows(client.get("/administration/audit"))
    assert len(first) == 50
    older = rows(client.click("Older rows"))
    assert int(older[0][0]) == int(first[-1][0]) - 1
    assert len(first) + len(older) == total


def test_checking_the_chain_says_that_it_is_whole_or_what_is_wrong(audit, client, engine_name) -> None:
    client.get("/administration/audit")
    check = "/administration/audit/verify"
    assert "The chain is whole" in client.submit(check).text
    trigger = {
        "sqlite": "DROP TRIGGER audit_rows_no_update",
        "postgresql": "DROP TRIGGER audit_rows_no_change ON audit_rows",
    }
    with db.engine.begin() as connection:
        connection.execute(text(trigger[engine_name]))
        connection.execute(text("UPDATE audit_rows SET verb = 'tests.forged' WHERE number = 2"))
    page = client.submit(check)
    assert "The chain is broken" in page.text
    assert "Row 2: was changed" in page.text


@pytest.mark.parametrize("person", ["leo", "mo", "cora"])
def test_only_administrators_read_the_audit(audit, client, person: str) -> None:
    client.sign_in(f"{person}@example.com")
    client.get("/administration/audit", expect=403)
