"""What the demonstration's provider writes on the sheet: counts for the calculators, and evidence.

IPS-25 only: the showcase's services are assessed on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from portal.reviews.assessment.service.drafting import ItemDraft
from portal.scales.registry import registry
from portal.scales.rules.calculator import suggest
from portal.scales.rules.definition import Scale

SCALE = "ips-25"

# item -> what was counted. Ticks are the facts and components that hold.
ENTRIES: dict[str, dict[str, str | bool]] = {
    "caseload-size": {"clients": "102", "fte": "5"},
    "employment-services-staff": {"employment-hours": "728", "all-hours": "750"},
    "vocational-generalists": dict.fromkeys(
        ("intake", "engagement", "assessment", "job-finding", "job-coaching", "support-in-work"), True
    ),
    "team-assignment": {"team-clients": "84", "clients": "102"},
    "team-contact": dict.fromkeys(("weekly-meeting", "active-part", "shared-space"), True),
    "employment-supervisor": dict.fromkeys(
        ("span", "weekly-supervision", "clinical-links", "outcome-goals"), True
    ),
    "executive-support": dict.fromkeys(("know-principles", "steering-group", "barriers"), True),
    "disclosure": dict.fromkeys(("never-required", "pros-and-cons", "exact-words", "more-than-once"), True),
    "rapid-job-search": {"days": "798", "people": "21", "tracked": True},
    "individualised-job-search": {"matching": "47", "contacts": "52", "current-plan": True},
    "employer-contact-frequency": {
        "contacts": "141", "specialists": "5", "weeks": "6", "tracked": True, "log-monthly": True,
    },
    "job-type-diversity": {"types": "19", "jobs": "23"},
    "employer-diversity": {"employers": "21", "jobs": "23"},
    "competitive-jobs": {"competitive": "22", "jobs": "23"},
    "community-based-services": {"community-hours": "398", "all-hours": "750"},
}  # fmt: skip

EVIDENCE: dict[str, str] = {
    "caseload-size": "Caseload report of the last Friday of the month, checked against the rota.",
    "employment-services-staff": "Time sheets of six weeks. The other hours were cover for a colleague.",
    "vocational-generalists": "Eight records followed from first meeting to work: one specialist each.",
    "team-assignment": "Four specialists sit in one team each. The fifth still takes referrals from three.",
    "team-contact": "Minutes of five team meetings. Profiles are kept apart from the clinical record.",
    "jobcentre-plus": "Named contact at the jobcentre; notes of monthly meetings about shared clients.",
    "vocational-unit": "Minutes of weekly meetings; two examples of cover during leave.",
    "employment-supervisor": "Supervision records and the quarterly sheet of outcomes and goals.",
    "zero-exclusion": "Referral log of six months: nobody turned away. Three clinicians knew the rule.",
    "competitive-employment-focus": "Question at intake; posters and two stories in the waiting room.",
    "executive-support": "The steering group met twice. Fidelity is not yet in the quality report.",
    "benefits-advice": "Every starter in the sample met the benefits adviser before accepting an offer.",
    "disclosure": "Ten records: each has a talk about disclosure and the words the person chose.",
    "vocational-assessment": "Profiles of ten people; eight were updated after a job ended.",
    "rapid-job-search": "Contact log: first employer meeting of the 21 people who joined.",
    "individualised-job-search": "Employment plans beside the contact log: 47 of 52 contacts match.",
    "employer-contact-frequency": "Contact log of six weeks, reviewed monthly by the team leader.",
    "employer-contact-quality": "Joined two visits. Third visits are planned, but not always made.",
    "job-type-diversity": "List of current jobs by what the person does.",
    "employer-diversity": "List of current jobs by employer; branches of one chain counted once.",
    "competitive-jobs": "List of current jobs with contract type; one was time-limited by design.",
    "individualised-support": "Support plans of twelve people in work; four employers asked for help.",
    "time-unlimited-support": "Support log: weekly in month one, then monthly. No planned step down yet.",
    "community-based-services": "Calendars of six weeks; the north base has nowhere private to meet outside.",
    "assertive-engagement": "Two closed records: several contacts tried, but no visit with a clinician.",
}

PLAIN = "Seen in the records sampled and heard in the interviews."

# Our own view differs from what the sum suggests: such a rating needs a reason.
REASONED = {"community-based-services": (5, "Two specialists were off for a month; else we are above 65%.")}


def drafts(ratings: Mapping[str, int]) -> dict[str, ItemDraft]:
    """The whole sheet: where something was counted its suggestion, elsewhere the rating given."""
    scale = registry().get(SCALE)
    return {item.key: _draft(scale, item.key, ratings[item.key]) for item in scale.items}


def plain_drafts(scale: Scale, ratings: Mapping[str, int]) -> dict[str, ItemDraft]:
    """A sheet on any scale, without figures: the ratings given, with a sentence of evidence."""
    return {item.key: ItemDraft(ratings[item.key], "", PLAIN) for item in scale.items}


def first_drafts(count: int, ratings: Mapping[str, int]) -> Iterator[tuple[str, ItemDraft]]:
    """The first items of the sheet, in the scale's order."""
    scale = registry().get(SCALE)
    for item in scale.items[:count]:
        yield item.key, _draft(scale, item.key, ratings[item.key])


def _draft(scale: Scale, key: str, rating: int) -> ItemDraft:
    entries = ENTRIES.get(key, {})
    suggestion = suggest(scale.item(key).rule, entries) if entries else None
    rationale = ""
    if key in REASONED:
        rating, rationale = REASONED[key]
    elif suggestion is not None:
        rating = suggestion.rating
    return ItemDraft(rating, rationale, EVIDENCE[key], entries)
