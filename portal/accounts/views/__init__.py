"""The pages of accounts: signing in, links by e-mail, one's own account, people and organisations."""

from __future__ import annotations

from portal.accounts.views import links, signing_in
from portal.accounts.views.blueprint import blueprint

__all__ = ["blueprint", "links", "signing_in"]
