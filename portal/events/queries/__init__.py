"""Named reads of events. What other features ask stands here by name."""

from portal.events.queries.mine import NextBooking, next_bookings
from portal.events.queries.plans import counted_events, events_rate

__all__ = ["NextBooking", "counted_events", "events_rate", "next_bookings"]
