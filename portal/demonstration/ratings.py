"""Believable ratings: a service's quality, an item's difficulty, slow improvement and a little chance."""

from __future__ import annotations

import random
from dataclasses import dataclass

from portal.demonstration.services import DemoService
from portal.scales.rules.definition import Scale

# Harder (positive) and easier items of IPS-25: what services in general find hard.
_HARDER = {
    "caseload-size": -0.2, "employment-services-staff": -0.3, "vocational-generalists": -0.5,
    "team-assignment": -0.2, "team-contact": 0.5, "jobcentre-plus": 0.3, "vocational-unit": -0.1,
    "employment-supervisor": 0.4, "zero-exclusion": 0.1, "competitive-employment-focus": 0.3,
    "executive-support": 0.6, "benefits-advice": 0.2, "disclosure": -0.3, "vocational-assessment": 0.0,
    "rapid-job-search": 0.1, "individualised-job-search": -0.3, "employer-contact-frequency": 0.9,
    "employer-contact-quality": 0.4, "job-type-diversity": -0.4, "employer-diversity": -0.4,
    "competitive-jobs": -0.6, "individualised-support": 0.1, "time-unlimited-support": 0.3,
    "community-based-services": 0.4, "assertive-engagement": 0.3,
}  # fmt: skip
_AVERAGE, _SPREAD = 3.85, 0.62  # of services' quality on the scale from 1 to 5
_A_YEAR, _OWN_VIEW = 0.16, 0.12  # improvement a year; how much kinder one's own eyes are


@dataclass(frozen=True)
class Nature:
    """What a service is like, for good: the ratings of its assessments follow from it."""

    quality: float
    strengths: dict[str, float]

    @classmethod
    def of(cls, service: DemoService, scale: Scale) -> Nature:
        """The nature of a service, the same in every copy of the demonstration."""
        chance = service.chance("nature")
        quality = chance.gauss(_AVERAGE, _SPREAD)
        return cls(quality, {item.key: chance.gauss(-_harder(item.key), 0.4) for item in scale.items})

    def ratings(self, scale: Scale, years: float, own_view: bool, chance: random.Random) -> dict[str, int]:
        """A rating for every item, `years` after the demonstration begins."""
        level = self.quality + _A_YEAR * years + (_OWN_VIEW if own_view else 0)
        return {
            key: min(max(round(level + strength + chance.gauss(0, 0.25)), scale.rating_min), scale.rating_max)
            for key, strength in self.strengths.items()
        }


def _harder(key: str) -> float:
    other = random.Random(key).gauss(0, 0.3)  # noqa: S311  invented data, no secret
    return _HARDER.get(key, other)
