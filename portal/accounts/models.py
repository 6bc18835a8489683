"""Organisations, people, memberships, and how people sign in."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.rules.roles import OrganisationKind, Role
from portal.core.db import EnumText, Identified, Model


class Organisation(Identified, Model):
    """A provider, supplier, buyer, commissioner, evaluator or the portal's operator."""

    __tablename__ = "organisations"

    key: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(200), index=True)
    kind: Mapped[OrganisationKind] = mapped_column(EnumText(OrganisationKind))
    version: Mapped[int] = mapped_column(default=1)


class Person(Identified, Model):
    """Somebody who signs in. `password_hash` is NULL until an invitation is taken up."""

    __tablename__ = "people"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)

    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    memberships: Mapped[list[Membership]] = relationship(
        back_populates="person", order_by="Membership.starts"
    )


class Membership(Identified, Model):
    """A role in an organisation, with dates. `region` bounds an EISM's own services."""

    __tablename__ = "memberships"
    __table_args__ = (
        CheckConstraint("ends IS NULL OR ends >= starts", name="dates_in_order"),
        UniqueConstraint("person_id", "organisation_id", "role", "starts"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"), index=True)
    role: Mapped[Role] = mapped_column(EnumText(Role))
    region: Mapped[str | None] = mapped_column(String(40))
    starts: Mapped[date]
    ends: Mapped[date | None]

    person: Mapped[Person] = relationship(back_populates="memberships")
    organisation: Mapped[Organisation] = relationship()


class SignIn(Identified, Model):
    """A server-side session. The cookie carries a token; only its SHA-256 is kept."""

    __tablename__ = "sign_ins"

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    agent: Mapped[str] = mapped_column(String(200), default="")


class Invitation(Identified, Model):
    """A link by e-mail to set a password: for a new person, or to reset one."""

    __tablename__ = "invitations"

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[str] = mapped_column(String(20))  # invite or reset
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SignInFailure(Identified, Model):
    """A refused password, to slow guessing per account and address without locking the owner out."""

    __tablename__ = "sign_in_failures"
    __table_args__ = (Index("ix_sign_in_failures_email_at", "email", "at"),)

    email: Mapped[str] = mapped_column(String(254))
    address: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime]


class SubscriptionTry(Identified, Model):
    """A request to be mailed, counted so that nobody is flooded with mails. Digests, no addresses."""

    __tablename__ = "subscription_tries"
    __table_args__ = (Index("ix_subscription_tries_at", "at"),)

    email_digest: Mapped[str] = mapped_column(String(64))
    client_digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
