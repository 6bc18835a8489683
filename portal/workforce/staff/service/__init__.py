"""Verbs of services' workforce."""

from portal.workforce.staff.service.entries import count_caseloads, log_entry, remove_entry
from portal.workforce.staff.service.funding import fund_posts, remove_funding
from portal.workforce.staff.service.members import (
    add_member,
    details_of,
    edit_member,
    end_member,
    put_back,
    remove_member,
)
from portal.workforce.staff.service.strategy import add_action, edit_action
from portal.workforce.staff.service.terms import change_terms, take_back_terms

__all__ = [
    "add_action",
    "add_member",
    "change_terms",
    "count_caseloads",
    "details_of",
    "edit_action",
    "edit_member",
    "end_member",
    "fund_posts",
    "log_entry",
    "put_back",
    "remove_entry",
    "remove_funding",
    "remove_member",
    "take_back_terms",
]
