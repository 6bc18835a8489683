"""Authorities, lots and areas come from files."""

from __future__ import annotations

from sqlalchemy import func, select

from portal.accounts.rules.actors import PORTAL
from portal.accounts.rules.roles import REGIONS
from portal.core.act import act
from portal.core.audit.models import AuditRow
from portal.core.db import db
from portal.directory.models import Area, Authority
from portal.directory.service import load_reference
from portal.programmes.registry import registry


def _audit_rows() -> int:
    return db.session.scalar(select(func.count(AuditRow.number))) or 0


def test_loading_twice_changes_nothing_and_writes_one_audit_row(app) -> None:
    assert load_reference(PORTAL) == 153 + 9
    assert _audit_rows() == 1
    assert load_reference(PORTAL) == 0
    assert _audit_rows() == 1


def test_a_row_that_differs_from_its_file_is_put_right(app) -> None:
    load_reference(PORTAL)
    with act(PORTAL, "tests.spoil", ("authority", "Leeds")):
        db.session.get(Authority, "E08000035").name = "Leedz"
    assert load_reference(PORTAL) == 1
    assert db.session.get(Authority, "E08000035").name == "Leeds"


def test_authorities_lie_in_the_nine_regions_and_bassetlaw_is_only_a_lot(app) -> None:
    load_reference(PORTAL)
    assert set(db.session.scalars(select(Authority.region))) == set(REGIONS)
    assert db.session.scalars(select(Authority).where(Authority.name == "Bassetlaw")).first() is None
    lots = {row.key: row.programme_key for row in db.session.execute(select(Area.key, Area.programme_key))}
    assert lots["scr-bassetlaw"] == "scr-trial"
    assert sorted(lots.values()) == ["scr-trial"] * 5 + ["wm-thrive"] * 4
    assert set(lots.values()) <= set(registry())
