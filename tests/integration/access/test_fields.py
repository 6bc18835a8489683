"""Fields nobody asked for change nothing, drafts show themselves to nobody else, and words stay words."""

from __future__ import annotations

import io
import re

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import text

from portal.core.act import operational
from portal.core.db import db
from portal.core.jobs.models import Mail
from portal.core.mail import _message, send_mail
from portal.reviews.assessment.service.drafting import ItemDraft
from portal.reviews.assessment.service.rating import save_item
from tests.integration.access import things, world
from tests.integration.access.conftest import Browser, csrf_token

EXTRA = {
    "state": "final",
    "total": "125",
    "score": "125",
    "band_key": "exemplary",
    "organisation_id": "x",
    "role": "administrator",
    "person_id": "x",
    "service_id": "x",
    "guide_id": "x",
    "final_at": "2020-01-01",
    "scale_key": "ips-15",
    "kind": "self",
    "suggested": "5",
    "is_portal": "1",
    "id": "x",
    "item_key": "x",
    "assessment_id": "x",
    "round": "9",
    "started_by": "x",
}
READERS = (
    "commissioner",
    "programme-team",
    "buyer",
    "governance",
    "other-manager",
    "other-peer",
    "other-lead",
    "far-eism",
)


def _assessment(site: Flask, name: str) -> tuple[object, ...]:
    with site.app_context():
        row = db.session.execute(
            text("SELECT * FROM assessments WHERE id = :id"),
            {"id": world.id_of(name).hex if db.engine.name == "sqlite" else world.id_of(name)},
        ).one()
        return tuple(row)


def test_fields_nobody_asked_for_change_nothing(site: Flask, enter: Browser) -> None:
    before, client = _assessment(site, "draft"), enter("staff")
    sent = EXTRA | {
        "rating": "4",
        "rationale": "Why",
        "evidence": "Seen",
        "version": "1",
        "csrf_token": csrf_token(site),
    }
    assert client.post(f"/assessments/{world.id_of('draft')}/items/1", data=sent).status_code == 303
    assert _assessment(site, "draft") == before
    with site.app_context():
        rows = db.session.execute(text("SELECT count(*) FROM item_ratings WHERE rating = 4")).scalar_one()
        assert rows == 1


@pytest.mark.parametrize("version", ["0", "99", "-1", "", "x", "9" * 5000, "1e0", "١"])
def test_a_version_nobody_saw_is_stale(site: Flask, enter: Browser, version: str) -> None:
    sent = {
        "rating": "4",
        "rationale": "Why",
        "evidence": "",
        "version": version,
        "csrf_token": csrf_token(site),
    }
    answer = enter("staff").post(f"/assessments/{world.id_of('draft')}/items/1", data=sent)
    assert answer.status_code == 409


def test_a_manager_invites_no_administrator_and_nobody_elsewhere(site: Flask, enter: Browser) -> None:
    client, token = enter("manager"), csrf_token(site)
    for role, organisation in (
        ("administrator", "alder"),
        ("peer-reviewer", "alder"),
        ("provider-staff", "birch"),
        ("administrator", "operator"),
    ):
        sent = {
            "name": "X",
            "email": "x@example.org",
            "role": role,
            "organisation": str(world.id_of(organisation)),
        }
        assert client.post("/our-people/new", data={**sent, "csrf_token": token}).status_code in (400, 403)
    with site.app_context():
        found = db.session.execute(
            text("SELECT count(*) FROM people WHERE email = 'x@example.org'")
        ).scalar_one()
    assert found == 0


def test_a_file_has_one_address_only(site: Flask, enter: Browser) -> None:
    with site.app_context():
        files = {name: things.file_of(name) for name in ("draft", "with-guide", "final", "birch")}
    client = enter("manager")
    for through in ("draft", "with-guide", "final"):
        for of, file_id in files.items():
            answer = client.get(f"/assessments/{world.id_of(through)}/files/{file_id}")
            assert answer.status_code == (200 if through == of else 404)
            if through == of:
                assert answer.headers["Content-Disposition"].startswith("attachment")
            answer.close()
    token = {"csrf_token": csrf_token(site)}
    for verb in ("remove", "restore"):
        address = f"/assessments/{world.id_of('draft')}/files/{files['birch']}/{verb}"
        assert client.post(address, data=token).status_code == 404
    stray = client.post(
        f"/assessments/{world.id_of('birch')}/items/1/files",
        data={**token, "upload": (io.BytesIO(things.EVIDENCE), "x.pdf")},
    )
    assert stray.status_code == 404


@pytest.mark.parametrize("name", READERS)
def test_drafts_show_themselves_to_nobody_else(site: Flask, enter: Browser, name: str) -> None:
    """Neither their words nor their ids, on homes, lists, the service page, downloads or report addresses."""
    client = enter(name)
    hidden = ["draft", "with-guide", "with-provider", "settling", "peer", "withdrawn"]
    hidden += [] if name in ("other-manager", "other-lead") else ["birch"]  # of their own
    wanted = ["/", "/services", "/services.csv", "/services?q=Cornflow", "/people", "/help"]
    wanted += [f"/services/{owner}-{key}" for key, owner in world.SERVICES.items()]
    for key in hidden:
        wanted += [
            f"/assessments/{world.id_of(key)}{end}" for end in ("", "/report", "/report.json", "/items/1")
        ]
    for address in wanted:
        answer = client.get(address, headers={"Accept": "text/html"})
        as_json = client.get(address, headers={"Accept": "application/json"})
        said = answer.text + as_json.text
        assert things.SECRET not in said, address
        for key in hidden:
            assert f"/assessments/{world.id_of(key)}" not in said.replace(address, ""), (
                f"{address} names {key}"
            )


PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "</textarea><script>1</script>",
    "{{7*7}}${7*7}<%= 7*7 %>",
    "</script><script>alert(1)</script>",
    "javascript:alert(1)",
    "<!--<script>",
    "=cmd|' /C calc'!A0",
    "@SUM(1)",
    "\u2028</title>",
    "]]><b>x</b>",
)
BASE = "Mark"


def _inert(body: str, address: str) -> None:
    page = BeautifulSoup(body, "html.parser")
    assert not page.find(onerror=True), address
    assert not page.find(onload=True), address
    assert not [tag for tag in page.find_all("img") if tag.get("src") == "x"], address
    assert all(not str(tag["href"]).startswith("javascript:") for tag in page.find_all("a", href=True)), (
        address
    )
    for script in page.find_all("script"):
        assert script.get("nonce") or script.get("type") == "application/json", f"{address}: {script}"
        assert "alert(1)" not in script.get_text() or script.get("type") == "application/json", address
    assert "Mark49" not in body, address


@pytest.mark.parametrize("payload", PAYLOADS)
def test_words_stay_words(site: Flask, enter: Browser, payload: str) -> None:
    typed = BASE + payload if payload[0] not in "=@" else payload
    with site.app_context():
        for number, name in ((0, "draft"), (0, "birch")):
            who = world.actor("manager" if name == "draft" else "other-manager")
            save_item(who, world.id_of(name), things.item_keys()[number], ItemDraft(2, typed, typed), 1)
        with operational() as session:
            for table, field in (
                ("services", "name"),
                ("services", "about"),
                ("people", "name"),
                ("organisations", "name"),
                ("attachments", "original_name"),
                ("plan_actions", "what"),
                ("plan_actions", "measure"),
                ("plan_actions", "owner"),
            ):
                session.execute(text(f"UPDATE {table} SET {field} = :typed"), {"typed": typed[:100]})  # noqa: S608  names are ours
    draft, final = f"/assessments/{world.id_of('draft')}", f"/assessments/{world.id_of('final')}"
    with site.app_context():
        plan = f"/plans/{things.plan().id}"
    seen = 0
    for who, addresses in {
        "manager": [
            "/",
            "/services",
            "/services/alder-draft",
            "/services/alder-final",
            draft,
            f"{draft}/items/1",
            f"{draft}/sheet",
            f"{draft}/check",
            f"{final}/report",
            plan,
            "/our-people",
            "/account",
        ],
        "administrator": [
            "/people",
            "/people/organisations",
            "/services/alder-draft/links",
            "/administration/audit",
        ],
        "eism": [f"{draft}/items/1", "/"],
    }.items():
        client = enter(who)
        for address in addresses:
            answer = client.get(address)
            assert answer.status_code == 200, address
            _inert(answer.text, address)
            seen += typed[:20] in BeautifulSoup(answer.text, "html.parser").get_text()
    assert seen > 3
    for address in (f"{draft}/template.csv", "/services.csv", f"{plan}.csv"):
        body = enter("manager").get(address).text
        assert not re.search(r'(^|,)"?[=@+]', body, re.MULTILINE), address


def test_a_mail_has_the_headers_we_gave_it_and_no_others(site: Flask) -> None:
    with site.app_context():
        with operational():
            mail_id = send_mail("a@example.org", "Hello\r\nBcc: evil@example.org\n\nBody", "Text\r\nBcc: x")
        message = _message(db.session.get_one(Mail, mail_id), "portal@example.org")
    assert message["Bcc"] is None
    assert "\n" not in str(message["Subject"])


@pytest.mark.parametrize(
    "name",
    [
        'a"\r\nSet-Cookie: x=1.pdf',
        "../../etc/passwd.pdf",
        "a\x00.pdf",
        "\u202efdp.pdf",
        "x" * 500 + ".pdf",
        ".pdf",
    ],
)
def test_a_file_name_makes_no_header_and_leads_nowhere(site: Flask, enter: Browser, name: str) -> None:
    client = enter("manager")
    sent = {"csrf_token": csrf_token(site), "upload": (io.BytesIO(things.EVIDENCE + name.encode()), name)}
    address = f"/assessments/{world.id_of('draft')}"
    answer = client.post(f"{address}/items/2/files", data=sent)
    assert answer.status_code in (303, 400)
    with site.app_context():
        found = db.session.execute(
            text("SELECT original_name FROM attachments WHERE original_name NOT LIKE 'Cornflower%'")
        ).scalars()
        for kept in found:
            assert not re.search(r'[\r\n\0"/\\\u202e]', kept)
            assert len(kept) <= 120
