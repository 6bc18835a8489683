"""The list of contracts and what each says, in every state."""

from __future__ import annotations

from tests.support.page_states import PageState

S = PageState
_BUYER, _READER, _LEAD = "buyer", "governance-reader", "lead-manager"
_NOW, _PAST = "/contracts/demonstration-2025/terms", "/contracts/ohid-ips-ad-2023/terms"
_HEAD = "Terms of the contract"

STATES = (
    S("contracts-list", _LEAD, "/contracts", "Contracts", (), "Running"),
    S("contracts-none", "provider-manager", "/contracts", "Contracts", (), "party to no contract here"),
    S("contract-terms", _BUYER, _NOW, _HEAD, (), "As it stands from 1 April 2026"),
    S("contract-terms-signed", _READER, f"{_NOW}?from=2025-01-13", _HEAD, (), "from 13 January 2025"),
    S("contract-terms-past", _LEAD, _PAST, _HEAD, (), "The specification is silent on exactly 85%"),
)
