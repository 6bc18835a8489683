"""The verbs of plans. Other features import them from here."""

from portal.plans.rules.drafting import DraftPolicy, WeakItem
from portal.plans.service.actions import add_action, edit_action, move_action, set_status
from portal.plans.service.plans import (
    Origin,
    agree_plan,
    close_plan,
    draft_plan,
    reopen_plan,
    return_plan,
    set_closing,
    start_kept_plan,
    start_plan,
    submit_plan,
)

__all__ = [
    "DraftPolicy",
    "Origin",
    "WeakItem",
    "add_action",
    "agree_plan",
    "close_plan",
    "draft_plan",
    "edit_action",
    "move_action",
    "reopen_plan",
    "return_plan",
    "set_closing",
    "set_status",
    "start_kept_plan",
    "start_plan",
    "submit_plan",
]
