"""What access rules of routes ask: the contract in the address, with the organisations it is between."""

from __future__ import annotations

from portal.accounts.rules.permissions import Links
from portal.contracts.definition.parties import parties_of
from portal.contracts.definition.registry import contracts
from portal.contracts.definition.rules.terms import Contract


def contract_subject(key: str, **_others: object) -> tuple[Contract, Links] | None:
    """The contract with this key and who is party to it, or None. One statement."""
    contract = contracts().get(key)
    return (contract, parties_of(contract).links) if contract else None


def contract_links(key: str) -> Links:
    """For verbs: who is party to a contract; nobody where there is none of this key. One statement."""
    found = contract_subject(key)
    return found[1] if found else Links()
