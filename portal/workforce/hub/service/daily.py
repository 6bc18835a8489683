"""What the recruitment hub does by itself once a day: close what has passed, and tell of what is new.

Each vacancy and each subscription is a transaction of its own, noted together with its mail, so that a
second run on the same day sends nothing.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, select

from portal.accounts.models import Person, SubscriptionTry
from portal.accounts.rules.actors import PORTAL
from portal.accounts.rules.asking import CONFIRM_WITHIN, WITHIN
from portal.core import clock
from portal.core.act import act, operational
from portal.core.db import db
from portal.core.mail import send_mail, words
from portal.core.urls import public_url
from portal.workforce.hub.models import Vacancy, VacancySubscription
from portal.workforce.hub.queries import newest
from portal.workforce.hub.rules.checking import pay
from portal.workforce.hub.rules.moving import Move, State
from portal.workforce.hub.service.subscribing import stop_link
from portal.workforce.hub.service.vacancies import move_vacancy

JOB = "vacancies.daily"
MOST = 20  # vacancies in one mail; the rest is behind its link
LOOKED_AT = 500


def do_daily(_payload: dict[str, Any]) -> None:
    """Handler of the daily job."""
    close_passed()
    tell_subscribers()
    tidy()


def close_passed() -> int:
    """Close every open vacancy whose closing date has passed, and mail who posted it. Returns how many."""
    passed = select(Vacancy.id).where(Vacancy.state == State.OPEN, Vacancy.closes_on < clock.today())
    ids = list(db.session.scalars(passed.order_by(Vacancy.closes_on, Vacancy.key)))
    return sum(_close(vacancy_id) for vacancy_id in ids)


def _close(vacancy_id: UUID) -> bool:
    with act(PORTAL, "vacancy.close-passed", ("vacancy", vacancy_id)) as work:
        query = select(Vacancy).where(Vacancy.id == vacancy_id).with_for_update()
        vacancy = db.session.scalars(query.execution_options(populate_existing=True)).one()
        if vacancy.state is not State.OPEN or vacancy.closes_on >= clock.today():
            work.unchanged()  # another run was faster, or its date was put off
            return False
        move_vacancy(PORTAL, vacancy_id, Move.CLOSE)
        poster = db.session.get(Person, vacancy.posted_by)
        if poster is not None and poster.disabled_at is None:
            address = f"{public_url()}/workforce/vacancies/{vacancy_id}"
            subject, text = words(
                "workforce/hub/mails/closed.txt", name=poster.name, vacancy=vacancy, address=address
            )
            send_mail(poster.email, subject, text)
        return True


def tell_subscribers() -> int:
    """Mail every confirmed subscription what opened since its last mail. Returns how many mails."""
    lately = newest("", LOOKED_AT)
    if not lately:
        return 0
    last = max(row.Vacancy.opened_at for row in lately)
    waiting = select(VacancySubscription.id).where(VacancySubscription.told_until < last)
    ids = list(db.session.scalars(waiting.order_by(VacancySubscription.id)))
    return sum(_tell(subscription_id, lately) for subscription_id in ids)


def _tell(subscription_id: UUID, lately: list[Row[Any]]) -> bool:
    """Write one mail with what is new in the regions asked for. False where nothing is."""
    with act(PORTAL, "vacancies.tell", ("subscription", subscription_id)) as work:
        query = select(VacancySubscription).where(VacancySubscription.id == subscription_id).with_for_update()
        one = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
        if one is None or one.told_until is None:
            work.unchanged()
            return False
        since = one.told_until
        new = [
            row
            for row in lately
            if row.Vacancy.opened_at > since and (not one.regions or row.Vacancy.region in one.regions)
        ]
        if not new:
            work.unchanged()
            return False
        one.told_until = max(row.Vacancy.opened_at for row in lately)
        subject, text = words(
            "workforce/hub/mails/new.txt",
            rows=new[:MOST],
            more=max(0, len(new) - MOST),
            pay=pay,
            jobs=f"{public_url()}/jobs",
            stop=stop_link(one.id),
        )
        send_mail(one.email, subject, text)
        work.note(vacancies=len(new))
        return True


def tidy() -> None:
    """Forget requests that were not confirmed in time, and tries that no longer count."""
    now = clock.now()
    with operational() as database:
        late = VacancySubscription.asked_at < now - CONFIRM_WITHIN
        database.execute(delete(VacancySubscription).where(VacancySubscription.confirmed_at.is_(None), late))
        database.execute(delete(SubscriptionTry).where(SubscriptionTry.at <= now - WITHIN))
