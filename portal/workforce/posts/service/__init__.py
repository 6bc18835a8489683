"""Verbs of EISM posts."""

from portal.workforce.posts.service.holdings import (
    Holder,
    change_fte,
    end_holding,
    remove_holding,
    start_holding,
)
from portal.workforce.posts.service.leave import add_leave, change_leave, remove_leave
from portal.workforce.posts.service.people import add_skill, edit_eism, remove_skill, set_capacity
from portal.workforce.posts.service.posts import close_post, create_post, edit_post
from portal.workforce.posts.service.vetting import add_check, change_check, remove_check

__all__ = [
    "Holder",
    "add_check",
    "add_leave",
    "add_skill",
    "change_check",
    "change_fte",
    "change_leave",
    "close_post",
    "create_post",
    "edit_eism",
    "edit_post",
    "end_holding",
    "remove_check",
    "remove_holding",
    "remove_leave",
    "remove_skill",
    "set_capacity",
    "start_holding",
]
