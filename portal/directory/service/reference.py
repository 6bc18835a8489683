"""Authorities, lots and areas as data files, kept equal to the tables by one verb."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path
from typing import Any

from sqlalchemy import select

from portal.core.act import Acting, act
from portal.core.db import db
from portal.directory.models import Area, Authority

DATA = Path(__file__).resolve().parent.parent / "data"
_AUTHORITY_FIELDS = ("name", "region", "kind", "easting", "northing", "population")
_AREA_FIELDS = ("name", "kind", "programme_key")


def load_reference(actor: Acting) -> int:
    """Make the tables say what the files say; returns how many rows were added or changed.

    Nothing is deleted: a service may stand on it. Writes one audit row when something changed, none
    otherwise. Source of the authorities: mySociety and ONS (docs/data-sources.md).
    """
    with act(actor, "directory.load_reference", ("reference", "authorities-and-areas")) as work:
        authorities = {row.gss_code: row for row in db.session.scalars(select(Authority))}
        areas = {row.key: row for row in db.session.scalars(select(Area))}
        changed = [
            code for code, values in authority_rows().items() if _put_authority(authorities, code, values)
        ]
        changed += [key for key, values in area_rows().items() if _put_area(areas, key, values)]
        work.note(changed=changed)
        if not changed:
            work.unchanged()
        return len(changed)


def authority_rows() -> dict[str, dict[str, Any]]:
    """The authorities file by ONS code."""
    with (DATA / "upper-tier-authorities.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["gss_code"]: {
                "name": row["name"],
                "region": row["region"],
                "kind": row["kind"],
                "easting": int(row["easting"]),
                "northing": int(row["northing"]),
                "population": int(row["population_2020"]),
            }
            for row in csv.DictReader(file)
        }


def area_rows() -> dict[str, dict[str, Any]]:
    """The lots and areas file by key."""
    raw = tomllib.loads((DATA / "areas.toml").read_text(encoding="utf-8"))
    return {
        key: {"name": row["name"], "kind": row["kind"], "programme_key": row.get("programme")}
        for key, row in raw.items()
    }


def _put_authority(standing: dict[str, Authority], code: str, values: dict[str, Any]) -> bool:
    if code not in standing:
        db.session.add(Authority(gss_code=code, **values))
        return True
    return _set(standing[code], _AUTHORITY_FIELDS, values)


def _put_area(standing: dict[str, Area], key: str, values: dict[str, Any]) -> bool:
    if key not in standing:
        db.session.add(Area(key=key, **values))
        return True
    return _set(standing[key], _AREA_FIELDS, values)


def _set(row: Authority | Area, fields: tuple[str, ...], values: dict[str, Any]) -> bool:
    changed = [field for field in fields if getattr(row, field) != values[field]]
    for field in changed:
        setattr(row, field, values[field])
    return bool(changed)
