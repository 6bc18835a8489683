"""The links in mails about new vacancies, which only their mails know: facts for the states of the hub."""

from __future__ import annotations

from uuid import uuid4

from portal.core import clock
from portal.core.act import operational
from portal.workforce.hub.models import VacancySubscription
from portal.workforce.hub.service.subscribing import confirm_token, stop_link


def add() -> dict[str, str]:
    """A request that waits for its confirmation, a subscription, and one that was stopped."""
    now = clock.now()
    waiting, running = uuid4(), uuid4()
    with operational() as session:
        for id_, email, since in ((waiting, "waiting", None), (running, "running", now)):
            one = VacancySubscription(id=id_, email=f"{email}@example.org", regions=["London"], asked_at=now)
            one.confirmed_at = one.told_until = since
            session.add(one)
    return {
        "alerts to confirm": confirm_token(waiting),
        "alerts confirmed": confirm_token(running),
        "alerts to stop": stop_link(running).rpartition("/")[2],
        "alerts stopped": stop_link(uuid4()).rpartition("/")[2],
    }
