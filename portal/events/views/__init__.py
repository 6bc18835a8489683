"""Pages of events. Importing this attaches every view to the blueprint."""

from portal.events.views import arranging, mine, people, planning, public
from portal.events.views.blueprint import blueprint

__all__ = ["arranging", "blueprint", "mine", "people", "planning", "public"]
