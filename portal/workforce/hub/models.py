"""Vacancies, and who is mailed about new ones."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import EnumText, Identified, Model
from portal.workforce.hub.rules.checking import Contract
from portal.workforce.hub.rules.moving import State


class Vacancy(Identified, Model):
    """A vacancy of a service. The employer is the provider that posted it. Money in whole pence a year.

    `opened_at` is the first opening, from which the days to fill are counted.
    """

    __tablename__ = "vacancies"
    __table_args__ = (
        CheckConstraint("fte > 0", name="fte_above_nought"),
        CheckConstraint("weekly_hours > 0", name="hours_above_nought"),
        CheckConstraint("salary_from IS NULL OR salary_from > 0", name="salary_above_nought"),
        CheckConstraint(
            "salary_to IS NULL OR (salary_from IS NOT NULL AND salary_to >= salary_from)",
            name="salary_in_order",
        ),
        CheckConstraint("(state = 'filled') = (filled_at IS NOT NULL)", name="filled_has_its_moment"),
        CheckConstraint(
            "opened_at IS NOT NULL OR state IN ('draft', 'withdrawn')", name="open_has_its_moment"
        ),
        Index("ix_vacancies_open", "state", "closes_on"),
    )

    key: Mapped[str] = mapped_column(String(140), unique=True)  # in its public address
    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("services.id"), index=True)
    employer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"), index=True)
    posted_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"))
    title: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(40))
    place: Mapped[str] = mapped_column(String(120))
    region: Mapped[str] = mapped_column(String(40))
    fte: Mapped[Decimal] = mapped_column(Numeric(4, 2))
    weekly_hours: Mapped[Decimal] = mapped_column(Numeric(4, 2))
    part_time: Mapped[bool]
    contract: Mapped[Contract] = mapped_column(EnumText(Contract))
    salary_from: Mapped[int | None]
    salary_to: Mapped[int | None]
    pay_words: Mapped[str] = mapped_column(String(120), default="")
    closes_on: Mapped[date]
    description: Mapped[str] = mapped_column(Text)
    apply_url: Mapped[str] = mapped_column(String(500))
    state: Mapped[State] = mapped_column(EnumText(State), default=State.DRAFT)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    opened_at: Mapped[datetime | None] = mapped_column(index=True)
    filled_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class VacancySubscription(Identified, Model):
    """An address that asked for mails about new vacancies. Without regions: of every region.

    Nothing is mailed but the request to confirm until it is confirmed; one not confirmed within a week
    is deleted, and so is one that is stopped. `told_until`: what opened before it has been told of.
    """

    __tablename__ = "vacancy_subscriptions"
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_lower"),
        CheckConstraint("(confirmed_at IS NULL) = (told_until IS NULL)", name="told_once_confirmed"),
        Index("ix_vacancy_subscriptions_email", "email"),
    )

    email: Mapped[str] = mapped_column(String(254))
    regions: Mapped[list[Any]]  # names of regions
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    told_until: Mapped[datetime | None]
