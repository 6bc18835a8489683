"""Tables of events."""

from portal.events.models.after import EventFeedback, EventMaterial, EventNote
from portal.events.models.booking import Attendance, Booking, EventReminder
from portal.events.models.event import Event, EventMove, EventSeries
from portal.events.models.plan import EventBaseline, EventPlan, EventPlanLine

__all__ = [
    "Attendance",
    "Booking",
    "Event",
    "EventBaseline",
    "EventFeedback",
    "EventMaterial",
    "EventMove",
    "EventNote",
    "EventPlan",
    "EventPlanLine",
    "EventReminder",
    "EventSeries",
]
