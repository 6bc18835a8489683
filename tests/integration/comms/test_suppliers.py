"""Two suppliers on one portal: each writes to its own readers only."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Membership, Organisation
from portal.accounts.rules.roles import OrganisationKind, Role
from portal.comms import queries
from portal.comms.models import NewsletterDelivery, NewsletterSubscription
from portal.comms.rules.composing import Draft
from portal.comms.rules.planning import EntryDetails, EntryKind
from portal.comms.service import plan_entry, send_newsletter, write_newsletter
from portal.comms.service.sending import do_send
from portal.comms.service.subscribing import (
    ask,
    confirm,
    stop_me,
    subscribe_me,
    subscribed,
)
from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from portal.core.errors import Invalid, NotFound, Refused
from portal.core.jobs.models import Mail
from tests.support.assessing import actor, email, id_of
from tests.support.page_client import PageClient
from tests.support.statements import recorded

HERE, OTHER = "192.0.2.7", "Zest support"


@pytest.fixture
def other(app: Flask) -> UUID:
    """A second supplier, whose lead manager is the first one's too."""
    with operational() as session:
        made = Organisation(id=id_of("zest"), key="zest", name=OTHER, kind=OrganisationKind.SUPPLIER)
        session.add(made)
        session.flush()
        held = Membership(person_id=id_of("lead"), organisation_id=made.id, role=Role.LEAD_MANAGER)
        held.starts = clock.today()
        session.add(held)
    return id_of("zest")


def mails(to: str) -> list[Mail]:
    return list(db.session.scalars(select(Mail).where(Mail.recipient == to).order_by(Mail.created_at)))


def join(address: str, supplier: UUID) -> None:
    ask(address, supplier, HERE)
    found = re.search(r"/newsletter/confirm/(\S+)", mails(address)[-1].text)
    assert found
    confirm(found[1])


def send(supplier: UUID) -> UUID:
    made = write_newsletter(actor("lead"), supplier, Draft(f"News {supplier}", "Hello"))
    send_newsletter(actor("lead"), made, 1)
    do_send({"newsletter_id": str(made)})
    return made


def test_a_supplier_does_not_write_to_the_readers_of_another(app: Flask, other: UUID) -> None:
    join("a@example.org", id_of("support"))
    made = write_newsletter(actor("lead"), other, Draft("News", "Hello"))
    with pytest.raises(Refused, match="Nobody has subscribed"):
        send_newsletter(actor("lead"), made, 1)
    join("b@example.org", other)
    send(other)
    assert len(mails("a@example.org")) == 1  # the request to confirm
    assert OTHER in mails("b@example.org")[-1].text
    assert (queries.readers(other).now, queries.readers(id_of("support")).now) == (1, 1)


def test_every_delivery_is_to_a_reader_of_its_sender(app: Flask, other: UUID) -> None:
    for supplier in (id_of("support"), other):
        join("both@example.org", supplier)
        send(supplier)
    query = select(NewsletterSubscription.supplier_id, NewsletterDelivery.newsletter_id).join(
        NewsletterDelivery, NewsletterDelivery.subscription_id == NewsletterSubscription.id
    )
    assert len({row[0] for row in db.session.execute(query)}) == 2
    assert len(mails("both@example.org")) == 4  # a request and a newsletter of each


def test_stopping_one_leaves_the_other(app: Flask, other: UUID) -> None:
    for supplier in (id_of("support"), other):
        subscribe_me(actor("staff"), supplier)
    stop_me(actor("staff"), other)
    assert subscribed(actor("staff")) == {id_of("support")}


@pytest.mark.parametrize("who", ["alder", "nobody"])
def test_only_a_supplier_has_a_newsletter(app: Flask, who: str) -> None:
    with pytest.raises(Invalid) as error:
        ask("a@example.org", id_of(who), HERE)
    assert error.value.problems == {"supplier": "Choose whose newsletter you want"}
    for verb in (subscribe_me, stop_me):
        with pytest.raises(NotFound):
            verb(actor("staff"), id_of(who))


def test_where_there_are_two_the_pages_ask_whose(app: Flask, client: PageClient, other: UUID) -> None:
    client.get("/newsletter/subscribe")
    page = client.submit(email="a@example.org", expect=400)
    assert "Choose whose newsletter you want" in page.text
    assert "Look into your e-mails" in client.submit(supplier=str(other)).text
    assert OTHER in mails("a@example.org")[-1].text
    join("b@example.org", other)
    sent = send(other)
    page = client.get("/newsletter")
    assert OTHER in page.text
    assert str(sent) not in client.get(f"/newsletter?supplier={id_of('support')}").response.text
    assert str(sent) in client.get(f"/newsletter?supplier={other}").response.text
    client.sign_in(email("staff"))
    client.get("/newsletter/mine")
    client.submit(f"of-{other}")
    assert subscribed(actor("staff")) == {other}


def test_where_there_is_one_the_page_names_it_and_asks_nothing(app: Flask, client: PageClient) -> None:
    page = client.get("/newsletter/subscribe")
    assert "the newsletter of Support" in page.text
    assert not page.soup.select("input[name=supplier]")
    assert "Look into your e-mails" in client.submit(email="a@example.org").text


PINNED = (
    ("/communications", 4),
    ("/communications/newsletters", 5),
    ("/communications/newsletters/new", 7),
    ("/communications/newsletters/{id}", 4),
    ("/communications/newsletters/{id}/compose", 7),
    ("/communications/newsletters/{id}/send", 4),
    ("/newsletter", 4),
    ("/newsletter/{id}", 2),
    ("/newsletter/mine", 3),
)


@pytest.mark.parametrize(("address", "most"), PINNED)
def test_a_page_has_a_fixed_number_of_statements(
    app: Flask, client: PageClient, address: str, most: int
) -> None:
    """However many readers, newsletters and entries there are."""
    found = []
    client.sign_in(email("lead"))
    for number in (1, 4):
        for place in range(number):
            join(f"reader-{number}-{place}@example.org", id_of("support"))
            details = EntryDetails(EntryKind.SOCIAL, "A post", clock.today())
            plan_entry(actor("lead"), id_of("support"), id_of("lead"), details)
        made = [send(id_of("support")) for _ in range(number)][-1]
        if "compose" in address or address.endswith("/send"):
            made = write_newsletter(actor("lead"), id_of("support"), Draft("Draft", "Hello"))
        client.get(address.format(id=made))
        with recorded(app) as statements:
            client.get(address.format(id=made))
        found.append(len(statements))
    assert found == [most, most], statements
