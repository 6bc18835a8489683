"""The pages of accounts: signing in, links by e-mail, one's own account, people and organisations."""

from __future__ import annotations

from portal.accounts.views import account, links, organisations, people, roles, signing_in, staff
from portal.accounts.views.blueprint import blueprint

__all__ = ["account", "blueprint", "links", "organisations", "people", "roles", "signing_in", "staff"]
