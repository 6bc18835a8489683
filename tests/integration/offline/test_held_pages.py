"""The pages of edits that wait: both versions, choosing, setting aside; and ratings that one may read."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.core import clock
from portal.reviews.external.rules.workflow import Action
from portal.reviews.external.service.scoring import change_own_item, lock, save_own_sheet
from tests.support import reviewing
from tests.support.assessing import actor, email
from tests.support.on_site import ITEM, LEAD, SECOND, Tablet, held, note, rating
from tests.support.on_site_pages import disputed, on_site, token, waiting
from tests.support.page_client import PageClient

SECRET = "Cornflower"


@pytest.fixture
def tablet(app: Flask) -> Tablet:
    return Tablet(reviewing.in_fieldwork())


def test_both_versions_are_shown_field_by_field_and_one_is_chosen(tablet: Tablet, client: PageClient) -> None:
    edit = disputed(tablet)
    client.sign_in(email(LEAD))
    client.get(on_site(tablet))
    page = client.get(waiting(tablet, edit))
    assert page.heading == "Note: Ward"
    for words in (
        "Both began from: Seen",
        "Yours, typed on Tablet",
        "Ours",
        "Theirs (Second reviewer Person",
    ):
        assert words in page.text
    page = client.submit(expect=400)
    assert page.errors == ["Note: choose what is to stand"]
    page = client.submit(fields={"choice-text": "third", "third-text": "Both of them"})
    assert "Saved. What you chose stands now." in page.text
    assert note(edit["key"]).text == "Both of them"
    page = client.get(waiting(tablet, edit))
    assert "A third was written" in page.text
    assert "Ours" in page.text


def test_what_changed_meanwhile_shows_the_page_anew_with_the_choice_kept(
    tablet: Tablet, client: PageClient
) -> None:
    edit = disputed(tablet)
    client.sign_in(email(LEAD))
    client.get(waiting(tablet, edit))
    other = Tablet(tablet.review_id, SECOND)
    other.send(other.edit({"text": "Newest"}, kind="note", key=edit["key"], version=2))
    page = client.submit(fields={"choice-text": "third", "third-text": "Both"}, expect=409)
    assert "changed again while you were choosing" in page.errors[0]
    assert "Newest" in page.text
    assert "This was changed again after the edit arrived." in page.text
    client.submit()
    assert note(edit["key"]).text == "Both"


def test_a_second_decision_is_told_so(tablet: Tablet, client: PageClient) -> None:
    edit = disputed(tablet)
    client.sign_in(email(LEAD))
    client.get(waiting(tablet, edit))
    sent = {"choice-text": "theirs", "version": "2"} | token(client)
    client.submit(fields={"choice-text": "theirs"})
    page = client.post(waiting(tablet, edit), sent, expect=409)
    assert "This was decided already." in page.errors


def test_later_edits_of_the_same_note_name_the_earlier(tablet: Tablet, client: PageClient) -> None:
    edit = disputed(tablet)
    later = tablet.edit({"heading": "Later"}, kind="note", key=edit["key"], version=1, after=edit["op_id"])
    tablet.send(later)
    client.sign_in(email(LEAD))
    page = client.get(waiting(tablet, later))
    assert "Decide the earliest first." in page.text
    assert waiting(tablet, edit) in {str(link.get("href")) for link in page.soup.find_all("a")}


def test_every_kind_of_record_is_shown_in_words(tablet: Tablet, client: PageClient) -> None:
    row = tablet.edit({"joined": "1/3/2026"}, kind="row", key="records:3") | {"schema": 7}
    new = tablet.note(item_keys=[ITEM]) | {"schema": 7}
    own = tablet.edit({"rating": 9, "entries": {"clients": "40"}})
    odd = tablet.edit({"rating": 9}) | {"kind": "mood", "fields": {"colour": [1]}}
    tablet.send(row, new, own, odd)
    client.sign_in(email(LEAD))
    client.get(on_site(tablet))
    assert "record 3" in client.get(waiting(tablet, row)).heading
    page = client.get(waiting(tablet, new))
    assert "Interview" in page.text
    assert "Clinicians" in page.text
    page = client.get(waiting(tablet, own))
    assert page.heading.startswith("Your rating of 1.")
    assert "Rating" in page.text
    client.get(waiting(tablet, odd))


def test_the_lead_reviewer_applies_or_sets_aside_and_opens_again(tablet: Tablet, client: PageClient) -> None:
    second = Tablet(tablet.review_id, SECOND)
    late = second.note(taken_on="2999-01-01")
    second.send(late)
    client.sign_in(email(LEAD))
    page = client.get(waiting(tablet, late))
    aside = f"{waiting(tablet, late)}/aside"
    page = client.submit(aside)
    assert "Set aside. It is kept, and you can open it again." in page.text
    client.get(waiting(tablet, late))
    page = client.submit(f"{waiting(tablet, late)}/again")
    page = client.submit(waiting(tablet, late), expect=400)
    assert page.errors == ["The date of a note cannot be later than today"]
    fields = {"choice-taken_on": "third", "third-taken_on": clock.today().isoformat()}
    page = client.submit(waiting(tablet, late), fields=fields)
    assert "Saved." in page.text
    assert note(late["key"]).text == "Seen"


def test_nobody_but_the_author_learns_anything_of_ratings(tablet: Tablet, client: PageClient) -> None:
    """Another reviewer, the observer, the lead manager; others see no page at all."""
    change_own_item(actor(LEAD), tablet.review_id, ITEM, {"rating": 2, "rationale": f"{SECRET} first"}, 0)
    conflict = tablet.edit({"rating": 5, "rationale": f"{SECRET} why"}, base={"rationale": f"{SECRET} base"})
    late = tablet.edit({"rating": 9, "rationale": f"{SECRET} late"})
    odd = tablet.edit({"rationale": f"{SECRET} odd"}) | {"kind": "mood"}
    assert [one["outcome"] for one in tablet.send(conflict, late, odd)] == ["conflict", *["quarantined"] * 2]
    title = "Caseload"
    for who in (SECOND, "observer", "lead"):
        client.sign_in(email(who))
        page = client.get(on_site(tablet))
        assert page.text.count("Only Lead reviewer Person can read it.") == 3
        for address in (on_site(tablet), *(waiting(tablet, edit) for edit in (conflict, late, odd))):
            shown = client.get(address).response.text
            assert SECRET not in shown
            assert ITEM not in shown
            assert title not in shown
        sent = {"choice-rating": "yours", "version": "0"} | token(client)
        client.post(waiting(tablet, late), sent, expect=403)
    for who in ("moderator", "administrator", "manager", "eism"):
        client.sign_in(email(who))
        client.get(on_site(tablet), expect=404)
        client.get(waiting(tablet, late), expect=404)
    client.sign_in(email(LEAD))
    assert f"{SECRET} late" in client.get(waiting(tablet, late)).text
    assert f"{SECRET} why" in client.get(waiting(tablet, conflict)).text


def test_a_moderator_sees_only_that_there_were_ratings(tablet: Tablet, client: PageClient) -> None:
    reviewing.move(tablet.review_id, Action.LEAVE_SITE, LEAD, "The rest is asked by telephone.")
    for who in (LEAD, SECOND):
        save_own_sheet(actor(who), tablet.review_id, reviewing.sheet(), {})
        lock(actor(who), tablet.review_id)
    late = tablet.edit({"rating": 1, "rationale": SECRET}, version=1)
    tablet.send(late)
    reviewing.agree_identical(actor(LEAD), tablet.review_id)
    reviewing.move(tablet.review_id, Action.SUBMIT, LEAD)
    client.sign_in(email("moderator"))
    assert SECRET not in client.get(on_site(tablet)).response.text
    assert SECRET not in client.get(waiting(tablet, late)).response.text


def test_the_lead_reviewer_sets_anothers_ratings_aside_unread(tablet: Tablet, client: PageClient) -> None:
    second = Tablet(tablet.review_id, SECOND)
    edit = second.edit({"rating": 9, "rationale": SECRET})
    second.send(edit)
    client.sign_in(email(LEAD))
    page = client.get(waiting(tablet, edit))
    assert page.heading == "Ratings"
    assert SECRET not in page.response.text
    client.submit()
    assert held(edit["op_id"]).choice == "aside"
    assert rating(tablet.review_id, SECOND) is None
