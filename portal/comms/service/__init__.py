"""Verbs of communications."""

from portal.comms.service.calendar import edit_entry, move_entry, plan_entry
from portal.comms.service.sending import send_newsletter, send_test
from portal.comms.service.writing import edit_newsletter, write_newsletter

__all__ = [
    "edit_entry",
    "edit_newsletter",
    "move_entry",
    "plan_entry",
    "send_newsletter",
    "send_test",
    "write_newsletter",
]
