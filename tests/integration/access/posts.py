"""An EISM post of Alder's supplier with somebody in it, leave, a check, a skill: see `things`."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from portal.core import clock
from portal.core.act import operational
from portal.workforce.posts.models import Eism
from portal.workforce.posts.rules.checking import PostDetails
from portal.workforce.posts.rules.words import Stream
from portal.workforce.posts.service import Holder, add_check, add_leave, add_skill, create_post, start_holding
from portal.workforce.posts.service.leave import LeaveDetails
from portal.workforce.posts.service.vetting import CheckDetails
from tests.integration.access import world

THING = "eisms"  # all of them have its id: each is in a table of its own
IDS = ("post_id", "eism_id", "holding_id", "leave_id", "check_id")


def fill() -> None:
    """Write them."""
    lead, since = world.actor("lead"), clock.today() - timedelta(days=100)
    made = world.id_of(THING)
    with operational() as session:
        session.add(Eism(id=made, supplier_id=world.id_of("north"), name="Iris Ford"))
    details = PostDetails("North post", world.NORTH, Stream.NHS, Decimal(1), since)
    create_post(lead, world.id_of("north"), details, made)
    start_holding(lead, made, Holder(eism_id=made), Decimal(1), since, made)
    add_leave(lead, made, LeaveDetails("unpaid", since, since), made)
    add_check(lead, made, CheckDetails("dbs-enhanced", since, None), made)
    add_skill(lead, made, "data", since, "")
