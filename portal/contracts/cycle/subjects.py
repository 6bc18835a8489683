"""What access rules of routes ask: a record, a meeting or a case of the contract in the address."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from portal.accounts.rules.permissions import Links
from portal.contracts.cycle.models import ContractCase, ContractMeeting, OfContract
from portal.contracts.cycle.service.keeping import KINDS
from portal.contracts.definition.subjects import contract_subject
from portal.core.db import db

Row = TypeVar("Row", bound=OfContract)


def meeting_subject(key: str, meeting_id: UUID, **_: object) -> tuple[ContractMeeting, Links] | None:
    """The meeting. Two statements."""
    return _of(ContractMeeting, key, meeting_id)


def case_subject(key: str, case_id: UUID, **_: object) -> tuple[ContractCase, Links] | None:
    """The complaint or query. Two statements."""
    return _of(ContractCase, key, case_id)


def record_subject(key: str, kind: str, record_id: UUID, **_: object) -> tuple[OfContract, Links] | None:
    """A record of a kind. Two statements."""
    kept = KINDS.get(kind)
    return _of(kept.model, key, record_id) if kept else None


def _of(model: type[Row], key: str, id_: UUID) -> tuple[Row, Links] | None:
    found = contract_subject(key)
    row = db.session.get(model, id_) if found else None
    if found is None or row is None or row.contract_key != key:
        return None
    return row, found[1]
