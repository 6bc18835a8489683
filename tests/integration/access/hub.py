"""Alder's vacancies in the world of attacks, one open and one a draft, and its public page."""

from __future__ import annotations

from portal.directory.rules.public import PublicDetails
from portal.directory.service.public_page import save_public_page, show_public_page
from portal.workforce.hub.rules.moving import Move
from portal.workforce.hub.service import move_vacancy, write_vacancy
from tests.integration.access import world
from tests.support.vacancies import details

OPEN, DRAFT = "vacancy", "vacancy-draft"


def key_of(name: str) -> str:
    """The public address of a vacancy of this world."""
    return f"employment-specialist-hartlepool-{world.id_of(name).hex[:8]}"


def fill() -> None:
    """Write them."""
    manager = world.actor("manager")
    for name in (OPEN, DRAFT):
        write_vacancy(manager, world.id_of("service-final"), details(), world.id_of(name))
    move_vacancy(manager, world.id_of(OPEN), Move.PUBLISH)
    served = world.id_of("service-final")
    save_public_page(manager, served, PublicDetails("Help with work", phone="01429 000 000"), 0)
    show_public_page(manager, served, True)
