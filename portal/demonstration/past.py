"""Two years of past assessments: every service several times, on its programme's scale."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from portal.demonstration.people import LEAD_MANAGER, SHOWCASE, demo_id
from portal.demonstration.ratings import Nature
from portal.demonstration.script import LENGTH, Step, actor, moment
from portal.demonstration.services import DemoService
from portal.reviews.assessment.rules.workflow import Kind
from portal.reviews.assessment.service.past import PastAssessment, import_past
from portal.scales.registry import registry

REVIEWERS = "Two reviewers of the demonstration"
QUIET_DAYS = 170  # the showcase's last past assessment is older: what is under way follows it
_KINDS = (Kind.SELF, Kind.EXTERNAL, Kind.GUIDED, Kind.SELF)  # over and over: an external review a year


def past_steps(wanted: Sequence[DemoService], anchor: date, size: str) -> Iterator[Step]:
    """A step for each past assessment."""
    for service in wanted:
        if service.scale:
            yield from _of_one(service, anchor, size)


def _of_one(service: DemoService, anchor: date, size: str) -> Iterator[Step]:
    chance = service.chance("past assessments")
    scale = registry().get(service.scale)
    nature = Nature.of(service, scale)
    count = 4 if size == "small" else chance.randint(6, 8)
    newest = QUIET_DAYS if service.provider == SHOWCASE else chance.randint(2, 60)
    gap = (LENGTH.days - newest) / count
    first = chance.randrange(len(_KINDS))
    for number in range(count):
        days = newest + gap * (count - 1 - number) + chance.randint(0, 20)
        kind = _KINDS[(first + number) % len(_KINDS)]
        years = (LENGTH.days - days) / 365
        past = PastAssessment(
            service_id=service.id,
            kind=kind,
            scale_key=scale.key,
            on=anchor - timedelta(days=int(days)),
            ratings=nature.ratings(scale, years, kind is not Kind.EXTERNAL, chance),
            reviewers=REVIEWERS if kind is Kind.EXTERNAL else "",
        )
        yield Step(moment(anchor, int(days), 15, chance.randrange(60)), _bring_in(past, service, number))


def _bring_in(past: PastAssessment, service: DemoService, number: int) -> Callable[[], object]:
    id_ = demo_id("past", service.short_name, str(number))
    return partial(_import, past, id_)


def _import(past: PastAssessment, id_: UUID) -> None:
    import_past(actor(LEAD_MANAGER.id), past, id_)
