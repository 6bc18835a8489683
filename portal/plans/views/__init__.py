"""The pages of plans."""

from portal.plans.views import actions, exports, plans
from portal.plans.views.blueprint import blueprint

__all__ = ["actions", "blueprint", "exports", "plans"]
