"""Posts set against the services they are for, by region and stream (OHID specification, 3.3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from portal.workforce.posts.rules.words import Stream


@dataclass(frozen=True)
class PostAt:
    """A post that is open today: where, for which services, what was budgeted and what is in post."""

    region: str
    stream: Stream
    budgeted: Decimal
    in_post: Decimal


@dataclass(frozen=True)
class ServiceAt:
    """An open service."""

    region: str
    stream: Stream


@dataclass(frozen=True)
class Placed:
    """One region and stream."""

    region: str
    stream: Stream
    posts: int
    budgeted: Decimal
    in_post: Decimal
    services: int

    @property
    def per_fte(self) -> Fraction | None:
        """Services for each full-time equivalent in post; None where nobody is."""
        return Fraction(self.services) / Fraction(self.in_post) if self.in_post else None

    @property
    def uncovered(self) -> bool:
        """Services are there and nobody is in post for them."""
        return self.services > 0 and not self.in_post


def stream_of(drug_and_alcohol: bool, health_led_trial: bool) -> Stream:
    """The stream of a service: 3.3 puts drug and alcohol services and health-led trials together."""
    return Stream.DRUG_ALCOHOL if drug_and_alcohol or health_led_trial else Stream.NHS


def placement(posts: Iterable[PostAt], services: Iterable[ServiceAt]) -> list[Placed]:
    """Every region and stream that has a post or a service: where it is thinnest first."""
    here, there = list(posts), list(services)
    places = {(one.region, one.stream) for one in here} | {(one.region, one.stream) for one in there}
    rows = []
    for region, stream in places:
        own = [post for post in here if (post.region, post.stream) == (region, stream)]
        rows.append(
            Placed(
                region,
                stream,
                len(own),
                sum((post.budgeted for post in own), Decimal(0)),
                sum((post.in_post for post in own), Decimal(0)),
                sum((service.region, service.stream) == (region, stream) for service in there),
            )
        )
    return sorted(rows, key=_thin)


def _thin(row: Placed) -> tuple[bool, Fraction, int, str, str]:
    per_fte = row.per_fte if row.per_fte is not None else Fraction(0)
    return not row.uncovered, -per_fte, -row.services, row.region, row.stream.value
