"""A contract of the small world of assessments, eight quarters old, for tests of its cycle.

Its supplier is the organisation `support` and its buyer `buyer`: tests/support/assessing.py.
"""

from __future__ import annotations

import re
from pathlib import Path
from uuid import UUID

from flask import Flask

from portal.contracts.cycle.models import QuarterReport
from portal.contracts.cycle.service.moving import compile_report, submit_report
from portal.contracts.definition import registry
from portal.core import clock
from portal.core.config import Settings
from portal.core.db import db
from portal.core.rules.quarters import Quarter, quarter_of
from tests.support.assessing import actor
from tests.support.contract_files import lay

KEY = "cycle-contract"


def over() -> Quarter:
    """The last quarter that is over."""
    return quarter_of(clock.today()).plus(-1)


def write_contract(app: Flask) -> str:
    """Lay the contract's file in the application's data folder. Returns the contract's key."""
    settings: Settings = app.config["SETTINGS"]
    lay(settings.data_dir, KEY, buyer="buyer", supplier="support")
    path = Path(settings.data_dir) / registry.OWN / f"{KEY}.toml"
    text = path.read_text(encoding="utf-8").partition("[[variations]]")[0]
    ends = over().plus(4).last.isoformat()
    for name, value in (("starts", over().plus(-7).first.isoformat()), ("ends", ends), ("latest_end", ends)):
        text = re.sub(rf"^{name} = .*$", f"{name} = {value}", text, count=1, flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")
    return KEY


def compiled() -> UUID:
    """The report of the last quarter is being compiled."""
    return compile_report(actor("lead"), KEY, over().key)


def submitted() -> UUID:
    """The report of the last quarter is with the buyer."""
    report_id = compiled()
    submit_report(actor("lead"), report_id)
    return report_id


def report(report_id: UUID) -> QuarterReport:
    """A report as it stands."""
    db.session.rollback()
    return db.session.get_one(QuarterReport, report_id, populate_existing=True)
