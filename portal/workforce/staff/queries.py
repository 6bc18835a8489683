"""Reads about services' workforce. A service's page takes six statements, the national one seven."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select

from portal.accounts.current import covers
from portal.accounts.models import Membership, Organisation, Person
from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission, Reach, reaches
from portal.accounts.rules.roles import OrganisationKind
from portal.core import clock
from portal.core.db import db
from portal.core.rules.months import months_before
from portal.directory.models import Authority, Service, ServiceLink, service_authorities
from portal.directory.rules.settings import LinkKind, Setting
from portal.directory.scope import in_force, within
from portal.workforce.staff.models import EarlierTerms, FundedPosts, StaffEntry, StaffMember, StrategyAction
from portal.workforce.staff.rules.counting import TURNOVER_MONTHS, Spell
from portal.workforce.staff.rules.rhythm import QUARTERS
from portal.workforce.staff.rules.words import ActionState, EntryKind, StaffRole

REMEMBERED = timedelta(days=93 * (QUARTERS + 1))  # entries older than this are in no figure


def members_of(service_id: UUID, today: date) -> Sequence[StaffMember]:
    """Who works in a service, is to, or has left within the months that turnover counts: by name."""
    since = months_before(today, TURNOVER_MONTHS)
    query = (
        select(StaffMember)
        .where(
            StaffMember.service_id == service_id, or_(StaffMember.ends.is_(None), StaffMember.ends >= since)
        )
        .order_by(func.lower(StaffMember.name), StaffMember.id)
    )
    return db.session.scalars(query).all()


def earlier_terms(service_id: UUID) -> dict[UUID, list[Spell]]:
    """Roles and FTE that people of a service had before the present ones, by person and in order."""
    query = (
        select(EarlierTerms)
        .join(StaffMember, StaffMember.id == EarlierTerms.member_id)
        .where(StaffMember.service_id == service_id)
        .order_by(EarlierTerms.starts)
    )
    found: dict[UUID, list[Spell]] = {}
    for row in db.session.scalars(query):
        found.setdefault(row.member_id, []).append(Spell(row.role, row.fte, row.starts, row.ends))
    return found


def funded_of(service_id: UUID) -> Sequence[FundedPosts]:
    """Every figure of funded posts, the newest first."""
    query = (
        select(FundedPosts)
        .where(FundedPosts.service_id == service_id)
        .order_by(FundedPosts.starts.desc(), FundedPosts.role)
    )
    return db.session.scalars(query).all()


def entries_of(service_id: UUID, today: date) -> Sequence[StaffEntry]:
    """What was logged in the time that figures are counted from, the newest first."""
    query = (
        select(StaffEntry)
        .where(StaffEntry.service_id == service_id, StaffEntry.on >= today - REMEMBERED)
        .order_by(StaffEntry.on.desc(), StaffEntry.kind, StaffEntry.id)
    )
    return db.session.scalars(query).all()


def accounts_of(service_id: UUID, kept: UUID | None = None) -> list[tuple[UUID, str]]:
    """People of the service's provider with an account, by name; `kept`: one whatever they belong to now."""
    today = clock.today()
    there = (
        select(Membership.person_id)
        .join(ServiceLink, ServiceLink.organisation_id == Membership.organisation_id)
        .where(
            ServiceLink.service_id == service_id,
            ServiceLink.kind == LinkKind.PROVIDER,
            in_force(today),
            covers(literal(today)),
        )
    )
    query = (
        select(Person.id, Person.name)
        .where(or_(and_(Person.id.in_(there), Person.disabled_at.is_(None)), Person.id == kept))
        .order_by(func.lower(Person.name), Person.id)
    )
    return [(row.id, row.name) for row in db.session.execute(query)]


def programme_of(service_id: UUID, today: date) -> str | None:
    """The key of the programme that a service is in today."""
    query = (
        select(ServiceLink.programme_key)
        .where(ServiceLink.service_id == service_id, ServiceLink.kind == LinkKind.PROGRAMME, in_force(today))
        .order_by(ServiceLink.starts.desc())
    )
    return db.session.scalars(query.limit(1)).one_or_none()


@dataclass(frozen=True)
class Everywhere:
    """What the national picture is counted from. Each service by its id; its region; who works there."""

    regions: dict[UUID, str]
    spells: dict[UUID, list[Spell]]
    funded: dict[UUID, list[tuple[StaffRole, date, Decimal]]]
    covered: dict[str, set[UUID]]  # authorities with a drug and alcohol service, by its services
    authorities: int


def everywhere(actor: Actor, today: date) -> Everywhere:
    """Open services within reach, with their people and posts. Five statements, however many there are."""
    services = within(actor, Permission.STAFF_NATIONAL)
    regions = {row[0]: row[1] for row in db.session.execute(_open(services, today))}
    spells: dict[UUID, list[Spell]] = {}
    since = months_before(today, TURNOVER_MONTHS)
    people = select(
        StaffMember.service_id, StaffMember.role, StaffMember.fte, StaffMember.starts, StaffMember.ends
    ).where(or_(StaffMember.ends.is_(None), StaffMember.ends >= since))
    for service_id, role, fte, starts, ends in db.session.execute(people):
        if service_id in regions:
            spells.setdefault(service_id, []).append(Spell(role, fte, starts, ends))
    funded: dict[UUID, list[tuple[StaffRole, date, Decimal]]] = {}
    posts = select(FundedPosts.service_id, FundedPosts.role, FundedPosts.starts, FundedPosts.fte)
    for service_id, role, starts, fte in db.session.execute(posts):
        if service_id in regions:
            funded.setdefault(service_id, []).append((role, starts, fte))
    covered: dict[str, set[UUID]] = {}
    places = (
        select(service_authorities.c.gss_code, service_authorities.c.service_id)
        .join(Service, Service.id == service_authorities.c.service_id)
        .where(Service.setting == Setting.DRUG_AND_ALCOHOL)
    )
    for code, service_id in db.session.execute(places):
        if service_id in regions:
            covered.setdefault(code, set()).add(service_id)
    count = db.session.scalars(select(func.count()).select_from(Authority)).one()
    return Everywhere(regions, spells, funded, covered, count)


def suppliers_of(actor: Actor, permission: Permission) -> list[tuple[UUID, str]]:
    """The suppliers of the contracts within reach, by name."""
    held = reaches(actor, permission)
    query = select(Organisation.id, Organisation.name).where(Organisation.kind == OrganisationKind.SUPPLIER)
    if not any(reach is Reach.EVERY for _, reach in held):
        query = query.where(Organisation.id.in_({membership.organisation_id for membership, _ in held}))
    rows = db.session.execute(query.order_by(func.lower(Organisation.name), Organisation.id))
    return [(row[0], row[1]) for row in rows]


def actions_of(supplier_ids: Sequence[UUID]) -> Sequence[StrategyAction]:
    """Actions of the workforce strategy: those still to do by their day, then those that are over."""
    over = StrategyAction.state.in_((ActionState.DONE, ActionState.DROPPED))
    query = (
        select(StrategyAction)
        .where(StrategyAction.supplier_id.in_(supplier_ids))
        .order_by(over, StrategyAction.due, StrategyAction.id)
    )
    return db.session.scalars(query).all()


def newest_entries(service_id: UUID, count: int) -> Sequence[StaffEntry]:
    """The last entries logged other than caseloads, by their day."""
    query = (
        select(StaffEntry)
        .where(StaffEntry.service_id == service_id, StaffEntry.kind != EntryKind.CASELOAD)
        .order_by(StaffEntry.on.desc(), StaffEntry.id)
        .limit(count)
    )
    return db.session.scalars(query).all()


def is_open(today: date) -> ColumnElement[bool]:
    """SQL: a service has begun and is not closed."""
    return and_(
        or_(Service.closed.is_(None), Service.closed > today),
        or_(Service.starts.is_(None), Service.starts <= today),
    )


def _open(services: ColumnElement[bool], today: date) -> Select[UUID, str]:
    return select(Service.id, Service.region).where(services, is_open(today))
