"""Loading what a verb of the cycle changes: for those who may, as they saw it."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission, demand
from portal.contracts.cycle.models import OfContract
from portal.contracts.definition.registry import contracts
from portal.contracts.definition.rules.terms import Contract
from portal.contracts.definition.subjects import contract_links
from portal.core.db import db
from portal.core.errors import NotFound
from portal.core.rules.quarters import Quarter, quarter_from, quarter_of

Row = TypeVar("Row", bound=OfContract)


def contract_for(actor: Actor, key: str, permission: Permission) -> Contract:
    """The contract, for those who may. Raises NotFound or Forbidden."""
    contract = contracts().get(key)
    if contract is None:
        raise NotFound("There is no such contract.")
    demand(actor, permission, contract_links(key))
    return contract


def row_for(actor: Actor, model: type[Row], id_: UUID, permission: Permission) -> Row:
    """A row of a contract, locked and fresh. Raises NotFound or Forbidden."""
    row = db.session.get(model, id_, populate_existing=True, with_for_update=True)
    if row is None:
        raise NotFound("This is no longer there.")
    demand(actor, permission, contract_links(row.contract_key))
    return row


def quarter_within(contract: Contract, key: str) -> Quarter:
    """A quarter that the contract runs in. Raises NotFound for any other."""
    quarter = quarter_from(key)
    terms = contract.latest
    if quarter is None or not quarter_of(terms.starts) <= quarter <= quarter_of(terms.ends):
        raise NotFound("The contract has no such quarter.")
    return quarter
