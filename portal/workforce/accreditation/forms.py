"""The forms of reviewers' accreditation."""

from __future__ import annotations

from wtforms import HiddenField

from portal.core.forms import DateParts, Missing, PortalForm


class AccreditationForm(PortalForm):
    """Recording an accreditation, or renewing one."""

    starts = DateParts(
        "First day",
        [Missing("Enter the first day, like 1 4 2026")],
        description="For example, 1 4 2026",
    )
    ends = DateParts(
        "Last day",
        [Missing("Enter the last day, like 31 3 2029")],
        description="It holds on this day still. Whoever leads a review is accredited on its first day.",
    )


class EndForm(PortalForm):
    """Another last day for an accreditation. `version`: the one that the person saw, as a number."""

    version = HiddenField()
    ends = DateParts(
        "Last day",
        [Missing("Enter the last day, like 31 3 2026")],
        description="From the day after, this person cannot be named as lead reviewer.",
    )
