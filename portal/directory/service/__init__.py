"""The directory's verbs."""

from portal.directory.service.links import end_link, start_link
from portal.directory.service.reference import load_reference
from portal.directory.service.services import close_service, create_service, edit_service, reopen_service
from portal.directory.service.teams import set_host_teams

__all__ = [
    "close_service",
    "create_service",
    "edit_service",
    "end_link",
    "load_reference",
    "reopen_service",
    "set_host_teams",
    "start_link",
]
