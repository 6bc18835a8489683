"""What a service says of itself to the public, and what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass

from portal.core.rules.addresses import HTTPS, secure

TEXT_LONGEST, LINE_LONGEST, PHONE_LONGEST = 3000, 300, 40
_PHONE = re.compile(r"\+?[0-9][0-9 ()-]{5,30}( (ext|extension)\.? ?[0-9]{1,6})?", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class PublicDetails:
    """A service's public page as typed in. Only what it offers is needed before it is published."""

    offers: str
    who_for: str = ""
    place: str = ""
    phone: str = ""
    referral_url: str = ""
    languages: str = ""
    formats: str = ""

    def values(self) -> dict[str, str]:
        """Each field by its name."""
        return asdict(self)


LABELS = {
    "offers": "What the service does",
    "who_for": "Who can use it",
    "place": "Where it is",
    "phone": "Telephone",
    "referral_url": "Where people can refer themselves",
    "languages": "Languages",
    "formats": "Accessible formats",
}


def public_problems(details: PublicDetails) -> dict[str, str]:
    """What is wrong, by field."""
    found: dict[str, str] = {}
    if not details.offers.strip():
        found["offers"] = "Enter what the service does"
    for name, text in details.values().items():
        longest = TEXT_LONGEST if name in {"offers", "who_for"} else LINE_LONGEST
        if len(text) > longest and name not in {"phone", "referral_url"}:
            found[name] = f"{LABELS[name]} must be {longest:,} characters or fewer; this has {len(text):,}"
    if details.phone and not (len(details.phone) <= PHONE_LONGEST and _PHONE.fullmatch(details.phone)):
        found["phone"] = "Enter a telephone number like 01429 000 000"
    if details.referral_url and not secure(details.referral_url):
        found["referral_url"] = HTTPS
    return found


def publishing_problem(details: PublicDetails) -> str:
    """Why the page cannot be published yet; empty where it can."""
    if not (details.phone or details.referral_url):
        return "Enter a telephone number or where people can refer themselves: a page must lead somewhere."
    return ""
