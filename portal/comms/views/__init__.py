"""Pages of communications: importing them registers their routes."""

from portal.comms.views import calendar, newsletters, public, sending
from portal.comms.views.blueprint import blueprint
from portal.comms.views.public import stop

__all__ = ["blueprint", "calendar", "newsletters", "public", "sending", "stop"]
