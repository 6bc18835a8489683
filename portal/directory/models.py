"""Services, where they are, the teams they belong to, and their dated links."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Numeric, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Organisation, Person
from portal.core.db import Base, EnumText, Identified, Model
from portal.directory.rules.settings import LinkKind, Setting

service_authorities = Table(
    "service_authorities",
    Base.metadata,
    Column("service_id", ForeignKey("services.id"), primary_key=True),
    Column("gss_code", ForeignKey("authorities.gss_code"), primary_key=True, index=True),
)
service_areas = Table(
    "service_areas",
    Base.metadata,
    Column("service_id", ForeignKey("services.id"), primary_key=True),
    Column("area_id", ForeignKey("areas.id"), primary_key=True, index=True),
)


class Authority(Model):
    """An upper-tier or unitary authority of England, from data/upper-tier-authorities.csv."""

    __tablename__ = "authorities"

    gss_code: Mapped[str] = mapped_column(String(9), primary_key=True)
    name: Mapped[str] = mapped_column(String(80), index=True)
    region: Mapped[str] = mapped_column(String(40), index=True)
    kind: Mapped[str] = mapped_column(String(60))
    easting: Mapped[int]
    northing: Mapped[int]
    population: Mapped[int]


class Area(Identified, Model):
    """A lot or other area that need not be an authority (Bassetlaw)."""

    __tablename__ = "areas"

    key: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(20))  # lot or area
    programme_key: Mapped[str | None] = mapped_column(String(40))


class Service(Identified, Model):
    """An IPS service: the unit that is assessed."""

    __tablename__ = "services"
    __table_args__ = (CheckConstraint("specialists_fte >= 0", name="fte_not_negative"),)

    key: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(160), index=True)
    setting: Mapped[Setting] = mapped_column(EnumText(Setting))
    region: Mapped[str] = mapped_column(String(40), index=True)
    starts: Mapped[date | None]
    closed: Mapped[date | None]
    specialists_fte: Mapped[Decimal] = mapped_column(Numeric(6, 2), default=Decimal(0))
    about: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    authorities: Mapped[list[Authority]] = relationship(
        secondary=service_authorities, order_by=Authority.name
    )
    areas: Mapped[list[Area]] = relationship(secondary=service_areas, order_by=Area.name)
    host_teams: Mapped[list[HostTeam]] = relationship(back_populates="service", order_by="HostTeam.name")
    links: Mapped[list[ServiceLink]] = relationship(back_populates="service", order_by="ServiceLink.starts")


class HostTeam(Identified, Model):
    """A clinical or treatment team that the service is part of; items 4 and 5 rest on these figures."""

    __tablename__ = "host_teams"
    __table_args__ = (
        CheckConstraint("clients >= 0", name="clients_not_negative"),
        CheckConstraint("colocation_days >= 0 AND colocation_days <= 7", name="days_of_a_week"),
    )

    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("services.id"), index=True)
    name: Mapped[str] = mapped_column(String(160))
    clients: Mapped[int] = mapped_column(default=0)  # of the service's caseload, those this team treats
    specialists: Mapped[Decimal] = mapped_column(Numeric(5, 2), default=Decimal(0))  # attached to it
    colocation_days: Mapped[Decimal] = mapped_column(Numeric(3, 1), default=Decimal(0))  # a week

    service: Mapped[Service] = relationship(back_populates="host_teams")


class ServiceLink(Identified, Model):
    """A dated link of a service to an organisation, a person or a programme."""

    __tablename__ = "service_links"
    __table_args__ = (
        CheckConstraint("ends IS NULL OR ends >= starts", name="dates_in_order"),
        CheckConstraint(
            "(kind IN ('provider', 'supplier', 'commissioner') AND organisation_id IS NOT NULL"
            " AND person_id IS NULL AND programme_key IS NULL)"
            " OR (kind = 'eism' AND person_id IS NOT NULL AND organisation_id IS NULL"
            " AND programme_key IS NULL)"
            " OR (kind = 'programme' AND programme_key IS NOT NULL AND organisation_id IS NULL"
            " AND person_id IS NULL)",
            name="one_target",
        ),
        Index("ix_service_links_organisation", "organisation_id", "kind"),
        Index("ix_service_links_person", "person_id", "kind"),
    )

    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("services.id"), index=True)
    kind: Mapped[LinkKind] = mapped_column(EnumText(LinkKind))
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organisations.id"))
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    programme_key: Mapped[str | None] = mapped_column(String(40))
    starts: Mapped[date]
    ends: Mapped[date | None]

    service: Mapped[Service] = relationship(back_populates="links")
    organisation: Mapped[Organisation | None] = relationship()
    person: Mapped[Person | None] = relationship()


class ServiceStanding(Model):
    """A service's last final assessment, stored when it changes so that lists need no look back.

    Written through `directory.standing.note` by the feature that finishes assessments.
    """

    __tablename__ = "service_standings"

    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("services.id"), primary_key=True)
    assessment_id: Mapped[uuid.UUID]
    kind_title: Mapped[str] = mapped_column(String(60))
    scale_title: Mapped[str] = mapped_column(String(60))
    total: Mapped[int]
    maximum: Mapped[int]
    band_key: Mapped[str | None] = mapped_column(String(30))
    band_title: Mapped[str | None] = mapped_column(String(60))
    final_on: Mapped[date] = mapped_column(index=True)
