"""The newsletter: asked for, confirmed, written, sent once to everybody, stopped."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from portal.accounts.rules.asking import CONFIRM_WITHIN, PER_EMAIL
from portal.comms import queries
from portal.comms.content import choices
from portal.comms.models import (
    DeliveryState,
    Newsletter,
    NewsletterDelivery,
    NewsletterState,
    NewsletterSubscription,
    SentNewsletter,
)
from portal.comms.queries import Readers
from portal.comms.rules.composing import STOP_MARK, BlockKind, Draft
from portal.comms.service import edit_newsletter, send_newsletter, send_test, sending, write_newsletter
from portal.comms.service.sending import do_send
from portal.comms.service.subscribing import (
    ask,
    confirm,
    do_daily,
    stop,
    stop_me,
    subscribe_me,
    subscribed,
)
from portal.core import clock
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.core.jobs.models import Job, Mail
from tests.support.assessing import SERVICE, actor, email, id_of
from tests.support.page_client import PageClient
from tests.support.vacancies import a_vacancy

HERE = "192.0.2.7"
DRAFT = Draft("News of March", "Hello to **all**.\n\n- one\n- two")


def mails(to: str) -> list[Mail]:
    return list(db.session.scalars(select(Mail).where(Mail.recipient == to).order_by(Mail.created_at)))


def token_in(mail: Mail) -> str:
    found = re.search(r"/newsletter/(?:confirm|stop)/(\S+)", mail.text)
    assert found
    return found[1]


def join(*addresses: str, supplier: UUID | None = None) -> None:
    for address in addresses:
        ask(address, supplier or id_of("support"), HERE)
        confirm(token_in(mails(address)[-1]))


def written(draft: Draft = DRAFT) -> Newsletter:
    made = write_newsletter(actor("lead"), id_of("support"), draft)
    return db.session.get_one(Newsletter, made)


def sent(*addresses: str) -> Newsletter:
    join(*addresses)
    found = written()
    send_newsletter(actor("lead"), found.id, 1)
    return found


def readers() -> Readers:
    return queries.readers(id_of("support"))


def count(model: type[NewsletterSubscription | NewsletterDelivery | Mail]) -> int:
    return db.session.execute(select(func.count()).select_from(model)).scalar_one()


def test_nobody_gets_it_before_they_confirmed(app: Flask) -> None:
    ask(" Reader@Example.org", id_of("support"), HERE)
    found = written()
    with pytest.raises(Refused, match="Nobody has subscribed"):
        send_newsletter(actor("lead"), found.id, 1)
    confirm(token_in(mails("reader@example.org")[0]))
    assert send_newsletter(actor("lead"), found.id, 1) == 1


def test_a_request_ends_after_a_week_and_is_forgotten(app: Flask) -> None:
    ask("reader@example.org", id_of("support"), HERE)
    token = token_in(mails("reader@example.org")[0])
    with clock.at(clock.now() + CONFIRM_WITHIN + timedelta(seconds=1)):
        with pytest.raises(NotFound):
            confirm(token)
        do_daily({})
    assert count(NewsletterSubscription) == 0


def test_an_address_is_asked_three_times_a_day_at_most(app: Flask) -> None:
    for _ in range(PER_EMAIL + 1):
        ask("reader@example.org", id_of("support"), HERE)
    assert len(mails("reader@example.org")) == PER_EMAIL


def test_a_second_confirmation_does_not_make_a_second_reader(app: Flask) -> None:
    join("reader@example.org", "reader@example.org")
    assert readers().now == 1


def test_everybody_gets_it_once_even_if_the_job_runs_twice(app: Flask) -> None:
    found = sent("a@example.org", "b@example.org")
    payload = {"newsletter_id": str(found.id)}
    do_send(payload)
    do_send(payload)
    assert [len(mails(f"{one}@example.org")) for one in "ab"] == [2, 2]  # the confirmation, the newsletter
    assert queries.course(found.id)[DeliveryState.PASSED_ON] == 2
    assert db.session.get_one(Newsletter, found.id, populate_existing=True).state is NewsletterState.SENT


def test_a_job_that_failed_goes_on_where_it_stopped(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    found = sent("a@example.org", "b@example.org", "c@example.org")
    before, real = count(Mail), sending.send_mail

    def breaks(to: str, *args: str, **others: str) -> object:
        if count(Mail) == before + 1:
            raise OSError("the disk is full")
        return real(to, *args, **others)

    monkeypatch.setattr(sending, "send_mail", breaks)
    with pytest.raises(OSError, match="disk"):
        do_send({"newsletter_id": str(found.id)})
    assert queries.course(found.id)[DeliveryState.WAITING] == 2
    monkeypatch.setattr(sending, "send_mail", real)
    do_send({"newsletter_id": str(found.id)})
    assert count(Mail) == before + 3
    assert all(len(mails(f"{one}@example.org")) == 2 for one in "abc")


def test_who_stops_before_their_turn_gets_nothing(app: Flask) -> None:
    subscribe_me(actor("staff"), id_of("support"))
    found = sent("a@example.org")
    stop_me(actor("staff"), id_of("support"))
    do_send({"newsletter_id": str(found.id)})
    assert mails(email("staff")) == []
    assert queries.course(found.id)[DeliveryState.SKIPPED] == 1


def test_a_mail_carries_both_parts_and_its_own_way_to_stop(app: Flask) -> None:
    found = sent("a@example.org")
    do_send({"newsletter_id": str(found.id)})
    mail = mails("a@example.org")[-1]
    assert mail.unsubscribe is not None
    assert mail.html is not None
    assert mail.unsubscribe in mail.text
    assert mail.unsubscribe in mail.html
    assert STOP_MARK not in mail.text + mail.html
    assert "<strong>all</strong>" in mail.html
    assert "- one\n- two" in mail.text
    stop(token_in(mail))
    stop(token_in(mail))  # again changes nothing
    row = db.session.scalars(select(NewsletterSubscription)).one()
    assert (row.email, row.ended_at is not None, readers().left) == (None, True, 1)


def test_what_was_sent_can_be_changed_by_nobody(app: Flask) -> None:
    found = sent("a@example.org")
    with pytest.raises(Refused, match="has been sent"):
        edit_newsletter(actor("lead"), found.id, Draft("Other", ""), 2)
    with pytest.raises(Refused, match="has been sent"):
        send_newsletter(actor("lead"), found.id, 2)
    for statement in ("UPDATE sent_newsletters SET subject = 'x'", "DELETE FROM sent_newsletters"):
        with pytest.raises(DatabaseError), db.engine.begin() as connection:
            connection.execute(text(statement))


def test_only_the_version_that_was_read_is_sent(app: Flask) -> None:
    join("a@example.org")
    found = written()
    edit_newsletter(actor("lead"), found.id, Draft("Other", "Text"), 1)
    with pytest.raises(Stale):
        send_newsletter(actor("lead"), found.id, 1)
    with pytest.raises(Stale):
        edit_newsletter(actor("lead"), found.id, DRAFT, 1)
    assert db.session.scalars(select(SentNewsletter)).all() == []


def test_a_block_that_no_longer_stands_is_left_out(app: Flask) -> None:
    a_vacancy(actor("manager"), SERVICE, place="Yarm")
    join("a@example.org")
    chosen = choices()
    vacancy, note = chosen[BlockKind.VACANCY][0], chosen[BlockKind.NOTE][0]
    blocks = ((BlockKind.NOTE, note.id), (BlockKind.VACANCY, vacancy.id), (BlockKind.EVENT, "gone"))
    found = written(Draft("News", "", blocks))
    send_newsletter(actor("lead"), found.id, 1)
    row = db.session.get_one(SentNewsletter, found.id)
    assert row.text.index(note.title) < row.text.index("Yarm")
    assert "gone" not in row.pieces


def test_an_empty_newsletter_and_a_mark_left_open_are_refused(app: Flask) -> None:
    join("a@example.org")
    found = written(Draft("News", ""))
    with pytest.raises(Refused, match="says nothing"):
        send_newsletter(actor("lead"), found.id, 1)
    with pytest.raises(Invalid) as error:
        written(Draft("", "**open"))
    assert set(error.value.problems) == {"subject", "intro"}


def test_a_test_goes_to_who_asks_for_it_only(app: Flask) -> None:
    join("a@example.org")
    before = count(Mail)
    assert send_test(actor("lead"), written().id) == email("lead")
    assert count(Mail) == before + 1
    assert mails(email("lead"))[-1].unsubscribe is None


def test_only_the_supplier_writes_and_sends(app: Flask) -> None:
    found = written()
    for verb in (
        lambda: write_newsletter(actor("manager"), id_of("support"), DRAFT),
        lambda: edit_newsletter(actor("manager"), found.id, DRAFT, 1),
        lambda: send_newsletter(actor("manager"), found.id, 1),
        lambda: send_test(actor("manager"), found.id),
    ):
        with pytest.raises(Forbidden):
            verb()


def test_one_click_of_somebody_signed_in_makes_one_subscription(app: Flask) -> None:
    join(email("staff"))  # by the public form, before
    assert subscribed(actor("staff"))
    stop_me(actor("staff"), id_of("support"))
    subscribe_me(actor("staff"), id_of("support"))
    subscribe_me(actor("staff"), id_of("support"))
    assert (subscribed(actor("staff")), readers().now) == ({id_of("support")}, 1)


def test_a_mail_program_stops_it_with_one_post(app: Flask, client: PageClient) -> None:
    found = sent("a@example.org")
    do_send({"newsletter_id": str(found.id)})
    address = f"/newsletter/stop/{token_in(mails('a@example.org')[-1])}"
    assert app.test_client().get(address).status_code == 200
    assert readers().now == 1  # opening it stops nothing
    answer = app.test_client().post(address, data={"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, answer.headers.get("Set-Cookie")) == (200, None)
    assert readers().now == 0


def test_the_whole_way_on_the_pages(app: Flask, client: PageClient) -> None:
    a_vacancy(actor("manager"), SERVICE, place="Yarm")
    join("a@example.org")
    client.sign_in(email("lead"))
    client.get("/communications/newsletters/new")
    ref = f"vacancy:{choices()[BlockKind.VACANCY][0].id}"
    page = client.submit(fields={"subject": "March", "intro": "Hello", "block": ref, f"order-{ref}": "1"})
    assert "Yarm" in page.text
    found = db.session.scalars(select(Newsletter)).one()
    assert "1 reader" in client.get(f"/communications/newsletters/{found.id}/send").text
    assert "Tick the box" in client.submit(expect=400).text
    assert "is being sent to 1 person" in client.submit(sure="y").text
    assert db.session.scalars(select(Job).where(Job.kind == sending.JOB)).one()
    client.sign_out()
    public = client.get(f"/newsletter/{found.id}")
    assert "Yarm" in public.text
    assert public.response.headers["Cache-Control"].startswith("public")
    assert "Set-Cookie" not in public.response.headers
